"""Suggestions: which offers could meet a need, and which needs an offer could meet, the best ones first.

They reach across the federation: an offer is told to be asked for, and neither names a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, or_, select

from app.fundraising.models import CommunityNeed, GoodsOffer, NeedState, OfferState
from app.kit.clock import today
from app.kit.database import ReadSession

SHOWN_MAX = 20
"""So many are suggested at most: people choose among a few."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A need and an offer that go together, and how many pieces could be agreed on."""

    need: CommunityNeed
    offer: GoodsOffer

    @property
    def count(self) -> int:
        """As many as are both needed and offered."""
        return min(self.need.left_count or 0, self.offer.left_count)


def reaches(offered_to: str | None, region_code: str) -> bool:
    """Return whether what may go to a region may go to a place: to itself, its city or its province."""
    return offered_to is None or offered_to in _around(region_code)


def _around(code: str) -> tuple[str, str, str]:
    # The place, its city and its province, as GB/T 2260 numbers them.
    return code, f"{code[:4]}00", f"{code[:2]}0000"


async def for_need(session: ReadSession, need: CommunityNeed) -> Sequence[Suggestion]:
    """Return the offers that could meet a need; those for nearer regions, and of more pieces, come first."""
    if not need.left_count:
        return []
    around = _around(need.region_code)
    here = case({code: place for place, code in enumerate(around)}, value=GoodsOffer.region_code, else_=3)
    covered = func.least(GoodsOffer.left_count, need.left_count)
    query = (
        select(GoodsOffer)
        .where(
            *_open_offers(),
            GoodsOffer.unit == need.unit,
            or_(GoodsOffer.region_code.is_(None), GoodsOffer.region_code.in_(around)),
            _alike(GoodsOffer.title, need.title),
        )
        .order_by(here, covered.desc(), GoodsOffer.id)
    )
    return [Suggestion(need, offer) for offer in await session.scalars(query.limit(SHOWN_MAX))]


async def for_offer(session: ReadSession, offer: GoodsOffer) -> Sequence[Suggestion]:
    """Return the needs that an offer could meet: those that it covers best first, then the oldest."""
    if not offer.left_count:
        return []
    covered = func.least(CommunityNeed.left_count, offer.left_count)
    query = select(CommunityNeed).where(
        CommunityNeed.state == NeedState.open,
        CommunityNeed.left_count > 0,
        CommunityNeed.unit == offer.unit,
        _alike(CommunityNeed.title, offer.title),
    )
    if offer.region_code is not None:
        within = offer.region_code.removesuffix("00").removesuffix("00")
        query = query.where(CommunityNeed.region_code.startswith(within, autoescape=True))
    query = query.order_by(covered.desc(), CommunityNeed.id)
    return [Suggestion(need, offer) for need in await session.scalars(query.limit(SHOWN_MAX))]


def _open_offers() -> tuple[ColumnElement[bool], ...]:
    return (
        GoodsOffer.state == OfferState.open,
        GoodsOffer.left_count > 0,
        or_(GoodsOffer.open_until.is_(None), GoodsOffer.open_until >= today()),
    )


def _alike(column: ColumnElement[str] | Any, title: str) -> ColumnElement[bool]:  # noqa: ANN401 - an attribute
    # "村小学冬季取暖设备" is met by "取暖设备", and the other way: people judge the rest.
    one, other = func.lower(column), func.lower(literal(title))
    return or_(func.strpos(one, other) > 0, func.strpos(other, one) > 0)
