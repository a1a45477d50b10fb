"""Names that may be published ask for the assessment of that, whoever is named; names kept back do not."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import pytest

from app.disclosure.assessments import assessments, processings
from app.disclosure.assessments.processings import AssessmentState
from app.disclosure.events import events, speakers
from app.disclosure.governance import officers
from app.disclosure.governance.officers import Particulars
from app.disclosure.honours import nominees
from app.disclosure.models import (
    Ambassador,
    Appointment,
    AwardCategory,
    AwardScheme,
    EventKind,
    EventSession,
    ImpactAssessment,
    Nominee,
    NomineeKind,
    PostKind,
    Processing,
    PublicEvent,
)
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.models import Organization
from tests.disclosure.scenes import scene
from tests.factories import organizations as members

NAME = "王小明"


async def state(
    session: ReadSession, member: Organization, processing: Processing = Processing.name_publication
) -> AssessmentState:
    """How a processing stands at a member."""
    [need] = [one for one in await processings.needs(session, member.id) if one.processing is processing]
    return need.state


async def officer(session: WriteSession, member: Organization, named: bool) -> None:
    who = await officers.enter(session, member.id, Particulars(name=NAME), by="test")
    if not named:
        return  # Entered, and without a post that the law publishes.
    post = Appointment(
        organization_id=member.id,
        officer_id=who.id,
        post=PostKind.commissioner,
        starts_on=today(),
        paid=False,
        recorded_by="test",
    )
    session.add(post)
    await session.flush()


async def ambassador(session: WriteSession, member: Organization, named: bool) -> None:
    one = Ambassador(
        organization_id=member.id,
        person_id=new_id(),
        contract="合同",
        scope="公益宣传",
        starts_on=today(),
        ends_on=today() + timedelta(days=30),
        recorded_by="test",
        consented_on=today() if named else None,
    )
    session.add(one)
    await session.flush()


async def speaker(session: WriteSession, member: Organization, named: bool) -> None:
    begins = now() + timedelta(days=1)
    times = {"starts_at": begins, "ends_at": begins + timedelta(hours=1)}
    event = PublicEvent(
        organization_id=member.id,
        code="LECTURE",
        kind=EventKind.lecture,
        title="讲座",
        description="公益讲座",
        place="西安",
        seats=5,
        **times,
    )
    await events.draft(session, event)
    part = EventSession(event_id=event.id, title="讲座", **times)
    session.add(part)
    await session.flush()
    await speakers.add(session, part, NAME, None, consented=named, actor="test")


async def nominee(session: WriteSession, member: Organization, named: bool) -> None:
    scheme = AwardScheme(
        organization_id=member.id,
        year=today().year,
        category=next(iter(AwardCategory)),
        title="先进个人",
        recorded_by="test",
    )
    session.add(scheme)
    await session.flush()
    one = Nominee(
        commendation_id=scheme.id,
        kind=NomineeKind.person,
        merits="服务满五年",
        nominated_by="test",
        person_id=new_id(),
        consented_on=today() if named else None,
    )
    await nominees.nominate(session, one, NAME)


NAMED: Mapping[str, Callable[[WriteSession, Organization, bool], Awaitable[None]]] = {
    "officers": officer,
    "ambassadors": ambassador,
    "speakers": speaker,
    "nominees": nominee,
}


@pytest.mark.parametrize("who", NAMED.values(), ids=NAMED.keys())
async def test_a_name_for_everybody_asks_for_the_assessment_of_names(
    session: WriteSession, who: Callable[[WriteSession, Organization, bool], Awaitable[None]]
) -> None:
    silent, member = await members.organization(session), await members.organization(session)
    await who(session, silent, False)
    await who(session, member, True)

    assert await state(session, silent) is AssessmentState.not_needed
    assert await state(session, member) is AssessmentState.missing


async def test_what_names_ask_for_is_there_once_it_is_reviewed(session: WriteSession) -> None:
    member, other = await members.organization(session), await members.organization(session)
    for one in (member, other):
        await ambassador(session, one, True)
    written = ImpactAssessment(
        organization_id=member.id,
        processing=Processing.name_publication,
        purpose="公开形象大使",
        necessity="公众有权知晓",
        risks="本人受打扰",
        measures="撤回同意即时停止公开",
        assessed_on=today(),
        recorded_by="writer",
    )
    await assessments.record(session, written, [])
    assert await state(session, member) is AssessmentState.unreviewed

    await assessments.review(session, written, by="reviewer")

    assert await state(session, member) is AssessmentState.in_force
    assert await state(session, other) is AssessmentState.missing


async def test_donors_who_agree_to_be_named_ask_for_theirs(session: WriteSession) -> None:
    silent, named = await scene(session), await scene(session)
    await silent.give(silent.gift(giver={"name": NAME, "show_name": False}))
    await named.give(named.gift(giver={"name": NAME, "show_name": True}))

    found = [
        await state(session, one.partner.organization, Processing.donor_publication)
        for one in (silent, named)
    ]

    assert found == [AssessmentState.not_needed, AssessmentState.missing]
