"""Placements: which campaign, fund and accounts a gift belongs to, looked up for a whole batch at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.fundraising.gifts import Gift
from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.database import ReadSession, WriteSession
from app.kit.money import split
from app.ledger import accounts, funds
from app.ledger.accounts import Leaf
from app.ledger.journal import Line
from app.ledger.models import Direction

BASIS_POINTS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A designation of a campaign, and the accounts to which its gifts are booked."""

    campaign_id: UUID | None
    organization_id: UUID
    designation: str
    is_default: bool
    opened_at: datetime | None
    closed_at: datetime | None
    fund_id: UUID
    income_account_id: UUID
    cost_share_basis_points: int
    general_fund_id: UUID
    general_income_id: UUID


_FIND = """
    select c.code, c.id as campaign_id, c.organization_id, c.opened_at, c.closed_at,
           d.code as designation, d.is_default, d.fund_id, d.income_account_id,
           f.cost_share_basis_points, g.id as general_fund_id, a.id as general_income_id
    from campaigns c
    join designations d on d.campaign_id = c.id
    join funds f on f.id = d.fund_id
    join accounts i on i.id = d.income_account_id
    join funds g on g.organization_id = c.organization_id and g.general
    join accounts a on a.organization_id = c.organization_id and a.chart = i.chart and a.code = '4101'
      and a.fund_id = g.id and a.sub is null and a.channel_id is null and a.project_id is null
      and a.counterparty_id is null
    where c.code = any(%(codes)s::text[])
    """


class Atlas:
    """Every place that a batch of gifts may go to."""

    def __init__(self, places: dict[str, list[Place]], general: Mapping[UUID, Place]) -> None:
        self._places = places
        self._general = general

    def places(self, campaign: str) -> dict[str, Place]:
        """Return a campaign's places by the codes of its designations; none if it is unknown."""
        return {place.designation: place for place in self._places.get(campaign, [])}

    def of(self, gift: Gift) -> list[tuple[Place, int]] | None:
        """Return the places of a gift with their parts; None if its money has to wait in suspense.

        A gift waits when its campaign is unknown or was not open when it was given, has no such designation,
        or belongs to another organization than the channel.
        """
        if gift.general:
            return [(self._general[gift.channel.organization_id], gift.amount)]
        places = self.places(gift.campaign)
        if not places:
            return None
        any_place = next(iter(places.values()))
        if any_place.organization_id != gift.channel.organization_id or not _open_at(
            any_place, gift.donated_at
        ):
            return None
        if gift.allocations:
            if any(part.designation not in places for part in gift.allocations):
                return None
            return [(places[part.designation], part.amount) for part in gift.allocations]
        if gift.designation is None:
            default = next((place for place in places.values() if place.is_default), any_place)
            return [(default, gift.amount)]
        return [(places[gift.designation], gift.amount)] if gift.designation in places else None


def _open_at(place: Place, moment: datetime) -> bool:
    return (
        place.opened_at is not None
        and place.opened_at <= moment
        and (place.closed_at is None or moment < place.closed_at)
    )


async def look_up(session: ReadSession, codes: Sequence[str]) -> Atlas:
    """Return the places of these campaigns, in one statement."""
    [rows] = await bulk.together(session, [finding(codes)])
    return atlas(rows)


def finding(codes: Iterable[str]) -> Statement:
    """Return the statement that finds the places of these campaigns; `atlas` understands its rows."""
    return Statement(_FIND, {"codes": sorted(set(codes))})


def atlas(rows: Iterable[Any], unrestricted: Mapping[UUID, Place] | None = None) -> Atlas:
    """Return the places that `finding` found, and those of gifts that are for no campaign (`general`)."""
    places: dict[str, list[Place]] = {}
    for row in rows:
        facts: dict[str, Any] = row._asdict()
        places.setdefault(facts.pop("code"), []).append(Place(**facts))
    return Atlas(places, unrestricted or {})


async def general(session: WriteSession, gifts: Sequence[Gift]) -> dict[UUID, Place]:
    """Return by organization the place of gifts that are for no campaign: its general fund."""
    places: dict[UUID, Place] = {}
    for gift in gifts:
        at = gift.channel.organization_id
        if not gift.general or at in places:
            continue
        fund = await funds.general(session, at)
        leaf = Leaf(organization_id=at, chart=gift.channel.chart, code="4101", fund_id=fund.id)
        income = await accounts.open_one(session, leaf)
        places[at] = Place(
            campaign_id=None,
            organization_id=at,
            designation="general",
            is_default=True,
            opened_at=None,
            closed_at=None,
            fund_id=fund.id,
            income_account_id=income,
            cost_share_basis_points=0,
            general_fund_id=fund.id,
            general_income_id=income,
        )
    return places


def lines(parts: Sequence[tuple[Place, int]], debit: UUID) -> list[Line]:
    """Return the postings of a gift: one per designation, and one more where the fund shares in the costs."""
    drafted: list[Line] = []
    for place, amount in parts:
        share = place.cost_share_basis_points
        kept, given = split(amount, [BASIS_POINTS - share, share]) if share else (amount, 0)
        if kept:
            drafted.append(_inflow(debit, place.income_account_id, kept, place.fund_id))
        if given:
            drafted.append(_inflow(debit, place.general_income_id, given, place.general_fund_id))
    return drafted


def _inflow(debit: UUID, credit: UUID, amount: int, fund_id: UUID) -> Line:
    return Line(debit=debit, credit=credit, amount=amount, fund_id=fund_id, direction=Direction.inflow)
