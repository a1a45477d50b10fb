"""Refunds: money that goes back to its giver, as a platform's fact or as our own decision."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import literal, select, tuple_

from app.fundraising import claims, happenings, purposes, totals
from app.fundraising.claims import Key
from app.fundraising.errors import RefundDiffers, RefundExceedsGift
from app.fundraising.gifts import GivenBack, Outcome, OutcomeKind
from app.fundraising.models import Donation, DonationState, Refund, RefundReason, RefundState
from app.fundraising.receipts import reversals
from app.fundraising.repayments import Repayment, channels_of, drafts, reaching_back
from app.kit import bulk, outbox
from app.kit.clock import legal_day, now
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.kit.ids import new_id
from app.ledger import journal
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.models import Platform

WAITED = timedelta(days=7)
"""A refund that has waited so long for its gift is looked into by a person."""


async def receive(session: WriteSession, told: Sequence[GivenBack]) -> list[Outcome]:
    """Book refunds that have been made, each once per source and number.

    A refund before its gift is kept `pending`; one above what is left of its gift is a `conflict`. The
    claims on the gifts' numbers are laid already, so that no gift can slip in between.
    """
    if not told:
        return []
    gifts = await claims.gifts(session, [(back.source_id, back.their_gift_id) for back in told], lock=True)
    known = await _find(session, [(back.source_id, back.their_id) for back in told])
    answers: list[Outcome | tuple[Refund, Donation]] = []
    accepted: list[tuple[Refund, Donation]] = []
    for back in told:
        earlier = known.get((back.source_id, back.their_id))
        donation = gifts.get((back.source_id, back.their_gift_id))
        if earlier is not None:
            answers.append(_again(back, earlier, donation))
        elif donation is None:
            known[back.source_id, back.their_id] = refund = _told(back)
            session.add(refund)
            answers.append(Outcome(kind=OutcomeKind.pending))
        elif _new(back, donation) > _left(donation):
            asked, left = _new(back, donation), _left(donation)
            refusal = RefundExceedsGift(refund_id=back.their_id, asked=asked, left=left)
            answers.append(_against(refusal, donation))
        else:
            known[back.source_id, back.their_id] = refund = _told(back)
            if _take(refund, donation):
                accepted.append((refund, donation))
                answers.append((refund, donation))
            else:
                session.add(refund)
                answers.append(_outcome(OutcomeKind.duplicate, refund, donation))
    await _book(session, accepted, facts=True)
    await session.flush()
    return [
        answer if isinstance(answer, Outcome) else _outcome(OutcomeKind.posted, *answer) for answer in answers
    ]


async def settle_pending(session: WriteSession, keys: Sequence[Key]) -> None:
    """Book the refunds that waited for these gifts.

    One that asks for more than the gift becomes an exception.
    """
    gifts = await claims.gifts(session, keys, lock=True)
    waiting = select(Refund).where(
        tuple_(Refund.source_id, Refund.their_gift_id).in_(list(gifts)), Refund.state == RefundState.pending
    )
    accepted: list[tuple[Refund, Donation]] = []
    for refund in await session.scalars(waiting.order_by(Refund.refunded_at, Refund.id).with_for_update()):
        donation = gifts[refund.source_id, refund.their_gift_id]
        if _new(refund, donation) > _left(donation):
            refund.state = RefundState.excess
        elif _take(refund, donation):
            accepted.append((refund, donation))
    await _book(session, accepted, facts=True)
    await session.flush()


async def decide(
    session: WriteSession,
    donation: Donation,
    *,
    amount: int,
    reason: RefundReason,
    actor: str,
    designation: str | None = None,
) -> Refund:
    """Give a gift back by our own decision: over all its parts, or of the one for the designation named.

    Refused when the fund is short, the gift or that part has not that much left, the gift has no such part,
    or its receipt has to be reversed first.
    """
    await session.refresh(donation, with_for_update=True)
    if amount > _left(donation):
        raise RefundExceedsGift(asked=amount, left=_left(donation))
    await reversals.refuse(session, donation)
    named = None if designation is None else await purposes.postings(session, donation, designation)
    refund = Refund(
        source_id=donation.channel_id,
        their_id=f"decision:{new_id()}",
        their_gift_id=donation.their_id,
        amount=amount,
        refunded_at=now(),
        reason=reason,
        state=RefundState.pending,
        actor=actor,
        designation=designation,
    )
    _take(refund, donation)
    await _book(session, [(refund, donation)], facts=False, named=named)
    await session.flush()
    return refund


def _new(told: GivenBack | Refund, donation: Donation) -> int:
    """Return what of it has not been given back of the gift before."""
    return max(told.amount - donation.refunded, 0) if told.so_far else told.amount


def _take(refund: Refund, donation: Donation) -> bool:
    """Count a refund with its gift; tell whether it moves money: a running total may say nothing new."""
    refund.donation_id = donation.id
    new = _new(refund, donation)
    if not new:
        refund.state = RefundState.covered
        return False
    refund.amount = new
    donation.refunded += new
    return True


def _left(donation: Donation) -> int:
    return 0 if donation.state is DonationState.voided else donation.amount - donation.refunded


async def _book(
    session: WriteSession,
    accepted: Sequence[tuple[Refund, Donation]],
    *,
    facts: bool,
    named: frozenset[UUID] | None = None,
) -> None:
    if not accepted:
        return
    channels = await channels_of(session, [donation.channel_id for _, donation in accepted])
    prior_years = await reaching_back(session, accepted)
    repayments = [
        Repayment(
            refund=refund,
            donation=donation,
            channel=channels[donation.channel_id],
            prior_year=prior_year,
            fact=facts,
            named=named,
        )
        for (refund, donation), prior_year in zip(accepted, prior_years, strict=True)
    ]
    receipts = await journal.post(session, await drafts(session, repayments))
    changes = totals.Changes()
    for (refund, donation), receipt in zip(accepted, receipts, strict=True):
        refund.entry_id, refund.state = receipt.entry_id, RefundState.posted
        session.add(refund)
        if donation.campaign_id:
            day = legal_day(refund.refunded_at)
            changes.refund((donation.campaign_id, day, donation.channel_id), refund.amount)
    await totals.fold(session, changes)
    told = [happenings.given_back(refund, donation) for refund, donation in accepted]
    await bulk.together(session, [outbox.telling(told)])
    await reversals.refunded(session, [one for _, one in accepted], actor=accepted[0][0].actor)


async def _find(session: ReadSession, keys: Sequence[Key]) -> dict[Key, Refund]:
    query = select(Refund).where(tuple_(Refund.source_id, Refund.their_id).in_(keys))
    return {(row.source_id, row.their_id): row for row in await session.scalars(query)}


def _told(back: GivenBack) -> Refund:
    return Refund(
        source_id=back.source_id,
        their_id=back.their_id,
        their_gift_id=back.their_gift_id,
        amount=back.amount,
        refunded_at=back.refunded_at,
        reason=back.reason,
        state=RefundState.pending,
        actor=back.actor,
        so_far=back.so_far,
    )


def _again(back: GivenBack, earlier: Refund, donation: Donation | None) -> Outcome:
    # A running total was told in full if the gift has given back that much since.
    settled = back.so_far and donation is not None and _new(back, donation) == 0
    told = back.amount if settled else earlier.amount
    if (told, earlier.their_gift_id) != (back.amount, back.their_gift_id):
        return _against(RefundDiffers(refund_id=back.their_id), donation)
    if earlier.state is RefundState.excess:
        return _against(RefundExceedsGift(refund_id=back.their_id, asked=back.amount), donation)
    if donation is None:
        return Outcome(kind=OutcomeKind.pending)
    return _outcome(OutcomeKind.duplicate, earlier, donation)


def _against(refusal: Refusal, donation: Donation | None) -> Outcome:
    person_id = donation.person_id if donation else None
    return Outcome(kind=OutcomeKind.conflict, refusal=refusal, person_id=person_id)


def _outcome(kind: OutcomeKind, refund: Refund, donation: Donation) -> Outcome:
    return Outcome(
        kind=kind,
        donation_id=donation.id,
        entry_id=refund.entry_id,
        lookup_code=donation.lookup_code,
        person_id=donation.person_id,
    )


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the refunds whose gift has not come for a week, for those who record refunds."""
    return (
        tasks.row(
            organization_id=Platform.organization_id,
            subject_id=Refund.id,
            title=literal("退款找不到对应捐赠：").concat(Refund.their_gift_id),
            amount_minor=Refund.amount,
            since_at=Refund.created_at,
        )
        .join(Platform, Platform.id == Refund.source_id)
        .where(
            Platform.organization_id.in_(caller.holds(Permission.refunds_record)),
            Refund.state == RefundState.pending,
            Refund.created_at < now() - WAITED,
        )
    )
