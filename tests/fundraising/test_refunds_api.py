"""Refunds by our own decision, and the lists of what waits, exceeds or is disputed."""

import asyncio

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising import donations
from app.fundraising.gifts import Objection
from app.fundraising.models import DisputeState, Donation
from app.kit.database import Database, WriteSession
from app.ledger import funds
from app.ledger.models import Account, Posting
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, books_agree, desk, fen
from tests.fundraising.test_donations import left, spend


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def test_a_gift_goes_back_in_parts_and_never_more_than_it_was(
    clerk: Desk, session: WriteSession
) -> None:
    gift = (await clerk.give(100)).json()
    path = f"/donations/{gift['id']}/refunds"

    first = await clerk.post(path, {"amount": fen(30), "reason": "donor_request"})
    second = await clerk.post(path, {"amount": fen(50), "reason": "wrong_amount"})
    over = await clerk.post(path, {"amount": fen(21), "reason": "other"})

    assert (first.status_code, first.json()["state"], first.json()["amount"]) == (201, "posted", fen(30))
    assert second.status_code == 201
    assert (over.status_code, over.json()["code"], over.json()["left"]) == (409, "refund-exceeds-gift", 20)
    after = (await clerk.get(f"/donations/{gift['id']}")).json()
    assert after["refunded"] == fen(80)
    assert after["refunds"] == [first.json(), second.json()]
    totals = await clerk.totals()
    assert (totals["raised"], totals["refunded"], totals["balance"]) == (100, 80, 20)
    await books_agree(session)


async def test_the_same_decision_sent_twice_pays_once(clerk: Desk) -> None:
    gift = (await clerk.give(100)).json()
    path, body = f"/donations/{gift['id']}/refunds", {"amount": fen(30), "reason": "other"}

    answers = [await clerk.post(path, body, key="k") for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert (await clerk.totals())["refunded"] == 30


async def test_our_own_fault_is_paid_by_the_general_fund(clerk: Desk, session: WriteSession) -> None:
    general = await funds.general(session, clerk.organization.id)
    gift = (await clerk.give(100)).json()
    path, body = f"/donations/{gift['id']}/refunds", {"amount": fen(10), "reason": "own_fault"}

    short = await clerk.post(path, body)
    free = await make.campaign(
        session,
        clerk.organization.id,
        make.NewDesignation(code="m", title="M", fund_code="FM", cost_share_basis_points=10_000),
    )
    await clerk.give(25, campaign=free)
    answer = await clerk.post(path, body)

    assert (short.status_code, short.json()["code"]) == (409, "fund-short")
    assert answer.status_code == 201, answer.text
    assert await left(session, clerk.campaign) == [100]
    assert await funds.left(session, [general.id]) == {general.id: 15}
    labels = select(Account.label).join(Posting, Posting.debit_account_id == Account.id)
    debited = set(await session.scalars(labels.where(Posting.entry_id == answer.json()["entry_id"])))
    assert "5301/GENERAL" in debited
    await books_agree(session)


async def test_a_decision_is_refused_when_the_money_is_spent(clerk: Desk, session: WriteSession) -> None:
    gift = (await clerk.give(100)).json()
    await spend(session, clerk.appeal, 95)

    answer = await clerk.post(f"/donations/{gift['id']}/refunds", {"amount": fen(6), "reason": "other"})

    assert (answer.status_code, answer.json()["code"], answer.json()["left"]) == (409, "fund-short", 5)
    assert (await clerk.get(f"/donations/{gift['id']}")).json()["refunded"] == fen(0)
    await books_agree(session)


async def test_nothing_goes_back_of_a_voided_gift(clerk: Desk) -> None:
    gift = (await clerk.give(100)).json()
    await clerk.post(f"/donations/{gift['id']}/corrections", {"kind": "void", "reason": "误录"})
    answer = await clerk.post(f"/donations/{gift['id']}/refunds", {"amount": fen(1), "reason": "other"})
    assert (answer.status_code, answer.json()["code"]) == (409, "refund-exceeds-gift")


async def test_only_who_decides_refunds_there_may_decide_one(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    gift = (await clerk.give()).json()
    url = f"/v1/fundraising/donations/{gift['id']}/refunds"
    body, codes = {"amount": fen(1), "reason": "other"}, []
    for role in (Role.fundraising_officer, Role.cashier, Role.auditor):
        who = await members.sign_in(app, session, role, clerk.organization)
        codes.append((await client.post(url, json=body, headers=who | {"Idempotency-Key": "k"})).status_code)
    stranger = await desk(app, client, session)
    codes.append((await stranger.post(f"/donations/{gift['id']}/refunds", body)).status_code)
    assert codes == [403, 403, 403, 404]


async def test_what_waits_and_what_exceeds_its_gift_is_listed(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    gift, never = make.gift(clerk.appeal, 100), make.gift(clerk.appeal, 5)
    await donations.receive(session, [make.given_back(clerk.appeal, gift, 101)])
    await donations.receive(session, [make.given_back(clerk.appeal, never)])
    await donations.receive(session, [gift])
    await donations.receive(session, [make.given_back(clerk.appeal, gift, 7)])
    stranger = await desk(app, client, session)

    async def amounts(at: Desk, **params: object) -> list[int]:
        return [item["amount"]["amount"] for item in (await at.get("/refunds", **params)).json()["items"]]

    assert await amounts(clerk) == [7, 5, 101]
    assert await amounts(clerk, state="pending") == [5]
    assert await amounts(clerk, state="excess") == [101]
    assert await amounts(clerk, organization_id=str(stranger.organization.id)) == []
    assert await amounts(stranger) == []


async def test_open_disputes_are_listed(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    gift = make.gift(clerk.appeal, 100)
    told = {
        "source_id": clerk.appeal.platform_id,
        "their_gift_id": gift.their_id,
        "amount": 100,
        "at": make.GIVEN,
        "actor": "platform:tencent",
    }
    lost, still = (Objection(their_id=f"D-{n}", state=DisputeState.open, **told) for n in (1, 2))
    await donations.receive(session, [gift, lost, still])
    await donations.receive(session, [Objection(their_id="D-1", state=DisputeState.lost, **told)])

    opened = (await clerk.get("/disputes", state="open")).json()["items"]
    every = (await clerk.get("/disputes")).json()["items"]
    elsewhere = await (await desk(app, client, session)).get("/disputes")

    assert [(item["their_id"], item["amount"]) for item in opened] == [("D-2", fen(100))]
    assert [item["state"] for item in every] == ["open", "lost"]
    assert elsewhere.json()["items"] == []
    [refund] = (await clerk.get("/refunds")).json()["items"]
    assert (refund["reason"], refund["their_id"]) == ("dispute_lost", "D-1")


async def test_fifty_refunds_at_once_never_exceed_the_gift(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session)
        [outcome, _] = await donations.receive(
            session, [make.gift(at.appeal, 100), make.gift(at.appeal, 1000)]
        )
    path = f"/donations/{outcome.donation_id}/refunds"

    answers = await asyncio.gather(
        *(at.post(path, {"amount": fen(9), "reason": "donor_request"}) for _ in range(50))
    )

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] * 11 + [409] * 39
    assert {answer.json().get("code") for answer in answers} == {None, "refund-exceeds-gift"}
    async with committed.writing() as session:
        assert (await session.get_one(Donation, outcome.donation_id)).refunded == 99
        assert await left(session, at.campaign) == [1001]
        await books_agree(session)
