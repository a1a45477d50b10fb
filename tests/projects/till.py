"""A member that pays: an officer, a reviewer and a cashier, a bank account, funds with money, and payees."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind, CounterpartyKind
from app.accounting.parties import counterparties
from app.accounting.parties.counterparties import NewCounterparty
from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.models import AccessClass, Attachment
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.events import Event
from app.ledger.journal import Line, Receipt
from app.ledger.models import Direction, EntryKind, Fund
from app.organizations.access import Role
from app.organizations.models import Organization, Staff
from tests.factories import organizations as make
from tests.projects.office import Office

DAY = today()


@dataclass(frozen=True, kw_only=True)
class Till(Office):
    """An office with a cashier, a bank account and a second reviewer's admin."""

    cashier: dict[str, str]
    admin: dict[str, str]
    bank: Channel
    session: WriteSession = field(repr=False)
    people: dict[Role, Staff] = field(repr=False)

    async def fund(self, amount: int, project: dict[str, Any] | None = None, **over: Any) -> Fund:
        """A fund that holds so much in the bank, for this project alone if one is named."""
        values: dict[str, Any] = {"title": "慈安桥", "restricted": project is not None} | over
        row = Fund(organization_id=self.organization.id, code=f"F{new_code(6)}", **values)
        await funds.open_fund(self.session, row)
        if project is not None:
            await funds.allow(self.session, row, UUID(project["id"]))
        if amount:
            await self.gift(row, amount)
        return row

    async def gift(self, fund: Fund, amount: int) -> Receipt:
        """A gift that came to the bank."""
        event = Event(occurred_at=now() - timedelta(hours=1), actor="test")
        income = Leaf(organization_id=fund.organization_id, chart="2026", code="4101", fund_id=fund.id)
        line = Line(
            debit=self.bank.account_id,
            credit=await accounts.open_one(self.session, income),
            amount=amount,
            fund_id=fund.id,
            direction=Direction.inflow,
        )
        draft = event.draft(fund.organization_id, EntryKind.donation, f"gift:{new_code()}", [line])
        [receipt] = await journal.post(self.session, [draft])
        return receipt

    async def payee(self, kind: CounterpartyKind = CounterpartyKind.village_collective) -> str:
        """A payee without bank details."""
        new = NewCounterparty(
            organization_id=self.organization.id, code=f"K{new_code(8)}", kind=kind, name="示例村合作社"
        )
        return str((await counterparties.create(self.session, new, actor="test")).id)

    async def account(self, payee: str, **over: Any) -> dict[str, Any]:
        """Bank details that two people agreed on."""
        body = {"holder": "示例村合作社", "number": "6217000000000001", "bank": "某银行"}
        body["reason"] = "首次登记"
        made = await self.made(f"/payees/{payee}/accounts", body | over)
        return await self.made(f"/payee-accounts/{made['id']}/confirmation", by=self.reviewer)

    async def agreement(self, project: dict[str, Any], payee: str, **over: Any) -> dict[str, Any]:
        body = {
            "project_id": project["id"],
            "counterparty_id": payee,
            "code": f"XY-{new_code(6)}",
            "purpose": "帮扶困难家庭",
            "signed_on": "2026-01-01",
            "valid_from": "2026-01-01",
            "valid_to": (DAY + timedelta(days=300)).isoformat(),
            "reports_due": False,
        }
        return await self.made("/payee-agreements", body | over)

    def asked(
        self, project: dict[str, Any], fund: Fund, payee: str, amount: int, **over: Any
    ) -> dict[str, Any]:
        body = {
            "project_id": project["id"],
            "counterparty_id": payee,
            "fund_id": str(fund.id),
            "kind": "aid",
            "cost": "aid",
            "amount": money(amount),
            "purpose": "困难家庭帮扶款",
        }
        return body | over

    async def approved_disbursement(self, body: dict[str, Any]) -> dict[str, Any]:
        made = await self.made("/disbursements", body)
        decided = await self.decide()
        assert decided.status_code in {200, 201}, decided.text
        return made

    async def order(self, *disbursements: dict[str, Any], channel: Channel | None = None) -> Response:
        ids = [one["id"] for one in disbursements]
        body = {"channel_id": str((channel or self.bank).id), "disbursement_ids": ids}
        return await self.post("/payment-orders", body, by=self.cashier)

    async def results(self, order: dict[str, Any], csv: str) -> Response:
        headers = self.cashier | {"Idempotency-Key": new_code()}
        path = f"/v1/projects/payment-orders/{order['id']}/results"
        files = {"file": ("results.csv", csv.encode(), "text/csv")}
        return await self.client.post(path, files=files, headers=headers)

    async def paid(self, body: dict[str, Any]) -> dict[str, Any]:
        """A disbursement that went all the way to a bank that paid it."""
        return await self.carried_out(await self.made("/disbursements", body))

    async def carried_out(self, made: dict[str, Any], *, on: str = DAY.isoformat()) -> dict[str, Any]:
        """A disbursement that has been asked for, all the way to a bank that paid it."""
        decided = await self.decide()
        assert decided.status_code in {200, 201}, decided.text
        order = await self.order(made)
        assert order.status_code == 201, order.text
        done = await self.results(order.json(), f"付款编号,结果,日期\n{made['code']},成功,{on}\n")
        assert done.json()["paid_count"] == 1, done.text
        return (await self.get(f"/disbursements/{made['id']}")).json()

    async def given_back(self, paid: dict[str, Any], amount: int) -> Response:
        """What the bank has sent back of a disbursement."""
        body = {
            "channel_id": str(self.bank.id),
            "returned_on": DAY.isoformat(),
            "reason": "账号有误",
        }
        path = f"/disbursements/{paid['id']}/returns"
        return await self.post(path, body | {"amount": money(amount)}, by=self.cashier)

    async def file(self, *, by: Role = Role.project_officer) -> str:
        """A file that somebody has uploaded a moment ago."""
        row = Attachment(
            organization_id=self.organization.id,
            kind="evidence",
            access=AccessClass.internal,
            media_type="application/pdf",
            size_bytes=1,
            sha256=bytes(32),
            uploaded_by=f"staff:{self.people[by].id}",
            file_name="evidence.pdf",
            stored_at=now(),
        )
        self.session.add(row)
        await self.session.flush()
        return str(row.id)

    async def left(self, fund: Fund) -> int:
        return (await funds.left(self.session, [fund.id]))[fund.id]


def money(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "CNY"}


async def till(
    app: FastAPI,
    client: AsyncClient,
    session: WriteSession,
    organization: Organization | None = None,
    **of_staff: object,
) -> Till:
    """A member (a province unless another is given) that pays; `of_staff` is said of its people."""
    member = organization or await make.organization(session, books_from=date(2026, 1, 1))
    roles = (Role.project_officer, Role.reviewer, Role.cashier, Role.admin)
    people = {role: await make.staff(session, member, role, **of_staff) for role in roles}
    headers = {role: await make.headers(app, session, person) for role, person in people.items()}
    return Till(
        client=client,
        headers=headers[Role.project_officer],
        reviewer=headers[Role.reviewer],
        cashier=headers[Role.cashier],
        admin=headers[Role.admin],
        organization=member,
        bank=await channel(session, member, ChannelKind.bank),
        session=session,
        people=people,
    )


async def channel(session: WriteSession, member: Organization, kind: ChannelKind) -> Channel:
    new = NewChannel(
        organization_id=member.id, chart=member.chart_version, code=f"c{new_code(6)}", name="账户", kind=kind
    )
    return await channels.create(session, new)
