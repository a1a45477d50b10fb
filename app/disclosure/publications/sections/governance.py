"""Governance: who decides in an organization, by which charter, and to whom it is related."""

from collections.abc import Mapping, Sequence

from app.disclosure.governance import compiled
from app.disclosure.governance.years import versions
from app.disclosure.models import (
    PartyKind,
    PayList,
    PostKind,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
    StaffTotal,
    StandardKind,
)
from app.disclosure.publications import people
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table, Value
from app.kit.database import ReadSession

# What was published keeps its words: these are not the labels of a screen, which may be changed.
_POSTS: Mapping[PostKind, str] = {
    PostKind.president: "会长（理事长）",
    PostKind.exec_vice_president: "常务副会长",
    PostKind.vice_president: "副会长",
    PostKind.secretary_general: "秘书长",
    PostKind.director: "理事",
    PostKind.supervisor: "监事",
    PostKind.legal_representative: "法定代表人",
}
RELATIONS = {
    RelationKind.promoter: "发起人",
    RelationKind.main_donor: "主要捐赠人",
    RelationKind.executive: "管理人员",
    RelationKind.investee: "被投资方",
    RelationKind.controlling: "控制方",
    RelationKind.jointly_controlling: "共同控制方",
    RelationKind.influencing: "施加重大影响方",
}
DEALINGS = {
    RelatedEventKind.gift_from: "接受捐赠",
    RelatedEventKind.grant_to: "资助",
    RelatedEventKind.joint_investment: "共同投资",
    RelatedEventKind.entrusted_investment: "委托投资",
    RelatedEventKind.transaction: "交易",
    RelatedEventKind.other_movement: "其他资金往来",
}
_STANDARDS = {
    StandardKind.abroad: "出国（境）经费",
    StandardKind.vehicles: "车辆购置及运行",
    StandardKind.reception: "招待",
    StandardKind.travel: "差旅",
    StandardKind.training: "培训",
}


async def charter(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell which charter is in force, and who approved it; none is missing, not empty."""
    found = (await compiled.basic_information(session, asked.organization, asked.last)).charter
    return [
        Field("number", "章程版次", "Version", Measure.number, found and found.number),
        Field("adopted_on", "通过日期", "Adopted on", Measure.day, found and found.adopted_on),
        Field("authority", "核准机关", "Approved by", Measure.text, found and found.authority),
        Field("approved_on", "核准日期", "Approved on", Measure.day, found and found.approved_on),
        Field("effective_from", "生效日期", "In force from", Measure.day, found and found.effective_from),
    ]


async def bodies(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell who sits in the bodies that decide, carry out and supervise; each behind a commitment."""
    told = await compiled.basic_information(session, asked.organization, asked.last)
    held = [one for one in told.roster if one.post in _POSTS]
    officers = await people.officers(session, held)
    return [
        # Nobody at all is a gap in our data, not a fact about an organization.
        Field("member_count", "任职人数", "Posts held", Measure.number, len(held) or None),
        Table(
            "members",
            "决策、执行、监督机构成员",
            "Members of the bodies",
            (
                Column("post", "职务", "Post"),
                Column("title", "职务名称", "As it is called"),
                Column("since", "任职起", "Since", Measure.day),
                Column("person", "姓名", "Name", Measure.person),
            ),
            [[_POSTS[one.post], one.title, one.starts_on, officers.get(one.id)] for one in held],
        ),
    ]


async def related_now(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell its important related parties as of the day."""
    told = await compiled.basic_information(session, asked.organization, asked.last)
    return [await _parties(session, told.related)]


async def related_of_year(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell its important related parties of the year, and what was dealt with them."""
    told = await compiled.related_parties(session, asked.organization, asked.first.year)
    by_id = {one.id: one for one in told.parties}
    rows: list[Sequence[Value]] = [
        [
            one.happened_on,
            DEALINGS[one.kind],
            RELATIONS[by_id[one.party_id].relation] if one.party_id in by_id else None,
            one.amount_minor,
        ]
        for one in told.events
        if one.happened_on <= asked.last
    ]
    # In what words a dealing was written down, may name somebody: day, kind, relation and amount are told.
    return [
        await _parties(session, told.parties),
        Table(
            "events",
            "与重要关联方的往来",
            "What was dealt with them",
            (
                Column("day", "日期", "Day", Measure.day),
                Column("kind", "事项", "What"),
                Column("relation", "关联关系", "Relation"),
                Column("amount", "金额", "Amount", Measure.fen),
            ),
            rows,
        ),
    ]


async def _parties(session: ReadSession, parties: Sequence[RelatedParty]) -> Table:
    persons = await people.related(session, parties)
    return Table(
        "parties",
        "重要关联方",
        "Important related parties",
        (
            Column("relation", "关联关系", "Relation"),
            # Giving is a person's own matter, an organization's too: a donor's name is joined, never written.
            Column("name", "组织名称", "Name of an organization"),
            Column("person", "姓名", "Name of a person", Measure.person),
            Column("since", "起始日期", "Since", Measure.day),
            Column("until", "终止日期", "Until", Measure.day),
        ),
        [
            [RELATIONS[one.relation], written(one), persons.get(one.id), one.starts_on, one.ends_on]
            for one in parties
        ],
    )


def written(one: RelatedParty) -> str | None:
    """Return what stands in a publication for good as a party's name: an organization's that is no donor."""
    open_ = one.kind is PartyKind.organization and one.relation is not RelationKind.main_donor
    return one.name if open_ else None


async def highest_paid(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell the five highest pays by post, as they were published; without them the section is a gap."""
    found = await versions.latest(session, PayList, asked.organization.id, asked.first.year)
    if found is None:
        return ()
    return [
        Table(
            "pay",
            "薪酬最高的五位人员",
            "The five highest paid",
            (
                Column("rank", "名次", "Rank", Measure.number),
                Column("post", "职务", "Post"),
                Column("amount", "年度薪酬", "Pay of the year", Measure.fen),
            ),
            [
                [rank, str(line["post"]), int(line["amount_minor"])]
                for rank, line in enumerate(found.lines, 1)
            ],
        )
    ]


async def standards(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell which standards of expense are in force; without any the section is a gap."""
    told = await compiled.basic_information(session, asked.organization, asked.last)
    if not told.standards:
        return ()
    return [
        Table(
            "standards",
            "经费标准",
            "Standards of expense",
            (
                Column("kind", "项目", "What for"),
                Column("title", "文件名称", "Document"),
                Column("adopted_on", "通过日期", "Adopted on", Measure.day),
                Column("effective_from", "生效日期", "In force from", Measure.day),
            ),
            [[_STANDARDS[one.kind], one.title, one.adopted_on, one.effective_from] for one in told.standards],
        ),
        Table(
            "amounts",
            "具体标准",
            "What may be spent",
            (
                Column("kind", "项目", "What for"),
                Column("item", "支出内容", "Item"),
                Column("per", "计量单位", "Per"),
                Column("amount", "标准", "Amount", Measure.fen),
            ),
            [
                [_STANDARDS[one.kind], str(line["item"]), str(line["per"]), int(line["amount_minor"])]
                for one in told.standards
                for line in one.lines
            ],
        ),
    ]


async def staff(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell how many worked there and what they were paid, as it was recorded for the year."""
    found = await versions.latest(session, StaffTotal, asked.organization.id, asked.first.year)
    fen, number = Measure.fen, Measure.number
    return [
        Field("headcount", "工作人员数", "People employed", number, found and found.headcount),
        Field("full_time", "其中：专职人员数", "Of them full-time", number, found and found.full_time_count),
        Field("pay", "工资总额", "Pay", fen, found and found.pay_minor),
        Field("benefits", "福利总额", "Benefits", fen, found and found.benefits_minor),
    ]
