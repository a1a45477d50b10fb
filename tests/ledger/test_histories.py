"""In random histories every fen of every gift is in exactly one place, where simple counting finds it."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.kit.database import WriteSession
from app.ledger import balances, sources, tracing, verification
from app.ledger.balances import Basis
from app.ledger.tracing import Place
from tests.ledger.histories import VERBS, History, World, world

steps = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 30), st.integers(0, 30)), min_size=10, max_size=30
)
by_hypothesis = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
async def three_members(session: WriteSession) -> World:
    return await world(session)


@settings(by_hypothesis, max_examples=60)
@given(steps=steps)
async def test_every_fen_is_in_exactly_one_place(
    session: WriteSession, three_members: World, steps: list[tuple[str, int, int]]
) -> None:
    savepoint = await session.begin_nested()
    try:
        history = History(session, three_members)
        for number in range(4):
            await history.gift(number, 8)
        for verb, a, b in steps:
            await getattr(history, verb)(a, b)
        await forwards_agree(session, history)
        await backwards_agree(session, history)
        await books_balance(session, history)
    finally:
        await savepoint.rollback()


@settings(by_hypothesis, max_examples=20)
@given(steps=steps, pieces_max=st.integers(1, 9))
async def test_the_parts_of_a_trace_tell_every_fen_once_and_as_the_whole_does(
    session: WriteSession, three_members: World, steps: list[tuple[str, int, int]], pieces_max: int
) -> None:
    savepoint = await session.begin_nested()
    try:
        history = History(session, three_members)
        for number in range(4):
            await history.gift(number, 8)
        for verb, a, b in steps:
            await getattr(history, verb)(a, b)
        gifts = [receipt.postings[0].id for _, _, receipt in history.gifts]
        whole = await tracing.follow(session, gifts)
        told, start = [], 0
        while start is not None:
            part = await tracing.page(session, gifts, start, pieces_max=pieces_max)
            assert part.places
            told += fen(part.places)
            start = part.next_start
            assert start is None or start == len(told)
        assert told == fen(whole.places)
    finally:
        await savepoint.rollback()


def fen(places: list[Place]) -> list[tuple[object, ...]]:
    """Every fen for itself: whose it is, where it lies and why we say so."""
    return [
        (p.origin, p.start + n, p.kind, p.posting_id or p.fund_id, p.offset + n, p.depth, p.basis)
        for p in places
        for n in range(p.amount)
    ]


async def forwards_agree(session: WriteSession, history: History) -> None:
    gifts = {receipt.postings[0].id: receipt.postings[0].amount for _, _, receipt in history.gifts}
    # Money may go to and fro between members more often than a reader would want to follow.
    trace = await tracing.follow(session, list(gifts), depth_max=100)
    assert trace.complete
    told = {}
    for place in trace.places:
        for number in range(place.amount):
            token = (place.origin, place.start + number)
            assert token not in told
            at = (place.posting_id, place.offset + number) if place.posting_id else (place.fund_id, 0)
            told[token] = (place.kind, *at)
    counted = {
        (gift, n): history.coins.place((gift, n)) for gift, amount in gifts.items() for n in range(amount)
    }
    assert told == counted
    refunded = Counter(token[0] for token, place in told.items() if place[0].startswith("refunded"))
    taken_back = {token[0] for token in history.coins.ended}
    assert set(refunded) <= taken_back


async def backwards_agree(session: WriteSession, history: History) -> None:
    for _, _, spent in history.spends:
        [outflow] = spent.postings
        stands = outflow.amount - history.back.get(outflow.id, 0)
        told = []
        for source in await sources.of(session, outflow.id):
            assert source.at == len(told)
            told += [(source.kind, source.posting_id, source.start + n) for n in range(source.amount)]
        coins = history.coins.outs[outflow.id][:stands]
        assert told == [history.coins.owner(coin.token) for coin in coins]


async def books_balance(session: WriteSession, history: History) -> None:
    members = [books.organization_id for books in history.world.books]
    for basis in Basis:
        rows = await balances.trial_balance(session, members, basis=basis)
        assert sum(row.balance for row in rows) == 0
    waiting = sum(one["out"].amount for one in history.transfers if "in" not in one)
    waiting += sum(one["amount"] for one in history.givebacks)
    assert sum(row.balance for row in rows if row.account_id is None) == waiting
    assert [check async for check in verification.checks(session) if check.offender] == []
