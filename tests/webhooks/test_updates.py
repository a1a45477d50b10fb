"""What a giver says later of a gift: message, consent and receipt are followed, and money never is."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import func, select

from app.fundraising import givers
from app.fundraising.models import Donation
from app.fundraising.own import consents
from app.fundraising.own.consents import Consent
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


FLAGS = ("name", "amount", "message", "photo")


def update(gift: dict[str, Any], *, at: str = "2026-05-02T08:00:00+08:00", **data: Any) -> dict[str, Any]:
    said = {"donation_id": gift["data"]["donation_id"]} | data
    return {"type": "donation.updated", "timestamp": at, "data": said}


def shown(row: Donation) -> dict[str, bool]:
    return {name: getattr(row, f"show_{name}") for name in FLAGS}


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


async def test_a_message_of_null_is_taken_back_and_one_left_out_stays(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event(message="加油", consent={"message": True})
    await here.post(client, gift)
    await here.post(client, update(gift, consent={"message": True}))
    assert (await the_gift(session))[1]["message"] == "加油"

    answer = await here.post(client, update(gift, at="2026-05-03T08:00:00+08:00", message=None))
    again = await here.post(client, update(gift, at="2026-05-03T09:00:00+08:00", message=None))
    overtaken = await here.post(client, update(gift, message="早先的话"))

    outcomes = [one.json()["outcome"] for one in (answer, again, overtaken)]
    assert outcomes == ["posted", "duplicate", "duplicate"]
    assert "message" not in (await the_gift(session))[1]
    await here.post(client, update(gift, at="2026-05-04T08:00:00+08:00", message="又一句"))
    assert (await the_gift(session))[1]["message"] == "又一句"


async def test_an_update_of_a_test_is_ignored(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event()
    await here.post(client, gift)

    answer = await here.post(client, update(gift, message="测试", test=True))

    assert answer.json()["outcome"] == "ignored"
    assert (await the_gift(session))[1]["message"] == "加油"


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({"donor": {"publish_consent": False}}, {"name": False}),
        ({"consent": {"name": False}}, {"name": False}),
        ({"donor": {"consent": {"message": False}}}, {"message": False}),
        ({"consent": {"amount": True}, "donor": {"publish_consent": False}}, {"name": False, "amount": True}),
        ({"consent": {"name": True}, "donor": {"publish_consent": False}}, {}),
        (
            {"consent": {"photo": False}, "donor": {"consent": {"photo": True, "message": False}}},
            {"message": False, "photo": False},
        ),
        ({"consent": {}, "donor": {"external_id": "u_123"}}, {}),
        ({"donor": {"anonymous": True, "publish_consent": True}}, {"name": False, "photo": False}),
    ],
)
async def test_only_what_was_said_of_consent_changes(
    client: AsyncClient,
    session: WriteSession,
    here: Partner,
    said: dict[str, Any],
    changed: dict[str, bool],
) -> None:
    consent = {"name": True, "amount": False, "message": True, "photo": True}
    gift = here.event(donor={"display_name": "爱心网友", "consent": consent})
    await here.post(client, gift)

    answer = await here.post(client, update(gift, **said))

    assert answer.json()["outcome"] == ("posted" if changed else "duplicate")
    assert shown((await the_gift(session))[0]) == consent | changed


@pytest.mark.parametrize(
    "said",
    [{"consent": {"name": True, "photo": True}}, {"donor": {"publish_consent": True, "anonymous": False}}],
)
async def test_no_update_names_who_gave_anonymously(
    client: AsyncClient, session: WriteSession, here: Partner, said: dict[str, Any]
) -> None:
    gift = here.event(donor={"display_name": "爱心网友", "anonymous": True})
    await here.post(client, gift)

    await here.post(client, update(gift, **said))

    row, _ = await the_gift(session)
    assert (row.anonymous, row.show_name, row.show_photo) == (True, False, False)


@pytest.mark.parametrize(
    "order",
    ["gift older newer", "gift newer older", "older gift newer", "newer gift older", "older newer gift"],
)
async def test_an_older_word_never_undoes_a_newer_one(
    client: AsyncClient, session: WriteSession, shared: Shared, here: Partner, order: str
) -> None:
    """What waited for its gift is taken up last; only what the newer one left out is still heard."""
    gift = here.event(donor={"display_name": "爱心网友"})
    older = {
        "consent": {"name": True, "photo": True},
        "message": "先说的话",
        "receipt_request": {"title": "先说的公司", "tax_id": "91610000MA6T00000X"},
    }
    newer = {
        "donor": {"publish_consent": False},
        "message": "后说的话",
        "receipt_request": {"title": "后说的公司"},
    }
    events = {
        "gift": gift,
        "older": update(gift, at="2026-05-02T08:00:00+08:00", **older),
        "newer": update(gift, at="2026-05-02T00:00:01Z", **newer),
    }

    for name in order.split():
        assert (await here.post(client, events[name])).status_code == 200
    await replays.sweep(shared)

    row, words = await the_gift(session)
    assert shown(row) == {"name": False, "amount": True, "message": False, "photo": True}
    assert (words["message"], words["receipt_title"]) == ("后说的话", "后说的公司")
    assert words["receipt_tax_id"] == "91610000MA6T00000X"
    assert "said_at" not in words
    waiting = select(func.count()).where(Delivery.outcome == "pending").select_from(Delivery)
    assert await session.scalar(waiting) == 0


async def test_of_two_words_of_one_moment_the_one_that_hides_holds(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event()
    await here.post(client, gift)

    await here.post(client, update(gift, consent={"name": False}))
    await here.post(client, update(gift, consent={"name": True}))

    assert (await the_gift(session))[0].show_name is False


async def test_a_word_from_the_future_silences_no_later_one(
    client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    gift = here.event()
    await here.post(client, gift)

    await here.post(client, update(gift, at="2099-01-01T00:00:00Z", consent={"name": True, "message": True}))
    await here.post(client, update(gift, at="2098-01-01T00:00:00Z", consent={"name": False}))

    row, _ = await the_gift(session)
    assert (row.show_name, row.show_message) == (False, True)


async def test_what_a_giver_told_us_themselves_outlives_what_waited(
    client: AsyncClient, session: WriteSession, shared: Shared, here: Partner
) -> None:
    gift = here.event(donor={"display_name": "爱心网友"})
    await here.post(client, update(gift, consent={"name": True, "photo": True}))
    await here.post(client, gift)
    row, _ = await the_gift(session)
    await consents.change(
        session, row, Consent(show_name=False, show_amount=False, show_message=False, show_photo=False)
    )

    await replays.sweep(shared)

    assert shown((await the_gift(session))[0]) == dict.fromkeys(FLAGS, False)
