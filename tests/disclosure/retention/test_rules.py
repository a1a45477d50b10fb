"""Each rule that the daily round carries out: what is over is erased, what has a day left stays."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Date, cast, func, literal, select, update

from app.disclosure.complaints import complaints
from app.disclosure.complaints.complaints import CONTACT, TEXT, NewComplaint
from app.disclosure.events import speakers
from app.disclosure.governance import officers, related
from app.disclosure.governance.officers import Particulars
from app.disclosure.honours import nominees
from app.disclosure.models import (
    Ambassador,
    Appointment,
    AwardCategory,
    AwardObjection,
    AwardRegime,
    AwardScheme,
    AwardStage,
    ComplaintOutcome,
    ComplaintSubject,
    EventSession,
    Nominee,
    NomineeKind,
    NomineeState,
    Officer,
    PartyKind,
    PostKind,
    PublicEvent,
    RelatedParty,
    RelationKind,
    RetentionAct,
    RetentionHold,
)
from app.disclosure.retention import holds, rounds, rules
from app.disclosure.retention.hands import HANDS
from app.kit import vault
from app.kit.calendars import terms
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.models import Organization
from tests.disclosure.retention.test_retention import (
    DAY,
    closed_complaint,
    last_moment,
    seat_of_event,
)
from tests.factories import organizations as members

Known = tuple[UUID, UUID, str]
"""The record, the person whose words it holds, and the field of the vault in which they lie."""


async def complaint(session: WriteSession, member: Organization, on: date) -> Known:
    one = await closed_complaint(session, member, on)
    return one.id, one.person_id, TEXT


async def contact(session: WriteSession, member: Organization, on: date) -> Known:
    said = NewComplaint(
        organization_id=member.id,
        subject_kind=ComplaintSubject.organization,
        text="账目不清",
        contact="王小明 13800000000",
    )
    one, _ = await complaints.receive(session, said, actor="public")
    await complaints.close(session, one, ComplaintOutcome.withdrawn, "撤回", actor="test")
    one.closed_at = last_moment(on)
    await session.flush()
    return one.id, one.person_id, CONTACT


async def seat(session: WriteSession, member: Organization, on: date) -> Known:
    one = await seat_of_event(session, member, on)
    return one.id, one.person_id, "attendee_name"


async def speaker(session: WriteSession, member: Organization, on: date) -> Known:
    taken = await seat_of_event(session, member, on)
    event = await session.get_one(PublicEvent, taken.event_id)
    part = EventSession(event_id=event.id, title="讲座", starts_at=event.starts_at, ends_at=event.ends_at)
    session.add(part)
    await session.flush()
    one = await speakers.add(session, part, "王小明", None, consented=True, actor="test")
    return one.id, one.person_id, speakers.NAME


def _decided(member: Organization, on: date) -> AwardScheme:
    return AwardScheme(
        organization_id=member.id,
        year=on.year,
        # Two of one year are of two categories.
        category=[*AwardCategory][on.toordinal() % 3],
        title="先进个人",
        recorded_by="test",
        regime=AwardRegime.on(on),
        stage=AwardStage.decided,
        approval_document="x",
        list_item="x",
        rating=4,
        free_declared_by="test",
        publicity_from=on - timedelta(days=20),
        publicity_to=on - timedelta(days=10),
        decided_on=on,
        decided_by="test",
        resolution="x",
    )


async def nominated(
    session: WriteSession, scheme: AwardScheme, state: NomineeState = NomineeState.passed_over
) -> Nominee:
    one = Nominee(
        commendation_id=scheme.id,
        kind=NomineeKind.person,
        merits="服务满五年",
        nominated_by="a",
        person_id=new_id(),
        consented_on=scheme.publicity_from,
        state=state,
        reviewed_by="b",
    )
    return await nominees.nominate(session, one, "王小明")


async def nominee(session: WriteSession, member: Organization, on: date) -> Known:
    scheme = _decided(member, on)
    session.add(scheme)
    await session.flush()
    one = await nominated(session, scheme)
    assert one.person_id
    return one.id, one.person_id, nominees.NAME


async def objection(session: WriteSession, member: Organization, on: date) -> Known:
    scheme = _decided(await members.organization(session), on)
    session.add(scheme)
    await session.flush()
    # Who was commended stays on the record, whatever was said against it.
    who = await nominated(session, scheme, NomineeState.commended)
    said = AwardObjection(commendation_id=scheme.id, nominee_id=who.id, person_id=new_id(), received_on=on)
    await vault.keep(session, said.person_id, {nominees.OBJECTION: "事迹不实"})
    session.add(said)
    await session.flush()
    return said.id, said.person_id, nominees.OBJECTION


async def ambassador(session: WriteSession, member: Organization, on: date) -> Known:
    one = Ambassador(
        organization_id=member.id,
        person_id=new_id(),
        contract="x",
        scope="x",
        starts_on=on - timedelta(days=30),
        ends_on=on,
        recorded_by="test",
    )
    await vault.keep(session, one.person_id, {"ambassador": "王小明"})
    session.add(one)
    await session.flush()
    return one.id, one.person_id, "ambassador"


async def officer(session: WriteSession, member: Organization, on: date) -> Known:
    said = Particulars(name="王小明", phone="13800000000", qualities=["有爱心"])
    who = await officers.enter(session, member.id, said, by="test")
    posts = [
        # The earlier post is over too, and does not count.
        Appointment(
            organization_id=member.id,
            officer_id=who.id,
            post=PostKind.commissioner,
            starts_on=first,
            ends_on=last,
            paid=False,
            recorded_by="test",
        )
        for first, last in (
            (on - timedelta(days=3000), on - timedelta(days=2000)),
            (on - timedelta(days=1000), on),
        )
    ]
    session.add_all(posts)
    await session.flush()
    return posts[1].id, who.id, officers.PHONE


async def candidate(session: WriteSession, member: Organization, on: date) -> Known:
    who = Officer(organization_id=member.id, name_index=bytes(32), recorded_by="test")
    who.created_at = last_moment(on)
    session.add(who)
    await session.flush()
    await vault.keep(session, who.id, {officers.NAME: "王小明", officers.PHONE: "13800000000"})
    return who.id, who.id, officers.PHONE


async def relative(session: WriteSession, member: Organization, on: date) -> Known:
    one = RelatedParty(
        organization_id=member.id,
        kind=PartyKind.person,
        relation=RelationKind.main_donor,
        starts_on=on - timedelta(days=30),
        recorded_by="test",
        ends_on=on,
    )
    await related.record(session, one, person="王小明", explanation="捐赠")
    return one.id, one.id, "name"


MAKERS: Mapping[str, Callable[[WriteSession, Organization, date], Awaitable[Known]]] = {
    "complaints": complaint,
    "complaint_contacts": contact,
    "event_seats": seat,
    "event_speakers": speaker,
    "commendation_nominees": nominee,
    "commendation_objections": objection,
    "ambassadors": ambassador,
    "officer_contacts": officer,
    "candidate_contacts": candidate,
    "related_persons": relative,
}


async def kept(session: ReadSession, known: Known) -> bool:
    _, person_id, field = known
    return bool(await vault.read(session, [person_id], [field]))


def test_every_rule_that_is_carried_out_is_tried() -> None:
    assert MAKERS.keys() == HANDS.keys()


@pytest.mark.parametrize("rule_id", sorted(MAKERS))
async def test_what_is_over_goes_and_what_has_a_day_left_stays(committed: Database, rule_id: str) -> None:
    rule = rules.BY_ID[rule_id]
    # Its last day is today: it goes tomorrow. What began a day earlier goes today.
    young_on = DAY.replace(year=DAY.year - rule.years) - timedelta(days=rule.days)
    async with committed.writing() as session:
        member = await members.organization(session)
        over = await MAKERS[rule_id](session, member, young_on - timedelta(days=1))
        young = await MAKERS[rule_id](session, member, young_on)

    await rounds.run(committed, DAY, hands={rule_id: HANDS[rule_id]})

    async with committed.reading() as session:
        assert (await kept(session, over), await kept(session, young)) == (False, True)
        acts = (await session.scalars(select(RetentionAct))).all()
        assert [(one.rule_id, one.subject_id, one.kept_until) for one in acts] == [
            (rule_id, over[0], DAY - timedelta(days=1))
        ]
    await rounds.run(committed, DAY + timedelta(days=1), hands={rule_id: HANDS[rule_id]})
    async with committed.reading() as session:
        assert not await kept(session, young)


async def test_who_was_commended_stays_and_who_was_never_decided_on_goes(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        scheme = _decided(member, date(2020, 6, 1))
        session.add(scheme)
        await session.flush()
        commended = await nominated(session, scheme, NomineeState.commended)
        given_up = AwardScheme(
            organization_id=member.id,
            year=2020,
            category=next(one for one in AwardCategory if one is not scheme.category),
            title="未决定",
            recorded_by="test",
        )
        session.add(given_up)
        await session.flush()
        waiting = await nominated(session, given_up)

    # 2020, the year after it, and one more year.
    for day, left in ((date(2022, 12, 31), True), (date(2023, 1, 1), False)):
        await rounds.run(committed, day)
        async with committed.reading() as session:
            assert waiting.person_id
            assert commended.person_id
            found = await vault.keys(session, [waiting.person_id, commended.person_id])
            assert (waiting.person_id in found, commended.person_id in found) == (left, True)


async def test_an_officer_keeps_the_name_and_who_serves_again_everything(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        (_, gone, _), (ended, serving, _) = [await officer(session, member, date(2020, 6, 1)) for _ in "ab"]
        await session.execute(update(Appointment).where(Appointment.id == ended).values(ends_on=None))

    await rounds.run(committed, DAY)

    async with committed.reading() as session:
        fields = [officers.NAME, officers.PHONE, officers.EMAIL, officers.QUALITIES]
        left = await vault.read(session, [gone, serving], fields)
    assert left[gone].keys() == {officers.NAME}
    assert left[serving].keys() == {officers.NAME, officers.PHONE, officers.QUALITIES}


async def test_a_complaints_words_outlive_its_contact(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        _, person_id, _ = await contact(session, member, DAY - timedelta(days=700))

    assert await rounds.run(committed, DAY) == 1

    async with committed.reading() as session:
        left = (await vault.read(session, [person_id], complaints.SEALED))[person_id]
    assert CONTACT not in left
    assert left[TEXT] == "账目不清"


async def test_what_holds_a_complaint_holds_its_contact(committed: Database) -> None:
    async with committed.writing() as session:
        member = await members.organization(session)
        held, held_person, _ = await contact(session, member, DAY - timedelta(days=700))
        _, free_person, _ = await contact(session, member, DAY - timedelta(days=700))
        hold = RetentionHold(
            organization_id=member.id,
            rule_id="complaints",
            subject_id=held,
            reason="诉讼",
            document="（2026）陕01民初1号",
            placed_by="test",
        )
        await holds.place(session, hold)

    assert await rounds.run(committed, DAY) == 1

    async with committed.reading() as session:
        left = await vault.read(session, [held_person, free_person], complaints.SEALED)
    assert (CONTACT in left[held_person], CONTACT in left[free_person]) == (True, False)


async def test_the_database_counts_years_as_the_calendar_does(session: WriteSession) -> None:
    days = [date(year, 2, day) for year in (2023, 2024, 2028) for day in (27, 28)] + [date(2024, 2, 29)]
    for day in days:
        for years in range(31):
            lasts = literal(day, Date) + func.make_interval(years)
            assert await session.scalar(select(cast(lasts, Date))) == terms.years_after(day, years)
