"""Two people who close months over HTTP, and the member whose books they keep."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import ChannelKind
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.journal import Draft, Line, Receipt
from app.ledger.models import Direction, EntryKind, Fund
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as make


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


class Office:
    """A member with a bank account, an accountant and a reviewer."""

    def __init__(self, client: AsyncClient, organization: Organization, fund: Fund, bank_id: UUID) -> None:
        self.client, self.organization, self.fund, self.bank_id = client, organization, fund, bank_id
        self.accountant: dict[str, str] = {}
        self.reviewer: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"/v1/accounting/organizations/{self.organization.id}"

    async def post(self, path: str, headers: dict[str, str], body: dict[str, Any] | None = None) -> Response:
        keyed = headers | {"Idempotency-Key": str(new_id())}
        return await self.client.post(f"{self.address}{path}", json=body, headers=keyed)

    async def ask(self, month: str, reason: str | None = "没有对账单") -> Response:
        return await self.post(f"/months/{month}/closing-request", self.accountant, {"reason": reason})

    async def confirm(self, month: str, *waived: str) -> Response:
        """Close a month; that nobody reconciled the bank account is waived, unless the test says what is."""
        waivers = [{"key": key, "reason": "没有对账单"} for key in waived or ("banks",)]
        return await self.post(f"/months/{month}/closing", self.reviewer, {"waivers": waivers})

    async def close(self, *months: str) -> None:
        for month in months:
            for answer in (await self.ask(month), await self.confirm(month)):
                assert answer.status_code == 201, answer.text

    async def read(self, path: str) -> dict[str, Any]:
        answer = await self.client.get(f"{self.address}{path}", headers=self.accountant)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def gift(self, session: WriteSession, day: date, amount: int, fund: Fund | None = None) -> Receipt:
        """Book a gift to the bank account."""
        fund = fund or self.fund
        leaf = Leaf(organization_id=self.organization.id, chart="2026", code="4101", fund_id=fund.id)
        line = Line(
            debit=self.bank_id,
            credit=await accounts.open_one(session, leaf),
            amount=amount,
            fund_id=fund.id,
            direction=Direction.inflow,
        )
        return await self.book(session, day, EntryKind.donation, line)

    async def cost(self, session: WriteSession, day: date, amount: int) -> Receipt:
        """Book a cost of the general fund."""
        general = await funds.general(session, self.organization.id)
        leaf = Leaf(organization_id=self.organization.id, chart="2026", code="5301", fund_id=general.id)
        line = Line(
            debit=await accounts.open_one(session, leaf),
            credit=self.bank_id,
            amount=amount,
            fund_id=general.id,
            direction=Direction.outflow,
        )
        return await self.book(session, day, EntryKind.voucher, line)

    async def book(self, session: WriteSession, day: date, kind: EntryKind, line: Line) -> Receipt:
        draft = Draft(
            organization_id=self.organization.id,
            chart="2026",
            kind=kind,
            reference=f"{kind}:{new_id()}",
            occurred_at=noon(day),
            actor="test",
            lines=[line],
        )
        [receipt] = await journal.post(session, [draft])
        return receipt


async def office(
    app: FastAPI, client: AsyncClient, session: WriteSession, *, books_from: date = date(2026, 1, 1)
) -> Office:
    organization = await make.organization(session, books_from=books_from)
    fund = Fund(organization_id=organization.id, code="F-BRIDGE", title="慈安桥", restricted=True)
    await funds.open_fund(session, fund)
    new = NewChannel(
        organization_id=organization.id, chart="2026", code="icbc", name="工行", kind=ChannelKind.bank
    )
    opened = await channels.create(session, new)
    made = Office(client, organization, fund, opened.account_id)
    made.accountant = await make.sign_in(app, session, Role.accountant, organization)
    made.reviewer = await make.sign_in(app, session, Role.reviewer, organization)
    return made
