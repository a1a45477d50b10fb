"""Operators make platforms known, and say how fast and signed with what they may speak."""

from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.models import Channel
from app.kit import signatures
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.models import Organization, Platform, Role, Scope
from tests.factories import fundraising as make
from tests.factories.organizations import sign_in
from tests.webhooks.operators import operator, platform_key
from tests.webhooks.platforms import Partner, partner


def _new(organization: Organization, **over: Any) -> dict[str, Any]:
    account = {"code": f"m-{new_code(6)}", "name": "腾讯公益商户号"}
    return {
        "organization_id": str(organization.id),
        "slug": f"t-{new_code(6).lower()}",
        "name": "腾讯公益",
        "merchant_account": account,
    } | over


async def test_a_platform_that_was_made_here_can_send_gifts_at_once(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)

    answer = await client.post("/v1/platforms", json=_new(here.organization), headers=headers)

    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["secret"].startswith("whsec_")
    assert answer.headers["cache-control"] == "no-store"
    platform = await session.get_one(Platform, made["id"])
    channel = await session.scalar(select(Channel).where(Channel.platform_id == platform.id))
    assert str(channel.id) == made["merchant_account"]["id"]
    newcomer = Partner(
        organization=here.organization,
        platform=platform,
        secret=signatures.read_secret(made["secret"]),
        channel=channel,
        campaign=await make.campaign(session, here.organization.id),
    )
    booked = await newcomer.post(client, newcomer.event())
    assert (booked.status_code, booked.json()["outcome"]) == (200, "posted")


async def test_the_secret_is_told_when_it_is_made_and_never_again(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    made = (await client.post("/v1/platforms", json=_new(here.organization), headers=headers)).json()

    read = await client.get(f"/v1/platforms/{made['id']}", headers=headers)
    listed = await client.get("/v1/platforms", headers=headers)

    assert read.status_code == listed.status_code == 200
    assert made["secret"] not in read.text + listed.text
    assert [one["id"] for one in listed.json()["items"]] == [made["id"], str(here.platform.id)]


async def test_a_slug_and_a_merchant_account_are_taken_once(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    twice = _new(here.organization, slug=here.platform.slug)
    account = _new(here.organization, merchant_account={"code": here.channel.code, "name": "同一账户"})

    slug = await client.post("/v1/platforms", json=twice, headers=headers)
    code = await client.post("/v1/platforms", json=account, headers=headers)

    assert (slug.status_code, slug.json()["code"]) == (409, "slug-taken")
    assert (code.status_code, code.json()["code"]) == (409, "channel-code-taken")


async def test_a_change_names_the_version_that_was_read(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    url = f"/v1/platforms/{here.platform.id}"
    tag = (await client.get(url, headers=headers)).headers["etag"]
    change = {"rate_per_second": 50}

    blind = await client.patch(url, json=change, headers=headers)
    first = await client.patch(url, json=change, headers=headers | {"If-Match": tag})
    stale = await client.patch(url, json={"rate_per_second": 60}, headers=headers | {"If-Match": tag})
    again = await client.patch(
        url, json={"name": "新名称"}, headers=headers | {"If-Match": first.headers["etag"]}
    )

    assert [one.status_code for one in (blind, first, stale, again)] == [428, 200, 412, 200]
    assert (again.json()["rate_per_second"], again.json()["name"]) == (50, "新名称")


async def test_a_rate_is_a_whole_number_within_bounds(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    url = f"/v1/platforms/{here.platform.id}"
    headers["If-Match"] = (await client.get(url, headers=headers)).headers["etag"]

    for rate in (0, 100_001, "50", 5.5, True):
        answer = await client.patch(url, json={"rate_per_second": rate}, headers=headers)
        assert answer.status_code == 422, rate


async def test_a_disabled_platform_is_answered_as_if_unknown_until_it_is_enabled(
    client: AsyncClient, session: WriteSession
) -> None:
    # Its messages come only after it was disabled: what the door remembers, it remembers for a second.
    here = await partner(session)
    headers = await operator(session, here.organization)
    url = f"/v1/platforms/{here.platform.id}/disablement"

    disabled = await client.post(url, headers=headers)
    refused = await here.post(client, here.event())
    enabled = await client.delete(url, headers=headers)
    booked = await here.post(client, here.event())

    assert disabled.json()["disabled_at"] is not None
    assert enabled.json()["disabled_at"] is None
    assert (refused.status_code, booked.status_code) == (401, 200)


async def test_a_platforms_key_opens_the_partners_door_until_it_is_revoked(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await sign_in(app, session, Role.admin, here.organization)
    url = f"/v1/platforms/{here.platform.id}/keys"

    made = (await client.post(url, json={"name": "对账"}, headers=headers)).json()
    shown = {"Authorization": f"Bearer {made['spelling']}"}
    before = await client.get("/v1/partner/campaigns", headers=shown)
    listed = await client.get(url, headers=headers)
    await client.delete(f"{url}/{made['key']['id']}", headers=headers)
    after = await client.get("/v1/partner/campaigns", headers=shown)

    assert (before.status_code, after.status_code) == (200, 401)
    assert [one["scopes"] for one in listed.json()["items"]] == [["partner"]]
    assert made["spelling"] not in listed.text


async def test_no_machine_makes_keys(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    url = f"/v1/platforms/{here.platform.id}/keys"
    answer = await client.post(url, json={"name": "对账"}, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-allowed")


async def test_a_key_of_another_platform_is_not_revoked_here(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await sign_in(app, session, Role.admin, here.organization)
    other = (await client.post("/v1/platforms", json=_new(here.organization), headers=headers)).json()
    made = await client.post(f"/v1/platforms/{other['id']}/keys", json={"name": "对账"}, headers=headers)
    key = made.json()["key"]["id"]

    answer = await client.delete(f"/v1/platforms/{here.platform.id}/keys/{key}", headers=headers)

    assert answer.status_code == 404


async def test_a_platform_of_strangers_does_not_exist(client: AsyncClient, session: WriteSession) -> None:
    here, there = await partner(session), await partner(session)
    headers = await operator(session, here.organization)
    url = f"/v1/platforms/{there.platform.id}"
    answers = [
        await client.get(url, headers=headers),
        await client.patch(url, json={}, headers=headers),
        await client.post(f"{url}/secrets", json={}, headers=headers),
        await client.post(f"{url}/disablement", headers=headers),
        await client.delete(f"{url}/disablement", headers=headers),
        await client.post(f"{url}/keys", json={"name": "x"}, headers=headers),
        await client.get(f"{url}/keys", headers=headers),
        await client.post("/v1/platforms", json=_new(there.organization), headers=headers),
    ]
    assert {answer.status_code for answer in answers} == {404}
    listed = (await client.get("/v1/platforms", headers=headers)).json()["items"]
    assert [one["id"] for one in listed] == [str(here.platform.id)]


async def test_whoever_has_another_scope_may_not_look_after_platforms(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    service = await operator(session, here.organization, Scope.fundraising)
    own = await platform_key(session, here)
    url = f"/v1/platforms/{here.platform.id}"

    assert (await client.get(url, headers=service)).status_code == 403
    assert (await client.get(url, headers=own)).status_code == 404
    assert (await client.get(url)).status_code == 401


async def test_the_door_stands_in_the_openapi_document(client: AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    operation = document["paths"]["/v1/webhooks/{platform}"]["post"]

    assert operation["x-permission"] == "signature"
    assert operation["operationId"] == "receive_event"
    assert {*operation["responses"]} == {"200", "400", "401", "405", "409", "413", "429", "503"}
    example = operation["requestBody"]["content"]["application/json"]["example"]
    assert example["data"]["amount"] == 5000
    names = {"GiftSaid", "RefundSaid", "DisputeSaid", "WebhookEvent", "WebhookAnswer", "Problem"}
    assert names <= {*document["components"]["schemas"]}
