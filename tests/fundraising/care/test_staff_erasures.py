"""A donor who asked by letter is erased at the word of staff, when somebody else has decided it."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, update

from app.fundraising.care import erasing
from app.fundraising.models import Donation, Receipt, ReceiptBatch, ReceiptGift, ReceiptState
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.models import VaultPerson
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as members
from tests.fundraising.care.circle import LI, circle, give, merge
from tests.fundraising.desk import Desk


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await circle(app, client, session)


@pytest.fixture
async def reviewer(app: FastAPI, session: WriteSession, at: Desk) -> dict[str, str]:
    return await members.sign_in(app, session, Role.reviewer, at.organization)


async def ask(at: Desk, gift: Donation, **over: Any) -> Response:
    body = {"organization_id": str(at.organization.id)} | over
    return await at.post(f"/donors/{gift.donor_id}/erasure", body)


async def decide(at: Desk, asked: Response, who: dict[str, str], step: str = "approval") -> Response:
    path = f"/v1/approvals/{asked.json()['approval_id']}/{step}"
    return await at.client.post(path, json={"reason": "来信要求删除"}, headers=who)


async def erased(session: WriteSession, gift: Donation) -> bool:
    person = await session.get_one(VaultPerson, gift.person_id, populate_existing=True)
    return person.erased_at is not None


async def issued(session: WriteSession, gift: Donation, on: date) -> None:
    place = gift.organization_id
    batch = ReceiptBatch(organization_id=place, receipt_count=1, reversal_count=0, made_by="t")
    session.add(batch)
    await session.flush()
    receipt = Receipt(
        organization_id=place,
        person_id=gift.person_id,
        reference=gift.lookup_code,
        amount=gift.amount,
        requested_by="t",
        state=ReceiptState.issued,
        batch_id=batch.id,
        code="6106",
        number=gift.lookup_code,
        check_code="a",
        issued_on=on,
    )
    session.add(receipt)
    await session.flush()
    session.add(ReceiptGift(receipt_id=receipt.id, donation_id=gift.id, amount=gift.amount))
    await session.flush()


async def test_somebody_else_decides_and_then_nothing_names_them(
    at: Desk, reviewer: dict[str, str], session: WriteSession
) -> None:
    gift, other = await give(session, at), await give(session, at, LI)
    asked = await ask(at, gift)
    again = await ask(at, gift)
    own = await decide(at, asked, at.headers)

    assert (asked.status_code, asked.json()["state"]) == (201, "waiting")
    assert (again.status_code, again.json()["code"]) == (409, "asked-already")
    assert own.status_code in {403, 409}
    assert not await erased(session, gift)

    approved = await decide(at, asked, reviewer)

    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert "金丝雀" not in approved.text
    assert (await erased(session, gift), await erased(session, other)) == (True, False)
    card = await at.get(f"/donors/{gift.donor_id}", organization_id=str(at.organization.id))
    assert "金丝雀王" not in card.text
    assert (await at.totals())["raised"] == 200
    assert (await ask(at, gift)).json()["code"] == "nothing-to-erase"


async def test_a_request_that_is_rejected_leaves_everything(
    at: Desk, reviewer: dict[str, str], session: WriteSession
) -> None:
    gift = await give(session, at)
    rejected = await decide(at, await ask(at, gift), reviewer, "rejection")
    assert rejected.json()["state"] == "rejected"
    assert not await erased(session, gift)


async def test_whoever_was_merged_into_them_goes_along(
    at: Desk, reviewer: dict[str, str], session: WriteSession
) -> None:
    gift, also = await give(session, at), await give(session, at, LI)
    assert (await merge(at, gift, also)).status_code == 201
    await decide(at, await ask(at, gift), reviewer)
    assert (await erased(session, gift), await erased(session, also)) == (True, True)


async def test_a_receipt_that_the_law_keeps_forbids_it_then_and_at_the_decision(
    at: Desk, reviewer: dict[str, str], session: WriteSession
) -> None:
    gift = await give(session, at)
    asked = await ask(at, gift)
    await issued(session, gift, today())

    late = await decide(at, asked, reviewer)
    early = await ask(at, gift)

    assert (late.status_code, late.json()["code"]) == (409, "receipt-kept")
    assert (early.status_code, early.json()["code"]) == (409, "receipt-kept")
    assert early.json()["kept_until"] > today().isoformat()
    assert not await erased(session, gift)
    await session.execute(update(Receipt).values(issued_on=date(2021, 1, 4)))
    assert (await decide(at, asked, reviewer)).json()["state"] == "approved"
    assert await erased(session, gift)


@pytest.mark.parametrize(("more", "state"), [(0, None), (1, "approved")])
async def test_a_receipt_is_kept_on_its_last_day_and_not_on_the_next(
    at: Desk, reviewer: dict[str, str], session: WriteSession, more: int, state: str | None
) -> None:
    gift = await give(session, at)
    asked = await ask(at, gift)
    # The day of issue is not counted (Civil Code 201): five years on, that very day is the last.
    back = today() - timedelta(days=more)
    on = date(back.year - 5, back.month, 28 if (back.month, back.day) == (2, 29) else back.day)
    await issued(session, gift, on)
    decided = await decide(at, asked, reviewer)
    assert decided.json().get("state") == state
    assert await erased(session, gift) is bool(state)


def test_a_receipt_of_29_february_is_kept_to_the_28th() -> None:
    assert erasing.kept_until(date(2024, 2, 29)) == date(2029, 2, 28)
    assert erasing.kept_until(date(2023, 2, 28)) == date(2028, 2, 28)


async def test_who_also_gave_to_others_is_not_one_organizations_to_erase(
    at: Desk, session: WriteSession
) -> None:
    gift, other = await give(session, at), await give(session, at, LI)
    elsewhere = await members.organization(session)
    foreign = await ask(at, gift, organization_id=str(elsewhere.id))
    assert foreign.status_code == 404
    assert (await session.scalar(select(Organization.id).where(Organization.id == elsewhere.id))) is not None
    assert not await erased(session, other)


async def test_consent_to_a_photograph_is_taken_at_the_counter(
    app: FastAPI, client: AsyncClient, session: WriteSession, at: Desk
) -> None:
    from dataclasses import replace

    clerk = replace(at, headers=await members.sign_in(app, session, Role.accountant, at.organization))
    yes = await clerk.give(100, giver={"name": "王小明", "show_photo": True})
    no = await clerk.give(100, giver={"name": "王小明"})
    assert (yes.status_code, no.status_code) == (201, 201)
    kept = [await session.get_one(Donation, one.json()["id"]) for one in (yes, no)]
    assert [one.show_photo for one in kept] == [True, False]
