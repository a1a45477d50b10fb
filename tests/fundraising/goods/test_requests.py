"""A hand-out above a member's threshold waits for an approval; its goods are set aside meanwhile."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text

from app.fundraising.goods import handouts
from app.fundraising.goods.asking import requests
from app.fundraising.goods.errors import StockShort
from app.fundraising.goods.handouts import NewHandout
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsHandout, GoodsLot, GoodsRequestState, RequestedHandout
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.organizations.approvals import Tier, policies
from app.organizations.models import Approval, ApprovalState
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store, line, worth
from tests.fundraising.goods.test_handouts import valued_lot

THRESHOLD = (Tier(300_00, requests.ALONE), Tier(None, (Role.reviewer,)))


@dataclass(frozen=True)
class Asked:
    """A store whose member lets one person hand out up to 300 yuan, with its reviewer."""

    store: Store
    reviewer: dict[str, str]
    lot: dict[str, Any]

    async def ask(self, quantity: int, **over: Any) -> Response:
        body = {
            "organization_id": str(self.store.officer.organization.id),
            "recipient_kind": "organization",
            "recipient": "县人民医院",
            "project_id": str(self.store.project.id),
            "lots": [{"lot_id": self.lot["id"], "quantity": quantity}],
        } | over
        return await self.store.officer.post("/goods/requests", body)

    async def decide(self, asked: dict[str, Any], what: str, *, by: dict[str, str] | None = None) -> Response:
        body = {"reason": "请先核实需求"} if what == "rejection" else {}
        headers = (by or self.reviewer) | {"Idempotency-Key": new_code()}
        path = f"/v1/approvals/{asked['approval_id']}/{what}"
        return await self.store.officer.client.post(path, json=body, headers=headers)

    async def now(self, asked: dict[str, Any]) -> dict[str, Any]:
        told: dict[str, Any] = (await self.store.officer.get(f"/goods/requests/{asked['id']}")).json()
        return told


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession, here: Store) -> Asked:
    member = here.officer.organization
    await policies.replace(session, member.id, requests.KIND, THRESHOLD, version=0, by="test")
    [lot] = await here.stocked(line(), campaign_id=str(here.officer.campaign.id))
    assert (await here.value(lot, 1_000_00)).status_code == 201
    return Asked(here, await members.sign_in(app, session, Role.reviewer, member), lot)


async def test_above_the_threshold_nothing_leaves_until_it_is_approved(
    at: Asked, session: WriteSession
) -> None:
    small = await at.store.hand_out(at.lot, 30, project_id=str(at.store.project.id))
    large = await at.store.hand_out(at.lot, 31, project_id=str(at.store.project.id))
    assert (small.status_code, large.status_code) == (201, 409)
    assert (large.json()["code"], large.json()["value"]) == ("approval-needed", 310_00)
    assert await at.store.left(at.lot) == (70, 700_00)

    asked = await at.ask(40, reference="发放单-7")

    assert asked.status_code == 201, asked.text
    told = asked.json()
    assert (told["state"], told["value"]["amount"], told["handout_id"]) == ("waiting", 400_00, None)
    # Set aside, and not yet booked: the account and the fund still hold it.
    assert await at.store.left(at.lot) == (30, 300_00)
    assert await at.store.stands(session, "1201") == 700_00
    await books_agree(session)
    approved = await at.decide(told, "approval")
    assert approved.status_code == 200, approved.text
    done = await at.now(told)
    assert (done["state"], done["handout_id"]) == ("approved", told["id"])
    handout = (await at.store.officer.get(f"/goods/handouts/{told['id']}")).json()
    assert (handout["handed_on"], handout["reference"]) == (str(today()), "发放单-7")
    assert handout["lines"] == told["lines"]
    assert await at.store.left(at.lot) == (30, 300_00)
    assert await at.store.stands(session, "1201") == 300_00
    assert await worth(session, at.store.fund) == 300_00
    await books_agree(session)


@pytest.mark.parametrize(("what", "state"), [("rejection", "rejected"), ("withdrawal", "withdrawn")])
async def test_what_is_not_approved_lies_in_the_stock_again(
    at: Asked, session: WriteSession, what: str, state: str
) -> None:
    told = (await at.ask(100, recipient_kind="person", recipient="张三丰", reference="发放单-8")).json()
    assert (told["recipient"], await at.store.left(at.lot)) == ("张三丰", (0, 0))

    by = at.store.officer.headers if what == "withdrawal" else None
    ended = await at.decide(told, what, by=by)
    again = await at.decide(told, "approval")

    assert ended.status_code == 200, ended.text
    assert (again.status_code, again.json()["code"]) == (409, "approval-ended")
    now = await at.now(told)
    reason = "请先核实需求" if what == "rejection" else None
    assert (now["state"], now["rejected_reason"], now["handout_id"]) == (state, reason, None)
    # Whoever got nothing is no longer known to us.
    assert now["recipient"] is None
    assert await at.store.left(at.lot) == (100, 1_000_00)
    assert (await session.scalars(select(GoodsHandout))).all() == []
    await books_agree(session)
    # Its number is free for another.
    assert (await at.ask(100, reference="发放单-8")).status_code == 201


async def test_a_request_is_decided_by_another_and_names_nobody_in_the_clear(
    at: Asked, session: WriteSession
) -> None:
    told = (await at.ask(50, recipient_kind="person", recipient="张三丰")).json()

    own = await at.decide(told, "approval", by=at.store.officer.headers)
    approved = await at.decide(told, "approval")

    assert (own.status_code, own.json()["code"]) == (403, "asked-yourself")
    assert approved.status_code == 200, approved.text
    tables = ("goods_requests", "goods_handouts", "approvals", "outbox_events")
    rows = [(await session.execute(text(f"select t::text from {table} t"))).all() for table in tables]
    assert "张三丰" not in str(rows)
    handout = (await at.store.officer.get(f"/goods/handouts/{told['id']}")).json()
    assert handout["recipient"] == "张三丰"


async def test_requests_are_listed_by_state_and_refused_as_hand_outs_are(at: Asked) -> None:
    first = (await at.ask(40)).json()
    second = (await at.ask(40, reference="发放单-9")).json()
    await at.decide(first, "rejection")

    waiting = (await at.store.officer.get("/goods/requests", state="waiting")).json()["items"]
    short = await at.ask(61)
    taken = await at.ask(1, reference="发放单-9")
    aimless = await at.ask(1, project_id=None)

    assert [one["id"] for one in waiting] == [second["id"]]
    refusals = [(one.status_code, one.json()["code"]) for one in (short, taken, aimless)]
    assert refusals == [
        (409, "stock-short"),
        (409, "goods-reference-taken"),
        (409, "purpose-not-allowed"),
    ]
    assert await at.store.left(at.lot) == (60, 600_00)


async def test_a_number_taken_meanwhile_refuses_the_approval_and_the_request_waits_on(at: Asked) -> None:
    told = (await at.ask(40, reference="发放单-10")).json()
    project = str(at.store.project.id)
    assert (await at.store.hand_out(at.lot, 1, project_id=project, reference="发放单-10")).status_code == 201

    refused = await at.decide(told, "approval")

    assert (refused.status_code, refused.json()["code"]) == (409, "goods-reference-taken")
    assert (await at.now(told))["state"] == "waiting"
    assert (await at.decide(told, "rejection")).status_code == 200
    assert await at.store.left(at.lot) == (99, 990_00)


async def test_unvalued_goods_take_the_first_tier(app: FastAPI, session: WriteSession, here: Store) -> None:
    member = here.officer.organization
    [lot] = await here.stocked(line())
    assert (await here.hand_out(lot, 1)).status_code == 201
    everything = (Tier(None, (Role.reviewer,)),)
    await policies.replace(session, member.id, requests.KIND, everything, version=0, by="test")

    refused = await here.hand_out(lot, 1)
    at = Asked(here, await members.sign_in(app, session, Role.reviewer, member), lot)
    told = (await at.ask(9, project_id=None)).json()
    approved = await at.decide(told, "approval")

    assert (refused.status_code, refused.json()["code"]) == (409, "approval-needed")
    assert approved.status_code == 200, approved.text
    handout = (await here.officer.get(f"/goods/handouts/{told['id']}")).json()
    assert (handout["entry_id"], await here.left(lot)) == (None, (90, 0))


async def test_requests_and_hand_outs_at_once_never_take_more_than_the_stock(committed: Database) -> None:
    wanted = await valued_lot(committed)
    lot_id = wanted.parts[0][0]

    async def take(number: int) -> int:
        new = NewHandout(
            organization_id=wanted.organization_id,
            handed_on=today(),
            recipient_kind=wanted.recipient_kind,
            recipient=wanted.recipient,
            parts=[(lot_id, Quantity(30))],
        )
        try:
            async with committed.writing() as session:
                if number % 2:
                    await requests.ask(session, new, asked_by=f"test:{number}")
                else:
                    await handouts.record(session, new, actor="test")
        except StockShort:
            return 0
        return 30

    assert sum(await asyncio.gather(*(take(number) for number in range(12)))) == 90

    # Each is ended by two at once, one of whom approves: the request's row lets one of them.
    async with committed.reading() as session:
        asked = list(await session.scalars(select(RequestedHandout.id)))

    async def end(request_id: Any, state: ApprovalState) -> None:
        async with committed.writing() as session:
            query = select(Approval).where(Approval.subject_id == request_id).with_for_update()
            approval = (await session.scalars(query)).one()
            if approval.state is not ApprovalState.waiting:
                return
            approval.state, approval.ended_at = state, approval.created_at
            if state is ApprovalState.approved:
                approval.agreed_count = approval.step_count
            else:
                approval.withdrawn_by = "test"
            await session.flush()
            await requests.ended(session, approval)

    ways = (ApprovalState.approved, ApprovalState.withdrawn)
    await asyncio.gather(*(end(one, state) for one in asked for state in ways))

    async with committed.reading() as session:
        states = list(await session.scalars(select(RequestedHandout.state)))
        assert GoodsRequestState.waiting not in states
        lot = (await session.scalars(select(GoodsLot))).one()
        gone = (await session.scalars(select(GoodsHandout))).all()
        assert lot.left_count == 100 - 30 * len(gone)
        await books_agree(session)
