"""Donors at the desk: masked in lists, found by keyed indexes, read in clear only with a line in the log."""

from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit import vault
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent, VaultValue
from app.organizations.access import Role
from app.organizations.visitors.messages import FileSender
from app.webhooks import erasures
from tests.factories import organizations as members
from tests.fundraising.care.circle import LI, WANG_TOO, admin, circle, give
from tests.fundraising.desk import Desk
from tests.organizations.visiting import FrontEnd
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import partner

PHONE = "13812345678"


async def find(at: Desk, **by: str) -> dict[str, list[dict[str, str]]]:
    answer = await at.post("/donors/searches", {"organization_id": str(at.organization.id)} | by)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_lists_mask_names_and_a_donor_is_read_in_clear_with_a_line_in_the_log(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    place = str(at.organization.id)
    gift = await give(session, at)
    await give(session, at, amount=250)
    await give(session, at, LI)

    listed = await at.get("/donors", organization_id=place)
    assert "金丝雀" not in listed.text
    assert [item["name"] for item in listed.json()["items"]] == ["金**", "金**"]
    wang = listed.json()["items"][1]
    assert (wang["id"], wang["gift_count"], wang["amount"]["amount"]) == (str(gift.donor_id), 2, 350)

    shown = await at.get(f"/donors/{gift.donor_id}", organization_id=place)
    assert (shown.json()["name"], shown.json()["masked"]) == ("金丝雀王", False)
    assert shown.headers["cache-control"] == "no-store"
    reader = await admin(app, session, at)
    log = await client.get(f"/v1/organizations/{place}/accesses", headers=reader)
    [line] = log.json()["items"]
    assert (line["kind"], line["subject"]) == ("donor", str(gift.donor_id))
    assert line["caller"].startswith("staff:")


async def test_other_organizations_and_other_roles_see_no_donor(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at, other = await circle(app, client, session), await circle(app, client, session)
    gift = await give(session, at)
    theirs = await other.get(f"/donors/{gift.donor_id}", organization_id=str(other.organization.id))
    assert theirs.status_code == 404
    assert (await other.get("/donors", organization_id=str(at.organization.id))).status_code == 404
    viewer = await members.sign_in(app, session, Role.reviewer, at.organization)
    refused = await client.get(
        "/v1/fundraising/donors", params={"organization_id": str(at.organization.id)}, headers=viewer
    )
    assert refused.status_code == 403


async def test_a_donor_is_found_by_their_whole_name_and_the_log_tells_no_name(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    gift, twin = await give(session, at), await give(session, at, WANG_TOO)
    await give(session, at, LI)
    counter = (await at.give(500, giver={"name": "金丝雀王"})).json()

    found = await find(at, name=" 金丝雀王 ")
    assert {one["id"] for one in found["donors"]} == {str(gift.donor_id), str(twin.donor_id)}
    assert found["donation_ids"] == [counter["id"]]
    assert (await find(at, name="金丝雀"))["donors"] == []
    assert (
        await at.post("/donors/searches", {"organization_id": str(at.organization.id)})
    ).status_code == 422
    reader = await admin(app, session, at)
    log = await client.get(f"/v1/organizations/{at.organization.id}/accesses", headers=reader)
    assert {line["subject"] for line in log.json()["items"]} == {"search:name"}
    assert "金丝雀" not in log.text

    await erasures.erase(session, gift.person_id)
    assert [one["id"] for one in (await find(at, name="金丝雀王"))["donors"]] == [str(twin.donor_id)]


async def test_a_donor_is_found_by_the_telephone_they_signed_in_with(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    them = await partner(session)
    told = them.event(donor={"external_id": "u_wang", "display_name": "金丝雀王"})
    assert (await them.post(client, told)).status_code == 200
    app.state.sender = FileSender(tmp_path / "codes")
    mini = FrontEnd(client=client, headers=await platform_key(session, them), codes=tmp_path / "codes")
    await mini.sign_in(PHONE, platform_user="u_wang")
    headers = await members.sign_in(app, session, Role.fundraising_officer, them.organization)
    body = {"organization_id": str(them.organization.id)}

    async def search(phone: str) -> list[dict[str, str]]:
        path = "/v1/fundraising/donors/searches"
        answer = await client.post(path, json=body | {"phone": phone}, headers=headers)
        assert answer.status_code == 200, answer.text
        assert phone not in answer.text
        return answer.json()["donors"]

    assert [one["name"] for one in await search("+86 138 1234 5678")] == ["金**"]
    assert await search("13900000000") == []


async def test_what_was_said_is_sealed_read_with_a_line_in_the_log_and_erased_with_the_donor(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    place = str(at.organization.id)
    gift = await give(session, at)
    said = "金丝雀王来电，换了号码 13812345678"
    body = {"organization_id": place, "way": "phone", "happened_at": "2026-05-06T10:00:00+08:00"}
    path = f"/donors/{gift.donor_id}/contacts"

    noted = await at.post(path, body | {"words": said})
    assert noted.status_code == 201, noted.text
    read = await at.get(path, organization_id=place)
    assert [one["words"] for one in read.json()["items"]] == [said]
    kept = await session.scalars(select(VaultValue.sealed).where(VaultValue.person_id == gift.donor_id))
    assert all(said.encode() not in sealed for sealed in kept)
    reader = await admin(app, session, at)
    log = await client.get(f"/v1/organizations/{place}/accesses", headers=reader)
    assert [line["subject"] for line in log.json()["items"]] == [str(gift.donor_id)]

    await vault.erase(session, gift.person_id)
    [left] = (await at.get(path, organization_id=place)).json()["items"]
    assert (left["words"], left["way"]) == (None, "phone")
    refused = await at.post(path, body | {"words": "再联系"})
    assert (refused.status_code, refused.json()["code"]) == (409, "person-erased")


async def test_a_giver_is_thanked_once_told_more_often_and_the_world_hears_of_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    gift = await give(session, at)
    path = f"/donations/{gift.id}/thanks"

    assert (await at.post(path, {"kind": "thanks", "way": "letter"})).status_code == 201
    twice = await at.post(path, {"kind": "thanks", "way": "phone"})
    assert (twice.status_code, twice.json()["code"]) == (409, "gift-thanked")
    for _ in range(2):
        assert (await at.post(path, {"kind": "feedback", "way": "message"})).status_code == 201

    kinds = [one["kind"] for one in (await at.get("/thanks", donation_id=str(gift.id))).json()["items"]]
    assert kinds == ["feedback", "feedback", "thanks"]
    told = select(OutboxEvent).where(OutboxEvent.subject == str(gift.id)).order_by(OutboxEvent.id)
    events = [(one.topic, one.payload["way"]) for one in await session.scalars(told)]
    assert events == [
        ("donation.thanked", "letter"),
        *[("donation.feedback_given", "message")] * 2,
    ]
