"""Decisions: what a person says that a line of a statement is, and what that books."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from functools import partial
from uuid import UUID

from sqlalchemy import func, select

from app.accounting import channels
from app.accounting.bank import lines, matches
from app.accounting.bank.errors import (
    BookedElsewhere,
    LineDecided,
    LineGoesTheOtherWay,
    LineMatched,
    LineNotDecided,
    LineOfAnotherAccount,
)
from app.accounting.errors import ChannelNotFound
from app.accounting.models import BankDecision, BankLine, BankMatch, Channel, ChannelKind, LineKind
from app.kit.clock import LEGAL_ZONE
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.ledger import accounts, charts, funds, journal, reversals
from app.ledger.charts import Concept
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Direction, Entry, EntryKind

ELSEWHERE = frozenset({LineKind.gift, LineKind.settlement, LineKind.agency})
"""Kinds that are booked through other doors: of fundraising, and of agency mandates."""

WAITING = frozenset({LineKind.member_transfer, LineKind.returned_money})
"""Kinds that are told here and booked where the money's history is known: exceptions until then."""

_IN = frozenset(
    {LineKind.gift, LineKind.settlement, LineKind.interest, LineKind.membership_fee}
    | {LineKind.cash_deposit, LineKind.unknown}
)
_OUT = frozenset({LineKind.fee, LineKind.payment})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a line is; `channel_id` names the other account of an own transfer, or the deposited cash box."""

    kind: LineKind
    channel_id: UUID | None = None
    note: str | None = None


async def hold(session: WriteSession, line_id: UUID) -> tuple[BankLine, Channel]:
    """Return a line with its channel, both locked: whoever decides about an account's lines waits in turn."""
    found = await lines.get(session, line_id)
    channel = await channels.lock(session, found.channel_id)
    [line] = await lines.lock(session, [line_id])
    return line, channel


async def decide(session: WriteSession, line_id: UUID, decision: Decision, *, actor: str) -> BankLine:
    """Say what a line is, and book what follows from it; of two people at once one is refused.

    A line that is matched with the books as a whole is only given its name: its money has been booked.
    Raises BookedElsewhere for what the books know nothing of yet and do not book here, LineDecided,
    LineGoesTheOtherWay; LineMatched if only a part of the line is matched.
    """
    line, channel = await hold(session, line_id)
    must_be_open(line)
    whole = line.matched_minor == abs(line.amount)
    if decision.kind in ELSEWHERE and not whole:
        raise BookedElsewhere(kind=decision.kind)
    if decision.kind in (_OUT if line.amount > 0 else _IN):
        raise LineGoesTheOtherWay(line=line.id, kind=decision.kind)
    entry_id = None if whole else await _book(session, line, channel, decision, actor)
    await conclude(session, line, channel, decision, actor=actor, entry_id=entry_id)
    return line


def must_be_open(line: BankLine) -> None:
    """Refuse a line of which somebody has said already what it is."""
    if line.kind is not None:
        raise LineDecided(line=line.id, kind=line.kind, entry=line.entry_id)


def must_be_unmatched(line: BankLine) -> None:
    """Refuse to book a line of which the books know some money already."""
    if line.matched_minor:
        raise LineMatched(line=line.id, matched=line.matched_minor)


def event(line: BankLine, channel: Channel, actor: str) -> Event:
    """Return when a line's money moved: banks tell the day."""
    at = datetime.combine(line.happened_on, time(12), LEGAL_ZONE)
    return Event(occurred_at=at, actor=actor, chart=channel.chart, summary=None)


async def reference(session: ReadSession, line: BankLine) -> str:
    """Return the name of the entry that a line books; opened again it may book another one."""
    query = select(func.count()).where(BankDecision.line_id == line.id, BankDecision.kind.is_not(None))
    return f"bank-line:{line.id}:{(await session.scalar(query) or 0) + 1}"


async def conclude(
    session: WriteSession,
    line: BankLine,
    channel: Channel,
    decision: Decision,
    *,
    actor: str,
    entry_id: UUID | None = None,
) -> None:
    """Write down what was decided about a locked line, and match it with what that booked."""
    made = BankDecision(line_id=line.id, kind=decision.kind, actor=actor, entry_id=entry_id)
    await _write(session, line, made, decision.note)
    line.kind, line.entry_id, line.decided_by = decision.kind, entry_id, actor
    line.decided_at = made.created_at
    await session.flush()
    if entry_id is not None:
        await matches.with_entry(session, line, channel, entry_id, actor=actor)


async def _write(session: WriteSession, line: BankLine, made: BankDecision, note: str | None) -> None:
    session.add(made)
    if note is not None:
        await reasons.keep(session, reasons.About("bank_decision", made.id, line.person_id), note)


async def _book(
    session: WriteSession, line: BankLine, channel: Channel, decision: Decision, actor: str
) -> UUID | None:
    if decision.kind in {LineKind.own_transfer, LineKind.cash_deposit}:
        must_be_unmatched(line)
        return await _between(session, line, channel, decision, actor)
    drawn = {
        LineKind.interest: partial(_income, "4901"),
        LineKind.membership_fee: partial(_income, "4201"),
        LineKind.fee: _fee,
        LineKind.unknown: _unknown,
    }.get(decision.kind)
    if drawn is not None:
        must_be_unmatched(line)
        return await _post(session, line, channel, await drawn(session, line, channel), actor)
    return None


async def _post(session: WriteSession, line: BankLine, channel: Channel, drafted: Line, actor: str) -> UUID:
    draft = event(line, channel, actor).draft(
        line.organization_id, EntryKind.voucher, await reference(session, line), [drafted]
    )
    # Whatever the books say of the account: the bank has moved it.
    [receipt] = await journal.post(session, [replace(draft, fact=True)])
    return receipt.entry_id


async def _income(code: str, session: WriteSession, line: BankLine, channel: Channel) -> Line:
    # J24: Dr 1002 / Cr 4901, and J23: Dr 1002 / Cr 4201; the same codes on both charts.
    fund = await funds.general(session, line.organization_id)
    income = event(line, channel, "").leaf(line.organization_id, code, fund_id=fund.id)
    return Line(
        debit=channel.account_id,
        credit=await accounts.open_one(session, income),
        amount=line.amount,
        fund_id=fund.id,
        direction=Direction.inflow,
    )


async def _fee(session: WriteSession, line: BankLine, channel: Channel) -> Line:
    # J4: Dr 5401 / Cr 1002. The bank has taken it: what the general fund can't cover is due from it.
    fund = await funds.general(session, line.organization_id)
    here = event(line, channel, "")
    code = charts.code(here.chart, Concept.fundraising)
    cost = here.leaf(line.organization_id, code, fund_id=fund.id)
    due = here.leaf(line.organization_id, "1122", fund_id=fund.id)
    opened = await accounts.open_all(session, [cost, due])
    return Line(
        debit=opened[cost],
        credit=channel.account_id,
        amount=-line.amount,
        fund_id=fund.id,
        direction=Direction.outflow,
        due_from=opened[due],
    )


async def _unknown(_session: WriteSession, line: BankLine, channel: Channel) -> Line:
    return Line(debit=channel.account_id, credit=channel.suspense_account_id, amount=line.amount)


async def _between(
    session: WriteSession, line: BankLine, channel: Channel, decision: Decision, actor: str
) -> UUID:
    """Return the entry between two own accounts: the one that the other side's line booked, or a new one."""
    wanted = ChannelKind.cash if decision.kind is LineKind.cash_deposit else ChannelKind.bank
    other = await channels.get(session, decision.channel_id) if decision.channel_id else None
    if other is None or other.kind is not wanted:
        raise ChannelNotFound(channel=decision.channel_id)
    if other.organization_id != line.organization_id or other.id == channel.id:
        raise LineOfAnotherAccount(channel=other.id)
    debit, credit = (channel, other) if line.amount > 0 else (other, channel)
    if (known := await matches.booked_between(session, line, debit, credit)) is not None:
        return known
    moved = Line(debit=debit.account_id, credit=credit.account_id, amount=abs(line.amount))
    return await _post(session, line, channel, moved, actor)


async def reopen(session: WriteSession, line_id: UUID, *, because: str, actor: str) -> BankLine:
    """Take back what was said of a line: its matches are undone, and what it alone booked is reversed.

    Gifts and settlements are corrected where they were recorded: BookedElsewhere.
    """
    line, channel = await hold(session, line_id)
    if line.kind is None:
        raise LineNotDecided(line=line.id)
    if line.kind in ELSEWHERE and line.entry_id is not None:
        raise BookedElsewhere(kind=line.kind)
    for match_id in await matches.standing(session, [line.id]):
        match = await session.get_one(BankMatch, match_id)
        await matches.undo(session, match, because=because, actor=actor)
    if line.entry_id is not None and not await _stays(session, line):
        await reversals.reverse(session, line.entry_id, event(line, channel, actor))
    await _write(session, line, BankDecision(line_id=line.id, kind=None, actor=actor), because)
    line.kind, line.entry_id, line.decided_by, line.decided_at = None, None, None, None
    await session.flush()
    await session.refresh(line)
    return line


async def _stays(session: ReadSession, line: BankLine) -> bool:
    """Whether an entry has another ground than this line: the other account's line, or a deposit slip."""
    entry = await session.get_one(Entry, line.entry_id)
    others = select(BankLine.id).where(BankLine.entry_id == line.entry_id, BankLine.id != line.id)
    own = entry.reference.startswith(f"bank-line:{line.id}:")
    return not own or await session.scalar(others.limit(1)) is not None


async def propose(session: ReadSession, told: Sequence[BankLine]) -> dict[UUID, Decision]:
    """Return the decisions that the lines' own proposals amount to, where they can be taken here."""
    decisions: dict[UUID, Decision] = {}
    for line in told:
        kind = LineKind(line.proposed_kind) if line.proposed_kind else None
        if kind is None or kind in ELSEWHERE:
            continue
        other = None
        if kind is LineKind.own_transfer and line.proposed_code:
            other = (await channels.by_code(session, line.organization_id, line.proposed_code)).id
        decisions[line.id] = Decision(kind=kind, channel_id=other)
    return decisions
