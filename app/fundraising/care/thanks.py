"""Thanks: that a gift's giver was thanked, or told what has become of the gift; the world hears of both."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.care.errors import GiftThanked
from app.fundraising.models import ContactWay, Donation, GiftThanks, ThanksKind
from app.kit import constraints, outbox
from app.kit.database import WriteSession


async def mark(
    session: WriteSession, donation: Donation, kind: ThanksKind, way: ContactWay, *, actor: str
) -> GiftThanks:
    """Keep that a giver was thanked for a gift, which happens once, or told what has become of it."""
    told = GiftThanks(
        organization_id=donation.organization_id,
        donation_id=donation.id,
        kind=kind,
        way=way,
        told_by=actor,
    )
    async with constraints.told(session, {"gift_thanks_once_idx": GiftThanked()}):
        session.add(told)
    await outbox.tell(
        session,
        "donation.thanked" if kind is ThanksKind.thanks else "donation.feedback_given",
        organization_id=donation.organization_id,
        subject=str(donation.id),
        payload={"donation_id": str(donation.id), "way": way.value},
    )
    return told


def listing(
    organization_ids: Collection[UUID], *, donation_id: UUID | None = None, kind: ThanksKind | None = None
) -> Select[GiftThanks]:
    """Return the query for what the givers of some organizations were told."""
    query = select(GiftThanks).where(GiftThanks.organization_id.in_(organization_ids))
    if donation_id is not None:
        query = query.where(GiftThanks.donation_id == donation_id)
    return query if kind is None else query.where(GiftThanks.kind == kind)
