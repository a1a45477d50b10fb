"""A donor's own door: their gifts with order number, state and where the money went, and nobody else's."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import URL, AsyncClient

from app.kit.database import WriteSession
from app.organizations.access import Role
from app.webhooks import erasures
from tests.factories import organizations as make
from tests.organizations.visiting import FrontEnd
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import Partner, partner


@pytest.fixture
async def them(session: WriteSession) -> Partner:
    return await partner(session)


@pytest.fixture
async def mini(them: Partner, client: AsyncClient, session: WriteSession, tmp_path: Path) -> FrontEnd:
    """The platform's own mini program, which knows who has signed in there."""
    headers = await platform_key(session, them)
    return FrontEnd(client=client, headers=headers, codes=tmp_path / "codes.jsonl")


async def give(them: Partner, client: AsyncClient, **data: object) -> dict[str, str]:
    event = them.event(**data)
    answer = await them.post(client, event)
    assert answer.status_code == 200, answer.text
    return answer.json() | {"order_number": event["data"]["donation_id"]}


async def test_a_donor_reads_their_gifts_and_follows_the_money(
    them: Partner, mini: FrontEnd, client: AsyncClient
) -> None:
    first = await give(them, client, amount=5000)
    second = await give(them, client, amount=700)
    await give(them, client, donor={"external_id": "somebody-else"})
    headers = await mini.sign_in(platform_user="u_123")

    me = (await client.get("/v1/fundraising/me", headers=headers)).json()
    listed = (await client.get("/v1/fundraising/me/donations", headers=headers)).json()["items"]
    one = (await client.get(f"/v1/fundraising/me/donations/{first['donation_id']}", headers=headers)).json()
    followed = await client.get(URL(one["trace_url"]).path)

    assert (me["gift_count"], me["amount"]["amount"], len(me["donor_ids"])) == (2, 5700, 1)
    assert [gift["order_number"] for gift in listed] == [second["order_number"], first["order_number"]]
    assert listed[1] == one
    assert (one["amount"]["amount"], one["refunded"]["amount"], one["state"]) == (5000, 0, "posted")
    assert (one["campaign_code"], one["campaign_title"]) == (them.campaign.code, them.campaign.title)
    assert one["lookup_code"] == first["lookup_code"]
    assert one["trace_url"] == first["trace_url"]
    assert one["show_name"] is True
    assert followed.status_code == 200, followed.text


async def test_nobody_reads_the_gifts_of_others(
    app: FastAPI, them: Partner, mini: FrontEnd, client: AsyncClient, session: WriteSession
) -> None:
    gift = await give(them, client)
    other = await partner(session)
    elsewhere = FrontEnd(client=client, headers=await platform_key(session, other), codes=mini.codes)
    staff = await make.sign_in(app, session, Role.admin, them.organization)

    # The same name at another platform, and another spelling at the same, are other people.
    for stranger in (
        await elsewhere.sign_in(platform_user="u_123"),
        await mini.sign_in(platform_user="U_123"),
    ):
        me = (await client.get("/v1/fundraising/me", headers=stranger)).json()
        listed = await client.get("/v1/fundraising/me/donations", headers=stranger)
        one = await client.get(f"/v1/fundraising/me/donations/{gift['donation_id']}", headers=stranger)
        assert (me["gift_count"], me["amount"]["amount"], me["first_at"]) == (0, 0, None)
        assert (listed.json()["items"], one.status_code) == ([], 404)
    refused = await client.get("/v1/fundraising/me", headers=staff)
    assert (refused.status_code, refused.json()["code"]) == (403, "not-a-visitor")
    assert (await client.get("/v1/fundraising/me")).status_code == 401


async def test_what_went_back_or_waits_is_told_as_it_is(
    them: Partner, mini: FrontEnd, client: AsyncClient
) -> None:
    event = them.event(amount=5000)
    await them.post(client, event)
    await them.post(client, them.refund(event, 2000))
    await give(them, client, amount=300, campaign="NOBODY-KNOWS-IT")
    headers = await mini.sign_in(platform_user="u_123")

    me = (await client.get("/v1/fundraising/me", headers=headers)).json()
    waiting, partly = (await client.get("/v1/fundraising/me/donations", headers=headers)).json()["items"]

    assert (me["gift_count"], me["amount"]["amount"], me["refunded"]["amount"]) == (2, 5300, 2000)
    assert (partly["refunded"]["amount"], partly["state"]) == (2000, "posted")
    assert (waiting["state"], waiting["campaign_code"]) == ("suspense", None)


async def test_who_was_erased_is_nobody_here(
    them: Partner, mini: FrontEnd, client: AsyncClient, session: WriteSession
) -> None:
    gift = await give(them, client)
    headers = await mini.sign_in(platform_user="u_123")
    await erasures.erase(session, await erasures.giver_of(session, gift["lookup_code"]))
    me = (await client.get("/v1/fundraising/me", headers=headers)).json()
    assert (me["gift_count"], me["donor_ids"]) == (0, [])


async def test_a_donor_changes_what_is_shown_and_the_public_sees_it_at_once(
    them: Partner, mini: FrontEnd, client: AsyncClient
) -> None:
    gift = await give(them, client, amount=5000)
    headers = await mini.sign_in(platform_user="u_123")
    path = f"/v1/fundraising/me/donations/{gift['donation_id']}/consent"
    public = f"/v1/disclosure/campaigns/{them.campaign.code}/donations"
    before = (await client.get(public)).text
    assert "爱心网友" in before

    hidden = {"show_name": False, "show_amount": False, "show_message": False}
    answer = await client.put(path, json=hidden, headers=headers)
    assert answer.status_code == 200, answer.text
    assert {name: answer.json()[name] for name in hidden} == hidden
    assert "爱心网友" not in (await client.get(public)).text
    await client.put(path, json=hidden | {"show_name": True}, headers=headers)
    assert "爱心网友" in (await client.get(public)).text

    stranger = await mini.sign_in(platform_user="somebody-else")
    assert (await client.put(path, json=hidden, headers=stranger)).status_code == 404
    assert (await client.put(path, json={"show_name": True}, headers=headers)).status_code == 422
