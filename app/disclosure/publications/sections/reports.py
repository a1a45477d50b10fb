"""Reports: what an annual report says that no book tells: who audited it, and what was done abroad."""

from collections.abc import Sequence

from sqlalchemy import select

from app.disclosure.governance.years import reports, versions
from app.disclosure.models import AnnualAudit, AuditOpinion, ForeignCooperation
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table
from app.kit.database import ReadSession
from app.kit.models import Attachment

# What was published keeps its words: these are not the labels of a screen, which may be changed.
_OPINIONS = {
    AuditOpinion.unqualified: "无保留意见",
    AuditOpinion.qualified: "保留意见",
    AuditOpinion.adverse: "否定意见",
    AuditOpinion.disclaimer: "无法表示意见",
}
A_PERSON = "境外个人"


async def audit(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell who audited the year's accounts and with which opinion; without an audit the section is a gap."""
    found = await versions.latest(session, AnnualAudit, asked.organization.id, asked.first.year)
    if found is None:
        return ()
    # By its hash the report can be told from any other; its name may be in somebody's own words.
    files = select(Attachment.sha256).where(
        Attachment.owner_kind == reports.KIND,
        Attachment.owner_id == found.id,
        Attachment.deleted_at.is_(None),
    )
    hashes = (await session.scalars(files.order_by(Attachment.id))).all()
    return [
        Field("firm", "会计师事务所", "Audit firm", Measure.text, found.firm),
        Field("report_no", "报告编号", "Number of the report", Measure.text, found.report_no),
        Field("opinion", "审计意见", "Opinion", Measure.text, _OPINIONS[found.opinion]),
        Field("signed_on", "报告日期", "Signed on", Measure.day, found.signed_on),
        Table(
            "documents",
            "审计报告文件",
            "The report as a file",
            (Column("sha256", "文件摘要（SHA-256）", "SHA-256 of the file"),),
            [[one.hex()] for one in hashes],
        ),
    ]


async def foreign_cooperation(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell with whom abroad it worked together; that there was nobody was said by somebody, or is a gap."""
    found = await versions.latest(session, ForeignCooperation, asked.organization.id, asked.first.year)
    if found is None:
        return ()
    return [
        Field("count", "合作事项数", "Matters", Measure.number, len(found.lines)),
        Table(
            "cooperations",
            "与境外组织或者个人的合作",
            "Cooperation with organizations and persons abroad",
            (
                # A person's name is nobody's to publish: the table says that there was one.
                Column("partner", "合作方（个人不公开）", "Partner, organizations alone by name"),
                Column("place", "国家或者地区", "Country or region"),
                Column("matter", "事项", "Matter"),
                Column("amount", "涉及金额", "Amount", Measure.fen),
            ),
            [
                [line["partner"] or A_PERSON, line["place"], line["matter"], line["amount_minor"]]
                for line in found.lines
            ],
        ),
    ]
