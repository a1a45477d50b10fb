"""A member with people who ask and decide, and a kind of request whose end is written down."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Conflict
from app.kit.ids import new_code, new_id
from app.organizations import approvals, callers, logins, tokens
from app.organizations.access import Caller, Role
from app.organizations.approvals import Kind, Matter
from app.organizations.models import Approval, Organization, Staff
from tests.factories import organizations as make

SMALL, LARGE = 10_000_00, 10_000_01


@dataclass
class Ends:
    """A feature that asks: it notes how its requests end, and refuses to go on with some of them."""

    seen: list[tuple[UUID, str]] = field(default_factory=list)
    refusing: set[UUID] = field(default_factory=set)

    async def ended(self, session: WriteSession, approval: Approval) -> None:
        if approval.subject_id in self.refusing:
            raise Conflict("the subject can't be carried out any more")
        self.seen.append((approval.subject_id, approval.state.value))

    def kinds(self) -> dict[str, Kind]:
        return {
            "purchase": Kind("Purchase", "采购", self.ended),
            "payment": Kind("Payment", "付款", self.ended, moves_money=True),
        }

    def hand_to(self, session: ReadSession) -> None:
        session.info[approvals.KINDS] = self.kinds()


@dataclass
class Office:
    """A member, its people by role, and what they send along."""

    app: FastAPI
    client: AsyncClient
    session: WriteSession
    organization: Organization
    ends: Ends
    people: dict[str, Staff] = field(default_factory=dict)
    headers: dict[str, dict[str, str]] = field(default_factory=dict)

    async def hire(self, name: str, role: Role, at: Organization | None = None) -> Staff:
        person = await make.staff(self.session, at or self.organization, role)
        self.people[name] = person
        self.headers[name] = await make.headers(self.app, self.session, person)
        return person

    async def ask(self, amount: int | None = SMALL, *, by: str = "accountant", **over: Any) -> Approval:
        values = {
            "kind": "purchase",
            "organization_id": self.organization.id,
            "subject_id": new_id(),
            "title": "办公用品",
            "amount_minor": amount,
        } | over
        return await approvals.ask(self.session, Matter(**values), asked_by=self.label(by))

    def label(self, name: str) -> str:
        return f"staff:{self.people[name].id}"

    async def caller(self, name: str) -> Caller:
        return await caller(self.session, self.people[name])

    async def get(self, name: str, path: str, **params: Any) -> Response:
        return await self.client.get(f"/v1{path}", params=params, headers=self.headers[name])

    async def send(self, name: str, method: str, path: str, body: Any = None, **headers: str) -> Response:
        named = {"Idempotency-Key": new_code()} if method == "POST" else {}
        sent = self.headers[name] | named | headers
        return await self.client.request(method, f"/v1{path}", json=body, headers=sent)

    async def approve(self, name: str, approval: Approval, **body: Any) -> Response:
        return await self.send(name, "POST", f"/approvals/{approval.id}/approval", body)

    async def reject(self, name: str, approval: Approval, reason: str = "缺少合同") -> Response:
        return await self.send(name, "POST", f"/approvals/{approval.id}/rejection", {"reason": reason})


async def office(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    """Open an office with an admin, an accountant, a cashier and two reviewers."""
    ends = Ends()
    ends.hand_to(session)
    opened = Office(app, client, session, await make.organization(session), ends)
    for role in (Role.admin, Role.accountant, Role.reviewer, Role.cashier):
        await opened.hire(role.value, role)
    await opened.hire("other_reviewer", Role.reviewer)
    return opened


async def caller(session: WriteSession, person: Staff) -> Caller:
    stay = await logins.begin(session, person.id)
    return await callers.of_claim(session, tokens.Claim(person.id, stay.login_id))
