"""Second factors: enrolled, asked for, each code taken once, and demanded where money moves."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, update

from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.organizations import passwords, second_factors
from app.organizations.access import Role
from app.organizations.approvals.factors import DEMAND, Demand
from app.organizations.errors import SecondFactorMissing
from app.organizations.models import Organization, RecoveryCode, SecondFactor, Staff
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, SMALL, office


@dataclass
class App:
    """A person's authenticator app, and what it was told when it was enrolled."""

    secret: str
    recovery_codes: list[str]

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(now(), counter_offset=steps)


async def enter(client: AsyncClient, person: Staff, password: str = make.PASSWORD, **more: str) -> Response:
    form = {"username": person.username, "password": password} | more
    return await client.post("/v1/auth/token", data=form)


async def enrolled(client: AsyncClient, headers: dict[str, str]) -> App:
    made = await client.post("/v1/me/second-factor", headers=headers)
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store"), made.text
    uri = urlsplit(made.json()["uri"])
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert made.json()["qr_svg"].startswith("<svg")
    secret = parse_qs(uri.query)["secret"][0]
    # The step before this one, so that the codes of this one are still there to sign in with.
    code = pyotp.TOTP(secret).at(now(), counter_offset=-1)
    confirmed = await client.post("/v1/me/second-factor/confirmation", json={"code": code}, headers=headers)
    assert confirmed.status_code == 200, confirmed.text
    return App(secret, confirmed.json()["recovery_codes"])


@pytest.fixture
async def member(session: WriteSession) -> Organization:
    return await make.organization(session)


@pytest.fixture
async def person(session: WriteSession, member: Organization) -> Staff:
    return await make.staff(session, member, Role.reviewer)


@pytest.fixture
async def headers(app: FastAPI, session: WriteSession, person: Staff) -> dict[str, str]:
    return await make.headers(app, session, person)


async def test_once_enrolled_signing_in_asks_for_a_code(
    client: AsyncClient, person: Staff, headers: dict[str, str]
) -> None:
    before = await enter(client, person)
    phone = await enrolled(client, headers)

    missing = await enter(client, person)
    wrong_password = await enter(client, person, "wrong", code=phone.code())
    wrong = await enter(client, person, code="000000" if phone.code() != "000000" else "111111")
    right = await enter(client, person, code=phone.code())

    assert before.status_code == 200
    assert (missing.status_code, missing.json()["code"]) == (401, "second-factor-missing")
    assert wrong_password.json()["code"] == "sign-in-failed"
    assert (wrong.status_code, wrong.json()["code"]) == (401, "second-factor-wrong")
    assert right.status_code == 200, right.text
    told = (await client.get("/v1/me/second-factor", headers=headers)).json()
    assert (told["enrolled"], told["recovery_codes_left"]) == (True, 10)


async def test_an_app_that_was_never_confirmed_asks_for_nothing(
    client: AsyncClient, person: Staff, headers: dict[str, str]
) -> None:
    await client.post("/v1/me/second-factor", headers=headers)
    bad = await client.post("/v1/me/second-factor/confirmation", json={"code": "abcdef"}, headers=headers)

    assert (bad.status_code, bad.json()["code"]) == (401, "second-factor-wrong")
    assert (await enter(client, person)).status_code == 200
    assert (await client.get("/v1/me/second-factor", headers=headers)).json()["enrolled"] is False


async def test_each_code_is_taken_once_and_no_older_one_after_it(
    client: AsyncClient, person: Staff, headers: dict[str, str]
) -> None:
    phone = await enrolled(client, headers)
    now_code, before_it = phone.code(), phone.code(-1)

    assert (await enter(client, person, code=now_code)).status_code == 200
    for spent in (now_code, before_it):
        assert (await enter(client, person, code=spent)).json()["code"] == "second-factor-wrong"
    assert (await enter(client, person, code=phone.code(1))).status_code == 200
    assert (await enter(client, person, code=phone.code(9))).json()["code"] == "second-factor-wrong"


async def test_a_recovery_code_stands_for_the_app_once(
    client: AsyncClient, session: WriteSession, person: Staff, headers: dict[str, str]
) -> None:
    phone = await enrolled(client, headers)
    assert len(set(phone.recovery_codes)) == 10
    assert all(re.fullmatch(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}", one) for one in phone.recovery_codes)

    first = phone.recovery_codes[3]
    assert (await enter(client, person, code=first.lower().replace("-", " "))).status_code == 200
    assert (await enter(client, person, code=first)).json()["code"] == "second-factor-wrong"
    told = (await client.get("/v1/me/second-factor", headers=headers)).json()
    assert told["recovery_codes_left"] == 9
    kept = await session.scalars(select(RecoveryCode.code_hash))
    assert not any(one.encode() in hashed for one in phone.recovery_codes for hashed in kept)


async def test_wrong_codes_lock_out_like_wrong_passwords(
    client: AsyncClient, session: WriteSession, person: Staff, headers: dict[str, str]
) -> None:
    phone = await enrolled(client, headers)
    # A right password without its code neither counts nor wipes out what was counted.
    for _ in range(4):
        assert (await enter(client, person, code="abcdef")).json()["code"] == "second-factor-wrong"
        assert (await enter(client, person)).json()["code"] == "second-factor-missing"
    changed = {"username": person.username, "old_password": make.PASSWORD, "new_password": "x" * 12}
    by_password = await client.post("/v1/auth/password", json=changed)
    await session.refresh(person)
    assert (by_password.json()["code"], person.failed_count) == ("second-factor-missing", 4)

    assert (await enter(client, person, code="abcdef")).json()["code"] == "second-factor-wrong"
    assert (await enter(client, person, code=phone.code())).json()["code"] == "sign-in-failed"


async def test_a_code_shown_ten_times_at_once_opens_one_door(committed: Database) -> None:
    async with committed.writing() as session:
        person = await make.staff(session, await make.organization(session), Role.reviewer)
        made = await second_factors.enrol(session, person)
        secret = parse_qs(urlsplit(made.uri).query)["secret"][0]
        [code, *_] = await second_factors.confirm(
            session, person, pyotp.TOTP(secret).at(now(), counter_offset=-1)
        )
    for shown in (pyotp.TOTP(secret).now(), code):

        async def spend(shown: str = shown) -> bool:
            async with committed.writing() as session:
                return await second_factors.spend(session, person.id, shown)

        assert Counter(await asyncio.gather(*(spend() for _ in range(10)))) == {True: 1, False: 9}


async def test_failures_that_meet_a_missing_code_are_still_five(committed: Database) -> None:
    async with committed.writing() as session:
        person = await make.staff(session, await make.organization(session), Role.reviewer)
        made = await second_factors.enrol(session, person)
        secret = parse_qs(urlsplit(made.uri).query)["secret"][0]
        await second_factors.confirm(session, person, pyotp.TOTP(secret).at(now(), counter_offset=-1))

    tries = [None, "abcdef"] * 8
    asked = [passwords.verify(committed, person.username, make.PASSWORD, code) for code in tries]
    refusals = Counter(type(one).__name__ for one in await asyncio.gather(*asked, return_exceptions=True))

    assert refusals["SecondFactorWrong"] <= 5
    assert refusals[SecondFactorMissing.__name__] <= 8
    assert sum(refusals.values()) == 16


async def test_an_admin_who_sees_all_removes_it_with_a_reason(
    app: FastAPI,
    client: AsyncClient,
    session: WriteSession,
    member: Organization,
    person: Staff,
    headers: dict[str, str],
) -> None:
    phone = await enrolled(client, headers)
    admin = await make.sign_in(app, session, Role.admin, member)
    path = f"/v1/organizations/{member.id}/people/{person.id}/second-factor-removal"

    silent = await client.post(path, json={}, headers=admin)
    by_themselves = await client.post(path, json={"reason": "手机遗失"}, headers=headers)
    removed = await client.post(path, json={"reason": "手机遗失"}, headers=admin)
    again = await client.post(path, json={"reason": "手机遗失"}, headers=admin)

    assert (silent.status_code, by_themselves.status_code, removed.status_code) == (422, 403, 204)
    assert again.json()["code"] == "factor-not-enrolled"
    assert (await enter(client, person)).status_code == 200
    kept = (await session.scalars(select(SecondFactor))).one()
    assert (kept.removed_because, kept.removed_at is not None) == ("手机遗失", True)
    other = await enrolled(client, headers)
    assert other.secret != phone.secret
    assert (await enter(client, person, code=phone.recovery_codes[0])).status_code == 401

    elsewhere = await make.organization(session)
    await make.grants.give(session, person, elsewhere, role=Role.viewer, given_by="test")
    assert (await client.post(path, json={"reason": "x"}, headers=admin)).json()[
        "code"
    ] == "person-holds-more"


async def test_what_moves_money_is_decided_with_a_second_factor_where_that_is_demanded(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    desk = await office(app, client, session)
    phone = await enrolled(client, desk.headers["reviewer"])
    plain, large = await desk.ask(SMALL), await desk.ask(LARGE)
    payment, undemanded = await desk.ask(5, kind="payment"), await desk.ask(5, kind="payment")
    assert (await desk.approve("reviewer", undemanded)).status_code == 200
    session.info[DEMAND] = Demand(above_minor=SMALL)

    for refused in (large, payment):
        answer = await desk.approve("reviewer", refused)
        assert (answer.status_code, answer.json()["code"]) == (403, "second-factor-needed")
    assert (await desk.approve("reviewer", plain)).status_code == 200

    pair = (await enter(client, desk.people["reviewer"], code=phone.code())).json()
    renewed = await client.post("/v1/auth/refresh", json={"refresh_token": pair["refresh_token"]})
    desk.headers["reviewer"] = make.bearer(renewed.json()["access_token"])
    for allowed in (large, payment):
        assert (await desk.approve("reviewer", allowed)).status_code == 200


async def test_a_machine_has_none(client: AsyncClient, session: WriteSession, member: Organization) -> None:
    _, machine = await make.key(session, member, make.Scope.audit)
    assert (await client.post("/v1/me/second-factor", headers=machine)).status_code == 403


async def test_a_clock_set_back_takes_no_code_again(
    client: AsyncClient, session: WriteSession, person: Staff, headers: dict[str, str]
) -> None:
    phone = await enrolled(client, headers)
    await session.execute(update(SecondFactor).values(last_step=2**40))
    assert (await enter(client, person, code=phone.code())).json()["code"] == "second-factor-wrong"
