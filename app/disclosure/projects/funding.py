"""Funding: which funds and campaigns paid for a project, how much arrived, and who bears the rest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select, text

from app.disclosure import campaigns
from app.disclosure.projects import projects, spent
from app.fundraising.models import Campaign
from app.kit import bulk
from app.kit.database import ReadSession
from app.ledger.models import Fund
from app.organizations.models import Organization
from app.projects.budgets import shares, versions
from app.projects.budgets.shares import NewShare
from app.projects.models import FundingShare, Project

CAMPAIGNS_MAX = 50
"""So many campaigns are told of one fund, in the order of their codes: a general fund takes from all."""


@dataclass(frozen=True, slots=True)
class Source:
    """A campaign whose gifts went into a fund, or into one that sent money on to it."""

    code: str
    title: str
    directly: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FundPart:
    """What one fund was planned to bear, what it paid, and what of that has arrived, in fen."""

    fund: Fund
    organization: Organization
    planned: int
    spent: int
    arrived: int
    sources: Sequence[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding:
    """Who pays for a project: our funds, and the shares of everybody as they were agreed."""

    project: Project
    parts: Sequence[FundPart]
    planned_by_others: int
    shares: Sequence[FundingShare]
    site_shares: Sequence[NewShare]


@dataclass(frozen=True, slots=True)
class PaidFor:
    """What some funds paid for one project, in fen."""

    project: Project
    spent: int


async def of(session: ReadSession, project: Project) -> Funding:
    """Return who pays for a project; the cost grows with its payments, and with no gift."""
    paid = (await spent.on(session, [project.id])).get(project.id, {})
    reached = await spent.arrived(session, project.id)
    planned = await _planned(session, project.id)
    ids = {one for one in {*paid, *planned} if one is not None}
    query = select(Fund, Organization).join(Organization, Organization.id == Fund.organization_id)
    rows = await session.execute(query.where(Fund.id.in_(ids)).order_by(Organization.code, Fund.code))
    sources = await _sources(session, ids)
    parts = [
        FundPart(
            fund=fund,
            organization=organization,
            planned=planned.get(fund.id, 0),
            spent=paid.get(fund.id, 0),
            arrived=reached.get(fund.id, 0),
            sources=sources.get(fund.id, []),
        )
        for fund, organization in rows
    ]
    return Funding(
        project=project,
        parts=parts,
        planned_by_others=planned.get(None, 0),
        shares=await shares.of(session, project.id, None),
        site_shares=await _site_shares(session, project.id),
    )


async def paid_for(session: ReadSession, funds: Collection[Fund]) -> list[PaidFor]:
    """Return the public projects for which funds paid, the largest sum first."""
    paid = await spent.out_of(session, funds)
    if not paid:
        return []
    query = projects.shown().where(Project.id.in_(paid)).order_by(Project.code)
    found = [PaidFor(one, paid[one.id]) for one in await session.scalars(query)]
    return sorted(found, key=lambda one: -one.spent)


async def _planned(session: ReadSession, project_id: UUID) -> dict[UUID | None, int]:
    budget = await versions.approved(session, project_id)
    found: dict[UUID | None, int] = {}
    for line in () if budget is None else await versions.lines(session, budget):
        found[line.fund_id] = found.get(line.fund_id, 0) + line.amount
    return found


# A fund's money comes from its own campaigns, and from funds of other members that sent some on to it.
_SOURCES = text(
    """
    with recursive upstream (fund_id, source_id) as (
      select f.id, f.id from unnest(cast(:ids as uuid[])) as f (id)
      union
      select u.fund_id, t.fund_id from upstream u
      join transfers t on t.receiver_fund_id = u.source_id
      where t.fund_id is not null and t.received_on is not null
    )
    select distinct u.fund_id, d.campaign_id, u.fund_id = u.source_id as directly
    from upstream u join designations d on d.fund_id = u.source_id
    """
)


async def _sources(session: ReadSession, ids: Collection[UUID]) -> Mapping[UUID, list[Source]]:
    rows = (await session.execute(_SOURCES, {"ids": bulk.array(ids)})).all()
    public = campaigns.shown().where(Campaign.id.in_({row.campaign_id for row in rows}))
    known = {one.id: one for one in await session.scalars(public)}
    found: dict[UUID, dict[str, Source]] = {}
    # Who gave to a fund itself is not told once more as one from whom it was sent on.
    for row in sorted(rows, key=lambda one: bool(one.directly)):
        if (campaign := known.get(row.campaign_id)) is not None:
            source = Source(campaign.code, campaign.title, row.directly)
            found.setdefault(row.fund_id, {})[campaign.code] = source
    return {fund_id: [told[code] for code in sorted(told)][:CAMPAIGNS_MAX] for fund_id, told in found.items()}


async def _site_shares(session: ReadSession, project_id: UUID) -> list[NewShare]:
    query = (
        select(
            FundingShare.source, func.sum(FundingShare.planned_minor), func.sum(FundingShare.received_minor)
        )
        .where(FundingShare.project_id == project_id, FundingShare.site_id.is_not(None))
        .group_by(FundingShare.source)
        .order_by(FundingShare.source)
    )
    return [
        NewShare(source=row[0], planned_minor=int(row[1]), received_minor=int(row[2]))
        for row in await session.execute(query)
    ]
