"""Rows: the rows of each dataset, a page at a time, each page as it stands when it is read."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from app.accounting.models import Counterparty
from app.disclosure import campaigns, gifts
from app.disclosure.open_data.dictionary import CAMPAIGNS, DISBURSEMENTS, DONATIONS, PROJECTS, Dataset
from app.disclosure.projects import accounts, projects
from app.fundraising.models import Campaign, Donation
from app.kit.database import ReadSession, Transactions
from app.ledger.models import Arrival, ArrivalReturn, Fund
from app.projects.models import Disbursement, Project
from app.projects.transfers.stations import LAST_MILE_FROM

PAGE = 500
"""Rows that are in memory at once."""

Values = Sequence[Any]
_Tell = Callable[[ReadSession, Sequence[Any]], Awaitable[list[Values]]]


async def of(database: Transactions, dataset: Dataset) -> AsyncGenerator[list[Values]]:
    """Yield a dataset's rows a page at a time, in the order in which they were recorded.

    Each page is read in a short transaction of its own: a consent that is withdrawn while a file is being
    sent holds from the next page on.
    """
    query, key, tell = _SOURCES[dataset.name]
    after: object = None
    while True:
        async with database.reading() as session:
            wanted = query() if after is None else query().where(key > after)
            rows = (await session.scalars(wanted.order_by(key).limit(PAGE))).all()
            told = await tell(session, rows) if rows else []
        if told:
            yield told
        if len(rows) < PAGE:
            return
        after = rows[-1].id


async def _campaigns(session: ReadSession, rows: Sequence[Campaign]) -> list[Values]:
    return [
        _line(
            CAMPAIGNS,
            account.campaign,
            organization_code=account.organization.code,
            organization_name=account.organization.name,
            target_fen=account.campaign.target_minor,
            demo=account.organization.demo,
            gift_count=account.figures.gift_count,
            donor_count=account.figures.donor_count,
            **{
                f"{name}_fen": getattr(account.figures, name)
                for name in ("raised", "refunded", "spent", "balance")
            },
        )
        for account in await campaigns.accounts(session, rows)
    ]


async def _projects(session: ReadSession, rows: Sequence[Project]) -> list[Values]:
    return [
        _line(
            PROJECTS,
            one.project,
            organization_code=one.organization.code,
            organization_name=one.organization.name,
            programme_code=one.programme and one.programme.code,
            region=one.region.name,
            planned_fen=one.planned,
            spent_fen=one.spent,
            site_count=one.site_count,
            accepted_site_count=one.accepted_site_count,
            demo=one.organization.demo,
        )
        for one in await accounts.of(session, rows)
    ]


def _public_gifts() -> Select[Donation]:
    public = campaigns.shown().with_only_columns(Campaign.id)
    return select(Donation).where(Donation.campaign_id.in_(public))


async def _donations(session: ReadSession, rows: Sequence[Donation]) -> list[Values]:
    ids = {one.campaign_id for one in rows}
    codes: dict[Any, str] = {
        row.id: row.code
        for row in await session.execute(select(Campaign.id, Campaign.code).where(Campaign.id.in_(ids)))
    }
    return [
        _line(
            DONATIONS,
            gift,
            campaign_code=codes[row.campaign_id],
            name=gift.giver.label("zh"),
            naming=gift.giver.naming,
            amount_fen=gift.amount,
            refunded_fen=gift.refunded,
            channel=gift.channel.name,
        )
        for row, gift in zip(rows, await gifts.told(session, rows), strict=True)
    ]


def _paid() -> Select[Disbursement]:
    public = projects.shown().with_only_columns(Project.id)
    return select(Disbursement).where(Disbursement.paid_on.is_not(None), Disbursement.project_id.in_(public))


async def _disbursements(session: ReadSession, rows: Sequence[Disbursement]) -> list[Values]:
    async def codes(table: Any, ids: set[Any], column: str = "code") -> Mapping[Any, Any]:  # noqa: ANN401
        query = select(table.id, getattr(table, column)).where(table.id.in_(ids))
        return {row[0]: row[1] for row in await session.execute(query)}

    owners = await campaigns.organizations(session, {one.organization_id for one in rows})
    named = await codes(Project, {one.project_id for one in rows})
    funds = await codes(Fund, {one.fund_id for one in rows})
    kinds = await codes(Counterparty, {one.counterparty_id for one in rows}, "kind")
    arrived = await _arrived(session, rows)
    return [
        _line(
            DISBURSEMENTS,
            one,
            project_code=named[one.project_id],
            organization_code=owners[one.organization_id].code,
            organization_name=owners[one.organization_id].name,
            fund_code=funds[one.fund_id],
            payee_kind=kinds.get(one.counterparty_id),
            amount_fen=one.amount,
            returned_fen=one.returned_minor,
            arrived_fen=arrived[one.posting_id],
        )
        for one in rows
    ]


async def _arrived(session: ReadSession, rows: Sequence[Disbursement]) -> Mapping[UUID | None, int]:
    back = select(func.sum(ArrivalReturn.amount)).where(ArrivalReturn.arrival_id == Arrival.id)
    # What came back had not arrived after all.
    stayed = func.sum(Arrival.amount - func.coalesce(back.scalar_subquery(), 0))
    query = select(Arrival.posting_id, stayed).group_by(Arrival.posting_id)
    found = await session.execute(query.where(Arrival.posting_id.in_([one.posting_id for one in rows])))
    sums: dict[UUID | None, int] = {row[0]: int(row[1]) for row in found}
    # What was paid before FY2026 had arrived when it was paid.
    for one in rows:
        if one.paid_on is not None and one.paid_on < LAST_MILE_FROM:
            sums[one.posting_id] = one.amount - one.returned_minor
    return {one.posting_id: sums.get(one.posting_id, 0) for one in rows}


def _line(dataset: Dataset, row: object, **more: Any) -> Values:  # noqa: ANN401 - whatever the columns hold
    return [more[name] if name in more else getattr(row, name) for name in dataset.names]


_SOURCES: Mapping[str, tuple[Callable[[], Select[Any]], Any, _Tell]] = {
    CAMPAIGNS.name: (campaigns.shown, Campaign.id, _campaigns),
    PROJECTS.name: (projects.shown, Project.id, _projects),
    DONATIONS.name: (_public_gifts, Donation.id, _donations),
    DISBURSEMENTS.name: (_paid, Disbursement.id, _disbursements),
}
