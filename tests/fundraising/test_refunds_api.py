"""Refunds by our own decision, and the lists of what waits, exceeds or is disputed."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.fundraising import donations
from app.fundraising.campaigns import NewDesignation
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

USES = (
    NewDesignation(code="a", title="A", fund_code="FA"),
    NewDesignation(code="b", title="B", fund_code="FB", cost_share_basis_points=1000),
    NewDesignation(code="c", title="C", fund_code="FC", cost_share_basis_points=10_000),
)


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
        NewDesignation(code="m", title="M", fund_code="FM", cost_share_basis_points=10_000),
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


@pytest.fixture
async def divided(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session, *USES)


async def give(at: Desk, **parts: int) -> dict[str, Any]:
    """Take a gift that is divided among designations."""
    allocations = [{"designation": code, "amount": amount} for code, amount in parts.items()]
    answer = await at.give(sum(parts.values()), allocations=allocations)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def refund(at: Desk, gift: dict[str, Any], amount: int, use: str | None, **over: Any) -> Response:
    key = over.pop("key", None)
    body = {"amount": fen(amount), "reason": "donor_request", "designation": use} | over
    return await at.post(f"/donations/{gift['id']}/refunds", body, key=key)


async def held(at: Desk, session: WriteSession) -> list[int]:
    """What the funds of the designations hold, then the general one."""
    general = await funds.general(session, at.organization.id)
    return [*await left(session, at.campaign), (await funds.left(session, [general.id]))[general.id]]


async def test_a_refund_names_the_part_of_the_gift_that_goes_back(
    divided: Desk, session: WriteSession
) -> None:
    gift = await give(divided, a=100, b=50)

    over = await refund(divided, gift, 60, "b")
    answers = [await refund(divided, gift, 50, "b", key="k") for _ in range(2)]
    again = await refund(divided, gift, 1, "b")

    assert (over.status_code, over.json()["code"], over.json()["left"]) == (409, "more-than-left", 50)
    assert (answers[0].status_code, answers[0].json()["amount"]) == (201, fen(50)), answers[0].text
    assert answers[0].json() == answers[1].json()
    assert (again.status_code, again.json()["code"], again.json()["left"]) == (409, "more-than-left", 0)
    assert await held(divided, session) == [100, 0, 0, 0]
    path = f"/v1/disclosure/donations/{gift['lookup_code']}/trace"
    trace = (await divided.client.get(path)).json()
    places = [(one["kind"], one["amount"]["amount"], one["fund"]["code"]) for one in trace["places"]]
    assert places == [("unspent", 100, "FA"), ("refunded", 45, "FB"), ("refunded", 5, "GENERAL")]
    assert (await divided.get(f"/donations/{gift['id']}")).json()["refunded"] == fen(50)
    rest = await refund(divided, gift, 100, None)
    assert (rest.status_code, await held(divided, session)) == (201, [0, 0, 0, 0])
    shown = (await divided.get(f"/donations/{gift['id']}")).json()["refunds"]
    assert [one["designation"] for one in shown] == ["b", None]
    assert [answers[0].json(), rest.json()] == shown
    await books_agree(session)


async def test_a_part_goes_back_although_another_one_is_spent(divided: Desk, session: WriteSession) -> None:
    gift = await give(divided, a=100, b=50)
    await spend(session, divided.appeal, 100)

    whole = await refund(divided, gift, 150, None)
    spent = await refund(divided, gift, 100, "a")
    named = await refund(divided, gift, 50, "b")

    assert [(one.status_code, one.json().get("code")) for one in (whole, spent, named)] == [
        (409, "fund-short"),
        (409, "fund-short"),
        (201, None),
    ]
    assert await held(divided, session) == [0, 0, 0, 0]
    await books_agree(session)


async def test_what_was_for_the_costs_alone_is_told_apart_from_anothers_share(
    divided: Desk, session: WriteSession
) -> None:
    gift = await give(divided, b=40, c=10, a=5)

    shown = (await divided.get(f"/donations/{gift['id']}")).json()["allocations"]
    over = await refund(divided, gift, 41, "b")
    part = await refund(divided, gift, 20, "b")
    costs = await refund(divided, gift, 10, "c", reason="own_fault")

    assert {one["designation"]: one["amount"] for one in shown} == {"b": fen(40), "c": fen(10), "a": fen(5)}
    assert (over.status_code, over.json()["left"]) == (409, 40)
    assert (part.status_code, costs.status_code) == (201, 201)
    assert await held(divided, session) == [5, 18, 0, 2]
    await books_agree(session)


async def test_a_part_that_the_gift_does_not_have_is_not_given_back(
    divided: Desk, session: WriteSession
) -> None:
    gift = await give(divided, a=100)
    [late] = await donations.receive(session, [make.gift(divided.appeal, 9, campaign="NOBODY-KNOWS")])

    unknown = await refund(divided, gift, 1, "x")
    chinese = await divided.client.post(
        f"/v1/fundraising/donations/{gift['id']}/refunds",
        json={"amount": fen(1), "reason": "other", "designation": "x"},
        headers=divided.headers | {"Idempotency-Key": "zh", "Accept-Language": "zh-CN"},
    )
    other = await refund(divided, gift, 1, "b")
    waiting = await refund(divided, {"id": str(late.donation_id)}, 9, "a")

    assert (unknown.status_code, unknown.json()["code"]) == (422, "designation-not-found")
    assert (unknown.json()["designations"], chinese.json()["title"]) == (["x"], "该募捐活动没有此指定用途")
    assert (other.status_code, other.json()["code"], other.json()["left"]) == (409, "more-than-left", 0)
    assert (waiting.status_code, waiting.json()["code"]) == (409, "donation-not-posted")
    assert await held(divided, session) == [100, 0, 0, 0]
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
