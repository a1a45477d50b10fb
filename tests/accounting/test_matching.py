"""Matches: whatever is matched and taken back, no line and no posting is ever matched beyond itself."""

import asyncio
from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.accounting.bank import decisions, matches
from app.accounting.bank.matches import Loose, Pair
from app.accounting.models import BankLine, BankMatch, Channel, MatchedPosting
from app.fundraising import donations
from app.kit.database import Database, WriteSession
from app.kit.errors import Refusal
from app.kit.ids import new_id
from app.ledger.models import Posting
from tests.accounting.banking import line_of
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import bank

AMOUNTS = st.lists(st.integers(1, 50), min_size=1, max_size=4)
STEPS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(1, 60), st.booleans()), max_size=12
)


async def ground(session: WriteSession, gifts: list[int]) -> tuple[Channel, list[UUID]]:
    """A bank account with gifts in the books; their postings on it."""
    organization = await members.organization(session, books_from=date(2026, 1, 1))
    channel = await bank(session, organization)
    appeal = make.Appeal(
        organization_id=organization.id,
        platform_id=channel.id,
        channel=channel,
        campaign=await make.campaign(session, organization.id),
    )
    outcomes = await donations.receive(session, [make.gift(appeal, amount) for amount in gifts])
    query = select(Posting.id).where(Posting.entry_id.in_([one.entry_id for one in outcomes]))
    return channel, list(await session.scalars(query.order_by(Posting.id)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=AMOUNTS, gifts=AMOUNTS, steps=STEPS)
async def test_sums_hold_whatever_is_matched_and_undone(
    session: WriteSession, told: list[int], gifts: list[int], steps: list[tuple[int, int, int, bool]]
) -> None:
    channel, postings = await ground(session, gifts)
    last = await line_of(session, channel, *told)
    query = select(BankLine).where(BankLine.statement_id == last.statement_id).order_by(BankLine.id)
    lines = (await session.scalars(query)).all()
    for line_place, posting_place, amount, undoing in steps:
        line, posting_id = lines[line_place % len(lines)], postings[posting_place % len(postings)]
        standing = await matches.standing(session, [line.id])
        if undoing and standing:
            await matches.undo(session, await session.get_one(BankMatch, standing[0]), because="x", actor="t")
            continue
        pair = Pair(line_id=line.id, posting_id=posting_id, amount=amount)
        try:
            async with session.begin_nested():
                await matches.make(session, [line], [pair], actor="t")
        except Refusal:
            pass

    stands = BankMatch.undone_at.is_(None)
    for line in lines:
        await session.refresh(line)
        sums = select(func.coalesce(func.sum(BankMatch.amount), 0)).where(
            BankMatch.line_id == line.id, stands
        )
        assert line.matched_minor == await session.scalar(sums)
        assert line.matched_minor <= line.amount
    for posting_id in postings:
        sums = select(func.coalesce(func.sum(BankMatch.amount), 0)).where(
            BankMatch.posting_id == posting_id, stands
        )
        kept = await session.get(MatchedPosting, (posting_id, channel.account_id), populate_existing=True)
        assert (kept.matched_minor if kept else 0) == await session.scalar(sums)


async def test_matchers_at_once_never_match_a_posting_beyond_itself(committed: Database) -> None:
    async with committed.writing() as session:
        channel, [posting_id] = await ground(session, [100])
        last = await line_of(session, channel, *([30] * 10))
        query = select(BankLine.id).where(BankLine.statement_id == last.statement_id)
        line_ids = list(await session.scalars(query))

    async def match(line_id: UUID) -> bool:
        try:
            async with committed.writing() as session:
                line, _ = await decisions.hold(session, line_id)
                pair = Pair(line_id=line_id, posting_id=posting_id, amount=30)
                await matches.make(session, [line], [pair], actor="t")
        except Refusal:
            return False
        return True

    won = await asyncio.gather(*map(match, line_ids))

    assert sum(won) == 3
    async with committed.reading() as session:
        kept = await session.get_one(MatchedPosting, (posting_id, channel.account_id))
        assert kept.matched_minor == 90


def test_the_nearest_of_its_amount_is_proposed_and_else_a_day_s_sum() -> None:
    def loose(day: int, left: int) -> Loose:
        return Loose(
            posting_id=new_id(),
            entry_id=new_id(),
            booked_on=date(2026, 5, day),
            reference="x",
            amount=left,
            left=left,
        )

    line = BankLine(
        organization_id=new_id(),
        channel_id=new_id(),
        statement_id=new_id(),
        number=1,
        identity=b"",
        happened_on=date(2026, 5, 10),
        amount=100,
        balance_minor=None,
        person_id=new_id(),
        matched_minor=0,
    )
    far, near, parts = loose(2, 100), loose(9, 100), [loose(11, 60), loose(11, 40)]

    assert [pair.posting_id for pair in matches.propose(line, [far, near, *parts])] == [near.posting_id]
    assert {pair.posting_id for pair in matches.propose(line, parts)} == {one.posting_id for one in parts}
    assert matches.propose(line, [loose(11, 60)]) == []
