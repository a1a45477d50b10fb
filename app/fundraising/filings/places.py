"""Places: boxes and events outside the registering authority's area, filed there too (Measures 14)."""

from collections.abc import Sequence

from sqlalchemy import select

from app.fundraising.filings import regimes
from app.fundraising.filings.errors import FiledTooLate, FilingDateWrong, PlanNotNeeded
from app.fundraising.models import Campaign, CampaignKind, LocalFiling
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import RegionUnknown


async def file(session: WriteSession, campaign: Campaign, filing: LocalFiling) -> LocalFiling:
    """Record a filing at a place: ten days before it begins there, in an emergency ten days after at most."""
    if campaign.kind is not CampaignKind.public:
        raise PlanNotNeeded(kind=campaign.kind)
    if filing.filed_on > today() or filing.ends_on < filing.starts_on:
        raise FilingDateWrong(day=filing.filed_on)
    ahead = regimes.now_or_first(filing.filed_on).file_ahead
    if campaign.emergency_id is None and filing.filed_on + ahead > filing.starts_on:
        raise FiledTooLate(days=ahead.days, starts_on=filing.starts_on, article="公开募捐管理办法 第十四条")
    async with constraints.told(session, {"local_filings_region_code_fkey": RegionUnknown()}):
        session.add(filing)
    return filing


async def of(session: ReadSession, campaign: Campaign) -> Sequence[LocalFiling]:
    """Return a campaign's filings at places, the oldest first."""
    query = select(LocalFiling).where(LocalFiling.campaign_id == campaign.id)
    return (await session.scalars(query.order_by(LocalFiling.id))).all()
