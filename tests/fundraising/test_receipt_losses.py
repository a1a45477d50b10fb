"""Lost receipts: what is owed for them, declared void or found again."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.disclosure.models import Obligation
from app.disclosure.obligations import making
from app.disclosure.obligations.checklists import checklist
from app.fundraising.models import LostReceiptKind, Receipt, ReceiptLoss
from app.fundraising.receipts import losses
from app.fundraising.receipts.errors import ReceiptLossKnown
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.webhooks.outward.catalogue import EventType
from tests.disclosure.obligations.scenes import association, day, the
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk
from tests.fundraising.receipting import issued
from tests.webhooks.outward.bodies import told as events

PATH = "/receipts/losses"
DECLARED = {"declared_on": "2026-05-03", "declared_in": "陕西日报2026年5月3日第4版"}


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


def lost(at: Desk, **over: Any) -> dict[str, Any]:
    body = {"kind": "blank", "code": "61060126", "number": "0000012399", "lost_on": "2026-05-01"}
    return {"organization_id": str(at.organization.id), "circumstances": "清点缺号"} | body | over


async def owed(at: Desk, session: WriteSession, loss: str) -> Obligation:
    await making.make(session, at.organization.id, today())
    return await the(session, at.organization, "OB-F5", subject_id=loss)


async def test_a_lost_receipt_is_declared_void_within_three_days(clerk: Desk, session: WriteSession) -> None:
    made = await clerk.post(PATH, lost(clerk))
    assert made.status_code == 201, made.text
    loss = made.json()["id"]

    one = await owed(clerk, session, loss)
    # The fourth of May lies in the Labour Day's week of 2026.
    assert (one.due_on, one.rolled_on, one.done_on) == (day("2026-05-04"), day("2026-05-06"), None)
    assert (one.subject, one.mark.value) == ("61060126 0000012399", "B")
    told = {item.content.code: item.state.value for item in await checklist.of(session, one)}
    assert told == {"receipt_numbers": "filled", "void_declaration": "empty"}

    declared = await clerk.post(f"{PATH}/{loss}/declaration", DECLARED)
    assert (declared.status_code, declared.json()["declared_in"]) == (200, DECLARED["declared_in"])
    done = await owed(clerk, session, loss)
    assert (done.id, done.done_on) == (one.id, day("2026-05-03"))
    told = {item.content.code: item.state.value for item in await checklist.of(session, done)}
    assert told["void_declaration"] == "filled"
    said = await events(session, EventType.receipt_loss_told)
    assert [(one["lost_on"], one["declared_on"]) for one in said] == [
        ("2026-05-01", None),
        ("2026-05-01", "2026-05-03"),
    ]


async def test_what_was_found_again_owes_nothing_and_may_be_lost_again(
    clerk: Desk, session: WriteSession
) -> None:
    loss = (await clerk.post(PATH, lost(clerk))).json()["id"]
    await owed(clerk, session, loss)
    found = await clerk.post(f"{PATH}/{loss}/withdrawal", {"reason": "已在档案柜中找回"})
    assert found.json()["withdrawn_on"] == today().isoformat()
    assert (await owed(clerk, session, loss)).lapsed_on == today()

    again = await clerk.post(PATH, lost(clerk, lost_on="2026-06-01"))
    assert again.status_code == 201
    still = (await clerk.get(PATH, state="open")).json()["items"]
    assert [one["id"] for one in still] == [again.json()["id"]]
    assert len((await clerk.get(PATH)).json()["items"]) == 2


async def test_a_receipt_that_was_issued_here_is_known_by_its_number(
    clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give()).json()
    await issued(clerk, gift)
    receipt = await session.scalar(select(Receipt).execution_options(populate_existing=True))
    assert receipt is not None
    made = await clerk.post(PATH, lost(clerk, kind="stub", code=receipt.code, number=receipt.number))
    assert made.json()["receipt_id"] == str(receipt.id)


async def test_losses_are_refused_that_cannot_be(clerk: Desk, app: FastAPI, session: WriteSession) -> None:
    tomorrow = (today() + timedelta(days=1)).isoformat()
    loss = (await clerk.post(PATH, lost(clerk))).json()["id"]
    path = f"{PATH}/{loss}/declaration"
    answers = [
        await clerk.post(PATH, lost(clerk)),
        await clerk.post(PATH, lost(clerk, number="1", lost_on=tomorrow)),
        await clerk.post(path, DECLARED | {"declared_on": "2026-04-30"}),
        await clerk.post(path, DECLARED | {"declared_on": tomorrow}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (409, "receipt-loss-known"),
        *[(422, "receipt-loss-day-wrong")] * 3,
    ]
    await clerk.post(path, DECLARED)
    over = [
        await clerk.post(path, DECLARED),
        await clerk.post(f"{PATH}/{loss}/withdrawal", {"reason": "找回"}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in over] == [(409, "receipt-loss-over")] * 2

    elsewhere = await members.organization(session)
    stranger = await members.sign_in(app, session, Role.accountant, elsewhere)
    seen = await clerk.client.post(
        f"/v1/fundraising{path}", json=DECLARED, headers=stranger | {"Idempotency-Key": "x"}
    )
    assert seen.status_code == 404


async def test_of_two_who_record_one_loss_at_once_one_is_told(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session)

    async def record() -> str:
        try:
            async with committed.writing() as session:
                row = ReceiptLoss(
                    organization_id=member.id,
                    kind=LostReceiptKind.blank,
                    code="61060126",
                    number="0000012399",
                    lost_on=day("2026-05-01"),
                    recorded_by="test",
                )
                await losses.record(session, row, circumstances="清点缺号")
        except ReceiptLossKnown:
            return "told"
        return "recorded"

    outcomes = await asyncio.gather(*(record() for _ in range(4)))
    assert sorted(outcomes) == ["recorded", "told", "told", "told"]
    # Whoever makes obligations hears of it at once.
    await making.make_due(committed, today())
    async with committed.reading() as session:
        assert (await the(session, member, "OB-F5")).due_on == day("2026-05-04")
