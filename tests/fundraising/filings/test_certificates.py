"""Certificates: who may ask the public; what stops with a revocation, and what came by the wrong way."""

import asyncio
from datetime import timedelta
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.fundraising import campaigns, donations
from app.fundraising.filings import certificates
from app.fundraising.filings.errors import CertificateMissing
from app.fundraising.models import Campaign, CampaignKind, CampaignState
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.filings.office import Office, certify, designate, iso
from tests.fundraising.filings.test_plans import code
from tests.webhooks.platforms import Partner, partner


async def as_admin(here: Office, path: str, body: dict[str, Any]) -> Response:
    return await here.officer.client.post(f"/v1/fundraising{path}", json=body, headers=here.admin)


async def test_a_revocation_stops_every_public_campaign_and_leaves_the_money(
    here: Office, session: WriteSession
) -> None:
    appeal = here.officer.appeal
    await donations.receive(session, [make.gift(appeal, 100_00)])
    targeted = await here.draft(kind="targeted", starts_on=iso())
    await here.officer.post(f"{targeted}/invitations", {"circle": "member", "name": "某会员"})
    await here.officer.post(f"{targeted}/opening")
    [mine] = (await here.officer.get("/certificates")).json()["items"]
    url = f"/certificates/{mine['id']}/revocation"
    body = {"revoked_on": iso(), "reason": "行政处罚决定"}

    revoked = await as_admin(here, url, body)
    again = await as_admin(here, url, body)
    soon = await as_admin(
        here,
        "/certificates",
        {
            "organization_id": str(here.officer.organization.id),
            "number": "新证",
            "authority": "陕西省民政厅",
            "issued_on": iso(),
        },
    )

    assert revoked.json()["stopped"] == [str(appeal.campaign.id)], revoked.text
    assert appeal.campaign.state is CampaignState.closed
    assert (await here.officer.get(targeted)).json()["state"] == "open"
    assert (await here.officer.totals())["balance"] == 100_00
    assert code(again) == (409, "fundraising-certificate-revoked")
    assert code(soon) == (409, "certificate-too-soon")
    assert soon.json()["article"] == "慈善法 第一百一十一条"
    assert [
        one["revoked_on"] for one in (await here.officer.get("/certificates", revoked=True)).json()["items"]
    ]
    assert (await here.officer.get("/certificates", revoked=False)).json()["items"] == []


async def test_an_organization_has_one_certificate_at_a_time(here: Office) -> None:
    body = {
        "organization_id": str(here.officer.organization.id),
        "number": "另一证",
        "authority": "陕西省民政厅",
        "issued_on": iso(-1),
    }

    assert code(await as_admin(here, "/certificates", body)) == (409, "certificate-known")
    assert code(await as_admin(here, "/certificates", body | {"issued_on": iso(1)})) == (
        422,
        "filing-date-wrong",
    )


async def test_a_revocation_and_an_opening_at_once_leave_nothing_open(committed: Database) -> None:
    async with committed.writing() as session:
        at = await members.organization(session)
        certificate = await certify(session, at.id)
        appeals = [await make.campaign(session, at.id, publish=False) for _ in range(4)]

    async def begin(campaign: Campaign) -> None:
        async with committed.writing() as session:
            await certificates.must_hold(session, at.id, today())
            await asyncio.sleep(0.02)
            await campaigns.publish(session, await campaigns.get(session, campaign.id, lock=True))

    async def revoke() -> None:
        async with committed.writing() as session:
            mine = await certificates.get(session, certificate.id)
            await certificates.revoke(session, mine, on=today(), reason="处罚", actor="test")

    ended = await asyncio.gather(
        *(begin(one) for one in appeals[:2]),
        revoke(),
        *(begin(one) for one in appeals[2:]),
        return_exceptions=True,
    )

    assert all(one is None or isinstance(one, CertificateMissing) for one in ended), ended
    async with committed.reading() as session:
        open_ones = select(Campaign).where(
            Campaign.organization_id == at.id, Campaign.state == CampaignState.open
        )
        assert list(await session.scalars(open_ones)) == []


async def test_gifts_through_a_platform_that_was_not_designated_are_booked_and_shown(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here: Partner = await partner(session)
    officer = await members.sign_in(app, session, Role.fundraising_officer, here.organization)
    for day in ("2026-05-01", "2026-05-02", "2026-05-02"):
        answer = await here.post(client, here.event(donated_at=f"{day}T08:00:00+08:00"))
        assert answer.json()["outcome"] == "posted"
    url = "/v1/fundraising/irregular-days"

    before = (await client.get(url, headers=officer)).json()["items"]
    await designate(session, here.platform, valid_from=make.GIVEN.date() + timedelta(days=1))
    after = (await client.get(url, headers=officer)).json()["items"]

    assert [(one["day"], one["gift_count"], one["why"]) for one in before] == [
        ("2026-05-02", 2, "platform_not_designated"),
        ("2026-05-01", 1, "platform_not_designated"),
    ]
    assert [one["day"] for one in after] == ["2026-05-01"]
    flagged = await client.get("/v1/fundraising/irregular-gifts", headers=officer)
    [gift] = flagged.json()["items"]
    assert (gift["donated_at"], gift["why"]) == ("2026-05-01T00:00:00Z", "platform_not_designated")
    gifts = (await client.get("/v1/fundraising/donations", headers=officer)).json()["items"]
    told = {one["id"]: one["donated_at"] for one in gifts}
    for donation_id, donated_at in told.items():
        detail = (await client.get(f"/v1/fundraising/donations/{donation_id}", headers=officer)).json()
        assert (detail["state"], detail["irregular"]) == ("posted", donated_at == gift["donated_at"])
    other = {"campaign_id": str(here.channel.id)}
    assert (await client.get("/v1/fundraising/irregular-gifts", params=other, headers=officer)).json()[
        "items"
    ] == []


async def test_a_targeted_campaigns_gift_through_a_platform_is_shown(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here: Partner = await partner(session)
    await designate(session, here.platform)
    asked = await make.campaign(session, here.organization.id, kind=CampaignKind.targeted)
    officer = await members.sign_in(app, session, Role.fundraising_officer, here.organization)
    await here.post(client, here.event(campaign=asked.code))

    [found] = (await client.get("/v1/fundraising/irregular-days", headers=officer)).json()["items"]

    assert (found["why"], found["campaign_code"]) == ("targeted_in_public", asked.code)
    [flagged] = (await client.get("/v1/fundraising/irregular-gifts", headers=officer)).json()["items"]
    assert (flagged["why"], flagged["amount"]["amount"]) == ("targeted_in_public", 5000)


async def test_a_targeted_campaign_is_never_shown_to_the_public(
    client: AsyncClient, session: WriteSession
) -> None:
    here: Partner = await partner(session)
    asked = await make.campaign(session, here.organization.id, kind=CampaignKind.targeted)
    await here.post(client, here.event())
    await here.post(client, here.event(campaign=asked.code))
    url = "/v1/disclosure/campaigns"

    listed = (await client.get(url)).json()["items"]
    pages = [await client.get(f"{url}/{asked.code}"), await client.get(f"{url}/{asked.code}/donations")]
    home = (await client.get("/")).text

    assert [one["code"] for one in listed] == [here.campaign.code]
    assert [page.status_code for page in pages] == [404, 404]
    assert here.campaign.code in home
    assert asked.code not in home
    assert (await client.get(f"/campaigns/{asked.code}")).status_code == 404
