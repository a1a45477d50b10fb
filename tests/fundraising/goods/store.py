"""A member's storekeeper: an officer and an accountant who have signed in, a warehouse and a project."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.fundraising.goods import stock_funds, warehouses
from app.fundraising.goods.warehouses import NewWarehouse
from app.fundraising.models import Designation
from app.fundraising.models.goods import Warehouse
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.ledger import accounts, dimensions, funds
from app.ledger.accounts import Leaf
from app.ledger.models import Dimension, DimensionKind, Fund
from app.organizations.access import Role
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk, fen


@dataclass(frozen=True, kw_only=True)
class Store:
    """What a storekeeper works with; `officer` records, `accountant` values."""

    officer: Desk
    accountant: Desk
    warehouse: Warehouse
    project: Dimension
    fund: Fund
    """The restricted fund of the open campaign, which allows the project."""

    async def receive(self, *lots: dict[str, Any], **over: Any) -> Response:
        body = {
            "organization_id": str(self.officer.organization.id),
            "warehouse_id": str(self.warehouse.id),
            "received_on": str(today()),
            "giver": {"name": "王小明"},
            "lots": list(lots) or [line()],
        } | over
        return await self.officer.post("/goods/gifts", body)

    async def lots(self, gift_id: str) -> list[dict[str, Any]]:
        answer = await self.officer.get("/goods/lots", gift_id=gift_id, sort="created_at")
        found: list[dict[str, Any]] = answer.json()["items"]
        return found

    async def inspect(self, gift_id: str, **accepted: Any) -> Response:
        """Accept everything, or the counts given by item."""
        said = [
            {"lot_id": lot["id"], "accepted_count": accepted.get(lot["item"], lot["received_count"])}
            | ({"reason": "破损"} if lot["item"] in accepted else {})
            for lot in await self.lots(gift_id)
        ]
        body = {"inspected_on": str(today()), "lots": said}
        return await self.officer.post(f"/goods/gifts/{gift_id}/inspection", body)

    async def stocked(self, *lots: dict[str, Any], **over: Any) -> list[dict[str, Any]]:
        """Take goods in and inspect them; return their lots."""
        gift = await self.receive(*lots, **over)
        assert gift.status_code == 201, gift.text
        assert (await self.inspect(gift.json()["id"])).status_code == 200
        return await self.lots(gift.json()["id"])

    async def value(self, lot: dict[str, Any], minor: int | None, method: str = "document") -> Response:
        said = {"lot_id": lot["id"], "method": method, "basis": "发票 0123"}
        body = {"lots": [said | ({} if minor is None else {"amount": fen(minor)})]}
        return await self.accountant.post(f"/goods/gifts/{lot['gift_id']}/valuations", body)

    async def hand_out(self, lot: dict[str, Any], quantity: int, **over: Any) -> Response:
        unit = {"unit": over.pop("unit")} if "unit" in over else {}
        body = {
            "organization_id": str(self.officer.organization.id),
            "handed_on": str(today()),
            "recipient_kind": "organization",
            "recipient": "县人民医院",
            "lots": [{"lot_id": lot["id"], "quantity": quantity} | unit],
        } | over
        return await self.officer.post("/goods/handouts", body)

    async def left(self, lot: dict[str, Any]) -> tuple[int, int]:
        """Return how much of a lot is left, and what that is worth."""
        told = (await self.officer.get(f"/goods/lots/{lot['id']}")).json()
        return told["left_count"], told["left_value"]["amount"]

    async def stands(self, session: ReadSession, code: str, **dimensions: Any) -> int:
        """Return what stands on an account of the member, debits above zero."""
        leaf = Leaf(organization_id=self.officer.organization.id, chart="2026", code=code, **dimensions)
        assert isinstance(session, WriteSession)
        account_id = await accounts.open_one(session, leaf)
        return (await accounts.standing(session, [account_id]))[account_id]


def line(**over: Any) -> dict[str, Any]:
    return {"item": "口罩", "quantity": 100, "unit": "个"} | over


async def store(app: FastAPI, client: AsyncClient, session: WriteSession) -> Store:
    officer = await desk(app, client, session, role=Role.fundraising_officer)
    headers = await members.sign_in(app, session, Role.accountant, officer.organization)
    at = officer.organization.id
    project = await dimensions.declare(session, DimensionKind.project, f"P{new_code(6)}", organization_id=at)
    query = select(Fund).join(Designation, Designation.fund_id == Fund.id)
    fund = (await session.scalars(query.where(Designation.campaign_id == officer.campaign.id))).one()
    await funds.allow(session, fund, project.id)
    warehouse = await warehouses.create(
        session, NewWarehouse(organization_id=at, code=f"W{new_code(6)}", name="物资库")
    )
    return Store(
        officer=officer,
        accountant=replace(officer, headers=headers),
        warehouse=warehouse,
        project=project,
        fund=fund,
    )


async def worth(session: WriteSession, fund: Fund) -> int:
    """Return what a fund's goods are worth, as its stock fund has it."""
    stock = await stock_funds.of(session, fund)
    return (await funds.left(session, [stock.id]))[stock.id]
