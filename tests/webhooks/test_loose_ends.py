"""What the contract leaves open is taken: members that are null, and types that are not ours."""

from typing import Any

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising.models import Donation
from app.kit.database import WriteSession
from app.webhooks.models import Delivery
from tests.webhooks.platforms import partner

MOMENT = "2026-05-01T08:00:00+08:00"
LEFT_OUT = {
    "designation": None,
    "message": None,
    "payer_name": None,
    "fundraiser_code": None,
    "plan_id": None,
    "receipt_request": None,
    "matches": None,
    "test": None,
}
SILENT = {"external_id": None, "display_name": None, "publish_consent": None, "anonymous": None}


@pytest.mark.parametrize(
    "donor",
    [
        None,
        {**SILENT, "kind": None, "domicile": None, "consent": None},
        {**SILENT, "consent": dict.fromkeys(("name", "amount", "message", "photo"))},
    ],
)
async def test_a_member_that_is_null_counts_as_left_out(
    client: AsyncClient, session: WriteSession, donor: dict[str, Any] | None
) -> None:
    here = await partner(session)

    answer = await here.post(client, here.event(**LEFT_OUT, donor=donor))

    assert (answer.status_code, answer.json().get("outcome")) == (200, "posted"), answer.text
    gift = (await session.scalars(select(Donation))).one()
    shown = (gift.show_name, gift.show_amount, gift.show_message, gift.show_photo, gift.anonymous)
    assert shown == (False, True, False, False, False)
    assert gift.donor_id is None


async def test_what_an_update_says_to_be_null_stays_as_it_was(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    gift = here.event()
    await here.post(client, gift)
    said = {"donation_id": gift["data"]["donation_id"], "donor": None, "consent": {"name": None}}

    answer = await here.post(client, {"type": "donation.updated", "timestamp": MOMENT, "data": said})

    assert answer.status_code == 200, answer.text
    booked = (await session.scalars(select(Donation).execution_options(populate_existing=True))).one()
    assert booked.show_name is True


@pytest.mark.parametrize("more", [{}, {"data": None}, {"data": ["anything"]}, {"data": "pong"}])
async def test_an_event_of_another_type_is_kept_whatever_its_data_are(
    client: AsyncClient, session: WriteSession, more: dict[str, Any]
) -> None:
    here = await partner(session)
    answer = await here.post(client, {"type": "ping", "timestamp": MOMENT} | more)
    assert (answer.status_code, answer.json().get("outcome")) == (200, "ignored"), answer.text
    assert (await session.scalars(select(Delivery.type).where(Delivery.accepted))).all() == ["ping"]


@pytest.mark.parametrize("more", [{}, {"data": None}, {"data": ["anything"]}])
async def test_an_event_of_ours_has_data(
    client: AsyncClient, session: WriteSession, more: dict[str, Any]
) -> None:
    here = await partner(session)
    answer = await here.post(client, {"type": "donation.succeeded", "timestamp": MOMENT} | more)
    assert answer.status_code == 400
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/data"]
