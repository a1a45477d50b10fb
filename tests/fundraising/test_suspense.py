"""Suspense: gifts that nobody could place, listed and claimed by one clerk."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising import campaigns, donations, suspense
from app.fundraising.campaigns import NewDesignation
from app.fundraising.errors import DonationNotInSuspense
from app.fundraising.gifts import Giver
from app.fundraising.models import CampaignDay, Donation, DonationState
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.ledger import funds
from app.ledger.models import Account, Entry, EntryKind, Posting
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.fundraising.desk import Desk, books_agree, desk, fen
from tests.fundraising.test_donations import left


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def stray(session: WriteSession, at: Desk, amount: int = 100, **over: object) -> Donation:
    values = {"campaign": "NOBODY-KNOWS"} | over
    [outcome] = await donations.receive(session, [make.gift(at.appeal, amount, **values)])
    return await session.get_one(Donation, outcome.donation_id)


async def test_a_claimed_gift_is_income_of_its_campaign(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    uses = (NewDesignation(code="a", title="A", fund_code="FA", cost_share_basis_points=500),)
    at = await desk(app, client, session, *uses)
    gift = await stray(session, at, 1000, giver=Giver(external_id="u_1", name="王"))

    answer = await at.post(f"/donations/{gift.id}/claim", {"campaign_id": str(at.campaign.id)})
    again = await at.post(f"/donations/{gift.id}/claim", {"campaign_id": str(at.campaign.id)})

    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["campaign_id"]) == ("posted", str(at.campaign.id))
    assert (again.status_code, again.json()["code"]) == (409, "donation-not-in-suspense")
    general = await funds.general(session, at.organization.id)
    assert await left(session, at.campaign) == [950]
    assert (await funds.left(session, [general.id]))[general.id] == 50
    claim = (await session.scalars(select(Entry).where(Entry.kind == EntryKind.claim))).one()
    assert str(claim.id) == answer.json()["entry_id"]
    assert len(claim.commit_donor) == 32
    debits = select(Posting.debit_account_id).where(Posting.entry_id == claim.id)
    assert set(await session.scalars(debits)) == {at.appeal.channel.suspense_account_id}
    day = (await session.scalars(select(CampaignDay))).one()
    assert (str(day.day), day.raised, day.gift_count) == ("2026-05-01", 1000, 1)
    totals = await at.totals()
    assert (totals["raised"], totals["donor_count"], totals["balance"]) == (1000, 1, 950)
    await books_agree(session)


async def test_what_was_refunded_in_suspense_is_not_claimed(clerk: Desk, session: WriteSession) -> None:
    whole, part = await stray(session, clerk, 50), await stray(session, clerk, 100)
    for gift, amount in ((whole, 50), (part, 30)):
        body = {"amount": fen(amount), "reason": "donor_request"}
        assert (await clerk.post(f"/donations/{gift.id}/refunds", body)).status_code == 201

    nothing = await clerk.post(f"/donations/{whole.id}/claim", {"campaign_id": str(clerk.campaign.id)})
    rest = await clerk.post(f"/donations/{part.id}/claim", {"campaign_id": str(clerk.campaign.id)})

    assert (nothing.status_code, nothing.json()["code"]) == (409, "donation-refunded")
    assert rest.status_code == 200, rest.text
    assert await left(session, clerk.campaign) == [70]
    totals = await clerk.totals()
    assert (totals["raised"], totals["refunded"], totals["net"], totals["balance"]) == (100, 30, 70, 70)
    over = await clerk.post(f"/donations/{part.id}/refunds", {"amount": fen(71), "reason": "other"})
    back = await clerk.post(f"/donations/{part.id}/refunds", {"amount": fen(70), "reason": "other"})
    assert (over.json()["code"], back.status_code) == ("refund-exceeds-gift", 201)
    assert await left(session, clerk.campaign) == [0]
    await books_agree(session)


async def test_a_late_gift_may_be_claimed_for_the_campaign_that_closed(
    clerk: Desk, session: WriteSession
) -> None:
    await campaigns.close(session, clerk.campaign, at=make.GIVEN - timedelta(minutes=1))
    gift = await stray(session, clerk, campaign=clerk.campaign.code)

    answer = await clerk.post(f"/donations/{gift.id}/claim", {"campaign_id": str(clerk.campaign.id)})

    assert answer.status_code == 200, answer.text
    assert (await clerk.totals())["raised"] == 100


async def test_a_claim_that_can_not_be_is_refused(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    gift = await stray(session, clerk)
    other = await desk(app, client, session)
    draft = await make.campaign(session, clerk.organization.id, publish=False)
    cashier = await desk(app, client, session, role=Role.cashier)
    path, here = f"/donations/{gift.id}/claim", {"campaign_id": str(clerk.campaign.id)}

    answers = [
        await clerk.post(path, {"campaign_id": str(other.campaign.id)}),
        await clerk.post(path, {"campaign_id": str(draft.id)}),
        await clerk.post(path, here | {"designation": "x"}),
        await clerk.post(path, here | {"allocations": [{"designation": "main", "amount": 99}]}),
        await other.post(path, here),
        await cashier.post(f"/donations/{(await stray(session, cashier)).id}/claim", here),
    ]

    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [
        (422, "channel-of-another-organization"),
        (409, "campaign-not-open"),
        (422, "designation-not-found"),
        (422, "allocations-unequal"),
        (404, "out-of-sight"),
        (403, "not-allowed"),
    ]
    assert (await session.get_one(Donation, gift.id)).state is DonationState.suspense


async def test_what_waits_is_listed_with_its_age_and_what_it_was_told_to_be_for(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    old = await stray(session, clerk, 1, donated_at=now() - timedelta(days=40))
    new = await stray(session, clerk, 2, donated_at=now() - timedelta(days=3))
    await stray(session, await desk(app, client, session), 3)
    await clerk.give(4)

    async def listed(**params: object) -> list[str]:
        return [item["id"] for item in (await clerk.get("/suspense", **params)).json()["items"]]

    shown = (await clerk.get("/suspense")).json()["items"][0]
    assert (shown["age_days"], shown["told_campaign"], shown["giver"]["name"]) == (
        40,
        "NOBODY-KNOWS",
        "爱心网友",
    )
    assert await listed() == [str(old.id), str(new.id)]
    assert await listed(age_days_from=4) == [str(old.id)]
    assert await listed(age_days_to=3) == [str(new.id)]
    assert await listed(organization_id=str(clerk.organization.id), age_days_from=41) == []
    assert (await clerk.get("/suspense", age=4)).status_code == 422


async def test_of_two_clerks_who_claim_at_once_one_wins(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session)
        other = await make.campaign(session, at.organization.id)
        gifts = [await stray(session, at, 100) for _ in range(5)]

    for gift in gifts:
        answers = await asyncio.gather(
            *(
                at.post(f"/donations/{gift.id}/claim", {"campaign_id": str(campaign.id)})
                for campaign in (at.campaign, other)
            )
        )
        told = sorted((answer.status_code, answer.json().get("code")) for answer in answers)
        assert told == [(200, None), (409, "donation-not-in-suspense")]

    async with committed.writing() as session:
        assert sum(await left(session, at.campaign) + await left(session, other)) == 500
        entries = await session.scalars(select(Entry.id).where(Entry.kind == EntryKind.claim))
        assert len(entries.all()) == 5
        await books_agree(session)


async def test_a_claim_and_a_platforms_refund_at_once_leave_the_same_books(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session)
        gifts = [await stray(session, at, 100) for _ in range(8)]

    async def claim(gift: Donation) -> None:
        async with committed.writing() as session:
            campaign = await campaigns.get(session, at.campaign.id)
            await suspense.claim(session, await session.get_one(Donation, gift.id), campaign, actor="t")

    async def give_back(gift: Donation) -> None:
        told = make.gift(at.appeal, 40, their_id=gift.their_id)
        async with committed.writing() as session:
            await donations.receive(session, [make.given_back(at.appeal, told)])

    await asyncio.gather(*(step(gift) for gift in gifts for step in (claim, give_back)))

    async with committed.writing() as session:
        assert await left(session, at.campaign) == [8 * 60]
        account = await session.get_one(Account, at.appeal.channel.suspense_account_id)
        sides = {Posting.debit_account_id: 0, Posting.credit_account_id: 0}
        for side in sides:
            sides[side] = sum(await session.scalars(select(Posting.amount).where(side == account.id)))
        assert len(set(sides.values())) == 1
        await books_agree(session)


async def test_a_posted_gift_is_not_claimed(clerk: Desk, session: WriteSession) -> None:
    gift = await session.get_one(Donation, (await clerk.give()).json()["id"])
    with pytest.raises(DonationNotInSuspense):
        await suspense.claim(session, gift, clerk.campaign, actor="t")
