"""Attributions: through whom a gift came, told from the code that it names, or by a person.

They are folded into days by a round of the worker, so taking in a gift costs nothing more, and so does a
league table. Nothing here touches the gift's money.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Numeric, Select, case, cast, exists, func, select, union
from sqlalchemy.dialects.postgresql import insert

from app.fundraising.models import (
    Correction,
    Donation,
    DonationState,
    Fundraiser,
    FundraiserDay,
    GiftAttribution,
    Refund,
)
from app.fundraising.models.ways.fundraisers import WHOLE
from app.fundraising.ways.errors import FundraiserElsewhere, SharesExceedGift
from app.kit.clock import legal_day
from app.kit.database import ReadSession, WriteSession

FOLDED_AT_ONCE = 1000
LATELY_MS = 60_000
LOOKED_BACK = 2000
"""How many of the latest refunds and corrections a round looks at again."""

Change = tuple[UUID, date, int, int]
"""Fundraiser, day, fen and gifts that come to it or go."""


async def fold(session: WriteSession, *, limit: int = FOLDED_AT_ONCE) -> int:
    """Attribute gifts that name a fundraiser of their organization, and follow refunds and corrections.

    Returns for how many gifts; safe to repeat, and for several at once.
    """
    # Of a flood the end is looked at first, past everything that is attributed; when it has come to its end,
    # everything: a gift may be claimed from suspense long after it was given.
    new = (await session.execute(_unattributed(await _lately(session)).limit(limit))).all()
    if len(new) < limit:
        new = (await session.execute(_unattributed().limit(limit))).all()
    rows = [_row(gift, fundraiser_id, WHOLE, "code") for gift, fundraiser_id in new]
    changes: list[Change] = []
    if rows:
        made = insert(GiftAttribution).values(rows).on_conflict_do_nothing()
        told = made.returning(GiftAttribution.fundraiser_id, GiftAttribution.given_on, GiftAttribution.amount)
        changes = [(row[0], row[1], row[2], int(row[2] > 0)) for row in await session.execute(told)]
    followed = (await session.execute(_changed())).all()
    for attribution, gift in followed:
        changes.append(_follow(attribution, _part(gift, attribution.share_basis_points)))
    await session.flush()
    await _count(session, changes)
    return len(rows) + len(followed)


async def _lately(session: ReadSession) -> UUID | None:
    """Return an id as of a minute before the latest gift that is attributed."""
    latest = await session.scalar(
        select(GiftAttribution.donation_id).order_by(GiftAttribution.donation_id.desc()).limit(1)
    )
    if latest is None:
        return None
    # The first 48 bits of a UUIDv7 are its moment, in milliseconds.
    return UUID(int=max((latest.int >> 80) - LATELY_MS, 0) << 80)


def _unattributed(after: UUID | None = None) -> Select[Donation, UUID]:
    known = exists().where(GiftAttribution.donation_id == Donation.id)
    at = (Fundraiser.code == Donation.fundraiser_code) & (
        Fundraiser.organization_id == Donation.organization_id
    )
    query = select(Donation, Fundraiser.id).join(Fundraiser, at)
    query = query.where(Donation.fundraiser_code.is_not(None), Donation.state == DonationState.posted, ~known)
    return (query if after is None else query.where(Donation.id >= after)).order_by(Donation.id)


def _changed() -> Select[GiftAttribution, Donation]:
    """Return the query for attributions whose gifts were refunded or corrected lately, locked."""
    refunded = select(Refund.donation_id).where(Refund.donation_id.is_not(None))
    latest = union(
        refunded.order_by(Refund.id.desc()).limit(LOOKED_BACK).subquery().select(),
        select(Correction.donation_id).order_by(Correction.id.desc()).limit(LOOKED_BACK).subquery().select(),
    ).subquery()
    query = (
        select(GiftAttribution, Donation)
        .join(Donation, Donation.id == GiftAttribution.donation_id)
        .where(Donation.id.in_(select(latest.c[0])))
        .where(GiftAttribution.amount != _expected())
    )
    ordered = query.order_by(GiftAttribution.donation_id, GiftAttribution.fundraiser_id)
    return ordered.with_for_update(of=GiftAttribution, skip_locked=True)


def _expected() -> Any:  # noqa: ANN401 - an expression of SQL
    left = cast(Donation.amount - Donation.refunded, Numeric) * GiftAttribution.share_basis_points
    return case((Donation.state == DonationState.posted, func.div(left, WHOLE)), else_=0)


def _part(gift: Donation, share: int) -> int:
    return (gift.amount - gift.refunded) * share // WHOLE if gift.state is DonationState.posted else 0


def _row(gift: Donation, fundraiser_id: UUID, share: int, actor: str) -> dict[str, Any]:
    return {
        "donation_id": gift.id,
        "fundraiser_id": fundraiser_id,
        "share_basis_points": share,
        "amount": _part(gift, share),
        "given_on": legal_day(gift.donated_at),
        "actor": actor,
    }


def _follow(attribution: GiftAttribution, amount: int) -> Change:
    before, attribution.amount = attribution.amount, amount
    count = int(amount > 0) - int(before > 0)
    return attribution.fundraiser_id, attribution.given_on, amount - before, count


async def share(
    session: WriteSession, donation: Donation, shares: Mapping[UUID, int], *, actor: str
) -> Sequence[GiftAttribution]:
    """Say through whom a gift came, in basis points that add up to at most all of it; return what stands.

    The lock on the gift lets two that say so come one after the other. Raises SharesExceedGift, and
    FundraiserElsewhere if one is not of the gift's organization.
    """
    if sum(shares.values()) > WHOLE:
        raise SharesExceedGift(basis_points=sum(shares.values()))
    await session.refresh(donation, with_for_update=True)
    there = select(Fundraiser.id).where(
        Fundraiser.id.in_(shares), Fundraiser.organization_id == donation.organization_id
    )
    if strangers := set(shares) - set(await session.scalars(there)):
        raise FundraiserElsewhere(fundraisers=sorted(str(one) for one in strangers))
    before = {one.fundraiser_id: one for one in await of(session, donation, lock=True)}
    changes: list[Change] = []
    # Who had a share and has none now keeps a row of nothing, or the code would bring it back.
    for fundraiser_id in sorted({*before, *shares}):
        part = shares.get(fundraiser_id, 0)
        attribution = before.get(fundraiser_id)
        if attribution is None:
            row = _row(donation, fundraiser_id, part, actor)
            row["amount"] = 0
            attribution = GiftAttribution(**row)
            session.add(attribution)
        attribution.share_basis_points, attribution.actor = part, actor
        changes.append(_follow(attribution, _part(donation, part)))
    await session.flush()
    await _count(session, changes)
    return await of(session, donation)


async def of(session: ReadSession, donation: Donation, *, lock: bool = False) -> Sequence[GiftAttribution]:
    """Return through whom a gift came."""
    query = select(GiftAttribution).where(GiftAttribution.donation_id == donation.id)
    query = query.order_by(GiftAttribution.fundraiser_id).execution_options(populate_existing=True)
    return (await session.scalars(query.with_for_update() if lock else query)).all()


async def _count(session: WriteSession, changes: Iterable[Change]) -> None:
    days: defaultdict[tuple[UUID, date], list[int]] = defaultdict(lambda: [0, 0])
    for fundraiser_id, day, amount, count in changes:
        days[fundraiser_id, day][0] += amount
        days[fundraiser_id, day][1] += count
    rows = [
        {"fundraiser_id": key[0], "day": key[1], "amount": amount, "gift_count": count}
        for key, (amount, count) in sorted(days.items())
    ]
    if not rows:
        return
    put = insert(FundraiserDay).values(rows)
    added = {name: getattr(FundraiserDay, name) + put.excluded[name] for name in ("amount", "gift_count")}
    await session.execute(put.on_conflict_do_update(index_elements=["fundraiser_id", "day"], set_=added))
