"""Matching: a pool adds to gifts up to its budget and not a fen more, and takes back what refunds release."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.fundraising import campaigns, donations
from app.fundraising.gifts import Gift, Giver
from app.fundraising.models import GiftMatch, MatchingPool, PoolKind
from app.fundraising.ways import matches, pools, rounds
from app.kit.database import Database, ReadSession, WriteSession
from app.kit.ids import new_code
from app.ledger import funds
from app.ledger.events import Event
from app.ledger.models import Fund, Posting
from app.ledger.movements import redesignations
from app.organizations.access import Role
from app.webhooks.outward.catalogue import EventType
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree, fen
from tests.webhooks.outward.bodies import told
from tests.webhooks.platforms import Partner, partner

MATCHING = "/v1/fundraising/matching"
WINDOW = {"starts_at": "2026-05-01T00:00:00+08:00", "ends_at": "2026-05-03T00:00:00+08:00"}
IN_TIME = datetime(2026, 5, 1, 4, tzinfo=UTC)


def appeal(at: Partner) -> make.Appeal:
    return make.Appeal(
        organization_id=at.organization.id,
        platform_id=at.platform.id,
        channel=at.channel,
        campaign=at.campaign,
    )


async def purse(session: WriteSession, at: Partner, minor: int) -> Fund:
    """A fund of a company's gift that is to match others."""
    campaign = await make.campaign(session, at.organization.id)
    [use] = await campaigns.designations(session, campaign)
    gift = make.gift(appeal(at), minor, campaign=campaign.code)
    await donations.receive(session, [gift])
    return await session.get_one(Fund, use.fund_id)


async def pool(
    session: WriteSession, at: Partner, budget: int, fund: Fund | None, **over: Any
) -> MatchingPool:
    values: dict[str, Any] = {
        "organization_id": at.organization.id,
        "campaign_id": at.campaign.id,
        "code": f"M{new_code(6)}",
        "title": "企业配捐",
        "kind": PoolKind.held if fund else PoolKind.promised,
        "budget": budget,
        "ratio_basis_points": 10_000,
        "fund_id": fund and fund.id,
        "starts_at": IN_TIME - timedelta(hours=1),
        "ends_at": IN_TIME + timedelta(days=2),
    }
    return await pools.create(session, at.campaign, MatchingPool(**values | over))


async def give(session: WriteSession, at: Partner, *amounts: int, **over: Any) -> list[Gift]:
    moment = over.pop("donated_at", IN_TIME)
    gifts = [
        make.gift(appeal(at), minor, donated_at=moment + timedelta(seconds=place), **over)
        for place, minor in enumerate(amounts)
    ]
    await donations.receive(session, gifts)
    return gifts


async def matched(session: ReadSession, of: MatchingPool) -> list[int]:
    query = select(GiftMatch.amount - GiftMatch.released).where(GiftMatch.pool_id == of.id)
    return list(await session.scalars(query.order_by(GiftMatch.id)))


async def income(session: ReadSession) -> int:
    """Everything that was booked as a gift's income: inflows of donations."""
    query = select(func.sum(Posting.amount)).where(
        Posting.direction == "in", Posting.follows_posting_id.is_(None)
    )
    return int(await session.scalar(query) or 0)


@pytest.fixture
async def here(session: WriteSession) -> Partner:
    return await partner(session)


async def test_a_held_pool_adds_from_fund_to_fund_and_no_income(session: WriteSession, here: Partner) -> None:
    fund = await purse(session, here, 1000)
    of = await pool(session, here, 1000, fund, ratio_basis_points=5_000, cap_per_gift=120)
    await give(session, here, 100, 301, 500)
    before = await income(session)

    run = await matches.run(session, of.id, actor="test")
    again = await matches.run(session, of.id, actor="test")

    # Half of each, at most 120.
    assert sorted(await matched(session, of)) == [50, 120, 120]
    assert (run.gift_count, run.matched, again.matched) == (3, 290, 0)
    [said] = await told(session, EventType.matching_result)
    assert (said["amount"], sorted(one["amount"] for one in said["donations"])) == (290, [50, 120, 120])
    [use] = await campaigns.designations(session, here.campaign)
    assert await funds.left(session, [fund.id, use.fund_id]) == {fund.id: 710, use.fund_id: 901 + 290}
    assert await income(session) == before
    await books_agree(session)


async def test_only_gifts_in_the_window_count_and_a_donors_cap_holds(
    session: WriteSession, here: Partner
) -> None:
    of = await pool(session, here, 10_000, None, cap_per_donor=150)
    giver = Giver(external_id="u_same", name="同一人")
    await give(session, here, 100, 100, 100, giver=giver)
    await give(session, here, 70, donated_at=IN_TIME - timedelta(days=1))
    await give(session, here, 70, donated_at=IN_TIME + timedelta(days=3))
    await give(session, here, 80)

    await matches.run(session, of.id, actor="test")

    assert sorted(await matched(session, of)) == [0, 50, 80, 100]
    assert of.used == 230


async def test_a_refund_releases_its_match_and_the_budget_goes_to_the_next(
    session: WriteSession, here: Partner
) -> None:
    fund = await purse(session, here, 300)
    of = await pool(session, here, 300, fund)
    first, _, _ = await give(session, here, 200, 100, 400)
    await matches.run(session, of.id, actor="test")
    full = of.used

    await donations.receive(session, [make.given_back(appeal(here), first, 50)])
    run = await matches.run(session, of.id, actor="test")
    quiet = await matches.run(session, of.id, actor="test")

    assert (full, run.released, run.matched, of.used) == (300, 50, 50, 300)
    assert (quiet.released, quiet.matched) == (0, 0)
    assert await funds.left(session, [fund.id]) == {fund.id: 0}
    await donations.receive(session, [make.given_back(appeal(here), first, 150)])
    assert (await matches.run(session, of.id, actor="test")).released == 150
    await books_agree(session)


async def test_what_was_spent_already_can_not_be_released(session: WriteSession, here: Partner) -> None:
    fund = await purse(session, here, 100)
    of = await pool(session, here, 100, fund)
    [gift] = await give(session, here, 100)
    await matches.run(session, of.id, actor="test")
    [use] = await campaigns.designations(session, here.campaign)
    spent = redesignations.Move(
        reference=f"test:{gift.id}",
        source=await session.get_one(Fund, use.fund_id),
        target=await funds.general(session, here.organization.id),
        amount=150,
    )
    event = Event(occurred_at=IN_TIME, actor="test", summary="spent", chart=here.organization.chart_version)
    await redesignations.move(session, spent, event)
    await donations.receive(session, [make.given_back(appeal(here), gift)])

    run = await matches.run(session, of.id, actor="test")

    assert (run.released, of.used, await matched(session, of)) == (0, 100, [100])
    await books_agree(session)


async def test_a_promised_pool_books_nothing_until_its_matcher_pays_once(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    clerk = await members.sign_in(app, session, Role.accountant, here.organization)

    async def post(path: str, body: dict[str, Any] | None = None) -> Response:
        headers = clerk | {"Idempotency-Key": new_code()}
        return await client.post(f"{MATCHING}{path}", json=body, headers=headers)

    new = {
        "campaign_id": str(here.campaign.id),
        "code": "MATCH-1",
        "title": "企业配捐",
        "kind": "promised",
        "budget": fen(250),
        **WINDOW,
    }
    made = await post("", new)
    taken = await post("", new)
    unfit = await post("", new | {"code": "MATCH-2", "kind": "held"})
    reversed_ = await post("", new | {"code": "MATCH-3", "ends_at": WINDOW["starts_at"]})
    path = f"/{made.json()['id']}"
    await give(session, here, 100, 200)
    before = await income(session)
    run = await post(f"{path}/runs")
    booked = await income(session)
    [payment] = await give(session, here, 250)
    paid = await post(f"{path}/payments", {"donation_id": str(payment.id)})
    twice = await post(f"{path}/payments", {"donation_id": str(payment.id)})
    again = await post(f"{path}/runs")
    closed = await post(f"{path}/closing")
    shut = await post(f"{path}/closing")
    listed = (await client.get(f"{MATCHING}{path}/matches", headers=clerk)).json()["items"]

    assert made.status_code == 201, made.text
    assert (taken.json()["code"], unfit.json()["code"]) == ("pool-code-taken", "pool-fund-unfit")
    assert (reversed_.status_code, reversed_.json()["code"]) == (422, "pool-window-reversed")
    assert (run.json()["matched"], booked) == (fen(250), before)
    assert await income(session) == before + 250
    assert (paid.json()["used"], paid.json()["left"], paid.json()["paid"]) == (fen(250), fen(0), fen(250))
    assert (twice.status_code, twice.json()["code"]) == (409, "payment-known")
    assert again.json()["matched"] == fen(0)
    assert closed.json()["closed_at"] is not None
    assert (shut.status_code, shut.json()["code"]) == (409, "pool-closed")
    assert sorted(one["amount"]["amount"] for one in listed) == [100, 150]


async def test_a_round_runs_every_pool_until_its_budget_or_its_gifts_are_used_up(
    shared: Shared, session: WriteSession, here: Partner
) -> None:
    count = matches.MATCHED_AT_ONCE + 5
    first, second = await pool(session, here, 10 * count, None), await pool(session, here, 25, None)
    await give(session, here, *([10] * count))

    assert await rounds.match(shared) == 10 * count + 25
    assert (first.used, second.used) == (10 * count, 25)
    assert await rounds.match(shared) == 0


async def test_many_runs_at_once_stop_exactly_at_the_budget(committed: Database) -> None:
    async with committed.writing() as session:
        here = await partner(session)
        fund = await purse(session, here, 2000)
        of = await pool(session, here, 777, fund)
    for _ in range(4):
        async with committed.writing() as session:
            await give(session, here, *([60] * 10))

    async def run() -> int:
        async with committed.writing() as session:
            return (await matches.run(session, of.id, actor="test")).matched

    async def arrive() -> int:
        async with committed.writing() as session:
            await give(session, here, 60, 60)
        return await run()

    moved = sum(await asyncio.gather(*(run() for _ in range(8)), *(arrive() for _ in range(8))))

    async with committed.reading() as session:
        standing = await session.get_one(MatchingPool, of.id)
        assert (moved, standing.used, sum(await matched(session, of))) == (777, 777, 777)
        assert await funds.left(session, [fund.id]) == {fund.id: 2000 - 777}
        once = select(func.count(), func.count(GiftMatch.donation_id.distinct())).select_from(GiftMatch)
        rows = (await session.execute(once)).one()
        assert rows[0] == rows[1] == 13
