"""Volunteers: each once in the whole federation, known under seal, forgotten when they ask."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text

from app.kit import vault
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.persons.documents import DocumentKind
from app.organizations.access import Role
from app.volunteers import volunteers
from app.volunteers.models import Enrolment, RegistryMonth, Volunteer
from app.volunteers.registry.errors import (
    IdentityDiffers,
)
from app.volunteers.volunteers import Particulars
from tests.factories import organizations as make
from tests.volunteers.office import Office, id_number, person


async def test_staff_register_a_person(desk: Office, session: WriteSession) -> None:
    told = person(region_code="610100", skills=["first_aid"], categories=["elderly"], languages=["zh", "en"])

    answer = await desk.post(
        "", {"organization_id": str(desk.organization.id), "checked": True, "person": told}
    )

    shown = answer.json()
    assert answer.status_code == 201, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert shown["name"] == told["name"]
    assert shown["phone"] == f"+86{told['phone']}"
    assert shown["born_on"] == "1990-03-07"
    assert shown["document_number"] == f"110{'*' * 13}{told['document_number'][-2:]}"
    assert shown["checked_at"]
    assert told["document_number"] not in shown["number"]
    row = (await session.execute(text("select * from volunteers"))).one()
    assert told["name"] not in str(row)
    listed = (await desk.get("", region_code="610100", skill="first_aid", category="elderly")).json()
    assert [one["id"] for one in listed["items"]] == [shown["id"]]
    assert (await desk.get("", skill="driving")).json()["items"] == []


async def test_one_person_is_one_volunteer_in_all_organizations(
    app: FastAPI, desk: Office, session: WriteSession
) -> None:
    other = await make.organization(session)
    there = Office(
        client=desk.client,
        headers=await make.sign_in(app, session, Role.volunteer_coordinator, other),
        organization=other,
        codes=desk.codes,
    )
    told = person()
    here = await desk.volunteer(**told)
    assert (await there.get(f"/{here['id']}")).status_code == 404

    again = await there.volunteer(**told)
    other_name = await there.register(**told | {"name": "另一人"})

    assert (again["id"], again["number"]) == (here["id"], here["number"])
    assert (await there.get(f"/{here['id']}")).status_code == 200
    assert (other_name.status_code, other_name.json()["code"]) == (409, "identity-differs")
    assert await session.scalar(select(func.count()).select_from(Enrolment)) == 2
    counted = await session.execute(select(RegistryMonth.organization_id, RegistryMonth.volunteer_count))
    assert counted.all() == [(desk.organization.id, 1)]


async def test_of_many_registrations_of_one_person_at_once_one_is_made(committed: Database) -> None:
    async with committed.writing() as session:
        places = [(await make.organization(session)).id for _ in range(4)]
    who = Particulars(
        name="志愿者",
        document_kind=DocumentKind.resident_id,
        document_number=id_number(),
        phone="13900000000",
    )

    async def register(place: int) -> object:
        async with committed.writing() as session:
            return (await volunteers.register(session, places[place % 4], who, actor="test")).id

    made = await asyncio.gather(*(register(place) for place in range(24)))

    assert len(set(made)) == 1
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Volunteer)) == 1
        assert await session.scalar(select(func.count()).select_from(Enrolment)) == 4
        assert await session.scalar(select(func.sum(RegistryMonth.volunteer_count))) == 1


async def test_a_child_needs_a_guardians_consent(desk: Office) -> None:
    child = {"document_number": id_number(f"{today().year - 10}0101")}
    guardian = {
        "name": "监护人",
        "phone": "13900000001",
        "relation": "母亲",
        "agreed_at": "2026-05-01T08:00:00+08:00",
    }

    without = await desk.register(**child)
    made = await desk.register(**child, guardian=guardian)

    assert (without.status_code, without.json()["code"]) == (422, "guardian-consent-missing")
    assert made.status_code == 201, made.text
    assert made.json()["guardian_name"] == "监护人"
    own = await desk.sign_in(made.json()["phone"])
    export = (await own.get("/me/export")).json()
    assert [one["kind"] for one in export["consents"]] == ["guardian"]


async def test_a_number_that_is_wrong_is_refused_and_not_repeated(desk: Office) -> None:
    wrong = id_number()[:-1] + "?"
    answer = await desk.register(document_number=wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "document-invalid")
    assert wrong not in answer.text


async def test_a_document_is_looked_up_whole_and_only_where_one_sees_it(
    app: FastAPI, desk: Office, session: WriteSession
) -> None:
    told = person()
    made = await desk.volunteer(**told)
    asked = {"document_kind": "resident_id", "document_number": told["document_number"].lower()}
    stranger = await make.sign_in(app, session, Role.volunteer_coordinator, await make.organization(session))

    found = await desk.post("/look-ups", asked)
    unseen = await desk.client.post("/v1/volunteers/look-ups", json=asked, headers=stranger)

    assert found.json()["id"] == made["id"]
    assert unseen.status_code == 404


async def test_what_is_wrong_is_corrected_and_compared_anew(desk: Office, session: WriteSession) -> None:
    taken = person()
    await desk.volunteer(**taken)
    made = await desk.volunteer()
    tag = (await desk.get(f"/{made['id']}")).headers["ETag"]

    blind = await desk.patch(f"/{made['id']}", {"name": "改名"})
    answer = await desk.patch(f"/{made['id']}", {"name": "改名", "phone": "13700000000"}, tag)
    stale = await desk.patch(f"/{made['id']}", {"name": "又改"}, tag)
    theirs = await desk.patch(
        f"/{made['id']}", {"document_number": taken["document_number"]}, answer.headers["ETag"]
    )

    assert blind.status_code == 428
    assert (answer.json()["name"], answer.json()["phone"]) == ("改名", "+8613700000000")
    assert answer.json()["checked_at"] is None
    assert stale.status_code == 412
    assert (theirs.status_code, theirs.json()["code"]) == (409, "identity-differs")
    checked = await desk.post(f"/{made['id']}/identity-check")
    assert checked.json()["checked_at"]


async def test_consent_is_kept_as_history(desk: Office) -> None:
    made = await desk.volunteer(publish_scopes=["full_name"])
    own = await desk.sign_in(made["phone"])

    more = await own.post("/me/consents", {"scopes": ["full_name", "hours"]})
    none = await desk.post(f"/{made['id']}/consents", {"scopes": []})

    assert more.json()["publish_scopes"] == ["full_name", "hours"]
    assert none.json()["publish_scopes"] == []
    export = (await own.get("/me/export")).json()
    assert [one["scopes"] for one in export["consents"]] == [["full_name"], ["full_name", "hours"], []]
    assert export["person"]["document_number"].startswith("110105")


async def test_the_erased_are_forgotten_but_counted(desk: Office, session: WriteSession) -> None:
    told = person(publish_scopes=["full_name"], skills=["first_aid"])
    made = await desk.volunteer(**told)
    team = await desk.team()
    await desk.post(f"/teams/{team['id']}/members", {"volunteer_id": made["id"]})
    own = await desk.sign_in(made["phone"])

    erased = await own.post("/me/erasure")
    after = await own.get("/me")
    shown = (await desk.get(f"/{made['id']}")).json()
    again = await desk.post(f"/{made['id']}/identity-check")

    assert erased.status_code == 204
    assert after.status_code == 401
    assert (shown["name"], shown["phone"], shown["skills"]) == (None, None, [])
    assert shown["erased_at"]
    assert (again.status_code, again.json()["code"]) == (409, "volunteer-erased")
    assert await vault.read(session, [volunteers.UUID(made["id"])], volunteers.FIELDS) == {}
    members = (await desk.get(f"/teams/{team['id']}/members")).json()["items"]
    assert [(one["state"], one["name"]) for one in members] == [("ended", None)]
    assert await session.scalar(select(func.sum(RegistryMonth.volunteer_count))) == 1


async def test_a_name_that_differs_is_refused_by_the_rule_itself(desk: Office, session: WriteSession) -> None:
    number = id_number()
    first = Particulars(
        name="甲", document_kind=DocumentKind.resident_id, document_number=number, phone="13900000009"
    )
    await volunteers.register(session, desk.organization.id, first, actor="test")
    other = Particulars(
        name="乙", document_kind=DocumentKind.resident_id, document_number=number, phone="13900000009"
    )
    with pytest.raises(IdentityDiffers):
        await volunteers.register(session, desk.organization.id, other, actor="test")


async def test_the_list_pages(desk: Office, client: AsyncClient) -> None:
    made = [await desk.volunteer() for _ in range(3)]
    first = (await desk.get("", limit=2)).json()
    second = (await desk.get("", limit=2, cursor=first["next_cursor"])).json()
    assert [one["id"] for one in first["items"] + second["items"]] == [one["id"] for one in made[::-1]]
    assert second["next_cursor"] is None
