"""A platform asks what it may collect for, and what became of what it told us: its own, and nothing else."""

from urllib.parse import quote

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising import campaigns
from app.fundraising.campaigns import NewDesignation
from app.fundraising.models import Donation
from app.kit.database import WriteSession
from app.organizations.models import Scope
from tests.factories import fundraising as make
from tests.webhooks.operators import operator, platform_key
from tests.webhooks.platforms import partner


async def test_a_platform_sees_the_open_campaigns_of_its_merchant_account(
    client: AsyncClient, session: WriteSession
) -> None:
    here, there = await partner(session), await partner(session)
    uses = (
        NewDesignation(code="bridge", title="修桥", fund_code="F-BRIDGE"),
        NewDesignation(code="road", title="修路", fund_code="F-ROAD"),
    )
    two = await make.campaign(session, here.organization.id, *uses)
    await make.campaign(session, here.organization.id, publish=False)
    closed = await make.campaign(session, here.organization.id)
    await campaigns.close(session, closed)

    answer = await client.get("/v1/partner/campaigns", headers=await platform_key(session, here))

    items = {one["code"]: one for one in answer.json()["items"]}
    assert set(items) == {here.campaign.code, two.code}
    assert there.campaign.code not in items
    assert [(use["code"], use["is_default"]) for use in items[two.code]["designations"]] == [
        ("bridge", True),
        ("road", False),
    ]
    assert items[two.code]["starts_on"] == "2026-01-01"


async def test_a_platform_reads_its_gifts_by_its_own_numbers(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await platform_key(session, here)
    gift = here.event(donation_id="2026/05/01 #1")
    booked = (await here.post(client, gift)).json()
    await here.post(client, here.refund(gift, 1200))

    answer = await client.get("/v1/partner/donations/2026/05/01%20%231", headers=headers)

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["donation_id"] == "2026/05/01 #1"
    assert told["state"] == "posted"
    assert told["amount"] == {"amount": 5000, "currency": "CNY"}
    assert told["refunded"] == {"amount": 1200, "currency": "CNY"}
    assert (told["entry_id"], told["lookup_code"]) == (booked["entry_id"], booked["lookup_code"])
    assert told["received_at"]
    assert "爱心网友" not in answer.text


@pytest.mark.parametrize(
    "number",
    ["T\n1", "T\n", "\n", "\r\nT", "\tT/1\x0b", "".join(map(chr, range(1, 32))), "\x7f", " ", "\x85\u2028"],
)
async def test_every_number_that_the_door_takes_can_be_asked_for(
    client: AsyncClient, session: WriteSession, number: str
) -> None:
    here = await partner(session)
    for other in (number.strip(), "T"):
        await here.post(client, here.event(donation_id=other))
    booked = (await here.post(client, here.event(donation_id=number))).json()

    address = f"/v1/partner/donations/{quote(number, safe='')}"
    answer = await client.get(address, headers=await platform_key(session, here))

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["donation_id"], told["lookup_code"]) == (number, booked["lookup_code"])


async def test_a_gift_in_suspense_reads_so(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    gift = here.event(campaign="NOWHERE")
    await here.post(client, gift)
    url = f"/v1/partner/donations/{gift['data']['donation_id']}"
    told = (await client.get(url, headers=await platform_key(session, here))).json()
    assert (told["state"], told["campaign"]) == ("suspense", "NOWHERE")


async def test_another_platforms_gifts_and_messages_are_out_of_sight(
    client: AsyncClient, session: WriteSession
) -> None:
    here, there = await partner(session), await partner(session)
    gift = there.event()
    await there.post(client, gift)
    headers = await platform_key(session, here)

    read = await client.get(f"/v1/partner/donations/{gift['data']['donation_id']}", headers=headers)
    listed = await client.get("/v1/partner/deliveries", headers=headers)

    assert (read.status_code, read.json()["code"]) == (404, "gift-unknown")
    assert listed.json()["items"] == []
    assert (await session.scalars(select(Donation))).one().source_id == there.platform.id


async def test_a_platform_reads_why_its_message_was_refused(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await platform_key(session, here)
    gift = here.event()
    await here.post(client, gift, event_id="good")
    await here.post(client, here.event(amount=0), event_id="zero")
    await here.post(client, here.refund(gift, 9000), event_id="excess")

    async def log(**asked: str) -> list[tuple[str, str, str | None]]:
        items = (await client.get("/v1/partner/deliveries", params=asked, headers=headers)).json()["items"]
        return [(one["event_id"], one["outcome"], one["problem"]) for one in items]

    assert await log() == [
        ("excess", "conflict", "refund-exceeds-gift"),
        ("zero", "rejected", "event-unreadable"),
        ("good", "posted", None),
    ]
    assert await log(event_id="zero") == [("zero", "rejected", "event-unreadable")]
    foreign = await client.get("/v1/partner/deliveries?platform_id=1", headers=headers)
    assert foreign.status_code == 422


async def test_the_list_of_deliveries_is_read_page_by_page(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await platform_key(session, here)
    for number in range(5):
        await here.post(client, here.event(), event_id=f"msg_{number}")

    seen, cursor = [], None
    for _ in range(3):
        asked = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await client.get("/v1/partner/deliveries", params=asked, headers=headers)).json()
        seen += [one["event_id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert seen == [f"msg_{number}" for number in reversed(range(5))]
    assert cursor is None


async def test_only_a_platforms_own_key_opens_the_partners_door(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    service = await operator(session, here.organization, Scope.platforms)
    for path in ("campaigns", "donations/T-1", "deliveries"):
        assert (await client.get(f"/v1/partner/{path}")).status_code == 401
        assert (await client.get(f"/v1/partner/{path}", headers=service)).status_code == 404


async def test_a_number_that_nobody_could_give_is_refused(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    headers = await platform_key(session, here)
    for number, status in (("%00", 404), ("x" * 201, 422)):
        answer = await client.get(f"/v1/partner/donations/{number}", headers=headers)
        assert answer.status_code == status, number
