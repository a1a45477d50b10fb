"""A volunteer's whole surroundings: a team, an activity, time given, a certificate, something to answer."""

from datetime import timedelta

from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.models import Organization
from app.volunteers import activities, check_ins, corrections, gates, members, records, sign_ups
from app.volunteers.activities import NewNeed
from app.volunteers.models import Activity, Category, CheckMethod, Policy, RecordSource, TimeRecord
from app.volunteers.recognition import certificates, requests
from app.volunteers.recognition.contents import Issuer
from tests.factories import volunteers as people


async def surroundings(session: WriteSession, place: Organization) -> dict[str, str]:
    """Let there be one of everything at a member; return their ids as the routes name them."""
    who = await people.volunteer(session, place)
    team = await people.team(session, place)
    membership = await members.ask(session, team, who, actor="test")
    policy = await gates.open_policy(session, _policy(place))
    call = await activities.draft(session, _activity(place), [NewNeed(role="陪护", capacity=5)])
    await activities.publish(session, call)
    [need] = await activities.needs(session, call.id)
    sign_up = await sign_ups.sign_up(session, call, need, who, actor="test")
    check_in = await check_ins.come(session, sign_up, method=CheckMethod.staff, actor="test")
    certified, doubted, asked = [await records.report(session, _time(place, who.id)) for _ in range(3)]
    await records.confirm(session, [certified], actor="test")
    issuer = Issuer(responsible="负责人", clerk="经办人", contact="029-00000000")
    certificate = await certificates.issue(session, (place, who), [certified], issuer, actor="test")
    objection = await corrections.doubt(session, doubted, wanted_minutes=30, words="时间有误")
    await records.confirm(session, [asked], actor="test")
    request = await requests.ask(session, who, place.id, (None, None))
    found = {
        "volunteer": who,
        "team": team,
        "membership": membership,
        "policy": policy,
        "activity": call,
        "need": need,
        "sign_up": sign_up,
        "check_in": check_in,
        "record": doubted,
        "objection": objection,
        "certificate": certificate,
        "request": request,
    }
    return {f"{name}_id": str(one.id) for name, one in found.items()} | {"number": certificate.number}


def _policy(place: Organization) -> Policy:
    return Policy(
        organization_id=place.id,
        insurer="某保险公司",
        policy_no=new_code(10),
        starts_on=today(),
        ends_on=today() + timedelta(days=30),
        everybody=True,
    )


def _activity(place: Organization) -> Activity:
    return Activity(
        organization_id=place.id,
        code=f"A{new_code(8)}",
        title="社区老人陪护",
        category=Category.elderly,
        starts_at=now() - timedelta(hours=1),
        ends_at=now() + timedelta(hours=3),
        place="某社区",
        content="陪伴老人",
        risks="路面湿滑",
        served_group="社区独居老人",
        responsible="负责人",
        contact="029-00000000",
    )


def _time(place: Organization, volunteer_id: object) -> TimeRecord:
    return TimeRecord(
        organization_id=place.id,
        volunteer_id=volunteer_id,
        category=Category.elderly,
        title="社区老人陪护",
        served_on=today(),
        minutes=60,
        source=RecordSource.hand,
        reported_by="test",
    )
