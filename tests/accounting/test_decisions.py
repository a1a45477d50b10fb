"""What a line of a bank's statement is: proposed with a reason, decided by a person, booked once."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.accounting.bank import decisions
from app.accounting.bank.decisions import Decision
from app.accounting.models import BankDecision, BankLine, ChannelKind, LineKind
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.errors import Refusal
from app.ledger import accounts
from app.ledger.models import Account, Entry, Posting
from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import Name
from tests.accounting.banking import Told, ask, line_of, lines, send, statement, tell
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, books_agree, desk, fen

NUMBER = "6222000011112222"


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def booked(session: ReadSession, entry_id: str) -> list[tuple[str, str, int]]:
    """An entry as (debit, credit, fen)."""
    debit, credit = Account.__table__.alias(), Account.__table__.alias()
    rows = await session.execute(
        select(debit.c.label, credit.c.label, Posting.amount)
        .join(debit, debit.c.id == Posting.debit_account_id)
        .join(credit, credit.c.id == Posting.credit_account_id)
        .where(Posting.entry_id == UUID(entry_id))
        .order_by(Posting.line)
    )
    return [(row[0], row[1], row[2]) for row in rows]


async def decide(at: Desk, line: dict[str, Any], kind: str, **more: Any) -> Any:
    return await tell(at, f"/bank-lines/{line['id']}/classification", {"kind": kind, **more})


async def waiting(at: Desk) -> list[tuple[str, str]]:
    answer = await at.client.get("/v1/me/tasks", headers=at.headers)
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["subject_id"]) for one in answer.json()["items"]]


async def test_what_lines_probably_are_is_told_with_the_reason(clerk: Desk, session: WriteSession) -> None:
    await bank(session, clerk.organization, code="abc", number=NUMBER)
    await members.organization(session, name="西安市慈善会")
    told = {
        ("interest", "word:利息"): Told(amount=3, summary="利息入账"),
        ("fee", "word:手续费"): Told(amount=-2, summary="手续费"),
        ("own_transfer", "own-account:abc"): Told(amount=-50, account=NUMBER, name="本会"),
        ("settlement", "platform:tencent"): Told(amount=40, name="财付通支付科技有限公司"),
        ("member_transfer", "member"): Told(amount=41, name="西安市慈善会"),
        ("returned_money", "word:退汇"): Told(amount=42, summary="退汇", name="某某"),
        ("cash_deposit", "word:现金存入"): Told(amount=43, summary="现金存入"),
        ("membership_fee", "word:会费"): Told(amount=48, name="某公司", remark="2026年单位会费"),
        ("gift", f"campaign:{clerk.campaign.code}"): Told(
            amount=44, name="甲", remark=f"捐{clerk.campaign.code}"
        ),
        ("gift", "relayed:转来"): Told(amount=45, remark="李四转来王五捐款"),
        ("gift", "named-payer"): Told(amount=46, name="赵六"),
        ("payment", "money-out"): Told(amount=-7, name="某商店"),
        None: Told(amount=1, summary=""),
    }
    await send(clerk, statement(*told.values(), opening=1000))

    for expected, line in zip(told, await lines(clerk), strict=True):
        proposal = line["proposal"]
        if expected is None:
            assert proposal is None
            continue
        assert (proposal["kind"], proposal["because"].startswith(expected[1])) == (expected[0], True), (
            proposal
        )


async def test_interest_and_fees_are_booked_to_the_general_fund(clerk: Desk, session: WriteSession) -> None:
    await send(clerk, statement(Told(amount=300, summary="结息"), Told(amount=-1000, summary="手续费")))
    interest, fee = await lines(clerk)

    got, taken = await decide(clerk, interest, "interest"), await decide(clerk, fee, "fee")

    assert got.status_code == 200, got.text
    here = f"1002/{clerk.bank.code}"
    assert await booked(session, got.json()["entry_id"]) == [(here, "4901/GENERAL", 300)]
    # The bank has taken it: what the fund can't cover is due from it.
    assert await booked(session, taken.json()["entry_id"]) == [
        ("5401/GENERAL", here, 300),
        ("1122/GENERAL", here, 700),
    ]
    assert [one["matched"] for one in await lines(clerk)] == [fen(300), fen(1000)]
    await books_agree(session)


async def test_a_membership_fee_is_income_of_its_own(clerk: Desk, session: WriteSession) -> None:
    """J23: it is no gift, and what a member owes for belonging is not restricted."""
    out = Told(amount=-100, summary="退会费")
    await send(clerk, statement(Told(amount=2_000, name="某公司", remark="单位会费"), out))
    line, back = await lines(clerk)

    wrong = await decide(clerk, back, "membership_fee")
    told = await tell(clerk, "/bank-lines/classifications/batch", {"line_ids": [line["id"]]})

    assert (wrong.status_code, wrong.json()["code"]) == (422, "line-goes-the-other-way")
    [done] = told.json()["outcomes"]
    assert (done["kind"], done["refused"]) == ("membership_fee", None)
    here = f"1002/{clerk.bank.code}"
    assert await booked(session, done["entry_id"]) == [(here, "4201/GENERAL", 2_000)]
    term = terms.read("2026-05")
    for name, key in ((Name.activities, "membership"), (Name.cash_flow, "membership_in")):
        paper = await drawing.draw(session, clerk.organization.id, "2026", name, term)
        assert (paper.ties, paper.amounts(key)[0]) == (True, 2_000), name
    await books_agree(session)


async def test_an_own_transfer_is_booked_once_for_both_statements(clerk: Desk, session: WriteSession) -> None:
    other = await bank(session, clerk.organization, code="abc")
    await send(clerk, statement(Told(amount=-500, day="2026-05-03"), opening=1000))
    await send(clerk, statement(Told(amount=500, day="2026-05-04")), channel=other)
    [out] = await lines(clerk, channel_id=str(clerk.bank.id))
    [came] = await lines(clerk, channel_id=str(other.id))

    one = await decide(clerk, out, "own_transfer", channel_id=str(other.id))
    two = await decide(clerk, came, "own_transfer", channel_id=str(clerk.bank.id))

    assert one.status_code == two.status_code == 200, one.text + two.text
    assert one.json()["entry_id"] == two.json()["entry_id"]
    assert await booked(session, one.json()["entry_id"]) == [("1002/abc", f"1002/{clerk.bank.code}", 500)]
    assert (one.json()["matched"], two.json()["matched"]) == (fen(500), fen(500))


async def test_cash_that_was_deposited_leaves_its_box(clerk: Desk, session: WriteSession) -> None:
    box = await bank(session, clerk.organization, code="box", kind=ChannelKind.cash)
    await clerk.give(800, channel_id=str(box.id))
    await send(clerk, statement(Told(amount=800, summary="现金存入")))
    [line] = await lines(clerk)

    nowhere = await decide(clerk, line, "cash_deposit")
    answer = await decide(clerk, line, "cash_deposit", channel_id=str(box.id))

    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "channel-not-found")
    assert await booked(session, answer.json()["entry_id"]) == [(f"1002/{clerk.bank.code}", "1001/box", 800)]
    assert await accounts.standing(session, [box.account_id]) == {box.account_id: 0}


async def test_what_is_unknown_waits_and_is_opened_again(clerk: Desk, session: WriteSession) -> None:
    await send(clerk, statement(Told(amount=77)))
    [line] = await lines(clerk)

    first = await decide(clerk, line, "unknown")
    again = await decide(clerk, line, "interest")
    waits = await waiting(clerk)
    suspense = await accounts.standing(session, [clerk.bank.suspense_account_id])
    opened = await tell(clerk, f"/bank-lines/{line['id']}/reopening", {"reason": "查明为利息"})
    twice = await tell(clerk, f"/bank-lines/{line['id']}/reopening", {"reason": "x"})
    second = await decide(clerk, line, "interest")

    assert (waits, await waiting(clerk)) == ([("bank_suspense", line["id"])], [])
    assert suspense == {clerk.bank.suspense_account_id: -77}
    assert (again.status_code, again.json()["code"]) == (409, "line-decided")
    assert (opened.json()["kind"], opened.json()["matched"]) == (None, fen(0))
    assert (twice.status_code, twice.json()["code"]) == (409, "line-not-decided")
    assert second.json()["entry_id"] != first.json()["entry_id"]
    assert await accounts.standing(session, [clerk.bank.suspense_account_id, clerk.bank.account_id]) == {
        clerk.bank.suspense_account_id: 0,
        clerk.bank.account_id: 77,
    }
    trail = await session.scalars(select(BankDecision.kind).order_by(BankDecision.id))
    assert trail.all() == ["unknown", None, "interest"]
    await books_agree(session)


async def test_what_waits_for_projects_is_told_and_books_nothing(clerk: Desk, session: WriteSession) -> None:
    await send(clerk, statement(Told(amount=5), Told(amount=6), Told(amount=7)))
    one, two, three = await lines(clerk)

    await decide(clerk, one, "member_transfer")
    await decide(clerk, two, "returned_money")
    wrong = await decide(clerk, three, "fee")
    elsewhere = await decide(clerk, three, "gift")

    assert [one["kind"] for one in await lines(clerk, decided=True, booked=False)] == [
        "member_transfer",
        "returned_money",
    ]
    assert (wrong.status_code, wrong.json()["code"]) == (422, "line-goes-the-other-way")
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "booked-elsewhere")
    assert await session.scalar(select(func.count()).select_from(Entry)) == 0


async def test_proposals_are_confirmed_in_batches(clerk: Desk) -> None:
    told = (Told(amount=9, summary="结息"), Told(amount=-2, summary="手续费"), Told(amount=5, name="某人"))
    await send(clerk, statement(*told))
    ids = [line["id"] for line in await lines(clerk)]

    answer = await tell(clerk, "/bank-lines/classifications/batch", {"line_ids": ids})
    again = await tell(clerk, "/bank-lines/classifications/batch", {"line_ids": ids[:1]})

    assert answer.status_code == 200, answer.text
    kinds = [(one["kind"], one["refused"]) for one in answer.json()["outcomes"]]
    assert kinds == [("interest", None), ("fee", None), (None, "no-proposal")]
    assert [one["refused"] for one in again.json()["outcomes"]] == ["line-decided"]


async def test_matches_are_made_in_parts_and_taken_back(clerk: Desk, session: WriteSession) -> None:
    gifts = [(await clerk.give(amount)).json() for amount in (300, 200)]
    await send(clerk, statement(Told(amount=500, day="2026-05-02"), Told(amount=500, day="2026-05-03")))
    one, two = await lines(clerk)

    found = (await ask(clerk, f"/bank-lines/{one['id']}/candidates")).json()["candidates"]
    assert [(c["left"], c["proposed"]) for c in found] == [(fen(300), fen(300)), (fen(200), fen(200))]
    first, second = (c["posting_id"] for c in found)
    parts = [{"posting_id": first, "amount": fen(250)}, {"posting_id": second, "amount": fen(200)}]
    made = await tell(clerk, f"/bank-lines/{one['id']}/matches", {"matches": parts})
    too_much = [{"posting_id": first, "amount": fen(51)}]
    over = await tell(clerk, f"/bank-lines/{two['id']}/matches", {"matches": too_much})
    rest = [{"posting_id": first, "amount": fen(50)}]
    other = await tell(clerk, f"/bank-lines/{two['id']}/matches", {"matches": rest})
    standing = (await ask(clerk, f"/bank-lines/{one['id']}/matches", standing=True)).json()["items"]
    undone = await tell(clerk, f"/bank-matches/{standing[0]['id']}/undoing", {"reason": "勾错"})
    twice = await tell(clerk, f"/bank-matches/{standing[0]['id']}/undoing", {"reason": "勾错"})

    assert made.status_code == 201, made.text
    assert made.json()["matched"] == fen(450)
    assert (over.status_code, over.json()["code"]) == (409, "match-too-large")
    assert other.json()["matched"] == fen(50)
    assert undone.json()["undone_because"] == "勾错"
    assert (twice.status_code, twice.json()["code"]) == (409, "match-undone")
    assert [one["matched"]["amount"] for one in await lines(clerk)] == [
        450 - standing[0]["amount"]["amount"],
        50,
    ]
    assert len((await ask(clerk, f"/bank-lines/{one['id']}/matches")).json()["items"]) == 2
    assert len(gifts) == 2


async def test_only_postings_of_the_account_and_side_are_matched(clerk: Desk, session: WriteSession) -> None:
    other = await bank(session, clerk.organization)
    gift = (await clerk.give(100, channel_id=str(other.id))).json()
    posting = await session.scalar(select(Posting.id).where(Posting.entry_id == UUID(gift["entry_id"])))
    await send(clerk, statement(Told(amount=100)))
    [line] = await lines(clerk)

    parts = [{"posting_id": str(posting), "amount": fen(100)}]
    answer = await tell(clerk, f"/bank-lines/{line['id']}/matches", {"matches": parts})

    assert (answer.status_code, answer.json()["code"]) == (422, "not-on-this-account")


async def test_one_of_many_deciders_wins(committed: Database) -> None:
    async with committed.writing() as session:
        organization = await members.organization(session)
        channel = await bank(session, organization)
        line = await line_of(session, channel, 500)
        line_id = line.id

    async def take(number: int) -> bool:
        try:
            async with committed.writing() as session:
                await decisions.decide(session, line_id, Decision(kind=LineKind.interest), actor=f"{number}")
        except Refusal:
            return False
        return True

    won = await asyncio.gather(*(take(number) for number in range(20)))

    assert sum(won) == 1
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Entry)) == 1
        kept = await session.get_one(BankLine, line_id)
        assert (kept.kind, kept.matched_minor) == (LineKind.interest, 500)
        assert await accounts.standing(session, [channel.account_id]) == {channel.account_id: 500}
