"""Reached: an organization's units, where everybody reaches it, and its own rules of work (81号令 4)."""

from collections.abc import Mapping, Sequence

from app.disclosure.governance import compiled
from app.disclosure.models import (
    PUBLISHED_SYSTEMS,
    Bookkeeping,
    OfficialChannelKind,
    OrganizationUnit,
    SystemKind,
    UnitKind,
)
from app.disclosure.publications import people
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table
from app.kit.database import ReadSession

# What was published keeps its words: these are not the labels of a screen, which may be changed.
_UNITS = {
    UnitKind.department: "内部机构",
    UnitKind.branch: "分支机构",
    UnitKind.representative_office: "代表机构",
}
_BOOKS: Mapping[Bookkeeping, str] = {
    Bookkeeping.unified: "由本组织统一核算",
    Bookkeeping.own_fund: "由本组织专账核算",
    Bookkeeping.own_books: "单独核算，并入本组织报表",
}
_CHANNELS: Mapping[OfficialChannelKind, str] = {
    OfficialChannelKind.website: "门户网站",
    OfficialChannelKind.wechat_account: "官方微信",
    OfficialChannelKind.mini_program: "小程序",
    OfficialChannelKind.weibo: "官方微博",
    OfficialChannelKind.video_account: "视频号",
    OfficialChannelKind.mobile_app: "移动客户端",
    OfficialChannelKind.other: "其他",
}
_SYSTEMS: Mapping[SystemKind, tuple[str, str]] = {
    SystemKind.disclosure: ("信息公开制度", "On disclosure"),
    SystemKind.projects: ("项目管理制度", "On projects"),
    SystemKind.finance_and_assets: ("财务和资产管理制度", "On finance and assets"),
    SystemKind.personnel: ("人事管理制度", "On personnel"),
    SystemKind.volunteers: ("志愿者管理制度", "On volunteers"),
    SystemKind.archives: ("档案和印章管理制度", "On archives and seals"),
    SystemKind.other: ("其他制度", "Others"),
}


_STANDING = "存续"


async def units(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell its units and branches, those with an end too, and its special funds (81号令 4)."""
    told = await compiled.basic_information(session, asked.organization, asked.last)
    units = await compiled.units_until(session, asked.organization.id, asked.last)
    books = {unit: _BOOKS[kept.books.bookkeeping] for unit, kept in told.books.items()}
    columns = (
        Column("name", "名称", "Name"),
        Column("kind", "类别", "Kind"),
        Column("founded_on", "设立日期", "Founded on", Measure.day),
        Column("standing", "存续情况", "Whether it still is"),
        Column("scope", "职责或者用途", "Scope"),
        Column("books", "核算方式", "How its books are kept"),
    )
    return [
        Table(
            "units",
            "内部机构、分支机构",
            "Units and branches",
            columns,
            [
                [
                    one.name,
                    _UNITS[one.kind],
                    one.founded_on,
                    _standing(one, asked),
                    one.scope,
                    books.get(one.id),
                ]
                for one in units
            ],
        ),
        Table(
            "funds",
            "专项基金",
            "Special funds",
            columns,
            [
                # A fund of the books is never taken off them.
                [one.title, "专项基金", one.founded_on, _STANDING, one.purpose, _BOOKS[Bookkeeping.own_fund]]
                for one in told.funds
            ],
        ),
    ]


def _standing(one: OrganizationUnit, asked: Asked) -> str:
    closed = one.closed_on is not None and one.closed_on < asked.last
    return f"已于{one.closed_on}终止" if closed else _STANDING


async def contact(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell where it is reached and what speaks in its name; the contact person behind a commitment."""
    told = await compiled.basic_information(session, asked.organization, asked.last)
    one, text = told.contact, Measure.text
    if one is None and not told.channels:
        return ()
    person = None if one is None else await people.contact(session, one)
    return [
        Field("office", "联系部门", "Office", text, one and one.office),
        Field("address", "联系地址", "Address", text, one and one.address),
        Field("phone", "联系电话", "Telephone", text, one and one.phone),
        Field("email", "电子邮箱", "E-mail", text, one and (one.email or "无")),
        Table(
            "person",
            "联系人",
            "Contact person",
            (Column("person", "姓名", "Name", Measure.person),),
            [] if person is None else [[person]],
        ),
        Table(
            "channels",
            "以本组织名义开通的网站、账号和客户端",
            "Sites, accounts and applications in its name",
            (
                Column("kind", "类别", "Kind"),
                Column("name", "名称", "Name"),
                Column("address", "网址或者账号", "Address or account"),
                Column("opened_on", "开通日期", "Opened on", Measure.day),
            ),
            [[_CHANNELS[one.kind], one.name, one.address, one.opened_on] for one in told.channels],
        ),
    ]


async def systems(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell by which rules of its own it works; each of the three that the text names is there or missing."""
    told = await compiled.basic_information(session, asked.organization, asked.last)
    if not told.systems:
        return ()
    fields: list[Said] = []
    for kind in PUBLISHED_SYSTEMS:
        title_zh, title = _SYSTEMS[kind]
        named = "；".join(one.title for one in told.systems if one.kind is kind)
        fields.append(Field(kind.value, title_zh, title, Measure.text, named or None))
    return [
        *fields,
        Table(
            "systems",
            "内部管理制度",
            "Internal systems",
            (
                Column("kind", "类别", "Kind"),
                Column("title", "名称", "Title"),
                Column("adopted_by", "通过会议", "Adopted by"),
                Column("adopted_on", "通过日期", "Adopted on", Measure.day),
                Column("effective_from", "施行日期", "In force from", Measure.day),
            ),
            [
                [_SYSTEMS[one.kind][0], one.title, one.adopted_by, one.adopted_on, one.effective_from]
                for one in told.systems
            ],
        ),
    ]
