"""What a giver says later of a gift: message, consent and receipt are followed, and money never is."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.fundraising import givers
from app.fundraising.models import Donation
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent
from app.ledger.models import Entry
from app.webhooks import erasures, replays
from app.webhooks.models import Delivery
from tests.conftest import Shared
from tests.webhooks.platforms import Partner, partner


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session)


def update(gift: dict[str, Any], **data: Any) -> dict[str, Any]:
    said = {"donation_id": gift["data"]["donation_id"]} | data
    return {"type": "donation.updated", "timestamp": "2026-05-02T08:00:00+08:00", "data": said}


async def the_gift(session: WriteSession) -> tuple[Donation, dict[str, Any]]:
    gift = (await session.scalars(select(Donation).execution_options(populate_existing=True))).one()
    return gift, (await givers.told(session, [gift]))[gift.id]


async def test_message_consent_and_receipt_are_followed_and_the_rest_stays(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event()
    told = (await here.post(client, gift)).json()
    booked = await session.scalar(select(func.count()).select_from(Entry))
    said = update(
        gift,
        message="改一句话",
        consent={"name": False, "amount": False, "message": True, "photo": True},
        receipt_request={"title": "某某公司", "tax_id": "91610000MA6T00000X"},
        amount=1,
    )

    answer = await here.post(client, said)
    again = await here.post(client, said)
    only_message = await here.post(client, update(gift, message="再改一句"))

    assert (answer.json()["outcome"], again.json()["outcome"]) == ("posted", "duplicate")
    assert only_message.json()["outcome"] == "posted"
    assert (answer.json()["donation_id"], answer.json()["lookup_code"]) == (
        *(told["donation_id"], told["lookup_code"]),
    )
    row, words = await the_gift(session)
    assert (row.amount, row.show_name, row.show_amount) == (5000, False, False)
    assert (row.show_message, row.show_photo) == (True, True)
    assert (words["message"], words["name"]) == ("再改一句", "爱心网友")
    assert (words["receipt_title"], words["receipt_tax_id"]) == ("某某公司", "91610000MA6T00000X")
    assert await session.scalar(select(func.count()).select_from(Entry)) == booked
    topics = select(func.count()).where(OutboxEvent.topic == "donation.consent_changed")
    assert await session.scalar(topics) == 1


async def test_one_that_comes_before_its_gift_waits_for_it(
    client: AsyncClient, session: WriteSession, shared: Shared, here: Partner
) -> None:
    gift = here.event()
    early = await here.post(client, update(gift, message="先到的话"))
    await here.post(client, gift)

    moved = await replays.sweep(shared)

    assert (early.json()["outcome"], moved) == ("pending", 1)
    assert (await the_gift(session))[1]["message"] == "先到的话"


async def test_what_was_said_later_is_erased_with_the_giver(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event()
    await here.post(client, gift)
    await here.post(client, update(gift, message="请看我的故事"))
    row, _ = await the_gift(session)

    await erasures.erase(session, row.person_id)

    later = await here.post(client, update(gift, message="还有一句"))
    assert later.status_code == 200
    row, words = await the_gift(session)
    assert (words, row.sealed) == ({}, None)
    ours = select(Delivery).where(Delivery.person_id == row.person_id)
    kept = (await session.scalars(ours.execution_options(populate_existing=True))).all()
    assert len(kept) == 2
    assert all(delivery.body_sealed is None for delivery in kept)


async def test_an_update_of_a_test_is_ignored(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event()
    await here.post(client, gift)

    answer = await here.post(client, update(gift, message="测试", test=True))

    assert answer.json()["outcome"] == "ignored"
    assert (await the_gift(session))[1]["message"] == "加油"
