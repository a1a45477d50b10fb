"""Funding: what is published of the money that a project is paid from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.fundraising.models import Campaign, Designation
from app.kit.database import ReadSession
from app.ledger.models import Fund
from app.projects.budgets import actuals
from app.projects.models import FundingShare, ShareSource

_FEN = Measure.fen
# What was published keeps its words: these are not the labels of a screen, which may be changed.
_SHARES: Mapping[ShareSource, str] = {
    ShareSource.province: "省级慈善组织",
    ShareSource.city: "市级慈善组织",
    ShareSource.county: "县级慈善组织",
    ShareSource.government: "政府",
    ShareSource.self_raised: "自筹",
    ShareSource.donor: "捐赠人",
}


async def income(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell out of which money it was paid: of public campaigns, and of anything else; and who bears what."""
    sources, beside = await _sources(session, asked)
    raised = sum(amount for _, _, campaign, amount in sources if campaign)
    whole = beside + sum(amount for *_, amount in sources)
    return [
        Field(
            "from_campaigns",
            "来自公开募捐（已投入）",
            "Out of public campaigns, as far as used",
            _FEN,
            raised,
        ),
        Field(
            "from_others",
            "来自其他来源（已投入）",
            "Out of other money, as far as used",
            _FEN,
            whole - raised,
        ),
        Table(
            "sources",
            "资金来源",
            "Sources",
            (
                Column("fund", "资金代码", "Fund"),
                Column("title", "资金名称", "Name of the fund"),
                Column("campaign", "募捐活动", "Campaign"),
                Column("amount", "金额", "Amount", _FEN),
            ),
            [list[Value](one) for one in sources],
        ),
        Table(
            "shares",
            "各方出资",
            "What each side bears",
            (
                Column("source", "出资方", "Who"),
                Column("planned", "承诺出资", "As agreed", _FEN),
                Column("received", "已到位", "Has come", _FEN),
            ),
            await _shares(session, asked),
        ),
    ]


async def raised_used(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what of the money that was raised in public it used, campaign by campaign (慈善法 79)."""
    used: dict[str, int] = defaultdict(int)
    sources, _ = await _sources(session, asked)
    for _, _, campaign, amount in sources:
        if campaign is not None:
            used[campaign] += amount
    return [
        Field("raised_used", "募得款物累计使用", "Used of it in all", _FEN, sum(used.values())),
        Table(
            "campaigns",
            "分募捐活动使用情况",
            "By campaign",
            (Column("campaign", "募捐活动", "Campaign"), Column("amount", "金额", "Amount", _FEN)),
            [[campaign, amount] for campaign, amount in sorted(used.items())],
        ),
    ]


async def _shares(session: ReadSession, asked: Asked) -> list[list[Value]]:
    of_project, of_sites = FundingShare.site_id.is_(None), FundingShare.site_id.is_not(None)
    for place in (of_project, of_sites):
        # Written down for the whole project, they are told so; else as the sum over its sites.
        rows = await session.execute(
            select(
                FundingShare.source,
                func.sum(FundingShare.planned_minor),
                func.sum(FundingShare.received_minor),
            )
            .where(FundingShare.project_id == asked.subject.id, place)
            .group_by(FundingShare.source)
            .order_by(FundingShare.source)
        )
        if found := [
            list[Value]([_SHARES[source], int(planned), int(came)]) for source, planned, came in rows
        ]:
            return found
    return []


async def _sources(session: ReadSession, asked: Asked) -> tuple[list[tuple[str, str, str | None, int]], int]:
    """Return fund, title, campaign and amount of all that was spent of funds, and what was of none."""
    paid: dict[UUID, int] = defaultdict(int)
    beside = 0
    for (_, _, fund_id), amount in (await actuals.spent(session, asked.subject.id, asked.last)).items():
        if fund_id is None:
            beside += amount
        else:
            paid[fund_id] += amount
    rows = await session.execute(
        select(Fund.code, Fund.title, Campaign.code, Fund.id)
        .outerjoin(Designation, Designation.fund_id == Fund.id)
        .outerjoin(Campaign, Campaign.id == Designation.campaign_id)
        .where(Fund.id.in_(paid))
        .order_by(Fund.code)
    )
    return [(fund, title, campaign, paid[fund_id]) for fund, title, campaign, fund_id in rows], beside
