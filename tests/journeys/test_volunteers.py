"""A volunteer's way: from registration over a team and a task to a certificate that is revoked."""

from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.volunteers.calls import activity, moment
from tests.volunteers.office import office, person
from tests.volunteers.test_certificates import ISSUER, check, code_of


async def test_from_registration_to_a_certificate_that_was_revoked(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    desk = await office(app, client, session, tmp_path / "codes.jsonl")
    told = person()
    team = await desk.team()

    registered = await client.post(
        "/v1/volunteers/registrations",
        json={"organization_id": str(desk.organization.id), "person": told},
    )
    own = await desk.sign_in(told["phone"])
    me = (await own.get("/me")).json()
    asked = await own.post("/me/memberships", {"team_id": team["id"]})
    joined = await desk.post(f"/members/{asked.json()['id']}/answer", {"accepted": True})
    call = await activity(desk, team_id=team["id"])
    [seen] = (await client.get("/v1/volunteers/calendar")).json()["items"]
    signed = await own.post("/me/sign-ups", {"need_id": seen["needs"][0]["id"]})
    came = await desk.post(f"/sign-ups/{signed.json()['id']}/check-in", {"checked_in_at": moment(-1.5)})
    shown = await desk.post(f"/activities/{call['id']}/passes", {"way": "out"})
    went = await own.post(
        f"/me/sign-ups/{signed.json()['id']}/check-out", {"pass_token": shown.json()["pass_token"]}
    )
    [record] = (await own.get("/me/records")).json()["items"]
    confirmed = await desk.post("/records/confirmations", {"record_ids": [record["id"]]})
    seen_document = await desk.post(f"/{me['id']}/identity-check")
    issued = await desk.post(
        "/certificates",
        {"organization_id": str(desk.organization.id), "volunteer_id": me["id"]} | ISSUER,
    )
    certificate = issued.json()
    code = await code_of(desk, certificate["id"])
    valid = (await check(desk, certificate["number"], code)).json()
    revoked = await desk.post(f"/certificates/{certificate['id']}/revocation", {"reason": "时间有误"})
    after = (await check(desk, certificate["number"], code)).json()

    assert registered.status_code == 202
    assert (joined.json()["state"], signed.json()["state"]) == ("active", "confirmed")
    assert (came.json()["in_method"], went.json()["out_method"]) == ("staff", "code")
    assert (record["minutes"], record["state"], record["team_id"]) == (90, "reported", team["id"])
    assert confirmed.json() == {"confirmed_count": 1}
    assert seen_document.json()["checked_at"]
    assert issued.status_code == 201, issued.text
    assert (valid["state"], valid["name"], valid["hours"]) == ("valid", told["name"], "1.5")
    assert revoked.json()["state"] == "revoked"
    assert (after["state"], after["revoked_at"] is not None) == ("revoked", True)
