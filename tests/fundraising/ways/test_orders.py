"""Donation orders: nothing is booked until the platform tells of the gift under the order's number."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select
from sqlalchemy.orm.attributes import set_committed_value

from app.fundraising import campaigns, givers
from app.fundraising.models import Donation, DonationOrder
from app.fundraising.own import consents
from app.fundraising.own.consents import Consent
from app.fundraising.ways import orders
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.models import VaultValue
from app.ledger.models import Entry
from app.organizations.access import Role
from tests.factories import organizations as members
from tests.webhooks.platforms import Partner, partner

ORDERS = "/v1/fundraising/orders"


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session, slug="sandbox")


def wish(at: Partner, **over: Any) -> dict[str, Any]:
    return {
        "campaign": at.campaign.code,
        "platform": at.platform.slug,
        "amount": {"amount": 5000, "currency": "CNY"},
        "terms_version": "2026-01",
        "giver": {"name": "王小明", "show_name": True, "show_message": True},
        "message": "愿桥早日建成",
        "receipt": {"title": "王小明"},
    } | over


async def order(client: AsyncClient, at: Partner, **over: Any) -> dict[str, Any]:
    answer = await client.post(ORDERS, json=wish(at, **over))
    assert answer.status_code == 201, answer.text
    return answer.json()


async def ask(client: AsyncClient, made: dict[str, Any], secret: str | None = None) -> Response:
    headers = {"Order-Secret": secret or made["secret"]}
    return await client.get(f"{ORDERS}/{made['number']}", headers=headers)


def paid(made: dict[str, Any], **over: Any) -> dict[str, Any]:
    """What the platform tells once the order is paid."""
    moment = now().isoformat(timespec="seconds")
    told = made["payment"]
    return {"type": told["type"], "timestamp": moment, "data": told["data"] | {"donated_at": moment} | over}


async def test_an_order_becomes_a_gift_by_the_platforms_notification_alone(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    made = await order(client, here)
    before = (await ask(client, made)).json()
    booked = await session.scalar(select(func.count()).select_from(Entry))

    told = await here.post(client, paid(made))
    again = await here.post(client, paid(made))
    after = (await ask(client, made)).json()

    assert (made["state"], before["state"], before["paid"], booked) == ("open", "open", None, 0)
    assert (told.json()["outcome"], again.json()["outcome"]) == ("posted", "duplicate")
    assert (after["state"], after["paid"]["amount"], after["paid_late"]) == ("paid", 5000, False)
    assert after["lookup_code"] == told.json()["lookup_code"]
    gift = (await session.scalars(select(Donation))).one()
    assert (gift.their_id, gift.show_name, gift.show_message) == (made["number"], True, True)
    words = (await givers.told(session, [gift]))[gift.id]
    assert (words["name"], words["message"], words["receipt_title"]) == ("王小明", "愿桥早日建成", "王小明")


async def test_only_who_holds_the_secret_may_ask(client: AsyncClient, here: Partner) -> None:
    made, other = await order(client, here), await order(client, here)

    wrong = await ask(client, made, other["secret"])
    unknown = await ask(client, made | {"number": "ZXL20260501NONE"})

    assert (wrong.status_code, wrong.json()["code"]) == (404, "order-not-found")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "order-not-found")
    assert (await client.get(f"{ORDERS}/{made['number']}")).status_code == 422
    assert made["secret"] not in (await ask(client, made)).text


async def test_an_order_runs_out_but_money_is_never_turned_away(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    made = await order(client, here)
    row = (await session.scalars(select(DonationOrder))).one()
    # As it reads three hours later: the service itself can't change when an order runs out.
    set_committed_value(row, "expires_at", row.expires_at - timedelta(hours=3))
    out = (await ask(client, made)).json()

    in_three_hours = (now() + timedelta(hours=3)).isoformat(timespec="seconds")
    told = await here.post(client, paid(made, donated_at=in_three_hours))
    late = (await ask(client, made)).json()

    assert (out["state"], told.json()["outcome"]) == ("expired", "posted")
    assert (late["state"], late["paid_late"]) == ("paid", True)


async def test_what_was_said_goes_to_the_gift_and_is_kept_nowhere_else(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    made, left = await order(client, here), await order(client, here)
    # A platform that echoes nothing: it tells of money only.
    bare: dict[str, Any] = {
        "donation_id": made["number"],
        "donor": {},
        "message": None,
        "receipt_request": None,
    }
    await here.post(client, paid(made, **bare))

    done = await orders.settle(session)
    again = await orders.settle(session)

    gift = (await session.scalars(select(Donation))).one()
    words = (await givers.told(session, [gift]))[gift.id]
    assert (done, again) == (1, 0)
    assert (words["message"], words["payer"], words["receipt_title"]) == ("愿桥早日建成", "王小明", "王小明")
    assert (gift.show_name, gift.show_message) == (True, True)
    kept = set(await session.scalars(select(VaultValue.person_id).where(VaultValue.field == "order")))
    open_one = select(DonationOrder).where(DonationOrder.number == left["number"])
    assert kept == {(await session.scalars(open_one)).one().person_id}

    assert await orders.settle(session, at=now() + timedelta(days=8)) == 1
    assert list(await session.scalars(select(VaultValue).where(VaultValue.field == "order"))) == []


async def test_what_the_giver_has_said_since_stands_against_what_was_said_with_the_order(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    made = await order(client, here)
    await here.post(client, paid(made, donor={}, message=None, receipt_request=None))
    gift = (await session.scalars(select(Donation))).one()
    await consents.change(session, gift, Consent(show_name=False, show_amount=True, show_message=False))
    moment = now().isoformat(timespec="microseconds")
    taken_back = {"donation_id": made["number"], "message": None}
    await here.post(client, {"type": "donation.updated", "timestamp": moment, "data": taken_back})

    assert await orders.settle(session) == 1

    await session.refresh(gift)
    words = (await givers.told(session, [gift]))[gift.id]
    assert (gift.show_name, gift.show_amount, gift.show_message) == (False, True, False)
    assert (words["payer"], words.get("message")) == ("王小明", None)


async def test_who_ended_their_anonymity_since_is_not_made_anonymous_by_the_order(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    first, second = [await order(client, here, giver={"name": "王小明", "anonymous": True}) for _ in range(2)]
    for made in (first, second):
        await here.post(client, paid(made, donor={}))
    rows = {one.their_id: one for one in await session.scalars(select(Donation))}
    named, silent = rows[first["number"]], rows[second["number"]]
    await consents.change(session, named, Consent(show_name=True, show_amount=True, show_message=False))

    assert await orders.settle(session) == 2

    assert (named.anonymous, named.show_name) == (False, True)
    assert (silent.anonymous, silent.show_name) == (True, False)


@pytest.mark.parametrize("anonymous", [True, False])
async def test_of_an_anonymous_order_no_photo_is_shown_whatever_the_platform_tells(
    client: AsyncClient, session: WriteSession, here: Partner, *, anonymous: bool
) -> None:
    made = await order(client, here, giver={"name": "王小明", "anonymous": anonymous})
    await here.post(client, paid(made, donor={"consent": {"photo": True}}))

    assert await orders.settle(session) == 1

    gift = (await session.scalars(select(Donation))).one()
    assert (gift.anonymous, gift.show_photo) == (anonymous, not anonymous)


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"campaign": "NOBODY"}, 404, "campaign-not-found"),
        ({"designation": "nothing"}, 422, "designation-not-found"),
        ({"platform": "elsewhere"}, 422, "platform-not-for-campaign"),
        ({"amount": {"amount": 0, "currency": "CNY"}}, 422, None),
        ({"terms_version": ""}, 422, None),
    ],
)
async def test_an_order_that_could_not_be_paid_is_refused(
    client: AsyncClient, here: Partner, over: dict[str, Any], status: int, code: str | None
) -> None:
    answer = await client.post(ORDERS, json=wish(here, **over))

    assert answer.status_code == status, answer.text
    assert code is None or answer.json()["code"] == code


async def test_a_closed_campaign_a_foreign_platform_and_one_without_a_provider_take_no_orders(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    other = await partner(session)
    foreign = await client.post(ORDERS, json=wish(other, platform="sandbox"))
    missing = await client.post(ORDERS, json=wish(other))
    await campaigns.close(session, here.campaign)
    closed = await client.post(ORDERS, json=wish(here))

    assert foreign.json()["code"] == "platform-not-for-campaign"
    assert (missing.status_code, missing.json()["code"]) == (409, "provider-missing")
    assert (closed.status_code, closed.json()["code"]) == (409, "campaign-not-open")


async def test_staff_list_orders_by_what_became_of_them(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    made, left = await order(client, here), await order(client, here)
    await here.post(client, paid(made))
    headers = await members.sign_in(app, session, Role.accountant, here.organization)

    async def numbers(**asked: str) -> list[str]:
        answer = await client.get(ORDERS, params=asked, headers=headers)
        return [one["number"] for one in answer.json()["items"]]

    assert await numbers() == [left["number"], made["number"]]
    assert await numbers(state="paid") == [made["number"]]
    assert await numbers(state="open") == [left["number"]]
    assert await numbers(state="expired") == []
    assert "王小明" not in (await client.get(ORDERS, headers=headers)).text


async def test_a_notification_that_comes_many_times_at_once_pays_an_order_once(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session, slug="sandbox")
    made = await order(committed_client, here)
    event = paid(made)

    told = await asyncio.gather(*(here.post(committed_client, event) for _ in range(12)))
    settled = await asyncio.gather(*(_settle(committed) for _ in range(6)))

    assert sorted(one.json()["outcome"] for one in told) == ["duplicate"] * 11 + ["posted"]
    assert sum(settled) == 1
    assert (await ask(committed_client, made)).json()["paid"]["amount"] == 5000
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Donation)) == 1


async def _settle(database: Database) -> int:
    async with database.writing() as session:
        return await orders.settle(session)
