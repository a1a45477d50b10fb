"""A member says who must sign in with a second factor; whoever has none reaches only its enrolment."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Delegation, Organization, Staff
from tests.factories import organizations as make


@dataclass
class Office:
    """A member whose admin says who must have a second factor."""

    client: AsyncClient
    member: Organization
    admin: dict[str, str]

    @property
    def path(self) -> str:
        return f"/v1/organizations/{self.member.id}/second-factor-demands"

    async def demand(self, *roles: str) -> Response:
        return await self.client.put(self.path, json={"roles": roles}, headers=self.admin)

    async def enter(self, person: Staff, **more: str) -> Response:
        form = {"username": person.username, "password": make.PASSWORD} | more
        return await self.client.post("/v1/auth/token", data=form)

    async def code(self, headers: dict[str, str], path: str = "/v1/me") -> tuple[int, str | None]:
        answer = await self.client.get(path, headers=headers)
        return answer.status_code, answer.json().get("code")


@pytest.fixture
async def office(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    member = await make.organization(session)
    return Office(client, member, await make.sign_in(app, session, Role.admin, member))


REFUSED = (403, "second-factor-demanded")


async def test_without_one_only_its_enrolment_opens_and_with_it_everything(
    client: AsyncClient, session: WriteSession, office: Office
) -> None:
    person = await make.staff(session, office.member, Role.reviewer)
    before = (await office.enter(person)).json()
    assert (await office.demand("reviewer", "cashier")).json() == {"roles": ["reviewer", "cashier"]}
    entered = await office.enter(person)
    assert (before["must_enrol"], entered.status_code, entered.json()["must_enrol"]) == (False, 200, True)
    headers = make.bearer(entered.json()["access_token"])

    # It holds for the stay that began before as well, and for every kind of route.
    assert await office.code(make.bearer(before["access_token"])) == REFUSED
    for path in ("/v1/me", "/v1/me/tasks", f"/v1/organizations/{office.member.id}"):
        assert await office.code(headers, path) == REFUSED
    refused = await client.get("/v1/me", headers=headers | {"Accept-Language": "zh"})
    assert refused.json()["title"] == "您的岗位须启用动态验证码：请先登记，再以验证码登录"
    renewed = await client.post("/v1/auth/refresh", json={"refresh_token": entered.json()["refresh_token"]})
    assert renewed.json()["must_enrol"] is True

    assert (await client.get("/v1/me/second-factor", headers=headers)).json()["enrolled"] is False
    made = await client.post("/v1/me/second-factor", headers=headers)
    secret = parse_qs(urlsplit(made.json()["uri"]).query)["secret"][0]
    first = {"code": pyotp.TOTP(secret).at(now(), counter_offset=-1)}
    confirmed = await client.post("/v1/me/second-factor/confirmation", json=first, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    assert await office.code(headers) == REFUSED
    again = (await office.enter(person, code=pyotp.TOTP(secret).now())).json()
    assert again["must_enrol"] is False
    assert await office.code(make.bearer(again["access_token"])) == (200, None)
    assert (await client.post("/v1/auth/logout", headers=headers)).status_code == 204


async def test_it_binds_who_holds_the_role_there_and_nobody_else(
    app: FastAPI, session: WriteSession, office: Office
) -> None:
    below = await make.organization(session, parent=office.member)
    people = {
        "other role": await make.sign_in(app, session, Role.accountant, office.member),
        "from above": await make.sign_in(app, session, Role.reviewer, office.member),
        "elsewhere": await make.sign_in(app, session, Role.cashier, below),
    }
    _, machine = await make.key(session, office.member, make.Scope.organizations)
    await office.demand("cashier")
    here = await make.sign_in(app, session, Role.cashier, office.member)

    assert await office.code(here) == REFUSED
    for headers in people.values():
        assert await office.code(headers) == (200, None)
    assert (await office.code(machine, f"/v1/organizations/{office.member.id}"))[0] == 200
    assert (await office.demand()).json() == {"roles": []}
    assert await office.code(here) == (200, None)


async def test_it_binds_an_accountant_who_was_lent(
    app: FastAPI, session: WriteSession, office: Office
) -> None:
    lender = await make.organization(session)
    accountant = await make.sign_in(app, session, Role.accountant, lender)
    await office.demand("accountant")
    assert await office.code(accountant) == (200, None)
    session.add(
        Delegation(
            organization_id=office.member.id,
            delegate_id=lender.id,
            valid_from=today(),
            valid_to=today() + timedelta(days=30),
            reason="代账",
            made_by="test",
        )
    )
    await session.flush()

    assert await office.code(accountant) == REFUSED


async def test_a_role_that_comes_later_brings_its_demand_with_it(
    app: FastAPI, session: WriteSession, office: Office
) -> None:
    person = await make.staff(session, office.member, Role.viewer)
    headers = await make.headers(app, session, person)
    await office.demand("cashier", "cashier")
    assert await office.code(headers) == (200, None)

    await grants.give(session, person, office.member, role=Role.cashier, given_by="test")

    assert await office.code(headers) == REFUSED
    told = (
        await session.scalars(select(OutboxEvent).where(OutboxEvent.topic == "second_factor.demanded"))
    ).one()
    assert told.payload["roles"] == ["cashier"]
