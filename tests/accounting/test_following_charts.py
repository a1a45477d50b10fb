"""What follows a posting of the old chart is booked on the new one: returns, transfers, reversals."""

from datetime import date

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.database import WriteSession
from app.ledger import balances, funds, reversals, tracing
from app.ledger.balances import Basis
from app.ledger.errors import TransferNotWaiting
from app.ledger.journal import Line, Receipt
from app.ledger.models import Account, Direction, EntryKind
from app.ledger.movements.transfers import Nature
from app.ledger.walks.places import PlaceKind
from tests.accounting.old_books import (
    LATER,
    PAID_ON,
    OldBooks,
    Pair,
    close_and_change,
    must_be_sound,
    old_books,
    standing,
)

CHANGERS = pytest.mark.parametrize("changers", ["sender", "receiver", "both"])


@pytest.fixture
async def old(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    return await old_books(app, client, session)


@pytest.fixture
async def pair(app: FastAPI, client: AsyncClient, session: WriteSession) -> Pair:
    """Two members on the chart of 2004; the one who sends has ten thousand fen for its bridge."""
    made = Pair(session, await old_books(app, client, session), await old_books(app, client, session))
    await made.sender.gift(session, 10_000)
    return made


async def change(pair: Pair, changers: str) -> list[OldBooks]:
    """Let one of the two move to the chart of 2026, or both; return who has."""
    those = {"sender": [pair.sender], "receiver": [pair.receiver], "both": [pair.sender, pair.receiver]}
    for one in those[changers]:
        await close_and_change(one)
    return those[changers]


async def sides(session: WriteSession, receipt: Receipt) -> list[tuple[str, str]]:
    """Return the chart and label of both accounts of the entry's first posting."""
    first = receipt.postings[0]
    rows = await session.scalars(select(Account).where(Account.id.in_([first.debit, first.credit])))
    named = {row.id: (row.chart, row.label) for row in rows}
    return [named[first.debit], named[first.credit]]


async def test_what_a_payment_of_2025_left_over_lessens_the_cost_on_the_new_chart(
    session: WriteSession, old: OldBooks
) -> None:
    gift = await old.gift(session, 10_000)
    [paid] = (await old.pay(session, 6_000, cost="wages")).postings
    await close_and_change(old)

    back = await old.take_back(session, paid.id, 2_500)

    assert await sides(session, back) == [("2026", "1002/icbc"), ("2026", "5101/wages/F-BRIDGE/P1")]
    assert await funds.left(session, [old.fund.id]) == {old.fund.id: 6_500}
    walked = await tracing.follow(session, [gift.postings[0].id])
    spent = sum(one.amount for one in walked.places if one.kind is PlaceKind.spent)
    assert spent == 3_500
    await must_be_sound(session, old)


@CHANGERS
async def test_an_advance_of_2025_is_settled_on_the_chart_on_which_each_member_stands(
    session: WriteSession, pair: Pair, changers: str
) -> None:
    await pair.send(Nature.advance, 4_000)
    await pair.receive(PAID_ON)
    changed = await change(pair, changers)

    cost, income = await pair.settle(LATER)

    charts = {one: one.organization.chart_version for one in (pair.sender, pair.receiver)}
    assert {chart for chart, _ in await sides(session, cost)} == {charts[pair.sender]}
    assert {chart for chart, _ in await sides(session, income)} == {charts[pair.receiver]}
    claims = {
        key: amount
        for key, amount in (await standing(session, pair.sender, pair.receiver)).items()
        if key[1].startswith(("1141", "2209"))
    }
    assert claims == {}, "neither a claim nor a debt is left, on either chart"
    assert await funds.left(session, [pair.receiver.fund.id]) == {pair.receiver.fund.id: 4_000}
    await must_be_sound(session, *changed)


@CHANGERS
@pytest.mark.parametrize("given_on", [PAID_ON, LATER])
async def test_an_advance_of_2025_comes_back_whole_whichever_chart_it_was_given_back_on(
    session: WriteSession, pair: Pair, changers: str, given_on: date
) -> None:
    await pair.send(Nature.advance, 4_000)
    await pair.receive(PAID_ON)
    if given_on is PAID_ON:
        await pair.give_back(given_on, 4_000)
    changed = await change(pair, changers)
    if given_on is LATER:
        await pair.give_back(given_on, 4_000)

    await pair.take_back(LATER)

    left = await standing(session, pair.sender, pair.receiver)
    assert {label for _, label in left} == (
        {"1002/icbc", "3102/F-BRIDGE"} if pair.sender in changed else {"1002/icbc", "4101/F-BRIDGE"}
    )
    assert await funds.left(session, [pair.sender.fund.id]) == {pair.sender.fund.id: 10_000}
    with pytest.raises(TransferNotWaiting):
        await pair.take_back(LATER)
    await must_be_sound(session, *changed)


@CHANGERS
async def test_a_grant_sent_in_2025_arrives_after_the_change_and_a_part_of_it_comes_back(
    session: WriteSession, pair: Pair, changers: str
) -> None:
    out = await pair.send(Nature.grant, 4_000)
    changed = await change(pair, changers)

    await pair.receive(LATER, fund=pair.receiver.fund)
    await pair.give_back(LATER, 1_000)
    back = await pair.take_back(LATER)

    chart = pair.sender.organization.chart_version
    label = f"5101/F-BRIDGE/{pair.receiver.organization.code}"
    assert await sides(session, back) == [(chart, "1002/icbc"), (chart, label)]
    held = await funds.left(session, [pair.sender.fund.id, pair.receiver.fund.id])
    assert held == {pair.sender.fund.id: 7_000, pair.receiver.fund.id: 3_000}
    assert out.booked_on == PAID_ON
    await must_be_sound(session, *changed)


@CHANGERS
@pytest.mark.parametrize("nature", [Nature.grant, Nature.advance])
async def test_what_was_received_in_2025_is_given_back_and_taken_back_after_the_change(
    session: WriteSession, pair: Pair, changers: str, nature: Nature
) -> None:
    """A grant, and an advance that was settled: by both the receiver's fund had the money already."""
    await pair.send(nature, 4_000)
    await pair.receive(PAID_ON, fund=pair.receiver.fund if nature is Nature.grant else None)
    if nature is Nature.advance:
        await pair.settle(PAID_ON)
    changed = await change(pair, changers)

    given = await pair.give_back(LATER, 1_500)
    taken = await pair.take_back(LATER)

    chart = pair.receiver.organization.chart_version
    assert await sides(session, given) == [
        (chart, f"4101/F-BRIDGE/{pair.sender.organization.code}"),
        (chart, "1002/icbc"),
    ]
    chart = pair.sender.organization.chart_version
    assert await sides(session, taken) == [
        (chart, "1002/icbc"),
        (chart, f"5101/F-BRIDGE/{pair.receiver.organization.code}"),
    ]
    held = await funds.left(session, [pair.sender.fund.id, pair.receiver.fund.id])
    assert held == {pair.sender.fund.id: 7_500, pair.receiver.fund.id: 2_500}
    await must_be_sound(session, *changed)


@CHANGERS
async def test_agency_money_of_2025_goes_back_and_is_owed_by_its_mandate_again(
    session: WriteSession, pair: Pair, changers: str
) -> None:
    held = await pair.sender.leaf(session, "1002", sub="agency", channel_id=pair.sender.channel.id)
    ours = await pair.sender.leaf(session, "2601", sub="DL-1")
    theirs = await pair.receiver.leaf(session, "2601", sub="DL-2")
    into = Line(debit=held, credit=ours, amount=800)
    await pair.sender.book(session, PAID_ON, EntryKind.voucher, into)
    await pair.send(Nature.agency, 800, owed_id=ours)
    await pair.receive(PAID_ON, owed_id=theirs)
    changed = await change(pair, changers)

    await pair.give_back(LATER, 800)
    await pair.take_back(LATER)

    chart = pair.sender.organization.chart_version
    left = await standing(session, pair.sender, pair.receiver)
    agency = {key: amount for key, amount in left.items() if "agency" in key[1] or key[1].startswith("2601")}
    assert agency == {(chart, "1002/agency/icbc"): 800, (chart, "2601/DL-1"): -800}
    await must_be_sound(session, *changed)


async def test_a_transfer_of_2025_that_nobody_received_is_taken_back_after_the_change(
    session: WriteSession, pair: Pair
) -> None:
    out = await pair.send(Nature.advance, 4_000)
    await change(pair, "both")

    mirrored = await reversals.reverse(session, out.entry_id, pair.sender.event(LATER))

    label = f"1141/F-BRIDGE/{pair.receiver.organization.code}"
    assert await sides(session, mirrored) == [("2026", "1002/icbc"), ("2026", label)]
    assert await funds.left(session, [pair.sender.fund.id]) == {pair.sender.fund.id: 10_000}
    await must_be_sound(session, pair.sender, pair.receiver)


async def test_a_cost_of_the_old_chart_is_taken_back_where_the_new_one_has_it(
    session: WriteSession, old: OldBooks
) -> None:
    """5201 was administration; on the new chart that is 5301, and 5201 are taxes."""
    general = await funds.general(session, old.organization.id)
    income = await old.leaf(session, "4901", fund_id=general.id)
    cost = await old.leaf(session, "5201", fund_id=general.id)
    line = {"fund_id": general.id}
    came = Line(debit=old.channel.account_id, credit=income, amount=500, direction=Direction.inflow, **line)
    await old.book(session, PAID_ON, EntryKind.voucher, came)
    went = Line(debit=cost, credit=old.channel.account_id, amount=120, direction=Direction.outflow, **line)
    spent = await old.book(session, PAID_ON, EntryKind.voucher, went)
    await close_and_change(old)

    mirrored = await reversals.reverse(session, spent.entry_id, old.event(LATER))

    assert await sides(session, mirrored) == [("2026", "1002/icbc"), ("2026", "5301/GENERAL")]
    await must_be_sound(session, old)


async def test_consolidated_balances_follow_the_change_of_both(session: WriteSession, pair: Pair) -> None:
    """What is on its way is in transit on every day; what members owe each other is on no account."""
    await pair.send(Nature.advance, 4_000)
    await change(pair, "both")

    async def shown(day: date) -> dict[tuple[str, str], int]:
        ids = [pair.sender.organization.id, pair.receiver.organization.id]
        sums: dict[tuple[str, str], int] = {}
        for row in await balances.trial_balance(session, ids, as_of=day, basis=Basis.consolidated):
            sums[row.chart, row.label] = sums.get((row.chart, row.label), 0) + row.balance
        return {key: amount for key, amount in sums.items() if amount}

    way = ("", f"{pair.sender.organization.code}>{pair.receiver.organization.code}")
    for chart, day in (("2004", date(2025, 12, 31)), ("2026", date(2026, 1, 1))):
        bank, fund = (chart, "1002/icbc"), (chart, "3102/F-BRIDGE")
        assert await shown(day) == {bank: 6_000, fund: -10_000, way: 4_000}, day

    await pair.receive(LATER)
    await pair.settle(LATER)

    assert await shown(LATER) == {("2026", "1002/icbc"): 10_000, ("2026", "3102/F-BRIDGE"): -10_000}
