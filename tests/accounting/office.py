"""An office: an association's accountants, reviewer and cashier, with a bank account and a cash box."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.accounting.vouchers.steps import noon
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import accounts, dimensions, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import Dimension, DimensionKind, Direction, EntryKind, Fund
from app.organizations.access import Role
from app.organizations.models import Organization, Staff
from tests.factories import organizations as members

DAY = "2026-05-08"
VOUCHERS = "/v1/accounting/vouchers"


@dataclass(kw_only=True)
class Office:
    """Whom the tests send with what: `ann` and `bo` are accountants, `ray` reviews, `cash` holds the cash."""

    client: AsyncClient
    session: WriteSession
    organization: Organization
    bank: Channel
    cash: Channel
    people: dict[str, Staff] = field(default_factory=dict[str, Staff])
    headers: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    async def get(self, path: str, *, by: str = "ann", **params: Any) -> Response:
        return await self.client.get(path, params=params, headers=self.headers[by])

    async def post(self, path: str, body: Any = None, *, by: str = "ann", key: str | None = None) -> Response:
        headers = self.headers[by] | {"Idempotency-Key": key or new_code()}
        return await self.client.post(path, json=body, headers=headers)

    async def put(self, path: str, body: Any, *, version: str | None, by: str = "ann") -> Response:
        headers = self.headers[by] | ({"If-Match": version} if version else {})
        return await self.client.put(path, json=body, headers=headers)

    def voucher(self, *lines: dict[str, Any], **over: Any) -> dict[str, Any]:
        said = {"organization_id": str(self.organization.id), "happened_on": DAY, "summary": "测试凭证"}
        return said | ({"lines": list(lines)} if lines else {}) | over

    def made(self, template: str, **inputs: Any) -> dict[str, Any]:
        told = {name: str(value) if isinstance(value, UUID) else value for name, value in inputs.items()}
        return self.voucher(template=template, inputs=told)

    async def write(self, body: dict[str, Any], *, by: str = "ann") -> dict[str, Any]:
        answer = await self.post(VOUCHERS, body, by=by)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def upload(self, *, by: str = "ann", kind: str = "invoice", access: str = "internal") -> str:
        """A file that somebody has uploaded, and that belongs to nothing yet."""
        form = {"organization_id": str(self.organization.id), "kind": kind, "access": access}
        files = {"file": ("发票.pdf", b"%PDF-1.7\nof an invoice", "application/pdf")}
        answer = await self.client.post("/v1/attachments", data=form, files=files, headers=self.headers[by])
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def attach(self, voucher: dict[str, Any], *files: str, by: str = "ann") -> Response:
        path = f"{VOUCHERS}/{voucher['id']}/attachments"
        return await self.post(path, {"attachment_ids": files}, by=by)

    async def reviewed(self, body: dict[str, Any], *files: str) -> dict[str, Any]:
        """A voucher that `ann` prepared, with these files, and `ray` reviewed."""
        voucher = await self.write(body)
        if files:
            assert (await self.attach(voucher, *files)).status_code == 201
        for step, who in (("submission", "ann"), ("review", "ray")):
            answer = await self.post(f"{VOUCHERS}/{voucher['id']}/{step}", by=who)
            assert answer.status_code == 200, answer.text
        return answer.json()

    async def posted(self, body: dict[str, Any], *files: str) -> dict[str, Any]:
        """A voucher that three people brought into the books."""
        voucher = await self.reviewed(body, *files)
        answer = await self.post(f"{VOUCHERS}/{voucher['id']}/posting", {}, by="bo")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def endow(self, minor: int, fund: Fund | None = None) -> None:
        """Put money into a fund (the general one), as an opening balance in the bank."""
        fund = fund or await funds.general(self.session, self.organization.id)
        at = {"organization_id": self.organization.id, "chart": "2026"}
        given = Leaf(**at, code="3102" if fund.restricted else "3101", fund_id=fund.id)
        line = Line(
            debit=self.bank.account_id,
            credit=await accounts.open_one(self.session, given),
            amount=minor,
            fund_id=fund.id,
            direction=Direction.inflow,
        )
        event = Event(occurred_at=noon(date(2026, 1, 1)), actor="test")
        draft = event.draft(self.organization.id, EntryKind.opening, f"opening:{new_code()}", [line])
        await journal.post(self.session, [draft])

    async def restricted(self, code: str = "BRIDGE") -> tuple[Fund, Dimension]:
        """A restricted fund, and the project that its purpose allows."""
        at = self.organization.id
        fund = await funds.open_fund(
            self.session, Fund(organization_id=at, code=code, title="慈安桥", restricted=True)
        )
        project = await dimensions.declare(
            self.session, DimensionKind.project, f"P-{code}", organization_id=at
        )
        await funds.allow(self.session, fund, project.id)
        return fund, project

    async def counterparty(self, code: str = "landlord") -> Dimension:
        return await dimensions.declare(
            self.session, DimensionKind.counterparty, code, organization_id=self.organization.id
        )


def line(side: str, code: str, minor: int, **over: Any) -> dict[str, Any]:
    said = {"side": side, "code": code, "amount": {"amount": minor, "currency": "CNY"}}
    return said | {name: str(value) if isinstance(value, UUID) else value for name, value in over.items()}


def debit(code: str, minor: int, **over: Any) -> dict[str, Any]:
    return line("debit", code, minor, **over)


def credit(code: str, minor: int, **over: Any) -> dict[str, Any]:
    return line("credit", code, minor, **over)


STAFF = {"ann": Role.accountant, "bo": Role.accountant, "ray": Role.reviewer, "cash": Role.cashier}


async def office(
    app: FastAPI, client: AsyncClient, session: WriteSession, *, endowed: int = 0, chart: str = "2026"
) -> Office:
    organization = await members.organization(session, books_from=date(2026, 1, 1), chart_version=chart)
    made = {
        kind: await channels.create(
            session,
            NewChannel(
                organization_id=organization.id,
                chart=organization.chart_version,
                code=kind.value,
                name=name,
                kind=kind,
            ),
        )
        for kind, name in ((ChannelKind.bank, "工商银行"), (ChannelKind.cash, "现金箱"))
    }
    at = Office(
        client=client,
        session=session,
        organization=organization,
        bank=made[ChannelKind.bank],
        cash=made[ChannelKind.cash],
    )
    for name, role in STAFF.items():
        at.people[name] = await members.staff(session, organization, role, name=name)
        at.headers[name] = await members.headers(app, session, at.people[name])
    if endowed:
        await at.endow(endowed)
    return at
