"""Happenings: what is told of gifts and of what becomes of them, by ids and amounts."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.fundraising.gifts import Gift
from app.fundraising.models import (
    Dispute,
    DisputeState,
    Donation,
    DonationState,
    GiftMatch,
    MatchingPool,
    Refund,
    Settlement,
)
from app.kit import outbox
from app.kit.database import WriteSession
from app.kit.outbox import Happening
from app.organizations.models import Platform

CURRENCY = "CNY"
GIVEN = "donation.succeeded"


def given(gift: Gift, *, campaign_id: UUID | None, state: DonationState) -> Happening:
    """Return that a gift was recorded, and where it went."""
    payload = {
        "donation_id": gift.id,
        "campaign_id": campaign_id,
        "amount": gift.amount,
        "currency": gift.currency,
        "donated_at": gift.donated_at,
        "state": state,
        "matches": gift.details.get("matches"),
    }
    return Happening(GIVEN, gift.channel.organization_id, str(gift.id), payload)


def given_back(refund: Refund, donation: Donation) -> Happening:
    """Return that a gift, or a part of it, went back."""
    payload = {
        "refund_id": refund.id,
        "donation_id": donation.id,
        "campaign_id": donation.campaign_id,
        "amount": refund.amount,
        "currency": donation.currency,
        "refunded_at": refund.refunded_at,
    }
    return Happening("donation.refunded", donation.organization_id, str(donation.id), payload)


async def disputed(session: WriteSession, dispute: Dispute, donation: Donation | None) -> None:
    """Tell that a platform examines an objection, or how it ended; of its gift if that is known."""
    here = select(Platform.organization_id).where(Platform.id == dispute.source_id)
    ended = dispute.state is not DisputeState.open
    await outbox.tell(
        session,
        "donation.dispute_closed" if ended else "donation.disputed",
        organization_id=await session.scalar(here),
        subject=str(dispute.id),
        payload={
            "dispute_id": str(dispute.id),
            "donation_id": donation and str(donation.id),
            "amount": dispute.amount,
            "currency": CURRENCY,
            "outcome": dispute.state.value if ended else None,
        },
    )


async def matched(
    session: WriteSession, pool: MatchingPool, made: Sequence[GiftMatch], *, released: int
) -> None:
    """Tell what a run of a pool added to which gifts, and took back; nothing if it did neither."""
    amounts: defaultdict[UUID, int] = defaultdict(int)
    for match in made:
        amounts[match.donation_id] += match.amount
    donations = [{"donation_id": str(one), "amount": amount} for one, amount in amounts.items() if amount]
    if not donations and not released:
        return
    await outbox.tell(
        session,
        "matching.result",
        organization_id=pool.organization_id,
        subject=str(pool.id),
        payload={
            "matching_id": str(pool.id),
            "campaign_id": str(pool.campaign_id),
            "amount": sum(amounts.values()),
            "released": released,
            "currency": CURRENCY,
            "donations": donations,
        },
    )


async def settled(session: WriteSession, settlement: Settlement, *, paid_on: date) -> None:
    """Tell that a platform's settlement has reached the bank."""
    await outbox.tell(
        session,
        "settlement.paid",
        organization_id=settlement.organization_id,
        subject=str(settlement.id),
        payload={
            "settlement_id": str(settlement.id),
            "from": settlement.begins_on.isoformat(),
            "to": settlement.ends_on.isoformat(),
            "count": settlement.new_count,
            "gross": settlement.gross_minor,
            "fee": settlement.fee_minor,
            "refunded": settlement.refunded_minor,
            "net": settlement.net_minor,
            "currency": CURRENCY,
            "paid_on": paid_on.isoformat(),
        },
    )
