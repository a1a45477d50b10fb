"""Organizations: what everybody may know of one, whether or not anything happens."""

from collections.abc import Sequence

from sqlalchemy import select

from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table
from app.fundraising.models import FundraisingCertificate
from app.kit.database import ReadSession
from app.organizations.models import Organization, Region
from app.organizations.schemas import labels


async def head(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell who it is, as it is registered, and by which certificates it may ask the public."""
    one = asked.organization
    region = await session.scalar(select(Region.name).where(Region.code == one.region_code))
    above = await session.scalar(select(Organization.name).where(Organization.id == one.parent_id))
    form = labels.CODES["LegalForm"][one.legal_form]
    rows = await session.execute(
        select(
            FundraisingCertificate.number,
            FundraisingCertificate.authority,
            FundraisingCertificate.issued_on,
            FundraisingCertificate.revoked_on,
        )
        .where(
            FundraisingCertificate.organization_id == one.id, FundraisingCertificate.issued_on <= asked.last
        )
        .order_by(FundraisingCertificate.issued_on)
    )
    return [
        Field("name", "名称", "Name", Measure.text, one.name),
        Field("uscc", "统一社会信用代码", "Unified social credit code", Measure.text, one.uscc),
        Field("form", "组织形式", "Legal form", Measure.text, form if isinstance(form, str) else form[0]),
        Field("region", "所在地区", "Region", Measure.text, region),
        Field("founded_on", "成立日期", "Founded on", Measure.day, one.founded_on),
        Field("above", "上级成员单位", "Member above it", Measure.text, above or "无"),
        Table(
            "certificates",
            "公开募捐资格证书",
            "Certificates for public fundraising",
            (
                Column("number", "证书编号", "Number"),
                Column("authority", "发证机关", "Authority"),
                Column("issued_on", "发证日期", "Issued on", Measure.day),
                Column("revoked_on", "吊销日期", "Revoked on", Measure.day),
            ),
            [list(row) for row in rows],
        ),
    ]


async def changes(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what of its basic information changed, and when; not who came or went."""
    row = Obligation
    changed = select(row.trigger_on, row.subject).where(
        row.organization_id == asked.organization.id,
        row.subject_kind == SubjectKind.basic_information,
        row.trigger_on <= asked.last,
        row.lapsed_on.is_(None),
    )
    rows = await session.execute(changed.order_by(row.trigger_on, row.id))
    return [
        Table(
            "changes",
            "变更事项",
            "What changed",
            (Column("day", "日期", "Day", Measure.day), Column("matter", "事项", "What")),
            [list(one) for one in rows],
        )
    ]
