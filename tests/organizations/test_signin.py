"""Signing in: passwords and links for new ones, lock-out, tokens renewed, stolen or forged."""

import asyncio
import json
from datetime import timedelta

import jwt
import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text, update

from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.organizations import passwords, people
from app.organizations.access import Role
from app.organizations.errors import PasswordTooWeak, SignInFailed
from app.organizations.models import Login, PasswordReset, Staff
from tests.factories import organizations as make

NEW_PASSWORD = "another horse, other battery"


async def enter(client: AsyncClient, username: str, password: str = make.PASSWORD) -> Response:
    return await client.post("/v1/auth/token", data={"username": username, "password": password})


async def renew(client: AsyncClient, token: str) -> Response:
    return await client.post("/v1/auth/refresh", json={"refresh_token": token})


async def who(client: AsyncClient, pair: dict[str, str]) -> Response:
    return await client.get("/v1/me", headers=make.bearer(pair["access_token"]))


@pytest.fixture
async def person(session: WriteSession) -> Staff:
    return await make.staff(session, await make.organization(session), Role.accountant)


async def test_username_and_password_open_a_short_stay(client: AsyncClient, person: Staff) -> None:
    answer = await enter(client, person.username.upper())

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["expires_in"] == 900
    me = (await who(client, answer.json())).json()
    assert (me["label"], me["kind"]) == (f"staff:{person.id}", "staff")
    assert [place["roles"] for place in me["organizations"]] == [["accountant"]]
    assert "vouchers_record" in me["organizations"][0]["permissions"]


async def test_a_wrong_password_an_unknown_name_and_a_closed_account_hear_the_same(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    closed = await make.staff(session, await make.organization(session), disabled_at=now(), disabled_by="x")
    answers = [
        await enter(client, person.username, "wrong"),
        await enter(client, "nobody.at.all"),
        await enter(client, "not a name\x00"),
        await enter(client, closed.username),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].headers["www-authenticate"] == "Bearer"


async def test_an_unknown_name_costs_a_hash_as_well(shared, monkeypatch) -> None:
    tried: list[str] = []
    verify = passwords._hasher.verify
    monkeypatch.setattr(
        passwords._hasher, "verify", lambda given, kept: tried.append(kept) or verify(given, kept)
    )
    with pytest.raises(SignInFailed):
        await passwords.verify(shared, "nobody.at.all", "whatever it is")
    assert tried == [passwords._NOBODY]
    somebody = await passwords.hashed(NEW_PASSWORD, username="somebody")
    *costs, salt, digest = somebody.split("$")
    assert passwords._NOBODY.split("$")[:-2] == costs
    assert [len(part) for part in passwords._NOBODY.split("$")[-2:]] == [len(salt), len(digest)]


async def test_five_failures_lock_out_for_fifteen_minutes(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    for _ in range(5):
        await enter(client, person.username, "wrong")
    assert (await enter(client, person.username)).status_code == 401
    await session.refresh(person)
    assert timedelta(minutes=14) < person.locked_until - now() <= timedelta(minutes=15)

    person.locked_until = now() - timedelta(seconds=1)
    await session.flush()
    assert (await enter(client, person.username, "wrong")).status_code == 401
    assert (await enter(client, person.username)).status_code == 200
    await session.refresh(person)
    assert (person.failed_count, person.locked_until) == (0, None)


async def test_a_dozen_guesses_at_once_are_worth_five(committed: Database) -> None:
    async with committed.writing() as session:
        person = await make.staff(session, await make.organization(session))
    guesses = [passwords.verify(committed, person.username, f"guess {n}") for n in range(12)]
    refusals = await asyncio.gather(*guesses, return_exceptions=True)
    assert all(isinstance(refusal, SignInFailed) for refusal in refusals)
    async with committed.reading() as session:
        assert await session.scalar(select(Staff.failed_count)) == 5
    with pytest.raises(SignInFailed):
        await passwords.verify(committed, person.username, make.PASSWORD)


async def test_a_refresh_token_is_good_once_and_a_copy_ends_the_stay(
    client: AsyncClient, person: Staff
) -> None:
    first = (await enter(client, person.username)).json()
    second = (await renew(client, first["refresh_token"])).json()
    assert second["refresh_token"] != first["refresh_token"]
    assert (await who(client, second)).status_code == 200

    stolen = await renew(client, first["refresh_token"])

    assert (stolen.status_code, stolen.json()["code"]) == (401, "refresh-token-reused")
    assert (await renew(client, second["refresh_token"])).status_code == 401
    assert (await who(client, second)).status_code == 401


async def test_a_refused_refresh_is_committed(committed_client: AsyncClient, committed: Database) -> None:
    async with committed.writing() as session:
        person = await make.staff(session, await make.organization(session))
    first = (await enter(committed_client, person.username)).json()
    answers = await asyncio.gather(*(renew(committed_client, first["refresh_token"]) for _ in range(6)))

    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401, 401, 401]
    async with committed.reading() as session:
        login = (await session.scalars(select(Login))).one()
    assert login.ended_because == "refresh token reused"


async def test_an_old_refresh_token_has_ended(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    first = (await enter(client, person.username)).json()
    await session.execute(text("update refresh_tokens set expires_at = now() - interval '1 second'"))
    assert (await renew(client, first["refresh_token"])).status_code == 401
    assert (await renew(client, "x" * 43)).status_code == 401


async def test_signing_out_ends_both_tokens_at_once(client: AsyncClient, person: Staff) -> None:
    pair = (await enter(client, person.username)).json()
    other = (await enter(client, person.username)).json()
    answer = await client.post("/v1/auth/logout", headers=make.bearer(pair["access_token"]))
    assert answer.status_code == 204
    assert (await who(client, pair)).status_code == 401
    assert (await renew(client, pair["refresh_token"])).status_code == 401
    assert (await who(client, other)).status_code == 200


async def test_tokens_of_a_disabled_person_stop_at_once(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    pair = (await enter(client, person.username)).json()
    await people.disable(session, person, by="test")
    assert (await who(client, pair)).status_code == 401
    assert (await renew(client, pair["refresh_token"])).status_code == 401
    people.enable(person)
    assert (await who(client, pair)).status_code == 401


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize(
    "forge",
    [
        lambda claims, secret: jwt.encode(claims, "x" * 32, "HS256"),
        lambda claims, secret: jwt.encode(claims, None, "none"),
        lambda claims, secret: jwt.encode(claims, secret, "HS512"),
        lambda claims, secret: jwt.encode(claims | {"exp": 1}, secret, "HS256"),
        lambda claims, secret: jwt.encode(claims | {"aud": "elsewhere"}, secret, "HS256"),
        lambda claims, secret: jwt.encode(claims | {"sid": "x"}, secret, "HS256"),
        lambda claims, secret: jwt.encode(
            {key: claims[key] for key in claims if key != "exp"}, secret, "HS256"
        ),
        lambda claims, secret: "no.token.at-all",
        lambda claims, secret: "zxl_",
        lambda claims, secret: "zxl_9f86d081884c_forged",
    ],
)
async def test_a_forged_token_is_refused(app: FastAPI, client: AsyncClient, person: Staff, forge) -> None:
    pair = (await enter(client, person.username)).json()
    secret = app.state.issuer._secret
    claims = jwt.decode(pair["access_token"], secret, ["HS256"], audience="zhengxinlu")
    assert (await who(client, {"access_token": forge(claims, secret)})).status_code == 401


async def test_somebody_elses_stay_does_not_carry_my_name(
    app: FastAPI, client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    other = await make.staff(session, await make.organization(session))
    await enter(client, person.username)
    stay = (await session.scalars(select(Login).where(Login.staff_id == person.id))).one()
    mixed = app.state.issuer.issue(other.id, stay.id)
    assert (await who(client, {"access_token": mixed})).status_code == 401


async def test_no_header_or_another_scheme_is_nobody(client: AsyncClient) -> None:
    assert (await client.get("/v1/me")).status_code == 401
    assert (await client.get("/v1/me", headers={"Authorization": "Basic eDp5"})).status_code == 401


async def test_an_initial_password_opens_nothing_but_its_own_change(
    client: AsyncClient, session: WriteSession
) -> None:
    organization = await make.organization(session)
    person = await people.create(
        session, organization, username="fresh.person", name="新人", initial_password=make.PASSWORD
    )
    refused = await enter(client, person.username)
    assert (refused.status_code, refused.json()["code"]) == (403, "password-must-change")

    body = {"username": person.username, "old_password": make.PASSWORD, "new_password": NEW_PASSWORD}
    assert (await client.post("/v1/auth/password", json=body)).status_code == 204
    assert (await enter(client, person.username, NEW_PASSWORD)).status_code == 200
    assert (await enter(client, person.username)).status_code == 401


async def test_a_link_is_good_once_and_ends_every_stay(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    pair = (await enter(client, person.username)).json()
    older = await passwords.make_link(session, person, made_by="test")
    token = await passwords.make_link(session, person, made_by="test")
    body = {"token": token, "new_password": NEW_PASSWORD}

    assert (await client.post("/v1/auth/password", json=body | {"token": older})).status_code == 422
    assert (await client.post("/v1/auth/password", json=body)).status_code == 204
    assert (await who(client, pair)).status_code == 401
    again = await client.post("/v1/auth/password", json=body)
    assert (again.status_code, again.json()["code"]) == (422, "link-spent")
    assert (await enter(client, person.username, NEW_PASSWORD)).status_code == 200


async def test_a_link_is_good_for_a_day_and_not_for_the_disabled(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    token = await passwords.make_link(session, person, made_by="test")
    body = {"token": token, "new_password": NEW_PASSWORD}
    await people.disable(session, person, by="test")
    assert (await client.post("/v1/auth/password", json=body)).status_code == 422
    people.enable(person)
    await session.execute(update(PasswordReset).values(expires_at=now() - timedelta(seconds=1)))
    assert (await client.post("/v1/auth/password", json=body)).status_code == 422


async def test_only_hashes_of_tokens_and_passwords_are_kept(
    client: AsyncClient, session: WriteSession, person: Staff
) -> None:
    pair = (await enter(client, person.username)).json()
    token = await passwords.make_link(session, person, made_by="test")
    await session.flush()
    kept = ""
    for table in ("staff", "refresh_tokens", "password_resets", "logins"):
        kept += str((await session.execute(text(f"select * from {table}"))).all())
    for secret in (pair["refresh_token"], pair["access_token"], token, make.PASSWORD):
        assert secret not in kept
        assert secret.encode().hex() not in kept
    assert "$argon2id$" in kept


@pytest.mark.parametrize("weak", ["short", "x" * 201, "My.Name.2026 is it"])
async def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(PasswordTooWeak):
        await passwords.hashed(weak, username="my.name")


@pytest.mark.parametrize(
    "body",
    [
        {"new_password": NEW_PASSWORD},
        {"new_password": NEW_PASSWORD, "username": "somebody"},
        {"new_password": NEW_PASSWORD, "token": "x" * 43, "username": "somebody", "old_password": "x"},
        {"new_password": "\ud800" * 12, "token": "x" * 43},
        {"new_password": "\x00" * 12, "token": "x" * 43},
    ],
)
async def test_a_new_password_needs_one_ground(client: AsyncClient, body: dict[str, str]) -> None:
    sent = json.dumps(body)
    answer = await client.post(
        "/v1/auth/password", content=sent, headers={"content-type": "application/json"}
    )
    assert answer.status_code == 422
    assert NEW_PASSWORD not in answer.text
