"""What a caller may do is told with a resource, and is what its routes then allow."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk, fen

DRAFT = {
    "code": "SX-2026-WELL",
    "title": "水井",
    "purpose": "修水井",
    "starts_on": "2026-01-01",
    "designations": [{"code": "main", "title": "水井", "fund_code": "F-WELL"}],
}


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session, role=Role.fundraising_officer)


async def told(at: Desk, path: str, headers: dict[str, str] | None = None) -> list[str]:
    answer = await at.client.get(f"/v1/fundraising{path}", headers=headers or at.headers)
    assert answer.status_code == 200, answer.text
    return answer.json()["allowed_actions"]


async def test_a_campaign_admits_what_its_state_does(
    app: FastAPI, clerk: Desk, session: WriteSession
) -> None:
    viewer = await members.sign_in(app, session, Role.viewer, clerk.organization)
    cashier = await members.sign_in(app, session, Role.cashier, clerk.organization)
    made = (await clerk.post("/campaigns", DRAFT | {"organization_id": str(clerk.organization.id)})).json()
    path = f"/campaigns/{made['id']}"

    assert made["allowed_actions"] == await told(clerk, path) == ["change", "add_designation", "open"]
    opened = (await clerk.post(f"{path}/opening")).json()
    assert opened["allowed_actions"] == ["add_designation", "close", "record_donation"]
    assert await told(clerk, path, cashier) == ["record_donation"]
    assert await told(clerk, path, viewer) == []
    assert (await clerk.post(f"{path}/closing")).json()["allowed_actions"] == []


async def test_a_donation_admits_what_is_left_to_do(app: FastAPI, clerk: Desk, session: WriteSession) -> None:
    accountant = await members.sign_in(app, session, Role.accountant, clerk.organization)
    gift = (await clerk.give(100)).json()
    path = f"/donations/{gift['id']}"

    assert await told(clerk, path) == ["correct"]
    assert await told(clerk, path, accountant) == ["correct", "refund"]
    as_accountant = Desk(
        client=clerk.client,
        headers=accountant,
        organization=clerk.organization,
        bank=clerk.bank,
        appeal=clerk.appeal,
    )
    part = await as_accountant.post(f"{path}/refunds", {"amount": fen(40), "reason": "donor_request"})
    assert part.status_code == 201, part.text
    assert await told(clerk, path, accountant) == ["refund"]
    refused = await clerk.post(f"{path}/corrections", {"kind": "void", "reason": "重复录入"})
    assert refused.status_code == 409


async def test_an_organization_tells_an_admin_what_there_is_to_do(
    app: FastAPI, clerk: Desk, session: WriteSession
) -> None:
    admin = await members.sign_in(app, session, Role.admin, clerk.organization)
    path = f"/v1/organizations/{clerk.organization.id}"

    mine = (await clerk.client.get(path, headers=admin)).json()["allowed_actions"]
    theirs = (await clerk.client.get(path, headers=clerk.headers)).json()["allowed_actions"]

    assert {"change", "add_member", "give_role", "change_policies"} <= set(mine)
    assert theirs == []
