"""Impact assessments over HTTP: what needs one, what lacks it, who puts it in force, and that it stays."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app.disclosure.assessments import assessments
from app.disclosure.assessments.processings import FEATURES
from app.disclosure.models import Processing
from app.disclosure.retention import rules
from app.disclosure.retention.hands import HANDS
from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as members
from tests.factories import volunteers as people

BASE = "/v1/disclosure"


@dataclass(frozen=True, kw_only=True)
class Office:
    app: FastAPI
    client: AsyncClient
    session: WriteSession
    member: Organization
    headers: dict[str, str]
    reviewer: dict[str, str]

    async def needs(self) -> dict[str, str]:
        answer = await self.client.get(
            f"{BASE}/organizations/{self.member.id}/processings", headers=self.headers
        )
        assert answer.status_code == 200, answer.text
        return {one["processing"]: one["state"] for one in answer.json()["processings"]}

    async def record(self, headers: dict[str, str] | None = None, **over: Any) -> Response:
        said = {
            "organization_id": str(self.member.id),
            "processing": "volunteer_records",
            "purpose": "登记志愿者并开具证明",
            "necessity": "证明须载明身份",
            "risks": "证件号泄露",
            "measures": "加密保存",
            "assessed_on": today().isoformat(),
        } | over
        return await self.client.post(f"{BASE}/assessments", json=said, headers=headers or self.headers)

    async def review(self, one: Response, headers: dict[str, str] | None = None) -> Response:
        path = f"{BASE}/assessments/{one.json()['id']}/review"
        return await self.client.post(path, headers=headers or self.reviewer)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    member = await members.organization(session)
    return Office(
        app=app,
        client=client,
        session=session,
        member=member,
        headers=await members.sign_in(app, session, Role.disclosure_officer, member),
        reviewer=await members.sign_in(app, session, Role.reviewer, member),
    )


async def test_what_an_organization_does_without_its_assessment_is_missing(here: Office) -> None:
    assert set((await here.needs()).values()) == {"not_needed"}
    await people.volunteer(here.session, here.member)
    said = {"organization": here.member.code, "subject_kind": "organization", "text": "公示不及时"}
    await here.client.post(f"{BASE}/complaints", json=said)

    needs = await here.needs()

    lacking = {name for name, state in needs.items() if state == "missing"}
    assert lacking == {"volunteer_records", "complaint_texts"}
    assert set(needs) == set(Processing) == set(FEATURES)


async def test_an_assessment_is_in_force_when_somebody_else_reviewed_it(here: Office) -> None:
    await people.volunteer(here.session, here.member)
    one = await here.record()
    assert (await here.needs())["volunteer_records"] == "unreviewed"
    tasks = await here.client.get("/v1/me/tasks", headers=here.reviewer)
    assert [task["kind"] for task in tasks.json()["items"]] == [assessments.TASK]

    reviewed = await here.review(one)
    twice = await here.review(one)

    assert reviewed.json()["reviewed_on"] == today().isoformat()
    assert (twice.status_code, twice.json()["code"]) == (409, "assessment-reviewed")
    assert (await here.needs())["volunteer_records"] == "in_force"


async def test_a_later_one_takes_the_place_of_the_earlier_which_stays(here: Office) -> None:
    first = await here.record()
    await here.review(first)
    second = await here.record(measures="加密保存，查看留痕")
    # Until it is reviewed the one before it is in force.
    assert (await here.needs())["volunteer_records"] == "in_force"
    await here.review(second)

    listed = await here.client.get(
        f"{BASE}/assessments", params={"processing": "volunteer_records"}, headers=here.headers
    )
    assert [(one["measures"], one["superseded_on"]) for one in listed.json()["items"]] == [
        ("加密保存，查看留痕", None),
        ("加密保存", today().isoformat()),
    ]
    assert (await here.review(first)).json()["code"] == "assessment-reviewed"


async def test_nobody_reviews_their_own(here: Office) -> None:
    both = await members.staff(here.session, here.member, Role.disclosure_officer)
    await grants.give(here.session, both, here.member, role=Role.admin, given_by="test")
    mine = await members.headers(here.app, here.session, both)
    own = await here.review(await here.record(mine), mine)
    assert (own.status_code, own.json()["code"]) == (403, "own-assessment")


async def test_it_was_made_before_it_is_recorded(here: Office) -> None:
    ahead = await here.record(assessed_on=(today() + timedelta(days=1)).isoformat())
    assert (ahead.status_code, ahead.json()["code"]) == (422, "assessment-ahead")


async def test_its_report_is_kept_with_it(here: Office, tmp_path: Any) -> None:
    here.app.state.store = stores.opened(f"file://{tmp_path}")
    uploaded = await here.client.post(
        "/v1/attachments",
        data={"organization_id": str(here.member.id), "kind": "report", "access": "internal"},
        files={"file": ("评估报告.pdf", b"%PDF-1.4\n%%EOF\n")},
        headers=here.headers,
    )
    report = uploaded.json()["id"]
    one = await here.record(reports=[report])
    read = await here.client.get(f"{BASE}/assessments/{one.json()['id']}", headers=here.reviewer)
    assert read.json()["reports"] == [report]
    got = await here.client.get(f"/v1/attachments/{report}", headers=here.reviewer)
    assert got.status_code == 200


async def test_nobody_can_delete_one_and_no_round_does(here: Office) -> None:
    await here.record()
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with here.session.begin_nested():
            await here.session.execute(text("delete from impact_assessments"))
    assert rules.BY_ID["impact_assessments"].years == 3
    assert "impact_assessments" not in HANDS
