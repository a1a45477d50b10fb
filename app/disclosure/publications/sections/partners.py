"""Partners: with whom an appeal was made together, how they were evaluated, guided and supervised."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Measure, Said, Table
from app.fundraising.models import CampaignPartner, Supervision, SupervisionKind
from app.kit.database import ReadSession

# What was published keeps its words: these are not the labels of a screen, which may be changed.
_KINDS: Mapping[SupervisionKind, str] = {
    SupervisionKind.training: "培训指导",
    SupervisionKind.inspection: "检查",
    SupervisionKind.evaluation: "评估",
    SupervisionKind.audit: "审计",
}
# An individual's name is nobody's to publish: the tables say that there was one.
_NAME = Column("name", "名称（个人不公开）", "Name, of organizations alone")


async def of_campaign(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell with whom it asked, and each time that they were guided and supervised (81号令 8).

    What was found is in a person's own words, which may name somebody: when and how is told, not what.
    """
    seen = (
        select(func.count())
        .where(Supervision.partner_id == CampaignPartner.id, Supervision.supervised_on <= asked.last)
        .scalar_subquery()
    )
    rows = await session.execute(
        select(CampaignPartner, seen)
        .where(CampaignPartner.campaign_id == asked.subject.id)
        .order_by(CampaignPartner.id)
    )
    log = await session.execute(
        select(CampaignPartner.name, Supervision.kind, Supervision.supervised_on)
        .join(CampaignPartner, CampaignPartner.id == Supervision.partner_id)
        .where(CampaignPartner.campaign_id == asked.subject.id, Supervision.supervised_on <= asked.last)
        .order_by(Supervision.supervised_on, Supervision.id)
    )
    return [
        Table(
            "partners",
            "合作方",
            "Partners",
            (
                _NAME,
                Column("evaluated_on", "评估日期", "Evaluated on", Measure.day),
                Column("signed_on", "协议签订日期", "Agreement signed on", Measure.day),
                Column("supervisions", "指导和监督次数", "Times guided and supervised", Measure.number),
            ),
            [[one.name, one.evaluated_on, one.signed_on, count] for one, count in rows],
        ),
        Table(
            "supervisions",
            "指导和监督情况",
            "How they were guided and supervised",
            (
                Column("day", "日期", "Day", Measure.day),
                _NAME,
                Column("kind", "方式", "How"),
            ),
            [[day, name, _KINDS[kind]] for name, kind, day in log],
        ),
    ]
