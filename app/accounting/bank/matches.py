"""Matches: which money of a bank's lines is which money of the books; many to many, in parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.accounting import channels
from app.accounting.bank.errors import MatchTooLarge, MatchUndone, NotOnThisAccount
from app.accounting.models import BankLine, BankMatch, Channel
from app.kit import bulk, constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight

NEAR = timedelta(days=10)
"""Bank and books seldom differ by more: what is further apart nobody proposes to match."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A part of a line and of a posting that are the same money, in fen."""

    line_id: UUID
    posting_id: UUID
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loose:
    """A posting on a bank account of which `left` is matched with no line; `amount` as the bank signs it."""

    posting_id: UUID
    entry_id: UUID
    booked_on: date
    reference: str
    amount: int
    left: int


def refusals() -> dict[str, Any]:
    """Return what the database refuses about matches, as what a client reads."""
    return {
        "bank_lines_matched_check": MatchTooLarge(),
        "matched_postings_matched_check": MatchTooLarge(),
        "bank_matches_standing_key": MatchTooLarge(),
        "bank_matches_posting_id_fkey": NotOnThisAccount(),
        "bank_matches_account": NotOnThisAccount(),
    }


async def make(
    session: WriteSession, lines: Sequence[BankLine], pairs: Iterable[Pair], *, actor: str
) -> None:
    """Match these parts of locked lines.

    Raises MatchTooLarge or NotOnThisAccount: the database tells.
    """
    held = {line.id: line for line in lines}
    async with constraints.told(session, refusals()):
        for pair in sorted(pairs, key=lambda one: (one.line_id, one.posting_id)):
            session.add(
                BankMatch(
                    organization_id=held[pair.line_id].organization_id,
                    line_id=pair.line_id,
                    posting_id=pair.posting_id,
                    amount=pair.amount,
                    actor=actor,
                )
            )
            # One by one and in this order: the trigger locks what it folds into.
            await session.flush()
    for line in lines:
        await session.refresh(line, ["matched_minor"])


async def get(session: ReadSession, match_id: UUID) -> BankMatch:
    """Return a match, or refuse."""
    match = await session.get(BankMatch, match_id)
    if match is None:
        raise OutOfSight
    return match


async def undo(session: WriteSession, match: BankMatch, *, because: str, actor: str) -> None:
    """Take a match back; that it stood, who took it back and why stays on record."""
    await session.refresh(match, with_for_update=True)
    if match.undone_at is not None:
        raise MatchUndone(match=match.id)
    match.undone_at, match.undone_by = now(), actor
    await session.flush()
    line = await session.get_one(BankLine, match.line_id)
    await reasons.keep(session, _undoing(line, match), because)


async def why(session: ReadSession, line: BankLine, undone: Sequence[BankMatch]) -> Mapping[UUID, str]:
    """Return why matches of a line were taken back, by match; nothing of whom it told and who was erased."""
    return await reasons.read(session, [_undoing(line, one) for one in undone])


def _undoing(line: BankLine, match: BankMatch) -> About:
    return About("bank_match", match.id, line.person_id)


_OF_ENTRY = text(
    """
    select p.id, p.amount - coalesce(m.matched_minor, 0) as left
    from postings p
    cross join lateral (
      select case when :came_in then p.debit_account_id else p.credit_account_id end as account_id
    ) s
    left join matched_postings m on m.posting_id = p.id and m.account_id = s.account_id
    where p.entry_id = :entry and s.account_id = any(:accounts)
      and not (p.debit_account_id = any(:accounts) and p.credit_account_id = any(:accounts))
    order by p.line
    """
)


async def with_entry(
    session: WriteSession, line: BankLine, channel: Channel, entry_id: UUID, *, actor: str
) -> None:
    """Match a line with what an entry moved on its account, as far as both go."""
    held = bulk.array(await channels.whole(session, channel))
    asked = {"accounts": held, "entry": entry_id, "came_in": line.amount > 0}
    left = abs(line.amount) - line.matched_minor
    pairs: list[Pair] = []
    for row in await session.execute(_OF_ENTRY, asked):
        if part := min(left, row.left):
            pairs.append(Pair(line_id=line.id, posting_id=row.id, amount=part))
            left -= part
    await make(session, [line], pairs, actor=actor)


# Pairs of an entry and its reversal have never been at the bank: they wait for no line.
_LOOSE = """
    select p.id as posting_id, p.entry_id, e.booked_on, e.reference,
           case when p.debit_account_id = any(:accounts) then p.amount else -p.amount end as amount,
           p.amount - coalesce(m.matched_minor, 0) as left
    from postings p
    join entries e on e.id = p.entry_id
    left join matched_postings m on m.posting_id = p.id and m.account_id = any(:accounts)
    where (p.debit_account_id = any(:accounts) or p.credit_account_id = any(:accounts))
      and not (p.debit_account_id = any(:accounts) and p.credit_account_id = any(:accounts))
      and p.amount > coalesce(m.matched_minor, 0) and e.kind <> 'opening'
      and e.reverses_id is null and not exists (select from entries r where r.reverses_id = e.id)
      and {which}
    order by e.booked_on, p.id limit :limit
"""
_NEAR = text(
    _LOOSE.format(
        which="e.booked_on between :begins and :ends"
        " and (p.debit_account_id = any(:accounts)) = :came_in"
        " and p.amount - coalesce(m.matched_minor, 0) <= :most"
    )
)


async def candidates(session: ReadSession, line: BankLine, *, limit: int = 200) -> list[Loose]:
    """Return the unmatched postings on a line's account and side that lie near it and fit into it."""
    channel = await session.get_one(Channel, line.channel_id)
    asked = {
        "accounts": bulk.array(await channels.whole(session, channel)),
        "came_in": line.amount > 0,
        "most": abs(line.amount) - line.matched_minor,
        "begins": line.happened_on - NEAR,
        "ends": line.happened_on + NEAR,
        "limit": limit,
    }
    return [Loose(**row) for row in (await session.execute(_NEAR, asked)).mappings()]


def propose(line: BankLine, candidates: Sequence[Loose]) -> list[Pair]:
    """Return what a line probably is: the nearest posting of its amount, else a day's that add up to it."""
    left = abs(line.amount) - line.matched_minor
    exact = [one for one in candidates if one.left == left]
    if exact:
        best = min(exact, key=lambda one: (abs(one.booked_on - line.happened_on), one.booked_on))
        return [Pair(line_id=line.id, posting_id=best.posting_id, amount=left)]
    for day in sorted({one.booked_on for one in candidates}, key=lambda day: abs(day - line.happened_on)):
        of_day = [one for one in candidates if one.booked_on == day]
        if sum(one.left for one in of_day) == left:
            return [Pair(line_id=line.id, posting_id=one.posting_id, amount=one.left) for one in of_day]
    return []


_BETWEEN = text(
    """
    select p.entry_id from postings p
    join entries e on e.id = p.entry_id
    left join matched_postings m on m.posting_id = p.id and m.account_id = any(:accounts)
    where p.debit_account_id = any(:debit) and p.credit_account_id = any(:credit) and p.amount = :amount
      and coalesce(m.matched_minor, 0) = 0 and e.booked_on between :begins and :ends
      and e.reverses_id is null and not exists (select from entries r where r.reverses_id = e.id)
    order by abs(e.booked_on - cast(:on as date)), p.id limit 1
    """
)


async def booked_between(
    session: ReadSession, line: BankLine, debit: Channel, credit: Channel
) -> UUID | None:
    """Return the entry by which exactly this line's money was booked between two accounts already.

    On whichever chart: the other bank's line of the same night may have been booked before the books moved.
    """
    debited, credited = [await channels.whole(session, one) for one in (debit, credit)]
    asked = {
        "debit": bulk.array(debited),
        "credit": bulk.array(credited),
        "accounts": bulk.array(debited if line.amount > 0 else credited),
        "amount": abs(line.amount),
        "on": line.happened_on,
        "begins": line.happened_on - NEAR,
        "ends": line.happened_on + NEAR,
    }
    return await session.scalar(_BETWEEN, asked)


_STANDING = text("select id from bank_matches where line_id = any(:lines) and undone_at is null order by id")


async def standing(session: ReadSession, line_ids: Sequence[UUID]) -> list[UUID]:
    """Return the matches that stand of these lines."""
    return list(await session.scalars(_STANDING, {"lines": bulk.array(line_ids)}))
