"""Shipments: what one member sends another takes in, with every difference, booked by both under one id."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.fundraising.goods import warehouses
from app.fundraising.goods.warehouses import NewWarehouse
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import balances, funds
from app.ledger.figures import eliminations
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store, line, worth


@dataclass(frozen=True, kw_only=True)
class Road:
    """A store, and the member to which it sends."""

    here: Store
    client: AsyncClient
    receiver: Organization
    headers: dict[str, str]
    warehouse_id: str

    async def send(self, lot: dict[str, Any], quantity: int, **over: Any) -> Response:
        body = {
            "organization_id": str(self.here.officer.organization.id),
            "receiver_id": str(self.receiver.id),
            "shipped_on": str(today()),
            "lots": [{"lot_id": lot["id"], "quantity": quantity}],
        } | over
        return await self.here.officer.post("/goods/shipments", body)

    async def take_in(self, shipment: dict[str, Any], count: int, reason: str | None = None) -> Response:
        [sent] = shipment["lines"]
        said = {"line_id": sent["id"], "received_count": count} | ({"reason": reason} if reason else {})
        body = {"warehouse_id": self.warehouse_id, "received_on": str(today()), "lines": [said]}
        path = f"/v1/fundraising/goods/shipments/{shipment['id']}/receipt"
        headers = self.headers | {"Idempotency-Key": new_code()}
        return await self.client.post(path, json=body, headers=headers)

    async def stock(self) -> list[dict[str, Any]]:
        answer = await self.client.get("/v1/fundraising/goods/lots", headers=self.headers)
        found: list[dict[str, Any]] = answer.json()["items"]
        return found


@pytest.fixture
async def road(app: FastAPI, client: AsyncClient, session: WriteSession, here: Store) -> Road:
    receiver = await members.organization(session, books_from=date(2026, 1, 1))
    warehouse = await warehouses.create(
        session, NewWarehouse(organization_id=receiver.id, code="W1", name="县物资库")
    )
    return Road(
        here=here,
        client=client,
        receiver=receiver,
        headers=await members.sign_in(app, session, Role.fundraising_officer, receiver),
        warehouse_id=str(warehouse.id),
    )


async def test_what_is_sent_is_received_and_the_two_sides_cancel_out(
    road: Road, session: WriteSession
) -> None:
    [lot] = await road.here.stocked(line(expires_on="2035-01-01"))
    assert (await road.here.value(lot, 1_000_00)).status_code == 201

    sent = await road.send(lot, 60)
    assert sent.status_code == 201, sent.text
    assert await road.here.left(lot) == (40, 400_00)
    assert await road.stock() == []
    both = [road.here.officer.organization.id, road.receiver.id]
    assert [one.amount for one in (await eliminations.until(session, both, None))[1]] == [600_00]
    received = await road.take_in(sent.json(), 60)

    assert received.status_code == 200, received.text
    assert received.json()["lost"]["amount"] == 0
    [theirs] = await road.stock()
    assert (theirs["left_count"], theirs["left_value"]["amount"]) == (60, 600_00)
    assert (theirs["origin_lot_id"], theirs["expires_on"]) == (lot["id"], "2035-01-01")
    rows = balances.by_code(await balances.trial_balance(session, both))
    assert {row.code: row.balance for row in rows}["1201"] == 1_000_00
    assert (await eliminations.until(session, both, None))[1] == []
    await books_agree(session)


async def test_what_did_not_come_is_told_and_is_a_cost_of_the_receiver(
    road: Road, session: WriteSession
) -> None:
    [lot] = await road.here.stocked(line())
    assert (await road.here.value(lot, 1_000_00)).status_code == 201
    sent = (await road.send(lot, 50)).json()

    silent = await road.take_in(sent, 45)
    received = await road.take_in(sent, 45, "途中破损")

    assert (silent.status_code, silent.json()["code"]) == (422, "arrival-incomplete")
    assert received.json()["lost"]["amount"] == 50_00
    [told] = received.json()["lines"]
    assert (told["count"], told["received_count"], told["difference_count"]) == (50, 45, 5)
    assert told["difference_reason"] == "途中破损"
    assert await worth(session, await funds.general(session, road.receiver.id)) == 450_00
    await books_agree(session)


async def test_a_shipment_is_received_once_and_by_its_receiver(road: Road) -> None:
    [lot] = await road.here.stocked(line())
    sent = (await road.send(lot, 10)).json()
    assert sent["allowed_actions"] == []
    body = {
        "warehouse_id": road.warehouse_id,
        "received_on": str(today()),
        "lines": [{"line_id": sent["lines"][0]["id"], "received_count": 10}],
    }

    by_sender = await road.here.officer.post(f"/goods/shipments/{sent['id']}/receipt", body)
    first = await road.take_in(sent, 10)
    again = await road.take_in(sent, 10)

    assert by_sender.status_code == 404
    assert (first.status_code, first.json()["entry_id"]) == (200, None)
    assert (again.status_code, again.json()["code"]) == (409, "shipment-received")
    listed = await road.client.get("/v1/fundraising/goods/shipments", headers=road.headers)
    assert [one["id"] for one in listed.json()["items"]] == [sent["id"]]


async def test_nothing_is_sent_to_oneself_or_beyond_the_stock(road: Road) -> None:
    [lot] = await road.here.stocked(line())

    own = await road.send(lot, 1, receiver_id=str(road.here.officer.organization.id))
    more = await road.send(lot, 101)

    assert own.json()["code"] == "shipment-to-itself"
    assert more.json()["code"] == "stock-short"
