"""Platform pools: what a platform matched is kept once, books nothing, and follows its gifts in any order."""

import asyncio
import json
from itertools import permutations
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text

from app.fundraising.models import Donation, GiftMatch, MatchingPool, ToldMatch
from app.fundraising.ways import matches, pools, rounds
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.ledger.models import Entry
from app.organizations.access import Role
from app.webhooks import inbox, replays
from app.webhooks.events import Message, Sender
from app.webhooks.models import Delivery
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree
from tests.fundraising.ways.test_matching import income, matched
from tests.webhooks.platforms import Partner, partner


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session)


def result(at: Partner, *gifts: tuple[str, int], **over: Any) -> dict[str, Any]:
    data = {
        "matching_id": "M-20260501",
        "campaign": at.campaign.code,
        "amount": sum(amount for _, amount in gifts),
        "donations": [{"donation_id": number, "amount": amount} for number, amount in gifts],
    }
    return {"type": "matching.result", "timestamp": "2026-05-02T08:00:00+08:00", "data": data | over}


async def the_pool(session: WriteSession) -> MatchingPool:
    return (await session.scalars(select(MatchingPool).execution_options(populate_existing=True))).one()


async def test_a_platforms_matches_are_a_promise_until_its_money_comes_and_income_once(
    app: FastAPI, client: AsyncClient, session: WriteSession, shared: Shared, here: Partner
) -> None:
    for number, amount in (("T-1", 5000), ("T-2", 3000)):
        await here.post(client, here.event(donation_id=number, amount=amount))
    entries = select(func.count()).select_from(Entry)
    before, earned = await session.scalar(entries), await income(session)

    told = await here.post(client, result(here, ("T-1", 2000), ("T-2", 1000)))
    again = await here.post(client, result(here, ("T-1", 2000), ("T-2", 1000)))

    assert (told.json()["outcome"], again.json()["outcome"]) == ("posted", "duplicate"), told.text
    assert await rounds.match(shared) == 3000
    assert await rounds.match(shared) == 0
    pool = await the_pool(session)
    assert sorted(await matched(session, pool)) == [1000, 2000]
    assert (await session.scalar(entries), await income(session)) == (before, earned)
    # The platform's money is a gift of its own, named as the pool's payment; it was income when it came.
    await here.post(client, here.event(donation_id="T-3", amount=3000, matches="T-1"))
    paying = (await session.scalars(select(Donation).where(Donation.their_id == "T-3"))).one()
    await pools.pay(session, pool, paying, actor="test")
    assert await rounds.match(shared) == 0
    assert await income(session) == earned + 3000
    headers = await members.sign_in(app, session, Role.accountant, here.organization)
    [shown] = (await client.get("/v1/fundraising/matching", headers=headers)).json()["items"]
    assert (shown["platform_id"], shown["their_id"]) == (str(here.platform.id), "M-20260501")
    assert (shown["kind"], shown["ratio_basis_points"], shown["starts_at"]) == ("promised", None, None)
    assert [shown[name]["amount"] for name in ("budget", "used", "left", "paid")] == [3000, 3000, 0, 3000]
    await books_agree(session)


async def test_told_again_otherwise_it_is_a_conflict(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    other = await make.campaign(session, here.organization.id)
    await here.post(client, result(here, ("T-1", 2000), ("T-2", 1000)))

    reordered = await here.post(client, result(here, ("T-2", 1000), ("T-1", 2000)))
    answers = [
        await here.post(client, event)
        for event in (
            result(here, ("T-1", 2000), ("T-2", 1001)),
            result(here, ("T-1", 3000)),
            result(here, ("T-1", 2000), ("T-3", 1000)),
            result(here, ("T-1", 2000), ("T-2", 1000), campaign=other.code),
        )
    ]

    assert reordered.json()["outcome"] == "duplicate"
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(409, "matching-differs")] * 4
    told = (await session.scalars(select(ToldMatch.amount).order_by(ToldMatch.their_gift_id))).all()
    assert told == [2000, 1000]


@pytest.mark.parametrize(
    ("over", "status", "outcome"),
    [
        ({"amount": 2001}, 400, "event-unreadable"),
        ({"donations": []}, 400, "event-unreadable"),
        ({"donations": [{"donation_id": "T-1", "amount": 1000}] * 2}, 400, "event-unreadable"),
        ({"test": True}, 200, "ignored"),
    ],
)
async def test_what_does_not_add_up_is_not_believed(
    client: AsyncClient, session: WriteSession, here: Partner, over: dict[str, Any], status: int, outcome: str
) -> None:
    answer = await here.post(client, result(here, ("T-1", 2000), **over))

    said = answer.json()
    assert (answer.status_code, said.get("code") or said["outcome"]) == (status, outcome), answer.text
    assert (await session.scalars(select(MatchingPool))).all() == []


async def test_for_a_campaign_not_known_yet_it_waits_and_is_taken_in_by_the_sweep(
    client: AsyncClient, session: WriteSession, shared: Shared, here: Partner
) -> None:
    foreign = await partner(session)
    waiting = await here.post(client, result(here, ("T-1", 2000), campaign="SOON"))
    others = await here.post(client, result(foreign, ("T-1", 2000), matching_id="M-2"))
    await make.campaign(session, here.organization.id, code="SOON")

    assert await replays.sweep(shared) == 1

    assert (waiting.json()["outcome"], others.json()["outcome"]) == ("pending", "pending")
    outcomes = (await session.scalars(select(Delivery.outcome).order_by(Delivery.id))).all()
    assert outcomes == ["posted", "pending"]
    assert (await the_pool(session)).their_id == "M-20260501"


async def test_in_whatever_order_gifts_matches_and_refunds_come_they_end_the_same(
    session: WriteSession, shared: Shared, here: Partner
) -> None:
    first, second = (here.event(donation_id=f"T-{n}", amount=n * 1000) for n in (3, 5))
    events = [
        first,
        second,
        result(here, ("T-3", 1000), ("T-5", 2500)),
        here.refund(first, refund_id="R-1"),
        here.refund(second, 1000, refund_id="R-2"),
    ]
    await session.flush()
    session.expunge_all()
    sender = Sender(here.platform.id, here.platform.slug, here.channel)
    ends: list[tuple[Any, ...]] = []

    for order in permutations(range(len(events))):
        attempt = await session.begin_nested()
        for place, number in enumerate(order):
            await inbox.keep(session, [_message(sender, events[number], f"msg_{number}")])
            if place % 2:
                await rounds.match(shared)
        await rounds.match(shared)
        pool = await the_pool(session)
        rows = select(Donation.their_id, GiftMatch.amount - GiftMatch.released).join(
            Donation, Donation.id == GiftMatch.donation_id
        )
        net = sorted(tuple(row) for row in await session.execute(rows))
        ends.append((pool.budget, pool.used, net, await income(session)))
        await session.execute(text("set constraints all immediate"))
        await attempt.rollback()
        session.expunge_all()

    # All of the first gift went back, and a fifth of the second.
    assert ends[0][:3] == (3500, 2000, [("T-3", 0), ("T-5", 2000)])
    assert len(ends) == 120
    assert all(end == ends[0] for end in ends)


def _message(sender: Sender, event: dict[str, Any], event_id: str) -> Message:
    return inbox.read(sender, json.dumps(event).encode(), event_id=event_id, signed_at=now())


async def test_of_many_that_tell_and_match_it_at_once_one_is_kept_and_matched_once(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    gift, told = here.event(donation_id="T-1"), result(here, ("T-1", 2000), ("T-2", 500))

    async def tell(event: dict[str, Any]) -> str:
        answer = await here.post(committed_client, event)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["outcome"])

    outcomes = await asyncio.gather(*(tell(told) for _ in range(8)), tell(gift), rounds.match(committed))
    assert sorted(outcomes[:8]) == ["duplicate"] * 7 + ["posted"]
    async with committed.reading() as session:
        pool_id = (await session.scalars(select(MatchingPool.id))).one()

    async def run() -> int:
        async with committed.writing() as session:
            return (await matches.run(session, pool_id, actor="test")).matched

    await asyncio.gather(*(run() for _ in range(8)))

    async with committed.reading() as session:
        match = (await session.scalars(select(GiftMatch))).one()
        pool = await session.get_one(MatchingPool, pool_id)
        assert (match.amount, match.released, pool.used) == (2000, 0, 2000)
