"""Dealings: what is published of one dealing with an important related party."""

from collections.abc import Sequence

from app.disclosure.governance import related
from app.disclosure.publications import people
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table
from app.disclosure.publications.sections import governance
from app.kit.database import ReadSession


async def dealing(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell what was dealt with whom, when and for how much; not in words, which may name somebody."""
    event = await related.event(session, asked.subject.id)
    party = await related.get(session, event.party_id)
    persons = await people.related(session, [party])
    void = event.withdrawn_on
    return [
        Field("day", "发生日期", "Day", Measure.day, event.happened_on),
        Field("standing", "状态", "Standing", Measure.text, "有效" if void is None else f"已于{void}撤销"),
        Field("kind", "事项", "What", Measure.text, governance.DEALINGS[event.kind]),
        Field("amount", "金额", "Amount", Measure.fen, event.amount_minor),
        Table(
            "party",
            "重要关联方",
            "Important related party",
            (
                Column("relation", "关联关系", "Relation"),
                Column("name", "组织名称", "Name of an organization"),
                Column("person", "姓名", "Name of a person", Measure.person),
            ),
            [[governance.RELATIONS[party.relation], governance.written(party), persons.get(party.id)]],
        ),
    ]
