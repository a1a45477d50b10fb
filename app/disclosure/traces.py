"""Traces: where every fen of one gift is, told to whoever holds its lookup code or its number on a bill."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, text

from app.disclosure import campaigns
from app.disclosure.errors import GiftNotFound
from app.fundraising.models import Campaign, Donation, DonationState
from app.kit import bulk
from app.kit.database import ReadSession
from app.kit.http.rates import RateLimit
from app.kit.ids import CROCKFORD, read_code
from app.ledger import tracing
from app.ledger.models import Entry, Posting
from app.ledger.tracing import Place, TraceBasis
from app.organizations.models import Organization, Platform

CODE_LENGTH = 20
ORDER_RATE = RateLimit("order numbers", count=10, seconds=60)
"""Order numbers can be guessed, lookup codes can't: so only those who ask by a number are slowed down."""


class Whereabouts(enum.StrEnum):
    """What became of a part of a gift: a place in the books, or suspense before anybody placed it."""

    unspent = "unspent"
    spent = "spent"
    in_transit = "in_transit"
    refunded = "refunded"
    refunded_uncovered = "refunded_uncovered"
    voided = "voided"
    moved = "moved"
    not_followed = "not_followed"
    suspense = "suspense"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Fen of a gift that share a place, with what the books say of it by code; no person is named.

    `entry_id` and `booked_on` are those of the outflow, `arrived` what has reached the beneficiary.
    """

    kind: Whereabouts
    amount: int
    basis: TraceBasis
    organization_code: str
    organization_name: str | None
    fund_code: str | None = None
    fund_title: str | None = None
    project_code: str | None = None
    counterparty_code: str | None = None
    entry_id: UUID | None = None
    booked_on: date | None = None
    arrived: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GiftTrace:
    """A gift and its parts from fen `start` on, up to `next_start`: all of them add up to its amount.

    Not `complete` if a part is told elsewhere, or if its way was too long to follow.
    """

    donation: Donation
    campaign: Campaign | None
    organization: Organization
    booked_on: date
    parts: Sequence[Part]
    complete: bool
    start: int
    next_start: int | None

    @property
    def partial(self) -> bool:
        """Whether other parts of the gift are told elsewhere."""
        return bool(self.start) or self.next_start is not None

    @property
    def cut(self) -> bool:
        """Whether the way of a part told here was too long to follow."""
        return any(part.kind is Whereabouts.not_followed for part in self.parts)


async def by_code(session: ReadSession, lookup_code: str) -> Donation:
    """Return the gift with this lookup code, however a person typed it, or refuse."""
    return await _one(session, Donation.lookup_code == read(lookup_code))


def read(typed: str) -> str:
    """Return a lookup code as it was issued from what a person typed; refuse what can't be one."""
    code = read_code(typed.strip())
    if len(code) != CODE_LENGTH or set(code) - set(CROCKFORD):
        raise GiftNotFound
    return code


async def by_slug(session: ReadSession, slug: str, number: str, amount: int) -> Donation:
    """Return the gift that has this number and amount at a platform; refuse alike whatever is wrong."""
    return await _by_number(session, Platform.slug == slug, number, amount)


async def by_name(session: ReadSession, name: str, number: str, amount: int) -> Donation:
    """Return the gift by its number at the platforms of a name: a donor knows no more than that."""
    return await _by_number(session, Platform.name == name, number, amount)


async def _by_number(
    session: ReadSession, platform: ColumnElement[bool], number: str, amount: int
) -> Donation:
    # One statement, so that a wrong amount and an unknown number take the same time as well. The bill shows
    # what the platform told us first, also after a correction.
    told = or_(Donation.amount == amount, Donation.first_amount == amount)
    sources = select(Platform.id).where(platform)
    return await _one(session, Donation.source_id.in_(sources), Donation.their_id == number, told)


async def _one(session: ReadSession, *conditions: ColumnElement[bool]) -> Donation:
    members = select(Organization.id)
    query = select(Donation).where(*conditions, Donation.organization_id.in_(members))
    donation = await session.scalar(query.order_by(Donation.id.desc()).limit(1))
    if donation is None:
        raise GiftNotFound
    return donation


async def platform_names(session: ReadSession) -> list[str]:
    """Return the names of the platforms that gifts come from, each once."""
    return list(await session.scalars(select(Platform.name).distinct().order_by(Platform.name)))


async def follow(session: ReadSession, donation: Donation, start: int = 0) -> GiftTrace:
    """Return where the fen of a gift from `start` on are now, from its recording entry to each way's end.

    A gift that went to very many places is told in several parts: the next begins at `next_start`.
    """
    inflows = (
        await session.execute(
            select(Posting.id, Posting.amount)
            .where(Posting.entry_id == donation.entry_id, Posting.direction == "in")
            .order_by(Posting.line)
        )
    ).all()
    outside = donation.amount - sum(row.amount for row in inflows)
    found = await tracing.page(session, [row.id for row in inflows], max(start - outside, 0))
    booked_on = await session.scalar(select(Entry.booked_on).where(Entry.id == donation.entry_id))
    assert booked_on is not None  # noqa: S101 - the foreign key says so
    owner = (await campaigns.organizations(session, [donation.organization_id]))[donation.organization_id]
    return GiftTrace(
        donation=donation,
        campaign=await session.get(Campaign, donation.campaign_id) if donation.campaign_id else None,
        organization=owner,
        booked_on=booked_on,
        parts=[*_outside(donation, outside, start, owner), *await _parts(session, found.places)],
        complete=found.complete and not start,
        start=start,
        next_start=None if found.next_start is None else outside + found.next_start,
    )


def _outside(donation: Donation, amount: int, start: int, owner: Organization) -> list[Part]:
    """Return the parts that never entered a fund: in suspense, given back or voided while there.

    They are the gift's first fen; those before `start` are left out.
    """
    waiting = amount - donation.refunded if donation.state is DonationState.suspense else 0
    gone = Whereabouts.voided if donation.state is DonationState.voided else Whereabouts.refunded
    parts = [
        (Whereabouts.suspense, max(waiting - start, 0)),
        (gone, max(amount - max(waiting, start), 0)),
    ]
    return [
        Part(
            kind=kind,
            amount=part,
            basis=TraceBasis.designated,
            organization_code=owner.code,
            organization_name=owner.name,
        )
        for kind, part in parts
        if part
    ]


_CODES = text(
    """
    select d.id, d.code, coalesce(o.name, '') as name, null::date as booked_on
    from dimensions d left join organizations o on o.id = d.id where d.id = any(cast(:ids as uuid[]))
    union all
    select f.id, f.code, f.title, null from funds f where f.id = any(cast(:ids as uuid[]))
    union all
    select e.id, '', '', e.booked_on from entries e where e.id = any(cast(:ids as uuid[]))
    """
)


async def _parts(session: ReadSession, places: Sequence[Place]) -> list[Part]:
    if not places:
        return []
    ids = {one for place in places for one in _mentioned(place) if one}
    rows = await session.execute(_CODES, {"ids": bulk.array(ids)})
    said = {row.id: (row.code, row.name or None, row.booked_on) for row in rows}
    nothing = (None, None, None)
    merged: dict[tuple[object, ...], Part] = {}
    for place in places:
        at, owner, kind = _mentioned(place), said[place.organization_id], Whereabouts(place.kind)
        _, fund, project, counterparty, entry = (said.get(one, nothing) if one else nothing for one in at)
        # Pieces that a fund's order of gifts has cut apart, but that lie in the same place, read as one.
        before = merged.get(key := (kind, place.basis, *at))
        merged[key] = Part(
            kind=kind,
            amount=place.amount + (before.amount if before else 0),
            basis=place.basis,
            organization_code=owner[0],
            organization_name=owner[1],
            fund_code=fund[0],
            fund_title=fund[1],
            project_code=project[0],
            counterparty_code=counterparty[0],
            entry_id=place.entry_id,
            booked_on=entry[2],
            arrived=place.arrived + (before.arrived if before else 0),
            depth=place.depth,
        )
    return list(merged.values())


def _mentioned(place: Place) -> tuple[UUID | None, ...]:
    return (
        place.organization_id,
        place.fund_id,
        place.project_id,
        place.counterparty_id,
        place.entry_id,
    )
