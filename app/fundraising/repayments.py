"""Repayments: how a refund is booked. The gift's own part ends as refunded; nobody else's gift does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from app.accounting.models import Channel
from app.fundraising.models import Donation, DonationState, Refund, RefundReason
from app.kit.clock import legal_day
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, adjustments, charts, exchanges, periods
from app.ledger.accounts import Leaf
from app.ledger.charts import Concept
from app.ledger.exchanges import Part
from app.ledger.journal import Draft, Line
from app.ledger.models import Entry, EntryKind, Fund


@dataclass(frozen=True, slots=True, kw_only=True)
class Repayment:
    """A refund of a donation through a channel; a fact is booked even where the fund can't cover it.

    Where postings of the gift are `named`, it goes back from these alone, not from all in proportion.
    """

    refund: Refund
    donation: Donation
    channel: Channel
    prior_year: bool
    fact: bool
    named: frozenset[UUID] | None = None


async def drafts(session: WriteSession, repayments: Sequence[Repayment]) -> list[Draft]:
    """Draft the entries of these refunds: Dr 4101 (own fault 5301, prior year 3201) / Cr 2209, and paid.

    Several refunds of one gift take up where the one before left off, also within one batch.
    """
    parts = await exchanges.standing(session, {repayment.donation.entry_id for repayment in repayments})
    generals = await _general_funds(session, {repayment.channel.organization_id for repayment in repayments})
    drafted: list[Draft] = []
    for repayment in repayments:
        lines = await _lines(session, repayment, parts, generals)
        refund, channel = repayment.refund, repayment.channel
        drafted.append(
            Draft(
                organization_id=channel.organization_id,
                chart=channel.chart,
                kind=EntryKind.refund,
                reference=f"refund:{refund.id}",
                occurred_at=refund.refunded_at,
                actor=refund.actor,
                lines=lines,
                source=channel.code,
                fact=repayment.fact,
            )
        )
    return drafted


async def _lines(
    session: WriteSession,
    repayment: Repayment,
    parts: dict[UUID, list[Part]],
    generals: dict[UUID, UUID],
) -> list[Line]:
    refund, donation, channel = repayment.refund, repayment.donation, repayment.channel
    if donation.state is DonationState.suspense:
        return [Line(debit=channel.suspense_account_id, credit=channel.account_id, amount=refund.amount)]
    named = repayment.named
    asked = [part for part in parts[donation.entry_id] if named is None or part.posting_id in named]
    shares = exchanges.divide(asked, refund.amount)
    _advance(parts[donation.entry_id], shares)
    payer = generals[channel.organization_id] if refund.reason is RefundReason.own_fault else None
    funds = sorted({payer or part.fund_id for part, _ in shares})
    here = Leaf(organization_id=channel.organization_id, chart=channel.chart, code="1122")
    due = await accounts.open_all(session, [replace(here, fund_id=fund) for fund in funds])
    codes: dict[UUID, str] = {}
    if payer:
        codes = dict.fromkeys(funds, charts.code(channel.chart, Concept.administration))
    elif repayment.prior_year:
        codes = await adjustments.codes(session, channel.chart, funds)
    leaves = [replace(here, code=code, fund_id=fund) for fund, code in codes.items()]
    debit = await accounts.open_all(session, leaves) if leaves else {}
    taken = exchanges.lines(
        shares,
        credit=channel.refunds_account_id,
        debit={leaf.fund_id: account for leaf, account in debit.items() if leaf.fund_id} or None,
        due_from={leaf.fund_id: account for leaf, account in due.items() if leaf.fund_id}
        if repayment.fact
        else None,
        paid_by=payer,
    )
    paid = Line(debit=channel.refunds_account_id, credit=channel.account_id, amount=refund.amount)
    return [*taken, paid]


def _advance(parts: list[Part], shares: Sequence[tuple[Part, int]]) -> None:
    taken = {part.posting_id: share for part, share in shares}
    for place, part in enumerate(parts):
        parts[place] = replace(part, exchanged=part.exchanged + taken.get(part.posting_id, 0))


async def _general_funds(session: WriteSession, organization_ids: set[UUID]) -> dict[UUID, UUID]:
    query = select(Fund.organization_id, Fund.id).where(
        Fund.organization_id.in_(organization_ids), Fund.general
    )
    return {row.organization_id: row.id for row in await session.execute(query)}


async def channels_of(session: ReadSession, ids: Sequence[UUID]) -> dict[UUID, Channel]:
    """Return these channels by their ids."""
    return {row.id: row for row in await session.scalars(select(Channel).where(Channel.id.in_(set(ids))))}


async def reaching_back(session: WriteSession, accepted: Sequence[tuple[Refund, Donation]]) -> list[bool]:
    """Tell of each refund whether it is booked in a later year than its gift.

    The day on which it was made does not count: one told after December has closed is booked in January.
    """
    happened = [(gift.organization_id, legal_day(refund.refunded_at)) for refund, gift in accepted]
    landing = await periods.landing(session, set(happened))
    entry_ids = {gift.entry_id for _, gift in accepted}
    rows = await session.execute(select(Entry.id, Entry.booked_on).where(Entry.id.in_(entry_ids)))
    booked_on = {row.id: row.booked_on for row in rows}
    return [
        booked_on[gift.entry_id].year < landing[key].year
        for (_, gift), key in zip(accepted, happened, strict=True)
    ]
