"""Notes that no book holds: written by one person, approved by another, and then what the accounts say."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.disclosure.models import NoteHeading, StaffTotal, StatementNote
from app.disclosure.notes import notes
from app.disclosure.notes.headings import HEADINGS
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.organizations.access import Role
from tests.disclosure.obligations.scenes import association
from tests.disclosure.publications import kinds
from tests.disclosure.publications.press import Press, press, value, with_gifts
from tests.factories import organizations as members

BASE = "/v1/disclosure"
YEAR = 2026
YEARLY = {"kind": "annual_financial_report", "subject_id": None, "period_to": None, "year": YEAR}
SAID = "本会以权责发生制为基础，按历史成本计量。"


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Press:
    return await press(app, client, session, await with_gifts(session))


@pytest.fixture
async def accountant(app: FastAPI, session: WriteSession, here: Press) -> dict[str, str]:
    return await members.sign_in(app, session, Role.accountant, here.organization)


async def write(here: Press, by: dict[str, str], heading: str, said: str = SAID, **over: Any) -> Response:
    body = {"organization_id": str(here.organization.id), "year": YEAR, "heading": heading, "text": said}
    return await here.client.post(f"{BASE}/statement-notes", json=body | over, headers=by)


async def judge(here: Press, text_id: str, by: dict[str, str], **said: Any) -> Response:
    path = f"{BASE}/statement-notes/{text_id}/review"
    return await here.client.post(path, json={"approved": True} | said, headers=by)


async def approved(here: Press, by: dict[str, str], heading: str, said: str = SAID) -> str:
    made = await write(here, by, heading, said)
    assert made.status_code == 201, made.text
    judged = await judge(here, made.json()["id"], here.reviewer)
    assert (judged.status_code, judged.json()["state"]) == (200, "approved"), judged.text
    return str(made.json()["id"])


async def outline(here: Press, by: dict[str, str]) -> dict[str, Any]:
    path = f"{BASE}/organizations/{here.organization.id}/statement-notes/{YEAR}"
    answer = await here.client.get(path, headers=by)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def checked(here: Press, by: dict[str, str], obligation: str) -> tuple[str, list[str]]:
    answer = await here.client.get(f"{BASE}/obligations/{obligation}", headers=by)
    [notes_of] = [one for one in answer.json()["checklist"] if one["code"] == "statement_notes"]
    return notes_of["state"], [one["code"] for one in notes_of["empty"]]


def missing(draft: dict[str, Any]) -> list[str]:
    return [one["field"] for one in draft["missing"] if one["section"] == "statement_notes"]


async def test_what_was_written_and_approved_is_what_the_accounts_say(
    here: Press, accountant: dict[str, str]
) -> None:
    before = await here.draft(**YEARLY)
    headings = [heading.code.value for heading in HEADINGS]
    assert [one for one in missing(before) if one in headings] == headings
    note = (await write(here, accountant, "policies")).json()
    # Nobody has looked at it yet: the accounts do not say it.
    version = {"If-Match": f'"{before["version"]}"'}
    again = await here.post(f"/drafts/{before['id']}/compilation", headers=here.officer | version)
    assert value(again.json(), "statement_notes", "policies") is None

    assert (await judge(here, note["id"], here.reviewer)).status_code == 200
    for heading in headings[1:]:
        await approved(here, accountant, heading, "无")

    version = {"If-Match": f'"{again.json()["version"]}"'}
    draft = (await here.post(f"/drafts/{before['id']}/compilation", headers=here.officer | version)).json()
    assert value(draft, "statement_notes", "policies") == SAID
    assert [value(draft, "statement_notes", one) for one in headings[1:]] == ["无"] * len(headings[1:])
    assert set(missing(draft)) & set(headings) == set()
    [section] = [one for one in draft["sections"] if one["code"] == "statement_notes"]
    written = [one["code"] for one in section["fields"] if one["code"] in headings]
    assert written == headings
    published = await here.publish(draft)
    assert value(await here.read(published["id"]), "statement_notes", "policies") == SAID


async def test_the_checklist_names_the_headings_that_are_still_empty(
    here: Press, accountant: dict[str, str], session: WriteSession
) -> None:
    case = kinds.year_owed(here.organization)
    case.number = YEAR
    session.add(case)
    await session.flush()
    headings = [heading.code.value for heading in HEADINGS]
    assert await checked(here, here.officer, str(case.id)) == ("partly", [*headings, "staff_pay"])

    for heading in headings:
        await approved(here, accountant, heading, "无")
    assert await checked(here, here.officer, str(case.id)) == ("partly", ["staff_pay"])
    paid = {"headcount": 9, "full_time_count": 7, "pay_minor": 60_000_00, "benefits_minor": 9_000_00}
    at = {"organization_id": here.organization.id, "year": YEAR, "version": 1}
    session.add(StaffTotal(recorded_by="test", **at, **paid))
    await session.flush()
    assert await checked(here, here.officer, str(case.id)) == ("filled", [])


async def test_a_text_is_reviewed_once_by_another_and_in_its_latest_version(
    here: Press, accountant: dict[str, str]
) -> None:
    own = (await write(here, here.officer, "contingencies")).json()["id"]
    assert (await judge(here, own, here.officer)).json()["code"] == "own-note"
    silent = await judge(here, own, here.reviewer, approved=False)
    assert (silent.status_code, silent.json()["code"]) == (422, "note-reason-missing")
    back = await judge(here, own, here.reviewer, approved=False, note="请补充未决诉讼")
    assert (back.json()["state"], back.json()["review_note"]) == ("returned", "请补充未决诉讼")
    assert (await judge(here, own, here.colleague)).json()["code"] == "note-reviewed"

    older = (await write(here, accountant, "contingencies", "一")).json()
    newer = (await write(here, accountant, "contingencies", "二")).json()
    assert (older["version"], newer["version"]) == (2, 3)
    assert (await judge(here, older["id"], here.reviewer)).json()["code"] == "note-outdated"
    assert (await judge(here, newer["id"], here.reviewer)).status_code == 200
    # What is written anew does not count before it is approved.
    await write(here, accountant, "contingencies", "三")
    [heading] = [one for one in (await outline(here, accountant))["headings"] if one["latest_id"]]
    assert (heading["state"], heading["text"], heading["allowed_actions"]) == ("drafted", "二", ["draft"])
    seen = [one for one in (await outline(here, here.reviewer))["headings"] if one["latest_id"]]
    assert [one["allowed_actions"] for one in seen] == [["review"]]
    listed = await here.client.get(
        f"{BASE}/statement-notes", params={"heading": "contingencies", "year": YEAR}, headers=accountant
    )
    states = [(one["version"], one["state"]) for one in listed.json()["items"]]
    assert states == [(4, "drafted"), (3, "approved"), (2, "drafted"), (1, "returned")]


async def test_what_waits_for_review_is_on_the_desk_of_who_did_not_write_it(
    here: Press, accountant: dict[str, str]
) -> None:
    async def waiting(by: dict[str, str]) -> list[str]:
        tasks = (await here.client.get("/v1/me/tasks", headers=by)).json()["items"]
        return [one["subject_id"] for one in tasks if one["kind"] == notes.TASK]

    older = (await write(here, here.officer, "policies")).json()["id"]
    assert [await waiting(by) for by in (here.officer, here.reviewer, accountant)] == [[], [older], []]
    newer = (await write(here, accountant, "policies")).json()["id"]
    assert await waiting(here.reviewer) == await waiting(here.officer) == [newer]
    await judge(here, newer, here.reviewer)
    assert await waiting(here.reviewer) == []


async def test_nothing_is_written_of_what_has_not_begun_nor_elsewhere_nor_blank(
    here: Press, accountant: dict[str, str]
) -> None:
    ahead = await write(here, accountant, "policies", year=today().year + 1)
    assert (ahead.status_code, ahead.json()["code"]) == (422, "note-year-ahead")
    assert (await write(here, accountant, "policies", " \n")).status_code == 422
    elsewhere = await write(here, accountant, "policies", organization_id=str(new_id()))
    assert elsewhere.status_code in {403, 404, 422}
    assert (await outline(here, accountant))["empty_count"] == len(HEADINGS) == len(NoteHeading)


async def test_the_database_keeps_texts_and_who_reviewed_them(
    here: Press, accountant: dict[str, str], session: WriteSession
) -> None:
    await approved(here, accountant, "policies")
    for statement in (
        "update statement_notes set text = 'x'",
        "update statement_notes set reviewed_by = drafted_by",
        "update statement_notes set approved = false",
        "delete from statement_notes",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_of_many_who_write_at_once_each_has_a_version_of_its_own(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session)

    async def draft(number: int) -> int:
        async with committed.writing() as session:
            note = StatementNote(
                organization_id=member.id,
                year=YEAR,
                heading=NoteHeading.commitments,
                text=f"第{number}稿",
                drafted_by="test",
            )
            return (await notes.draft(session, note)).version

    assert sorted(await asyncio.gather(*(draft(number) for number in range(4)))) == [1, 2, 3, 4]
