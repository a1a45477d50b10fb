"""A member's desk: an accountant who has signed in, a bank account, a cash box and an open campaign."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.fundraising import invariants
from app.fundraising.campaigns import NewDesignation
from app.fundraising.models import Campaign
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code
from app.ledger import verification
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import fundraising as make
from tests.factories import organizations as members

DONATED_AT = "2026-05-01T10:30:00+08:00"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a clerk has on the desk; every request carries the clerk's token and a key of its own."""

    client: AsyncClient
    headers: dict[str, str]
    organization: Organization
    bank: Channel
    appeal: make.Appeal

    @property
    def campaign(self) -> Campaign:
        return self.appeal.campaign

    async def get(self, path: str, **params: Any) -> Response:
        return await self.client.get(f"/v1/fundraising{path}", params=params, headers=self.headers)

    async def post(
        self, path: str, body: dict[str, Any] | None = None, *, key: str | None = None
    ) -> Response:
        headers = self.headers | {"Idempotency-Key": key or new_code(), "Content-Type": "application/json"}
        # Escaped, so that a test can say what UTF-8 cannot.
        content = None if body is None else json.dumps(body).encode()
        return await self.client.post(f"/v1/fundraising{path}", content=content, headers=headers)

    async def give(self, minor: int = 100_00, *, campaign: Campaign | None = None, **over: Any) -> Response:
        """Take a gift at the counter."""
        body = {"channel_id": str(self.bank.id), "amount": fen(minor), "donated_at": DONATED_AT} | over
        return await self.post(f"/campaigns/{(campaign or self.campaign).id}/donations", body)

    async def totals(self, campaign: Campaign | None = None) -> dict[str, Any]:
        """Read a campaign's totals, amounts as plain fen."""
        answer = await self.get(f"/campaigns/{(campaign or self.campaign).id}")
        shown = answer.json()["totals"]
        return {name: value["amount"] if isinstance(value, dict) else value for name, value in shown.items()}


def fen(minor: int) -> dict[str, Any]:
    return {"amount": minor, "currency": "CNY"}


async def desk(
    app: FastAPI,
    client: AsyncClient,
    session: WriteSession,
    *designations: NewDesignation,
    role: Role = Role.accountant,
) -> Desk:
    organization = await members.organization(session, books_from=date(2026, 1, 1))
    merchant = await make.merchant(session, organization.id)
    appeal = make.Appeal(
        organization_id=organization.id,
        platform_id=merchant.platform_id,
        channel=merchant,
        campaign=await make.campaign(session, organization.id, *designations),
    )
    return Desk(
        client=client,
        headers=await members.sign_in(app, session, role, organization),
        organization=organization,
        bank=await bank(session, organization),
        appeal=appeal,
    )


async def bank(session: WriteSession, organization: Organization, **over: Any) -> Channel:
    values = {"code": f"B{new_code(6)}", "name": "工商银行", "kind": ChannelKind.bank} | over
    return await channels.create(
        session, NewChannel(organization_id=organization.id, chart=organization.chart_version, **values)
    )


async def books_agree(session: ReadSession) -> None:
    """Recompute what was folded in while recording, and look for what breaks a promise of the books."""
    await session.flush()
    found = [check async for check in verification.checks(session, invariants.CHECKS)]
    assert [check for check in found if check.offender] == []
