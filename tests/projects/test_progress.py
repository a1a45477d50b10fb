"""Progress: reports others accept, findings others settle, and no closing while anything is open."""

import asyncio
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations import grants
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.projects.office import Office, office


def told(desk: Office, **over: Any) -> dict[str, Any]:
    body = {
        "organization_id": str(desk.organization.id),
        "period_from": "2026-04-01",
        "period_to": "2026-06-30",
        "done": "完成桥墩",
        "person_count": 100,
        "person_times": 120,
    }
    return body | over


async def test_accepted_reports_add_up_to_the_indicators(desk: Office) -> None:
    project = await desk.running()
    path = f"/{project['id']}"
    bridges = await desk.made(
        f"{path}/indicators", {"code": "BRIDGES", "title": "建成桥梁", "unit": "座", "target": 2}
    )
    again = await desk.post(
        f"{path}/indicators", {"code": "BRIDGES", "title": "x", "unit": "座", "target": 1}
    )
    assert again.json()["code"] == "indicator-code-taken"
    figure = [{"indicator_id": bridges["id"], "value": 1}]
    first = await desk.made(
        f"{path}/progress", told(desk, figures=figure, attachment_ids=[await desk.upload()])
    )
    assert len(first["attachment_ids"]) == 1
    next_quarter = {"period_from": "2026-07-01", "period_to": "2026-09-30"}
    second = await desk.made(f"{path}/progress", told(desk, figures=figure, **next_quarter))

    async def reached() -> int:
        [one] = (await desk.get(f"{path}/indicators")).json()["items"]
        return int(one["reached"])

    assert (first["number"], second["number"], await reached()) == (1, 2, 0)
    await desk.made(f"/progress/{first['id']}/decision", {"state": "accepted"}, by=desk.reviewer)
    assert await reached() == 1
    unsaid = await desk.post(f"/progress/{second['id']}/decision", {"state": "returned"}, by=desk.reviewer)
    assert unsaid.status_code == 422
    why = {"state": "returned", "reason": "缺少照片"}
    await desk.made(f"/progress/{second['id']}/decision", why, by=desk.reviewer)
    # What was returned is written again, for the same time.
    await desk.made(f"{path}/progress", told(desk, figures=figure, **next_quarter))
    assert await reached() == 1
    decided = await desk.post(f"/progress/{first['id']}/decision", why, by=desk.reviewer)
    assert decided.json()["code"] == "report-decided"


async def test_what_cannot_be_so_is_not_reported(desk: Office) -> None:
    project, other = await desk.running(), await desk.running()
    path = f"/{project['id']}/progress"
    strange = await desk.made(
        f"/{other['id']}/indicators", {"code": "X", "title": "x", "unit": "座", "target": 1}
    )
    cases: list[tuple[dict[str, Any], str]] = [
        ({"period_to": "2999-01-01"}, "report-period-unfit"),
        ({"period_from": "2025-01-01", "period_to": "2025-12-31"}, "report-period-unfit"),
        ({"period_from": "2026-07-01"}, "report-period-unfit"),
        ({"person_times": 99}, "persons-unfit"),
        ({"figures": [{"indicator_id": strange["id"], "value": 1}]}, "indicator-of-another-project"),
    ]
    for over, code in cases:
        assert (await desk.post(path, told(desk, **over))).json()["code"] == code, over
    await desk.made(path, told(desk))
    assert (await desk.post(path, told(desk))).json()["code"] == "reported-already"
    draft = await desk.project()
    assert (await desk.post(f"/{draft['id']}/progress", told(desk))).json()["code"] == "project-not-in-state"


async def test_a_partner_reports_and_a_stranger_does_not(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    beside = await office(app, client, session, await make.organization(session, parent=desk.organization))
    project = await desk.running()
    path = f"/{project['id']}"
    assert (await beside.post(f"{path}/progress", told(beside))).status_code == 404
    await desk.made(f"{path}/partners", {"organization_id": str(beside.organization.id), "task": "验收"})

    report = await beside.made(f"{path}/progress", told(beside))

    # The organization that leads accepts it.
    assert (
        await beside.post(f"/progress/{report['id']}/decision", {"state": "accepted"}, by=beside.reviewer)
    ).status_code == 404
    await desk.made(f"/progress/{report['id']}/decision", {"state": "accepted"}, by=desk.reviewer)
    found = await desk.get("/progress", project_id=project["id"], state="accepted", published=False)
    assert [one["id"] for one in found.json()["items"]] == [report["id"]]


async def test_an_accepted_report_is_published_once_and_nobody_accepts_their_own(
    app: FastAPI, session: WriteSession, desk: Office
) -> None:
    both = await make.staff(session, desk.organization, Role.project_officer)
    await grants.give(session, both, desk.organization, role=Role.reviewer, given_by="test")
    mine = await make.headers(app, session, both)
    publisher = await make.sign_in(app, session, Role.disclosure_officer, desk.organization)
    project = await desk.running()
    report = await desk.made(f"/{project['id']}/progress", told(desk), by=mine)
    path = f"/progress/{report['id']}"

    own = await desk.post(f"{path}/decision", {"state": "accepted"}, by=mine)
    early = await desk.post(f"{path}/publication", by=publisher)
    await desk.made(f"{path}/decision", {"state": "accepted"}, by=desk.reviewer)
    published = await desk.made(f"{path}/publication", by=publisher)
    twice = await desk.post(f"{path}/publication", by=publisher)

    assert [one.json()["code"] for one in (own, early, twice)] == [
        *("own-report", "report-not-accepted", "report-not-accepted")
    ]
    assert published["published_on"] is not None
    topics = select(OutboxEvent.topic).where(OutboxEvent.subject == f"progress:{report['id']}")
    assert list(await session.scalars(topics.order_by(OutboxEvent.id))) == [
        *("progress.submitted", "progress.accepted", "progress.published")
    ]


async def test_findings_are_answered_below_and_settled_by_who_inspected(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    county = await office(app, client, session, await make.organization(session, parent=desk.organization))
    beside = await office(app, client, session, await make.organization(session, parent=desk.organization))
    project = await county.running()
    path = f"/{project['id']}/inspections"
    body = {
        "organization_id": str(desk.organization.id),
        "inspected_on": "2026-08-20",
        "summary": "抽查",
        "findings": [{"defect": "护栏未防锈", "due_on": "2026-09-10"}],
    }
    foreign = body | {"organization_id": str(beside.organization.id)}
    assert (await beside.post(path, foreign, by=beside.reviewer)).status_code == 404
    await desk.made(path, body, by=desk.reviewer)
    [finding] = (await county.get("/findings", project_id=project["id"], state="open")).json()["items"]
    at = f"/findings/{finding['id']}"
    assert (await desk.client.get("/v1/me/tasks", headers=county.headers)).json()["items"][0]["kind"] == (
        "finding"
    )

    early = await desk.post(f"{at}/second-look", {"enough": True}, by=desk.reviewer)
    await county.made(f"{at}/answer", {"answer": "已刷一遍"})
    await desk.made(f"{at}/second-look", {"enough": False}, by=desk.reviewer)
    await county.made(f"{at}/answer", {"answer": "已刷两遍"})
    # Who was inspected does not settle it: whoever inspected looks again.
    assert (await county.post(f"{at}/second-look", {"enough": True}, by=county.reviewer)).status_code == 404
    settled = await desk.made(f"{at}/second-look", {"enough": True}, by=desk.reviewer)

    assert early.json()["code"] == "finding-not-answered"
    assert (settled["state"], settled["answer"]) == ("settled", "已刷两遍")
    assert (await county.post(f"{at}/answer", {"answer": "x"})).json()["code"] == "finding-not-open"
    ahead = await desk.post(path, body | {"inspected_on": "2999-01-01"}, by=desk.reviewer)
    assert ahead.json()["code"] == "day-ahead"


async def test_a_project_is_closed_when_nothing_about_it_is_open(desk: Office) -> None:
    project = await desk.running()
    path = f"/{project['id']}"
    closure = {"evaluation": "合格", "lessons": "汛期前施工", "rating": 5}
    site = await desk.site(project)
    report = await desk.made(f"{path}/progress", told(desk))
    inspection = {
        "organization_id": str(desk.organization.id),
        "inspected_on": "2026-08-20",
        "summary": "抽查",
        "findings": [{"defect": "护栏未防锈", "due_on": "2026-09-10"}],
    }
    await desk.made(f"{path}/inspections", inspection, by=desk.reviewer)

    async def closing() -> str:
        return str((await desk.post(f"{path}/closure", closure, by=desk.reviewer)).json().get("code"))

    assert await closing() == "project-not-in-state"
    await desk.made(f"{path}/end", {})
    assert await closing() == "sites-unfinished"
    await desk.made(f"/sites/{site['id']}/drop", {"reason": "改线"})
    assert await closing() == "reports-undecided"
    await desk.made(f"/progress/{report['id']}/decision", {"state": "accepted"}, by=desk.reviewer)
    assert await closing() == "findings-unsettled"
    [finding] = (await desk.get("/findings", project_id=project["id"])).json()["items"]
    await desk.made(f"/findings/{finding['id']}/answer", {"answer": "已整改"})
    await desk.made(f"/findings/{finding['id']}/second-look", {"enough": True}, by=desk.reviewer)
    assert (await desk.get(f"{path}/closure")).status_code == 404
    await desk.made(f"{path}/closure", closure, by=desk.reviewer)

    assert (await desk.get(f"{path}/closure")).json()["rating"] == 5
    closed = (await desk.get(path)).json()
    assert (closed["state"], closed["allowed_actions"]) == ("closed", [])
    assert await closing() == "project-not-in-state"


async def test_of_two_reports_about_one_time_at_once_one_is_kept(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
    project = await desk.running()

    answers = await asyncio.gather(*(desk.post(f"/{project['id']}/progress", told(desk)) for _ in range(5)))

    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409, 409]
