"""Inputs: what a year's ratios are reckoned from, read from the books of one organization."""

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting.books import charts as in_force
from app.disclosure.figures import wholes
from app.disclosure.figures.money import GIFTS, PROGRAMMES
from app.disclosure.ratios import last_mile
from app.disclosure.ratios.judging import Amounts, mean
from app.disclosure.rules import ratios as law_of
from app.disclosure.rules.ratios import RatioLaw, RatioMeasure
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.ledger import charts
from app.ledger.charts import Concept
from app.ledger.figures import years
from app.ledger.figures.years import Flow
from app.ledger.models import Fund
from app.ledger.statements import balance_sheets, figures
from app.ledger.statements.terms import Term
from app.organizations.models import Organization

TRUST = "trust"
"""设立慈善信托支出: no charitable spending until it reaches somebody (ZC 4, 12; KJ 5101)."""

INTEREST = "interest"
"""Of the cost of raising funds, what was paid for borrowing raises nothing from donors."""


class RatioInput(enum.StrEnum):
    """What a ratio's amounts are made of; what is passed on is taken off, and counts when it arrives."""

    spending_booked = "spending_booked"
    passed_to_members = "passed_to_members"
    passed_to_partners = "passed_to_partners"
    arrived_through_members = "arrived_through_members"
    arrived_through_partners = "arrived_through_partners"
    total_income_before = "total_income_before"
    restricted_to_later = "restricted_to_later"
    released_then = "released_then"


@fact(kw_only=True)
class Inputs:
    """A year's amounts with what they are made of; `complete` unless a walk was too long to end."""

    amounts: Amounts
    made: Mapping[RatioInput, int]
    complete: bool


@fact(kw_only=True)
class Told:
    """What an organization's books tell of some years, read once for all of them.

    `whole_from` is the first year of which they tell everything; of the years before, what was earned is not
    known, and not nothing.
    """

    organization: Organization
    flows: Sequence[Flow]
    members: Collection[UUID | None]
    starts: Mapping[UUID | None, date | None]
    whole_from: int
    net_assets: Mapping[int, int]


async def read(session: ReadSession, organization: Organization, years_asked: Collection[int]) -> Told:
    """Return what there is to judge some years by: these, and those before, by which they are measured."""
    first, last = organization.books_from.year, max(years_asked)
    asked = {of: law for of in years_asked if (law := law_of.of(of)) is not None}
    before = {of - back for of, law in asked.items() for back in range(1, law.average.years + 1)}
    ended = sorted(one for one in before if one >= first)
    return Told(
        organization=organization,
        flows=await years.flows(session, [organization.id], first=min(first, *years_asked), last=last),
        members=frozenset(await session.scalars(select(Organization.id))),
        starts=await _starts(session, organization.id),
        whole_from=(await wholes.since(session, [organization]))[organization.id],
        net_assets={one: await _net_assets(session, organization, one) for one in ended},
    )


async def of(session: ReadSession, told: Told, year: int, law: RatioLaw) -> Inputs:
    """Return what the books say of a year, up to now if it runs, and of those before it."""
    organization, flows = told.organization, told.flows
    made, complete = await _spending(session, told, year, law)
    before = range(year - 1, year - 1 - law.average.years, -1)
    known = [one if one >= told.whole_from else None for one in before]
    incomes = [None if one is None else _income(flows, one, told.starts) for one in known]
    gifts = [None if one is None else -_sum(flows, one, code=GIFTS) for one in known]
    net_assets = [told.net_assets.get(one) for one in before]
    if incomes[0] is not None:
        made |= _income_made(flows, year - 1, told.starts)
    chart = await in_force.in_force(session, organization, date(year, 12, 31))
    amounts = Amounts(
        spending=_counted(made),
        administration=_sum(flows, year, code=charts.code(chart, Concept.administration)),
        fundraising=sum(
            one.amount
            for one in flows
            if (one.year, one.code) == (year, charts.code(chart, Concept.fundraising)) and one.sub != INTEREST
        ),
        measures={
            RatioMeasure.income_before: incomes[0],
            RatioMeasure.net_assets_before: net_assets[0],
            RatioMeasure.total_spending: _sum(flows, year, kind="expense"),
            RatioMeasure.donations_average: mean(gifts, law.average.years),
        },
        averages={
            RatioMeasure.income_before: mean(incomes, law.average.years),
            RatioMeasure.net_assets_before: mean(net_assets, law.average.years),
        },
        whole=year >= told.whole_from,
        followed=complete,
    )
    return Inputs(amounts=amounts, made=made, complete=complete)


async def _spending(
    session: ReadSession, told: Told, year: int, law: RatioLaw
) -> tuple[dict[RatioInput, int], bool]:
    of_year = (one for one in told.flows if (one.year, one.code) == (year, PROGRAMMES))
    programmes = [one for one in of_year if one.sub != TRUST]
    made = {RatioInput.spending_booked: sum(one.amount for one in programmes)}
    if not law.last_mile:
        return made, True
    mile = await last_mile.of(session, told.organization.id, year)
    passed = sum(one.amount for one in programmes if one.counterparty_id in told.members)
    made |= {
        RatioInput.passed_to_members: passed,
        RatioInput.passed_to_partners: mile.routed,
        RatioInput.arrived_through_members: mile.members_arrived,
        RatioInput.arrived_through_partners: mile.routed_arrived,
    }
    return made, mile.complete


def _counted(made: Mapping[RatioInput, int]) -> int:
    passed = made.get(RatioInput.passed_to_members, 0) + made.get(RatioInput.passed_to_partners, 0)
    arrived = made.get(RatioInput.arrived_through_members, 0)
    arrived += made.get(RatioInput.arrived_through_partners, 0)
    return made[RatioInput.spending_booked] - passed + arrived


async def _starts(session: ReadSession, organization_id: UUID) -> Mapping[UUID | None, date | None]:
    """Return from when the money of those funds may be used that wait for a day."""
    query = select(Fund.id, Fund.usable_from).where(
        Fund.organization_id == organization_id, Fund.usable_from.is_not(None)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


def _income(flows: Iterable[Flow], year: int, starts: Mapping[UUID | None, date | None]) -> int:
    """Return a year's actual income (R): without what may only be used later, with what became usable."""
    made = _income_made(flows, year, starts)
    return (
        made[RatioInput.total_income_before]
        - made[RatioInput.restricted_to_later]
        + made[RatioInput.released_then]
    )


def _income_made(
    flows: Iterable[Flow], year: int, starts: Mapping[UUID | None, date | None]
) -> dict[RatioInput, int]:
    whole = later = released = 0
    for one in flows:
        if one.kind != "income" or one.year > year:
            continue
        start = starts.get(one.fund_id)
        if one.year == year:
            whole -= one.amount
            later -= one.amount if start is not None and start.year > year else 0
        elif start is not None and start.year == year:
            released -= one.amount
    return {
        RatioInput.total_income_before: whole,
        RatioInput.restricted_to_later: later,
        RatioInput.released_then: released,
    }


async def _net_assets(session: ReadSession, organization: Organization, year: int) -> int:
    chart = await in_force.in_force(session, organization, date(year, 12, 31))
    whole = Term(date(year, 1, 1), date(year, 12, 1))
    found = await figures.of(session, organization.id, chart, whole)
    return sum(
        balance_sheets.net_assets(found, lambda one: one.balance, restricted=restricted)
        for restricted in (False, True)
    )


def _sum(flows: Iterable[Flow], year: int, *, code: str | None = None, kind: str | None = None) -> int:
    return sum(
        one.amount
        for one in flows
        if one.year == year and one.code == (code or one.code) and one.kind == (kind or one.kind)
    )
