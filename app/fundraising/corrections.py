"""Corrections: what was recorded wrongly about a gift is reversed and booked anew, by a person with a reason.

A correction is a decision: it is refused when the fund no longer holds the gift's money, or when a part of
the gift went back to its giver. The number at the source and the lookup code stay what they were. A gift that
was income of an earlier year is taken back, and booked anew, through 3201. Why is written by people who write
names into it: it is sealed under the giver's key and erased with them.
"""

import enum
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from app.accounting import channels
from app.accounting.models import Channel
from app.fundraising import campaigns, givers, placements, purposes, totals
from app.fundraising.errors import (
    ChannelOfAnotherOrganization,
    DonationNotPosted,
    DonationRefunded,
    DonationVoided,
    NothingToCorrect,
)
from app.fundraising.models import Campaign, Correction, Donation, DonationState, ReversalReason
from app.fundraising.purposes import Parts, Wanted
from app.fundraising.receipts import reversals as receipts
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.ledger import adjustments, journal, reversals
from app.ledger.events import Event
from app.ledger.journal import Draft
from app.ledger.models import Entry, EntryKind


class CorrectionKind(enum.StrEnum):
    """What a correction changes."""

    void = "void"
    amount = "amount"
    placement = "placement"


async def void(session: WriteSession, donation: Donation, *, reason: str, actor: str) -> Correction:
    """Take back a gift that was never given: its money leaves the books, its trace reads voided."""
    await _lock(session, donation)
    await receipts.refuse(session, donation)
    correction = _draft(donation, CorrectionKind.void, actor)
    await _book(session, donation, correction, [], reason)
    await receipts.follow(session, [donation], ReversalReason.gift_corrected, actor=actor)
    return correction


async def change_amount(
    session: WriteSession, donation: Donation, amount: int, *, reason: str, actor: str
) -> Correction:
    """Book a gift anew with another amount, divided among its designations as it was."""
    campaign = await _lock_posted(session, donation)
    if amount == donation.amount:
        raise NothingToCorrect(amount=amount)
    await receipts.refuse(session, donation)
    parts = purposes.scale(await purposes.standing(session, campaign, donation.entry_id), amount)
    correction = _draft(donation, CorrectionKind.amount, actor)
    correction.new_amount = amount
    await _book(session, donation, correction, parts, reason)
    await receipts.follow(session, [donation], ReversalReason.gift_corrected, actor=actor)
    return correction


async def move(
    session: WriteSession,
    donation: Donation,
    campaign: Campaign,
    wanted: Wanted,
    *,
    reason: str,
    actor: str,
) -> Correction:
    """Book a gift anew for another campaign of the same organization, or for other designations."""
    before = await _lock_posted(session, donation)
    if campaign.organization_id != donation.organization_id:
        raise ChannelOfAnotherOrganization(campaign=campaign.id)
    parts = await purposes.choose(session, campaign, donation.amount, wanted)
    if campaign.id == before.id and _same(parts, await purposes.standing(session, before, donation.entry_id)):
        raise NothingToCorrect(campaign=campaign.id)
    correction = _draft(donation, CorrectionKind.placement, actor)
    correction.new_campaign_id = campaign.id
    await _book(session, donation, correction, parts, reason)
    return correction


async def of(session: ReadSession, donations: Sequence[Donation]) -> Sequence[Correction]:
    """Return the corrections of these gifts, of each the first one first."""
    theirs = Correction.donation_id.in_([one.id for one in donations])
    query = select(Correction).where(theirs).order_by(Correction.donation_id, Correction.number)
    return (await session.scalars(query)).all()


async def why(
    session: ReadSession, donations: Sequence[Donation], corrections: Sequence[Correction]
) -> Mapping[UUID, str]:
    """Return the reasons of these gifts' corrections, by correction; nothing of a giver erased since."""
    gifts = {one.id: one for one in donations}
    return await reasons.read(session, [_about(gifts[one.donation_id], one) for one in corrections])


def _about(donation: Donation, correction: Correction) -> About:
    return About("correction", correction.id, donation.person_id)


def _same(one: Parts, other: Parts) -> bool:
    return sorted((place.designation, part) for place, part in one) == sorted(
        (place.designation, part) for place, part in other
    )


async def _lock(session: WriteSession, donation: Donation) -> None:
    await givers.hold(session, [donation.id])
    await session.refresh(donation, with_for_update=True)
    if donation.state is DonationState.voided:
        raise DonationVoided(donation=donation.id)
    if donation.refunded:
        raise DonationRefunded(donation=donation.id, refunded=donation.refunded)


async def _lock_posted(session: WriteSession, donation: Donation) -> Campaign:
    await _lock(session, donation)
    if donation.campaign_id is None or donation.state is not DonationState.posted:
        raise DonationNotPosted(donation=donation.id, state=donation.state)
    return await campaigns.get(session, donation.campaign_id)


def _draft(donation: Donation, kind: CorrectionKind, actor: str) -> Correction:
    return Correction(
        donation_id=donation.id,
        number=donation.correction_count + 1,
        kind=kind,
        actor=actor,
        old_amount=donation.amount,
        new_amount=0 if kind is CorrectionKind.void else donation.amount,
        old_entry_id=donation.entry_id,
        old_campaign_id=donation.campaign_id,
        new_campaign_id=None if kind is CorrectionKind.void else donation.campaign_id,
    )


async def _book(
    session: WriteSession, donation: Donation, correction: Correction, parts: Parts, reason: str
) -> None:
    channel = await channels.get(session, donation.channel_id)
    event = Event(
        occurred_at=now(),
        actor=correction.actor,
        chart=channel.chart,
        # The reason itself stays out of the books: people write names into it.
        summary=f"correction {correction.number}: {correction.kind}",
    )
    drafts = [
        await reversals.draft(session, entry_id, event) for entry_id in await _recording(session, donation)
    ]
    if parts:
        drafts.append(await _anew(session, donation, channel, parts, event))
        correction.new_entry_id = drafts[-1].id
    await journal.post(session, drafts)
    await totals.hold(session, {correction.old_campaign_id, correction.new_campaign_id})
    session.add(correction)
    _apply(donation, correction)
    await session.flush()
    await _count(session, donation, correction)
    await reasons.keep(session, _about(donation, correction), reason)


async def _recording(session: ReadSession, donation: Donation) -> Sequence[UUID]:
    """Return the entries by which the gift stands in the books, the latest first: of a claimed one both."""
    names = [f"donation:{donation.id}", f"claim:{donation.id}"]
    names.append(f"correction:{donation.id}:{donation.correction_count}")
    reversal = aliased(Entry)
    reversed_already = exists().where(reversal.reverses_id == Entry.id)
    query = select(Entry.id).where(Entry.reference.in_(names), ~reversed_already).order_by(Entry.id.desc())
    return (await session.scalars(query)).all()


async def _income_on(session: ReadSession, donation: Donation) -> date:
    """Return the day on which the gift became income: when it was first booked, or claimed from suspense."""
    names = [f"donation:{donation.id}", f"claim:{donation.id}"]
    query = select(Entry.booked_on).where(Entry.reference.in_(names)).order_by(Entry.id.desc()).limit(1)
    return (await session.scalars(query)).one()


async def _anew(
    session: WriteSession, donation: Donation, channel: Channel, parts: Parts, event: Event
) -> Draft:
    lines = placements.lines(parts, channel.account_id)
    income_on = await _income_on(session, donation)
    if await adjustments.reaches_back(session, donation.organization_id, income_on, event.day):
        lines = await adjustments.of_prior_years(session, lines)
    draft = Draft(
        organization_id=donation.organization_id,
        chart=channel.chart,
        kind=EntryKind.correction,
        reference=f"correction:{donation.id}:{donation.correction_count + 1}",
        occurred_at=event.occurred_at,
        actor=event.actor,
        lines=lines,
        summary=event.summary,
    )
    return await givers.committed(session, donation, draft)


async def _count(session: WriteSession, donation: Donation, correction: Correction) -> None:
    changes, day = totals.Changes(), legal_day(donation.donated_at)
    if correction.old_campaign_id:
        key = (correction.old_campaign_id, day, donation.channel_id)
        changes.gift(key, -correction.old_amount, count=-1)
    if correction.new_campaign_id:
        changes.gift((correction.new_campaign_id, day, donation.channel_id), correction.new_amount)
    await totals.fold(session, changes)
    if donation.donor_id and correction.new_campaign_id != correction.old_campaign_id:
        if correction.old_campaign_id:
            await totals.discount_donor(session, correction.old_campaign_id, donation.donor_id)
        if correction.new_campaign_id:
            await totals.count_donors(session, [(correction.new_campaign_id, donation.donor_id)])


def _apply(donation: Donation, correction: Correction) -> None:
    donation.correction_count = correction.number
    if correction.new_entry_id is None:
        donation.state = DonationState.voided
        return
    donation.amount, donation.campaign_id = correction.new_amount, correction.new_campaign_id
    donation.entry_id = correction.new_entry_id
