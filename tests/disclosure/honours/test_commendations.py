"""Commendations over HTTP: behind their gate, step by step, and named only who agrees."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from app.disclosure.models import AwardScheme
from app.disclosure.rules import workdays
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.access import Role
from app.organizations.models import Organization
from app.webhooks.outward.catalogue import EventType
from tests.factories import organizations as members
from tests.webhooks.outward.bodies import told

BASE = "/v1/disclosure"
APPROVAL = {
    "approval_document": "陕评组函〔2026〕1号",
    "list_item": "SX-PB-001",
    "rating": 4,
    "free_of_charge": True,
}
UNIT = {"kind": "unit", "name": "某县慈善协会", "body": "social_organization", "merits": "服务时长居前"}
PERSON = {"kind": "person", "name": "王小明", "body": "none", "merits": "服务满五年", "publish_consent": True}


@dataclass(frozen=True, kw_only=True)
class Office:
    client: AsyncClient
    session: WriteSession
    member: Organization
    headers: dict[str, str]
    other: dict[str, str]
    reviewer: dict[str, str]

    async def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        return await self.client.get(f"{BASE}{path}", params=asked, headers=headers or {})

    async def post(
        self, path: str, body: dict[str, Any] | None = None, headers: dict[str, str] | None = None
    ) -> Response:
        return await self.client.post(f"{BASE}{path}", json=body, headers=headers or self.headers)

    async def planned(self, **over: Any) -> str:
        said = {
            "organization_id": str(self.member.id),
            "year": 2026,
            "category": "volunteering",
            "title": "2026年度志愿服务先进单位和个人",
        } | over
        made = await self.post("/commendations", said)
        assert made.status_code == 201, made.text
        return f"/commendations/{made.json()['id']}"

    async def nominated(self, path: str, *people: dict[str, Any]) -> list[str]:
        ids: list[str] = []
        for person in people:
            made = await self.post(f"{path}/nominees", person)
            assert made.status_code == 201, made.text
            ids.append(made.json()["nominees"][-1]["id"])
        return ids

    async def publicised(self, *people: dict[str, Any]) -> tuple[str, list[str]]:
        path = await self.planned()
        await self.post(f"{path}/approval", APPROVAL)
        ids = await self.nominated(path, *people)
        for one in ids:
            await self.post(f"{path}/nominees/{one}/review", {"passed": True}, self.reviewer)
        shown = await self.post(f"{path}/publicity", span())
        assert shown.status_code == 200, shown.text
        return path, ids

    async def shown_long_enough(self) -> None:
        """Move the days on which the list is shown into the past."""
        first, last = today() - timedelta(days=20), today() - timedelta(days=1)
        await self.session.execute(update(AwardScheme).values(publicity_from=first, publicity_to=last))


def span() -> dict[str, str]:
    return {
        "publicity_from": today().isoformat(),
        "publicity_to": workdays.after(today(), 5).isoformat(),
    }


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    member = await members.organization(session)
    return Office(
        client=client,
        session=session,
        member=member,
        headers=await members.sign_in(app, session, Role.disclosure_officer, member),
        other=await members.sign_in(app, session, Role.disclosure_officer, member),
        reviewer=await members.sign_in(app, session, Role.reviewer, member),
    )


async def test_nothing_begins_without_its_approval(here: Office) -> None:
    path = await here.planned()
    tried = [
        await here.post(f"{path}/nominees", UNIT),
        await here.post(f"{path}/publicity", span()),
        await here.post(f"{path}/approval", APPROVAL | {"rating": 3}),
        await here.post(f"{path}/approval", APPROVAL | {"free_of_charge": False}),
        await here.post(f"{path}/decision", {"nominee_ids": [str(here.member.id)], "resolution": "x"}),
        await here.post(f"{path}/filing", {"filing_place": "x", "filing_number": "x"}),
    ]
    assert [(one.status_code, one.json()["code"]) for one in tried] == [(409, "approval-missing")] * 6
    missing = {name: value for name, value in APPROVAL.items() if name != "list_item"}
    assert (await here.post(f"{path}/approval", missing)).status_code == 422
    opened = await here.post(f"{path}/approval", APPROVAL)
    assert (opened.json()["stage"], opened.json()["free_declared_by"][:6]) == ("nominating", "staff:")
    assert (await here.post(f"{path}/approval", APPROVAL)).json()["code"] == "step-not-due"


@pytest.mark.parametrize("lacking", ["approval_document", "list_item", "rating", "free_declared_by"])
async def test_the_database_itself_keeps_the_gate(here: Office, lacking: str) -> None:
    await here.planned()
    said = {"approval_document": "x", "list_item": "x", "rating": 4, "free_declared_by": "staff:x"}
    with pytest.raises(IntegrityError, match="gate"):
        async with here.session.begin_nested():
            await here.session.execute(
                update(AwardScheme).values(stage="nominating", **said | {lacking: None})
            )


async def test_party_and_government_bodies_are_not_commended(here: Office) -> None:
    path = await here.planned()
    await here.post(f"{path}/approval", APPROVAL)
    refused = await here.post(f"{path}/nominees", UNIT | {"body": "party_or_government"})
    led = await here.post(f"{path}/nominees", PERSON | {"body": "party_or_government"})
    assert [one.json()["code"] for one in (refused, led)] == ["party-or-government-body"] * 2


async def test_the_whole_way(here: Office) -> None:
    path, ids = await here.publicised(UNIT, PERSON, PERSON | {"name": "李大力", "publish_consent": False})
    listed = (await here.get(path)).json()
    assert [one["name"] for one in listed["nominees"]] == ["某县慈善协会", "王小明", None]
    early = await here.post(f"{path}/decision", {"nominee_ids": ids[:2], "resolution": "决议1号"})
    assert early.json()["code"] == "publicity-running"

    await here.shown_long_enough()
    decided = await here.post(f"{path}/decision", {"nominee_ids": ids[:2], "resolution": "决议1号"})
    filed = await here.post(f"{path}/filing", {"filing_place": "省民政厅", "filing_number": "2026-0009"})

    assert [one["state"] for one in decided.json()["nominees"]] == ["commended", "commended", "passed_over"]
    assert (filed.json()["stage"], filed.json()["filing_number"]) == ("filed", "2026-0009")
    after = (await here.get(path)).json()
    assert [(one["name"], one["state"]) for one in after["nominees"]] == [
        ("某县慈善协会", "commended"),
        ("王小明", "commended"),
    ]
    assert (after["approval_document"], after["list_item"]) == ("陕评组函〔2026〕1号", "SX-PB-001")
    [line] = (await here.get("/commendations", year=2026)).json()["items"]
    assert line["stage"] == "filed"
    topics = await here.session.scalars(text("select topic from outbox_events order by id"))
    assert [one for one in topics if one.startswith("commendation.")] == [
        *("commendation.publicised", "commendation.decided", "commendation.filed"),
    ]
    for stage in ("publicised", "decided", "filed"):
        [said] = await told(here.session, EventType(f"commendation.{stage}"))
        assert (said["commendation_id"], said["category"]) == (path.rsplit("/", 1)[1], "volunteering")


async def test_nobody_reviews_or_decides_their_own(here: Office, app: FastAPI) -> None:
    from app.organizations import grants

    both = await members.staff(here.session, here.member, Role.disclosure_officer)
    await grants.give(here.session, both, here.member, role=Role.admin, given_by="test")
    mine = await members.headers(app, here.session, both)
    path = await here.planned()
    await here.post(f"{path}/approval", APPROVAL)
    made = await here.post(f"{path}/nominees", UNIT, mine)
    own = await here.post(
        f"{path}/nominees/{made.json()['nominees'][0]['id']}/review", {"passed": True}, mine
    )
    [other] = await here.nominated(path, UNIT | {"name": "另一单位"})
    reviewed = await here.post(f"{path}/nominees/{other}/review", {"passed": True}, mine)
    again = await here.post(f"{path}/nominees/{other}/review", {"passed": False}, here.reviewer)
    waiting = await here.post(f"{path}/publicity", span())
    first = made.json()["nominees"][0]["id"]
    await here.post(f"{path}/nominees/{first}/review", {"passed": False}, here.reviewer)
    await here.post(f"{path}/publicity", span())
    await here.shown_long_enough()
    decided = await here.post(f"{path}/decision", {"nominee_ids": [other], "resolution": "x"}, mine)

    assert (own.status_code, own.json()["code"]) == (403, "own-nomination")
    assert (reviewed.status_code, again.json()["code"]) == (200, "step-not-due")
    assert waiting.json()["code"] == "nobody-shortlisted"
    assert (decided.status_code, decided.json()["code"]) == (403, "own-nomination")


async def test_an_objection_is_answered_before_anything_is_decided(here: Office) -> None:
    path, ids = await here.publicised(UNIT, PERSON)
    said = {"nominee_id": ids[1], "text": "王小明的事迹不实"}
    sent = await here.client.post(f"{BASE}{path}/objections", json=said)
    await here.shown_long_enough()
    late = await here.client.post(f"{BASE}{path}/objections", json=said)
    undecided = await here.post(f"{path}/decision", {"nominee_ids": ids[:1], "resolution": "x"})
    answer = f"{path}/objections/{sent.json()['id']}/answer"
    settled = await here.post(answer, {"upheld": True}, here.reviewer)
    twice = await here.post(answer, {"upheld": True}, here.reviewer)
    dropped = await here.post(f"{path}/decision", {"nominee_ids": ids, "resolution": "x"})
    decided = await here.post(f"{path}/decision", {"nominee_ids": ids[:1], "resolution": "x"})

    assert (sent.status_code, late.json()["code"]) == (201, "publicity-over")
    assert undecided.json()["code"] == "publicity-running"
    assert settled.json()["objections"][0]["text"] == "王小明的事迹不实"
    assert [one["state"] for one in settled.json()["nominees"]] == ["shortlisted", "dropped"]
    assert (twice.json()["code"], dropped.json()["code"]) == ("objection-settled", "nobody-shortlisted")
    assert decided.status_code == 200
    rows = await here.session.execute(
        text("select t::text from award_objections t union all select t::text from award_nominees t")
    )
    assert not any("王小明" in row[0] or "不实" in row[0] for row in rows)


async def test_the_list_is_shown_for_five_worked_days(here: Office) -> None:
    path = await here.planned()
    await here.post(f"{path}/approval", APPROVAL)
    [one] = await here.nominated(path, UNIT)
    await here.post(f"{path}/nominees/{one}/review", {"passed": True}, here.reviewer)
    short = span() | {"publicity_to": (workdays.after(today(), 5) - timedelta(days=1)).isoformat()}
    past = span() | {"publicity_from": (today() - timedelta(days=1)).isoformat()}
    assert [(await here.post(f"{path}/publicity", body)).json()["code"] for body in (short, past)] == [
        "publicity-short"
    ] * 2
    assert (await here.get(path)).status_code == 404


async def test_a_withdrawn_consent_takes_effect_at_once(here: Office) -> None:
    path, [unit, person] = await here.publicised(UNIT, PERSON)
    gone = await here.post(f"{path}/nominees/{person}/consent-withdrawal")
    odd = await here.post(f"{path}/nominees/{unit}/consent-withdrawal")
    assert (gone.status_code, odd.status_code) == (200, 409)
    assert "王小明" not in (await here.get(path)).text


async def test_one_of_a_category_a_year(here: Office) -> None:
    await here.planned()
    said = {"organization_id": str(here.member.id), "year": 2026, "category": "volunteering", "title": "x"}
    assert (await here.post("/commendations", said)).json()["code"] == "scheme-code-taken"
    listed = await here.get(f"/organizations/{here.member.id}/commendations", here.headers)
    assert [one["stage"] for one in listed.json()["items"]] == ["planned"]
    assert (await here.get("/commendations")).json()["items"] == []
    assert len((await here.session.scalars(select(AwardScheme))).all()) == 1
