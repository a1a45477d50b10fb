"""Campaigns: what is published of an appeal while it runs, when it has ended, and in an emergency."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import func, select

from app.accounting.models import Channel
from app.disclosure.publications import people, spending
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.disclosure.publications.sections import goods
from app.disclosure.publications.spending import ON_PROJECTS, Stand
from app.fundraising.models import (
    Campaign,
    CampaignDay,
    Designation,
    Donation,
    DonationState,
    FundraisingPlan,
)
from app.kit.clock import LEGAL_ZONE, legal_day
from app.kit.database import ReadSession

MAJOR_GIFT_MINOR = 1_000_000
"""From ten thousand yuan on a gift is listed by itself, the largest first; an index knows where they are."""

MAJOR_GIFTS_MAX = 50


async def head(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell which campaign it is, under which filing it asked, and for what."""
    campaign = await session.get_one(Campaign, asked.subject.id)
    query = select(FundraisingPlan).where(FundraisingPlan.campaign_id == campaign.id)
    plan = (await session.scalars(query)).one_or_none()
    return [
        Field("filing_no", "备案编号", "Filing number", Measure.text, campaign.filing_no),
        Field("name", "募捐活动名称", "Name of the campaign", Measure.text, campaign.title),
        Field("code", "活动代码", "Code of the campaign", Measure.text, campaign.code),
        Field("starts_on", "开始日期", "First day", Measure.day, campaign.starts_on),
        Field("ends_on", "结束日期", "Last day", Measure.day, asked.subject.ends_on or campaign.ends_on),
        Field("purpose", "募捐目的", "Purpose", Measure.text, campaign.purpose),
        Field("area", "募捐地域", "Area", Measure.text, (plan and plan.area) or None),
        Field(
            "beneficiaries",
            "受益人范围",
            "Who benefits",
            Measure.text,
            (plan and plan.beneficiary_scope) or None,
        ),
        Field("target", "募捐目标", "Target", Measure.fen, campaign.target_minor),
    ]


async def raised(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what came in up to the last day and within the period, by channel, and the large gifts."""
    within = CampaignDay.day >= asked.first
    columns = [
        func.coalesce(func.sum(one), 0)
        for one in (CampaignDay.raised, CampaignDay.refunded, CampaignDay.gift_count)
    ]
    columns += [
        func.coalesce(func.sum(one).filter(within), 0) for one in (CampaignDay.raised, CampaignDay.gift_count)
    ]
    rows = (
        await session.execute(
            select(Channel.name, *columns)
            .join(Channel, Channel.id == CampaignDay.channel_id)
            .where(CampaignDay.campaign_id == asked.subject.id, CampaignDay.day <= asked.last)
            .group_by(Channel.id)
            .order_by(Channel.code)
        )
    ).all()
    received, refunded, gifts, lately, gifts_lately = (
        sum(int(row[at]) for row in rows) for at in range(1, 6)
    )
    return [
        Field("received", "累计募得款项", "Money raised in all", Measure.fen, received),
        Field("refunded", "累计退还款项", "Money given back in all", Measure.fen, refunded),
        Field("net", "累计募得款项净额", "Money raised in all, net", Measure.fen, received - refunded),
        Field("gift_count", "累计捐赠人次", "Gifts in all", Measure.person_times, gifts),
        Field("received_in_period", "本期募得款项", "Money raised in the period", Measure.fen, lately),
        Field("gifts_in_period", "本期捐赠人次", "Gifts in the period", Measure.person_times, gifts_lately),
        *await goods.received(session, asked),
        Table(
            "channels",
            "分渠道募得款项",
            "Money raised by channel",
            (
                Column("channel", "渠道", "Channel"),
                Column("received", "募得", "Raised", Measure.fen),
                Column("refunded", "退还", "Given back", Measure.fen),
                Column("gift_count", "人次", "Gifts", Measure.person_times),
            ),
            [[row[0], int(row[1]), int(row[2]), int(row[3])] for row in rows],
        ),
        await _major_gifts(session, asked),
    ]


async def _major_gifts(session: ReadSession, asked: Asked) -> Table:
    end = datetime.combine(asked.last + timedelta(days=1), time(), LEGAL_ZONE)
    found = await session.scalars(
        select(Donation)
        .where(
            Donation.campaign_id == asked.subject.id,
            Donation.amount >= MAJOR_GIFT_MINOR,
            Donation.donated_at < end,
            # Who hides the amount is in no list of amounts; the sums have it all the same.
            Donation.show_amount,
            Donation.state == DonationState.posted,
        )
        .order_by(Donation.amount.desc(), Donation.id)
        .limit(MAJOR_GIFTS_MAX)
    )
    gifts = found.all()
    givers = await people.givers(session, gifts)
    return Table(
        "major_gifts",
        "单笔一万元及以上捐赠",
        "Gifts of 10,000 yuan and more",
        (
            Column("day", "日期", "Day", Measure.day),
            Column("amount", "金额", "Amount", Measure.fen),
            Column("refunded", "其中已退还", "Of it given back", Measure.fen),
            Column("giver", "捐赠人", "Giver", Measure.person),
        ),
        [[legal_day(one.donated_at), one.amount, one.refunded, givers.get(one.id)] for one in gifts],
    )


async def used(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what was used up to the last day and within the period: on projects, and for anything else."""
    stand = await _stand(session, asked)
    before = await _stand(session, asked, before=True) if asked.first > asked.subject.starts_on else None
    rows: list[list[Value]] = []
    for project in dict.fromkeys(one.project for one in stand.used if one.account in ON_PROJECTS):
        parts = [one for one in stand.used if one.project == project and one.account in ON_PROJECTS]
        rows.append([project, parts[0].title, sum(one.amount for one in parts)])
    total = stand.on_projects + stand.otherwise
    lately = total - (before.on_projects + before.otherwise if before else 0)
    return [
        Field("used", "累计使用", "Used in all", Measure.fen, total),
        Field(
            "on_projects",
            "其中：用于慈善项目",
            "Of it on charitable projects",
            Measure.fen,
            stand.on_projects,
        ),
        Field("otherwise", "其中：其他用途", "Of it for other uses", Measure.fen, stand.otherwise),
        Field("used_in_period", "本期使用", "Used in the period", Measure.fen, lately),
        Table(
            "projects",
            "分项目支出",
            "Used by project",
            (
                Column("project", "项目代码", "Project"),
                Column("title", "项目名称", "Name of the project"),
                Column("amount", "金额", "Amount", Measure.fen),
            ),
            rows,
        ),
        *await goods.used(session, asked),
    ]


async def unspent(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what was left at the end of the last day, and what it is meant for."""
    stand = await _stand(session, asked)
    query = select(FundraisingPlan.use_plan).where(FundraisingPlan.campaign_id == asked.subject.id)
    return [
        Field("left", "尚未使用的款项", "Money not used yet", Measure.fen, stand.left),
        *await goods.left(session, asked),
        Field("plan", "使用计划", "What it is meant for", Measure.text, await session.scalar(query) or None),
    ]


async def _stand(session: ReadSession, asked: Asked, *, before: bool = False) -> Stand:
    query = select(Designation.fund_id).where(Designation.campaign_id == asked.subject.id)
    funds = (await session.scalars(query)).all()
    until = asked.first - timedelta(days=1) if before else asked.last
    return await spending.of_funds(session, asked.organization.id, funds, until)
