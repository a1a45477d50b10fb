"""What waits at bank and cash: confirmed in batches, listed with who waits for whom, told as tasks."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank import batches, reconciliations
from app.accounting.models import BankLine, ChannelKind, MatchedPosting
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from tests.accounting.banking import Told, ask, line_of, lines, send, statement, tell
from tests.accounting.test_matching import ground
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, books_agree, desk, fen


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def test_proposed_matches_are_confirmed_in_batches(clerk: Desk, session: WriteSession) -> None:
    for amount in (300, 200, 70):
        await clerk.give(amount)
    told = (Told(amount=500, day="2026-05-02"), Told(amount=70, day="2026-05-02"), Told(amount=9))
    await send(clerk, statement(*told, Told(amount=70, day="2026-05-03")))
    ids = {line["happened_on"] + str(line["amount"]["amount"]): line["id"] for line in await lines(clerk)}
    body = {"line_ids": [*ids.values(), str(clerk.organization.id)]}

    first = await tell(clerk, "/bank-lines/matches/batch", body)
    again = await tell(clerk, "/bank-lines/matches/batch", body)

    assert first.status_code == 200, first.text
    outcomes = {
        one["line_id"]: (one["matched"]["amount"], one["refused"]) for one in first.json()["outcomes"]
    }
    assert [one["line_id"] for one in first.json()["outcomes"]] == body["line_ids"]
    # 500 is no posting's amount; it is what is left of a day's, once 70 has gone to its own line.
    assert outcomes[ids["2026-05-0270"]] == (70, None)
    assert outcomes[ids["2026-05-019"]] == (0, "no-proposal")
    assert outcomes[ids["2026-05-0370"]] == (0, "no-proposal")
    assert {one["refused"] for one in again.json()["outcomes"]} <= {"no-proposal", "out-of-sight", None}
    matched = [line["matched"]["amount"] for line in await lines(clerk)]
    assert sum(matched) == 570
    await books_agree(session)


async def test_batches_at_once_match_a_posting_once(committed: Database) -> None:
    async with committed.writing() as session:
        channel, [posting_id] = await ground(session, [100])
        last = await line_of(session, channel, *([100] * 8))
        query = select(BankLine.id).where(BankLine.statement_id == last.statement_id)
        line_ids = list(await session.scalars(query))

    async def confirm(order: list[UUID]) -> list[int]:
        async with committed.writing() as session:
            return [one.matched for one in await batches.match(session, order, actor="t")]

    won = await asyncio.gather(*(confirm([line_id, *line_ids]) for line_id in line_ids))

    assert sorted({matched for one in won for matched in one}) == [0, 100]
    async with committed.reading() as session:
        kept = await session.get_one(MatchedPosting, (posting_id, channel.account_id))
        assert kept.matched_minor == 100
        rows = (await session.scalars(select(BankLine.matched_minor))).all()
        assert sorted(rows) == [0] * 7 + [100]


async def test_exceptions_tell_who_waits_for_whom_since_when(clerk: Desk, session: WriteSession) -> None:
    sender = await members.organization(session, name="西安市慈善会")
    told = (
        Told(amount=41, name="西安市慈善会"),
        Told(amount=42, day="2026-05-02", summary="退汇", name="甲"),
    )
    await send(clerk, statement(*told, Told(amount=5, summary="结息")))
    ids = [line["id"] for line in await lines(clerk)]
    before = await ask(clerk, "/bank-exceptions")
    await tell(clerk, "/bank-lines/classifications/batch", {"line_ids": ids})

    found = (await ask(clerk, "/bank-exceptions")).json()["items"]

    assert before.json()["items"] == []
    assert [(one["kind"], one["waits_for"], one["member_code"]) for one in found] == [
        ("member_transfer", "member", sender.code),
        ("returned_money", "project", None),
    ]
    assert [one["left"] for one in found] == [fen(41), fen(42)]
    assert found[0]["days"] == (today() - date(2026, 5, 1)).days
    assert found[0]["since_at"] is not None
    assert "甲" not in str(found)
    only = await ask(clerk, "/bank-exceptions", kind="returned_money", channel_id=str(clerk.bank.id))
    assert [one["id"] for one in only.json()["items"]] == [found[1]["id"]]
    assert {(one["kind"], one["subject_id"]) for one in await tasks(clerk, clerk.headers)} == {
        ("bank_exception", one["id"]) for one in found
    }
    # Once its money is in the books, nobody waits for it any more.
    await clerk.give(41)
    await tell(clerk, "/bank-lines/matches/batch", {"line_ids": [found[0]["id"]]})
    assert [one["id"] for one in (await ask(clerk, "/bank-exceptions")).json()["items"]] == [found[1]["id"]]


async def tasks(at: Desk, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = await at.client.get("/v1/me/tasks", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_cash_above_its_limit_is_the_cashiers_task_until_it_is_deposited(
    clerk: Desk, app: FastAPI, session: WriteSession
) -> None:
    box = await bank(session, clerk.organization, code="box", kind=ChannelKind.cash)
    cashier = await members.sign_in(app, session, Role.cashier, clerk.organization)
    elsewhere = await members.organization(session)
    stranger = await members.sign_in(app, session, Role.cashier, elsewhere)
    await channels.change(session, box, cash_limit_minor=100_00)
    await clerk.give(100_00, channel_id=str(box.id))
    within = await tasks(clerk, cashier)
    await clerk.give(50_00, channel_id=str(box.id))

    above = await tasks(clerk, cashier)
    others = [await tasks(clerk, headers) for headers in (clerk.headers, stranger)]
    slip = {"box_id": str(box.id), "bank_id": str(clerk.bank.id), "slip_number": "1", "amount": fen(60_00)}
    slip |= {"deposited_at": "2026-05-02T10:00:00+08:00"}
    headers = cashier | {"Idempotency-Key": "slip"}
    done = await clerk.client.post("/v1/accounting/cash-deposits", json=slip, headers=headers)

    assert within == []
    assert [(one["kind"], one["subject_id"], one["amount"]) for one in above] == [
        ("cash_above_limit", str(box.id), fen(150_00))
    ]
    assert others == [[], []]
    assert done.status_code == 201, done.text
    assert await tasks(clerk, cashier) == []


async def test_a_signed_reconciliation_is_a_reviewers_task(
    clerk: Desk, app: FastAPI, session: WriteSession
) -> None:
    reviewer = await members.sign_in(app, session, Role.reviewer, clerk.organization)
    await send(clerk, statement(Told(amount=9, day="2026-05-31", summary="结息")))
    path = f"/bank-accounts/{clerk.bank.id}/reconciliations"
    signed = (await tell(clerk, path, {"month": "2026-05-01"})).json()

    waiting = await tasks(clerk, reviewer)
    await reconciliations.review(
        session, await reconciliations.get(session, UUID(signed["id"])), actor="staff:another"
    )

    assert [(one["kind"], one["subject_id"]) for one in waiting] == [("reconciliation_review", signed["id"])]
    assert await tasks(clerk, reviewer) == []
