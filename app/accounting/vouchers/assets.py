"""Assets: what an organization owns for years, and the monthly voucher for its wear."""

import calendar
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting.models import Depreciation, FixedAsset, Side, Voucher
from app.accounting.vouchers import drafts, wear
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.errors import AssetCodeTaken, AssetNotFound, AssetUnfit
from app.accounting.vouchers.lines import NewLine, Place, fit
from app.kit import batches, constraints
from app.kit.clock import today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.ledger import charts
from app.organizations.models import Organization

TEMPLATE = "DEPRECIATION"


async def create(session: WriteSession, asset: FixedAsset) -> FixedAsset:
    """Put an asset on the list; from its first month on it wears out. Raises AssetUnfit, AssetCodeTaken.

    Its first wear is tried as lines of a voucher: a fund or project that does not fit is told at once.
    """
    if asset.residual >= asset.cost:
        raise AssetUnfit(
            "what is left at the end is less than what it cost", "残值须小于原值", residual=asset.residual
        )
    organization = await session.get_one(Organization, asset.organization_id)
    place = Place(
        organization_id=organization.id, chart=organization.chart_version, happened_on=asset.in_use_from
    )
    await fit(session, place, _lines([(asset, 1)], place.chart))
    taken = {"fixed_assets_organization_id_code_key": AssetCodeTaken(asset=asset.code)}
    async with constraints.told(session, taken):
        session.add(asset)
    return asset


async def dispose(session: WriteSession, asset: FixedAsset, on: date) -> FixedAsset:
    """Note the day on which an asset was given up. Raises AssetUnfit if it was before it was used."""
    if on < asset.in_use_from:
        raise AssetUnfit("it was not in use then", "当时尚未投入使用", in_use_from=asset.in_use_from)
    asset.disposed_on = on
    await session.flush()
    return asset


async def get(session: ReadSession, asset_id: UUID) -> FixedAsset:
    """Return an asset, or refuse."""
    asset = await session.get(FixedAsset, asset_id)
    if asset is None:
        raise AssetNotFound
    return asset


async def worn(session: ReadSession, asset_id: UUID) -> list[Depreciation]:
    """Return what an asset wore out so far, month by month, as vouchers were written for it."""
    query = select(Depreciation).where(Depreciation.asset_id == asset_id).order_by(Depreciation.month)
    return list(await session.scalars(query))


async def make_due(database: Transactions, on: date | None = None) -> int:
    """Write a draft for each finished month's wear that has none yet; return how many.

    A month's draft covers every asset of the organization; an asset listed late gets drafts for its past.
    """
    async with database.reading() as session:
        waiting = (await session.scalars(select(FixedAsset.organization_id).distinct())).all()
    day = on or today()
    return await batches.apart(database, sorted(waiting), lambda session, one: write_due(session, one, day))


async def write_due(session: WriteSession, organization_id: UUID, on: date) -> int:
    """Write what one organization's assets wore out in the months that ended before a day."""
    until = on.replace(day=1)
    # The organization's row is the turn: two rounds at once would write the same month twice. Its key is not
    # locked, for which everybody would wait who records something of the organization's.
    query = select(Organization).where(Organization.id == organization_id).with_for_update(key_share=True)
    organization = (await session.scalars(query)).one()
    assets = await session.scalars(
        select(FixedAsset).where(FixedAsset.organization_id == organization_id).order_by(FixedAsset.code)
    )
    known = select(Depreciation.asset_id, Depreciation.month).join(FixedAsset)
    rows = await session.execute(known.where(FixedAsset.organization_id == organization_id))
    there = {(asset_id, month) for asset_id, month in rows}
    owed: dict[date, list[tuple[FixedAsset, int]]] = defaultdict(list)
    for asset in assets:
        for month, part in wear.months(asset, on):
            if month < until and (asset.id, month) not in there:
                owed[month].append((asset, part))
    for month in sorted(owed):
        voucher = await _draft(session, organization, month, owed[month])
        for asset, part in owed[month]:
            session.add(Depreciation(asset_id=asset.id, month=month, amount=part, voucher_id=voucher.id))
    await session.flush()
    return len(owed)


async def _draft(
    session: WriteSession, organization: Organization, month: date, parts: list[tuple[FixedAsset, int]]
) -> Voucher:
    written = Written(
        happened_on=month.replace(day=calendar.monthrange(month.year, month.month)[1]),
        summary=f"计提{month.year}年{month.month}月固定资产折旧",
        lines=_lines(parts, organization.chart_version),
        template=TEMPLATE,
    )
    made_by = "schedule:depreciation"
    return await drafts.create(session, organization.id, organization.chart_version, written, made_by=made_by)


def _lines(parts: Sequence[tuple[FixedAsset, int]], chart: str) -> list[NewLine]:
    # What bears the wear is kept in the code of 2026, on whichever chart the month is booked.
    sums: dict[tuple[str, UUID | None, UUID | None], int] = defaultdict(int)
    for asset, part in parts:
        code = charts.on(chart, asset.cost_account) or asset.cost_account
        sums[code, asset.fund_id, asset.project_id] += part
    lines = [
        NewLine(side=Side.debit, code=code, amount=amount, fund_id=fund_id, project_id=project_id)
        for (code, fund_id, project_id), amount in sums.items()
    ]
    return [*lines, NewLine(side=Side.credit, code="1502", amount=sum(sums.values()))]
