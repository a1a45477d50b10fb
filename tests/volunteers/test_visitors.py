"""Volunteers through a front end: a proven telephone is the volunteer's, if it is one's alone."""

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.organizations.visiting import FrontEnd, front_end
from tests.volunteers.calls import activity
from tests.volunteers.office import Office
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import partner


async def test_a_visitor_serves_as_the_volunteer_they_are(
    app: FastAPI, client: AsyncClient, desk: Office, session: WriteSession
) -> None:
    web = await front_end(app, client, session, desk.codes, desk.organization)
    who = await desk.volunteer()
    own = Office(
        client=client,
        headers=await web.sign_in(who["phone"]),
        organization=desk.organization,
        codes=desk.codes,
    )
    call = await activity(desk)

    me = await own.get("/me")
    signed = await own.post("/me/sign-ups", {"need_id": call["needs"][0]["id"]})
    mine = (await own.get("/me/sign-ups")).json()["items"]
    staff_door = await own.get("")

    assert (me.status_code, me.json()["number"]) == (200, who["number"])
    assert signed.status_code == 201, signed.text
    assert [one["volunteer_id"] for one in mine] == [who["id"]]
    assert staff_door.status_code == 403
    # Who is forgotten is no volunteer any more, though the visit goes on.
    assert (await own.post("/me/erasure")).status_code == 204
    assert (await own.get("/me")).json()["code"] == "not-a-volunteer"


async def test_a_telephone_of_nobody_or_of_several_opens_nobodys_record(
    app: FastAPI, client: AsyncClient, desk: Office, session: WriteSession
) -> None:
    web = await front_end(app, client, session, desk.codes, desk.organization)
    parent = await desk.volunteer()
    await desk.volunteer(phone=parent["phone"])
    answers = [
        await client.get("/v1/volunteers/me", headers=await web.sign_in(phone))
        for phone in ("13611112222", parent["phone"])
    ]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [
        (403, "not-a-volunteer"),
        (403, "several-volunteers"),
    ]


async def test_one_person_is_a_donor_and_a_volunteer(
    app: FastAPI, client: AsyncClient, desk: Office, session: WriteSession
) -> None:
    them = await partner(session)
    mini = FrontEnd(client=client, headers=await platform_key(session, them), codes=desk.codes)
    who = await desk.volunteer()
    await them.post(client, them.event(amount=5000))

    headers = await mini.sign_in(who["phone"], platform_user="u_123")

    serving = await client.get("/v1/volunteers/me", headers=headers)
    giving = await client.get("/v1/fundraising/me", headers=headers)
    assert serving.json()["number"] == who["number"]
    assert giving.json()["amount"]["amount"] == 5000
