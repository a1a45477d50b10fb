"""The demo's volunteers: teams, a call with a waiting list and confirmed time in each city of the seed."""

from collections import Counter

from sqlalchemy import func, select

from app.cli.samples import federation, volunteering
from app.kit.database import WriteSession
from app.volunteers import volunteers
from app.volunteers.models import Activity, ActivityState, RecordState, SignUp, Team, TimeRecord, Volunteer
from tests.conftest import Shared


async def test_every_city_has_teams_a_call_and_time_given(shared: Shared, session: WriteSession) -> None:
    members = await federation.load(session)
    await volunteering.load(shared, members)

    cities = [one for code, one in members.items() if code.endswith("00") and one.parent_id is not None]
    assert len(cities) > 1
    for city in cities:
        teams = (await session.scalars(select(Team).where(Team.organization_id == city.id))).all()
        [call] = (await session.scalars(select(Activity).where(Activity.organization_id == city.id))).all()
        states = await session.scalars(select(SignUp.state).where(SignUp.activity_id == call.id))
        given = select(TimeRecord.state).where(TimeRecord.organization_id == city.id)
        assert sorted(team.depth for team in teams) == [1, 2]
        assert call.state is ActivityState.published
        assert Counter(states) == {"confirmed": volunteering.PEOPLE_EACH - 3, "waiting": 3}
        assert set(await session.scalars(given)) == {RecordState.confirmed}
    count = await session.scalar(select(func.count()).select_from(Volunteer))
    assert count == len(cities) * volunteering.PEOPLE_EACH
    # Nobody in it exists: numbers of a region that is not given out, and names that are numbers.
    people = await volunteers.people(session, list(await session.scalars(select(Volunteer.id))))
    assert all(one["document_number"].startswith(volunteering.REGION) for one in people.values())
    assert all(one["name"].startswith("志愿者") for one in people.values())
