"""Where an organization is reached, what speaks in its name, and by which rules of its own it works."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.governance import contacts
from app.disclosure.schemas.governance.contacts import PublicContactIn
from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.organizations.access import Role
from app.organizations.models import LegalForm
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.obligations.scenes import association, day, made
from tests.disclosure.publications.press import BASE as PUBLICATIONS
from tests.disclosure.publications.press import value
from tests.factories import organizations as members

CONTACT: dict[str, Any] = {
    "effective_from": "2026-02-01",
    "office": "办公室",
    "address": "西安市某路1号",
    "phone": "029-00000000",
}
SITE: dict[str, Any] = {
    "kind": "website",
    "name": "协会官网",
    "address": "https://charity.example.org",
    "opened_on": "2026-01-10",
}
SYSTEM: dict[str, Any] = {
    "kind": "finance_and_assets",
    "title": "财务管理制度",
    "adopted_by": "理事会",
    "adopted_on": "2025-12-20",
    "effective_from": "2026-01-10",
}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def public(here: Board, path: str, **asked: Any) -> Any:
    answer = await here.client.get(f"{BASE}/organizations/{here.at}/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def done(here: Board, path: str, body: dict[str, Any]) -> Any:
    return await here.client.post(f"{BASE}{path}", json=body, headers=here.headers)


async def test_a_contact_has_a_history_and_its_person_is_named_while_they_agree(here: Board) -> None:
    clerk = await here.officer("演示联系人", consented_on="2026-01-01")
    await here.made("/contacts", **CONTACT, officer_id=clerk)
    moved = CONTACT | {
        "effective_from": "2026-05-01",
        "address": "西安市某路2号",
        "email": "office@example.org",
    }
    await here.made("/contacts", **moved, officer_id=clerk)
    corrected = await here.made("/contacts", **moved | {"phone": "029-00000001"}, officer_id=clerk)
    ahead = await here.post("/contacts", **(CONTACT | {"effective_from": str(today() + timedelta(days=1))}))
    unknown = await here.post(
        "/contacts", **CONTACT | {"effective_from": "2026-03-01"}, officer_id=str(new_id())
    )

    listed = (await public(here, "contacts"))["items"]
    assert [(one["address"], one["person"]) for one in listed] == [
        ("西安市某路1号", "演示联系人"),
        ("西安市某路2号", "演示联系人"),
        ("西安市某路2号", "演示联系人"),
    ]
    # Said again of a day, the later version counts, and both can be read.
    assert [(one["version"], one["phone"][-1]) for one in listed] == [(1, "0"), (1, "0"), (2, "1")]
    now = (await public(here, "basic-information"))["contact"]
    assert (now["id"], now["phone"]) == (corrected["id"], "029-00000001")
    assert [refused(one) for one in (ahead, unknown)] == [
        (422, "happened-ahead"),
        (404, "out-of-sight"),
    ]
    path = f"{BASE}/officers/{clerk}"
    tag = (await here.client.get(path, headers=here.headers)).headers["etag"]
    withdrawn = await here.client.patch(
        path, json={"consented_on": None}, headers=here.headers | {"If-Match": tag}
    )
    assert withdrawn.status_code == 200, withdrawn.text
    assert {one["person"] for one in (await public(here, "contacts"))["items"]} == {None}
    # Whoever sits in a body is named by law.
    await here.appoint(clerk, "secretary_general", "2026-06-01")
    assert {one["person"] for one in (await public(here, "contacts"))["items"]} == {"演示联系人"}


async def test_a_channel_is_open_once_and_stays_on_the_list(here: Board) -> None:
    opened = await here.made("/channels", **SITE)
    twice = await here.post("/channels", **SITE | {"opened_on": "2026-03-01"})
    nowhere = await here.post("/channels", **SITE | {"address": "charity.example.org"})
    path = f"/channels/{opened['id']}/closing"
    early = await done(here, path, {"closed_on": "2026-01-09"})
    closed = await done(here, path, {"closed_on": "2026-03-31"})
    again = await done(here, path, {"closed_on": "2026-03-31"})
    await here.made("/channels", **SITE | {"opened_on": "2026-04-01", "name": "协会新官网"})

    assert [refused(one) for one in (twice, early, again)] == [
        (409, "official-channel-known"),
        (422, "days-out-of-order"),
        (409, "official-channel-closed"),
    ]
    assert (nowhere.status_code, closed.json()["closed_on"]) == (422, "2026-03-31")
    listed = (await public(here, "channels"))["items"]
    assert [(one["name"], one["closed_on"]) for one in listed] == [
        ("协会官网", "2026-03-31"),
        ("协会新官网", None),
    ]


async def test_a_system_is_replaced_or_repealed_and_its_document_is_public(
    here: Board, app: FastAPI, tmp_path: Any
) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}")
    form = {"organization_id": here.at, "kind": "management_system", "access": "public"}
    file = {"file": ("制度.pdf", b"%PDF-1.4\n%%EOF\n")}
    uploaded = await here.client.post("/v1/attachments", data=form, files=file, headers=here.headers)
    first = await here.made("/systems", **SYSTEM, documents=[uploaded.json()["id"]])
    later = SYSTEM | {"adopted_on": "2026-05-20", "effective_from": "2026-06-01", "replaces_id": first["id"]}
    other = await here.post("/systems", **later | {"kind": "projects"})
    backwards = await here.post("/systems", **later | {"effective_from": "2026-05-19"})
    second = await here.made("/systems", **later)
    twice = await here.post("/systems", **later | {"title": "另一制度"})
    ended = await done(here, f"/systems/{second['id']}/repeal", {"ends_on": "2026-08-31"})
    again = await done(here, f"/systems/{second['id']}/repeal", {"ends_on": "2026-08-31"})

    # What replaces is of the same kind.
    assert [refused(one) for one in (other, backwards, twice, again)] == [
        (404, "out-of-sight"),
        (422, "days-out-of-order"),
        (409, "system-over"),
        (409, "system-over"),
    ]
    assert ended.status_code == 200
    listed = (await public(here, "systems"))["items"]
    assert [one["ends_on"] for one in listed] == ["2026-05-31", "2026-08-31"]
    assert (await here.client.get(listed[0]["documents"][0])).content.startswith(b"%PDF")


async def test_nobody_replaces_what_belongs_to_others(
    here: Board, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    elsewhere = await board(app, client, session, LegalForm.foundation)
    theirs = await elsewhere.made("/systems", **SYSTEM)
    mine = SYSTEM | {"effective_from": "2026-06-01", "replaces_id": theirs["id"]}
    assert refused(await here.post("/systems", **mine)) == (404, "out-of-sight")
    assert (await public(elsewhere, "systems"))["items"][0]["ends_on"] is None


async def test_each_is_basic_information_that_changes_and_is_owed_within_thirty_days(
    here: Board, session: WriteSession
) -> None:
    await here.made("/contacts", **CONTACT)
    site = await here.made("/channels", **SITE)
    await done(here, f"/channels/{site['id']}/closing", {"closed_on": "2026-03-31"})
    await here.made("/systems", **SYSTEM)
    # Only three systems are published by law.
    await here.made(
        "/systems", **SYSTEM | {"kind": "personnel", "title": "人事制度", "effective_from": "2026-04-05"}
    )

    rows = [row for row in await made(session, here.member, "2026-04-10") if row.rule_id == "OB-B2-change"]
    contact, systems = "联系人、联系方式及官方渠道", "信息公开、项目管理、财务和资产管理制度"
    assert sorted((str(row.trigger_on), str(row.due_on), row.subject) for row in rows) == [
        # 81号令 4 and 16: thirty days, the first not counted; what changed on one day is owed once.
        ("2026-01-10", "2026-02-09", f"{systems}；{contact}"),
        ("2026-02-01", "2026-03-03", contact),
        ("2026-04-01", "2026-05-01", contact),
    ]


async def test_the_checklist_wants_all_three_systems(here: Board, session: WriteSession) -> None:
    # Founded under the text of 2025, which names them.
    here.member.founded_on = day("2026-01-05")
    await session.flush()
    [basic] = [row for row in await made(session, here.member, "2026-04-01") if row.rule_id == "OB-B2"]

    async def states() -> tuple[str, str]:
        path = f"/v1/disclosure/obligations/{basic.id}"
        answer = (await here.client.get(path, headers=here.headers)).json()
        told = {item["code"]: item["state"] for item in answer["checklist"]}
        return told["contact"], told["systems"]

    seen = [await states()]
    await here.made("/contacts", **CONTACT)
    for kind in ("disclosure", "projects", "finance_and_assets"):
        seen.append(await states())
        await here.made("/systems", **SYSTEM | {"kind": kind, "title": kind})
    seen.append(await states())
    assert seen == [("empty", "empty"), *[("filled", "empty")] * 3, ("filled", "filled")]


async def test_basic_information_tells_them_as_of_a_day(here: Board) -> None:
    await here.made("/contacts", **CONTACT)
    site = await here.made("/channels", **SITE)
    await done(here, f"/channels/{site['id']}/closing", {"closed_on": "2026-03-31"})
    await here.made("/systems", **SYSTEM)

    before = await public(here, "basic-information", on="2026-01-09")
    then = await public(here, "basic-information", on="2026-03-31")
    after = await public(here, "basic-information", on="2026-04-01")

    assert (before["contact"], before["channels"], before["systems"]) == (None, [], [])
    assert (then["contact"]["office"], then["channels"][0]["name"]) == ("办公室", "协会官网")
    assert (len(after["channels"]), after["systems"][0]["title"]) == (0, "财务管理制度")


async def test_what_is_published_tells_them_and_the_person_behind_a_commitment(
    here: Board, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    clerk = await here.officer("演示联系人甲", consented_on="2026-01-01")
    await here.made("/contacts", **CONTACT, officer_id=clerk)
    await here.made("/channels", **SITE)
    await here.made("/systems", **SYSTEM)
    reviewer = await members.sign_in(app, session, Role.reviewer, here.member)
    asked = {"organization_id": here.at, "kind": "basic_information", "period_to": "2026-03-01"}
    drafted = await client.post(f"{PUBLICATIONS}/drafts", json=asked, headers=here.headers)
    assert drafted.status_code == 201, drafted.text
    path = f"{PUBLICATIONS}/drafts/{drafted.json()['id']}"
    await client.post(f"{path}/review", json={"approved": True}, headers=reviewer | {"If-Match": '"1"'})
    published = (await client.post(f"{path}/publication", headers=here.headers)).json()
    own = f"{PUBLICATIONS}/{published['id']}"
    told = (await client.get(own)).json()
    snapshot = (await client.get(f"{own}/snapshot")).text

    assert value(told, "contact", "office") == "办公室"
    assert [[one["name"] for one in row] for row in value(told, "contact", "person")] == [["演示联系人甲"]]
    assert value(told, "contact", "channels") == [
        ["门户网站", "协会官网", "https://charity.example.org", "2026-01-10"]
    ]
    assert value(told, "systems", "finance_and_assets") == "财务管理制度"
    assert "演示联系人甲" not in snapshot
    assert "029-00000000" in snapshot
    # Two of the three systems are not recorded, and each is said to be missing.
    missing = [one["field"] for one in published["missing"] if one["section"] == "systems"]
    assert missing == ["disclosure", "projects"]
    await client.patch(
        f"{BASE}/officers/{clerk}", json={"consented_on": None}, headers=here.headers | {"If-Match": '"1"'}
    )
    withdrawn = (await client.get(own)).json()
    assert value(withdrawn, "contact", "person")[0][0]["name"] is None


async def test_of_two_contacts_of_a_day_at_once_each_has_its_number(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session)

    async def say() -> int:
        async with committed.writing() as session:
            said = PublicContactIn.model_validate({"organization_id": member.id} | CONTACT)
            return (await contacts.say(session, said.as_contact("test"))).version

    assert sorted(await asyncio.gather(*(say() for _ in range(4)))) == [1, 2, 3, 4]
