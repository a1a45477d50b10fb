"""Gifts of 2025 on the chart of 2004: whatever becomes of them later is booked on that of 2026, by 3201."""

from datetime import UTC, datetime

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising import campaigns, corrections, donations, refunds, suspense
from app.fundraising.campaigns import NewDesignation
from app.fundraising.models import Donation, RefundReason
from app.kit.database import WriteSession
from app.ledger import tracing
from app.ledger.models import Posting
from app.wiring import CHART_FOLLOWERS
from tests.accounting.old_books import OldBooks, close_and_change, must_be_sound, old_books, standing
from tests.factories import fundraising as make
from tests.fundraising.desk import books_agree

LAST_DECEMBER = datetime(2025, 12, 10, tzinfo=UTC)
FROM = {"chart": "2004", "publish": False}
USES = (
    NewDesignation(code="a", title="A", fund_code="FA", cost_share_basis_points=1000),
    NewDesignation(code="b", title="B", fund_code="FB"),
)
WHY = {"reason": "重复录入", "actor": "t"}


@pytest.fixture
async def old(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    assert CHART_FOLLOWERS, "campaigns move along"
    return await old_books(app, client, session)


@pytest.fixture
async def appeal(session: WriteSession, old: OldBooks) -> make.Appeal:
    """A platform's gifts for two designations, one of which shares in the costs."""
    at = old.organization.id
    channel = await make.merchant(session, at, chart="2004")
    campaign = await make.campaign(session, at, *USES, **FROM)
    await campaigns.publish(session, campaign, at=datetime(2025, 12, 1, tzinfo=UTC))
    assert channel.platform_id is not None
    return make.Appeal(
        organization_id=at, platform_id=channel.platform_id, channel=channel, campaign=campaign
    )


async def given(session: WriteSession, appeal: make.Appeal, amount: int = 100, **over: object) -> Donation:
    gift = make.gift(appeal, amount, **{"donated_at": LAST_DECEMBER} | over)
    [outcome] = await donations.receive(session, [gift])
    return await session.get_one(Donation, outcome.donation_id)


async def traced(session: WriteSession, entry_id: object) -> dict[str, int]:
    inflows = select(Posting.id).where(Posting.entry_id == entry_id, Posting.direction == "in")
    found = await tracing.follow(session, list(await session.scalars(inflows)))
    sums: dict[str, int] = {}
    for place in found.places:
        sums[place.kind.value] = sums.get(place.kind.value, 0) + place.amount
    return sums


async def ended(session: WriteSession, old: OldBooks) -> dict[str, int]:
    """What stands on the new chart; on the old one nothing does, and every promise of the books is kept."""
    await must_be_sound(session, old)
    await books_agree(session)
    return {label: amount for (_, label), amount in (await standing(session, old)).items()}


async def test_a_platforms_refunds_of_a_gift_of_2025_are_told_part_by_part(
    session: WriteSession, old: OldBooks, appeal: make.Appeal
) -> None:
    gift = make.gift(appeal, 100, donated_at=LAST_DECEMBER)
    [outcome] = await donations.receive(session, [gift])
    donation = await session.get_one(Donation, outcome.donation_id)
    await close_and_change(old)

    for amount in (40, 60):
        later = datetime(2026, 1, 9, tzinfo=UTC)
        await donations.receive(session, [make.given_back(appeal, gift, amount, refunded_at=later)])

    assert await traced(session, donation.entry_id) == {"refunded": 100}
    assert await ended(session, old) == {
        "3102/FA": -90,
        "3201/FA": 90,
        "3101/GENERAL": -10,
        "3201/GENERAL": 10,
    }


async def test_a_refund_for_our_own_fault_is_a_cost_of_administration_on_the_new_chart(
    session: WriteSession, old: OldBooks, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal, designation="b")
    await given(session, appeal, 1000)
    await close_and_change(old)

    await refunds.decide(session, donation, amount=30, reason=RefundReason.own_fault, actor="t")

    stands = await ended(session, old)
    assert (stands["5301/GENERAL"], stands["3102/FB"], stands["1009/tencent"]) == (30, -100, 1070)


async def test_a_gift_of_2025_that_was_none_is_voided(
    session: WriteSession, old: OldBooks, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal)
    await close_and_change(old)

    await corrections.void(session, donation, **WHY)

    assert await traced(session, donation.entry_id) == {"voided": 100}
    assert await ended(session, old) == {
        "3102/FA": -90,
        "3201/FA": 90,
        "3101/GENERAL": -10,
        "3201/GENERAL": 10,
    }


async def test_the_amount_of_a_gift_of_2025_is_corrected(
    session: WriteSession, old: OldBooks, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal)
    before = donation.entry_id
    await close_and_change(old)

    await corrections.change_amount(session, donation, 200, **WHY)

    assert await traced(session, before) == {"moved": 100}
    assert await traced(session, donation.entry_id) == {"unspent": 200}
    assert await ended(session, old) == {
        "1009/tencent": 200,
        "3102/FA": -90,
        "3201/FA": -90,
        "3101/GENERAL": -10,
        "3201/GENERAL": -10,
    }


async def test_a_gift_of_2025_is_moved_to_another_campaign_and_refunded_from_there(
    session: WriteSession, old: OldBooks, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal)
    use = NewDesignation(code="c", title="C", fund_code="FC")
    other = await make.campaign(session, appeal.organization_id, use, **FROM)
    await campaigns.publish(session, other, at=datetime(2025, 12, 1, tzinfo=UTC))
    await close_and_change(old)

    await corrections.move(session, donation, other, None, **WHY)
    await refunds.decide(session, donation, amount=25, reason=RefundReason.donor_request, actor="t")

    assert await traced(session, donation.entry_id) == {"refunded": 25, "unspent": 75}
    assert await ended(session, old) == {
        "1009/tencent": 75,
        "3102/FA": -90,
        "3201/FA": 90,
        "3101/GENERAL": -10,
        "3201/GENERAL": 10,
        "3201/FC": -75,
    }


async def test_a_gift_in_suspense_is_claimed_after_the_change_and_voided_with_both_its_entries(
    session: WriteSession, old: OldBooks, appeal: make.Appeal
) -> None:
    """The one stands on the old chart, the other on the new."""
    donation = await given(session, appeal, campaign="nobody-knows")
    await close_and_change(old)

    await suspense.claim(session, donation, appeal.campaign, "b", actor="t")
    await corrections.void(session, donation, **WHY)

    assert await ended(session, old) == {}
