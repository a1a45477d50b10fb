"""What a complaint may be about, and by when it is answered: worked days, as the State Council set them."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.disclosure.complaints import clock
from app.disclosure.models import Complaint
from app.disclosure.rules import workdays
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.organizations.access import Role
from app.projects.models import ProjectCategory, ProjectState
from tests.disclosure.governance.board import Board, board
from tests.disclosure.publications.press import BASE as PUBLICATIONS
from tests.factories import organizations as members
from tests.factories import registers

BASE = "/v1/disclosure/complaints"


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def published(here: Board, app: FastAPI, session: WriteSession) -> str:
    reviewer = await members.sign_in(app, session, Role.reviewer, here.member)
    asked = {"organization_id": here.at, "kind": "basic_information", "period_to": "2026-03-01"}
    drafted = await here.client.post(f"{PUBLICATIONS}/drafts", json=asked, headers=here.headers)
    path = f"{PUBLICATIONS}/drafts/{drafted.json()['id']}"
    approved = {"approved": True}
    await here.client.post(f"{path}/review", json=approved, headers=reviewer | {"If-Match": '"1"'})
    made = await here.client.post(f"{path}/publication", headers=here.headers)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def complain(here: Board, code: str) -> Any:
    said = {
        "organization": here.member.code,
        "subject_kind": "publication",
        "subject_code": code,
        "text": "x",
    }
    return await here.client.post(BASE, json=said)


async def test_a_publication_is_looked_up_by_its_id_or_its_address(
    here: Board, app: FastAPI, session: WriteSession
) -> None:
    own = await published(here, app, session)
    answers = [
        await complain(here, own),
        await complain(here, f"https://charity.example.org/publications/{own.upper()}/"),
    ]
    assert [one.status_code for one in answers] == [201, 201]
    assert set(await session.scalars(select(Complaint.subject_code))) == {own}


async def test_what_is_not_published_or_not_by_them_is_refused(
    here: Board, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    elsewhere = await board(app, client, session)
    theirs = await published(elsewhere, app, session)
    answers = [await complain(here, code) for code in (theirs, str(new_id()), "年度报告2025")]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (422, "complaint-subject-unknown")
    ] * 3
    assert (await complain(elsewhere, theirs)).status_code == 201


async def test_a_project_is_named_that_the_public_knows_of(here: Board, session: WriteSession) -> None:
    [project] = await registers.projects(
        session, [here.member], 1, first=date(2026, 1, 1), categories=[ProjectCategory.education]
    )
    said = {
        "organization": here.member.code,
        "subject_kind": "project",
        "subject_code": project.code,
        "text": "x",
    }
    known = await here.client.post(BASE, json=said)
    # What nobody has decided yet is nobody's business: the door does not tell that it is there.
    project.state, project.executed_from = ProjectState.draft, None
    await session.flush()
    hidden = await here.client.post(BASE, json=said)
    assert known.status_code == 201, known.text
    assert (hidden.status_code, hidden.json()["code"]) == (422, "complaint-subject-unknown")


@pytest.mark.parametrize(
    ("received_on", "working_days", "due_on"),
    [
        # The day itself is not counted (Civil Code 201); no weekend is.
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-02", 15, "2026-03-23"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        # Spring Festival, 15 to 23 February, for which the Saturdays before and after were worked.
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 2, "2026-02-24"),
        ("2026-02-13", 6, "2026-02-28"),
        # Labour Day, 1 to 5 May, and a worked Saturday.
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-04-30", 4, "2026-05-09"),
        # National Day, 1 to 7 October.
        ("2026-09-30", 5, "2026-10-13"),
    ],
)
def test_a_promise_counts_worked_days(received_on: str, working_days: int, due_on: str) -> None:
    due = clock.Promise(working_days).due(date.fromisoformat(received_on))
    assert due == date.fromisoformat(due_on)


async def test_a_complaint_is_late_the_day_after_its_last(here: Board) -> None:
    promised = clock.Promise().working_days
    assert promised is not None
    over = workdays.last_before(today(), promised)
    for received_on in (over, over + timedelta(days=1)):
        said = {
            "organization_id": here.at,
            "channel": "letter",
            "subject_kind": "organization",
            "received_on": received_on.isoformat(),
            "text": "x",
        }
        assert (await here.client.post(f"{BASE}/records", json=said, headers=here.headers)).status_code == 201
    found = (await here.client.get(BASE, params={"late": True}, headers=here.headers)).json()["items"]
    assert [one["received_on"] for one in found] == [over.isoformat()]
    assert date.fromisoformat(found[0]["due_on"]) < today()
