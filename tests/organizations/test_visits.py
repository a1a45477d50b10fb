"""Visits: a front end proves who somebody is, and nobody learns by it who is known here."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select, text, update

from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.errors import TooMany
from app.organizations.access import Role
from app.organizations.models import (
    ApiKey,
    IdentityKind,
    Scope,
    Visit,
    Visitor,
    VisitorCode,
    VisitorIdentity,
)
from app.organizations.visitors import codes, identities
from tests.factories import organizations as make
from tests.factories import volunteers as people
from tests.organizations.visiting import FrontEnd, front_end
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import partner

PHONE = "13912345678"


@pytest.fixture
async def web(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> FrontEnd:
    return await front_end(app, client, session, tmp_path / "codes.jsonl")


async def test_a_code_is_exchanged_for_a_short_token(web: FrontEnd) -> None:
    asked = (await web.ask(PHONE)).json()
    proof = {"code_id": asked["code_id"], "code": web.digits()}
    wrong = await web.exchange(phone=proof | {"code": f"{(int(proof['code']) + 1) % 10**6:06d}"})
    right = await web.exchange(phone=proof)
    spent = await web.exchange(phone=proof)

    me = await web.client.get("/v1/me", headers=make.bearer(right.json()["access_token"]))

    assert (wrong.status_code, wrong.json()["code"]) == (401, "proof-invalid")
    assert right.status_code == 200, right.text
    assert right.headers["Cache-Control"] == "no-store"
    assert (right.json()["token_type"], right.json()["expires_in"]) == ("Bearer", 900)
    assert right.json()["issued_token_type"] == "urn:ietf:params:oauth:token-type:jwt"
    assert (spent.status_code, spent.json()["code"]) == (401, "proof-invalid")
    assert (me.json()["kind"], me.json()["organizations"]) == ("visitor", [])


async def test_nobody_learns_who_is_known(web: FrontEnd, session: WriteSession) -> None:
    place = await make.organization(session)
    await people.volunteer(session, place, phone=PHONE)
    known, unknown = await web.ask(PHONE), await web.ask("13987654321")
    answers = [await web.exchange(phone=await web.proof(one)) for one in (PHONE, "13987654321")]

    assert known.status_code == unknown.status_code == 202
    assert known.json().keys() == unknown.json().keys()
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].json().keys() == answers[1].json().keys()


async def test_five_wrong_tries_are_enough(web: FrontEnd) -> None:
    proof = await web.proof(PHONE)
    wrong = proof | {"code": f"{(int(proof['code']) + 1) % 10**6:06d}"}
    tried = [(await web.exchange(phone=wrong)).status_code for _ in range(5)]
    assert tried == [401] * 5
    assert (await web.exchange(phone=proof)).status_code == 401


async def test_a_telephone_gets_five_codes_an_hour_and_no_more(web: FrontEnd) -> None:
    sent = [(await web.ask(PHONE)).status_code for _ in range(codes.PER_PHONE_MAX)]
    more = await web.ask("+86 139-1234-5678")
    other = await web.ask("13700000000")
    assert sent == [202] * codes.PER_PHONE_MAX
    assert (more.status_code, other.status_code) == (429, 202)
    assert 3500 <= int(more.headers["Retry-After"]) <= 3600


async def test_a_code_ends_after_ten_minutes(web: FrontEnd, session: WriteSession) -> None:
    proof = await web.proof(PHONE)
    late = update(VisitorCode).values(expires_at=now() - timedelta(seconds=1))
    await session.execute(late)
    assert (await web.exchange(phone=proof)).status_code == 401
    await codes.forget(session, now() + timedelta(seconds=1))
    assert await session.scalar(select(func.count()).select_from(VisitorCode)) == 0


async def test_a_code_is_good_for_the_front_end_that_asked(
    app: FastAPI, web: FrontEnd, session: WriteSession
) -> None:
    other = await front_end(app, web.client, session, web.codes)
    proof = await web.proof(PHONE)
    assert (await other.exchange(phone=proof)).json()["code"] == "proof-invalid"
    assert (await web.exchange(phone=proof)).status_code == 200


async def test_a_token_is_exchanged_for_the_next_until_the_visit_ends(
    app: FastAPI, web: FrontEnd, session: WriteSession
) -> None:
    other = await front_end(app, web.client, session, web.codes)
    first = (await web.exchange(phone=await web.proof(PHONE))).json()
    told = first["access_token"]
    second = await web.exchange(access_token=told)
    theirs = await other.exchange(access_token=told)
    headers = make.bearer(second.json()["access_token"])
    staff = await make.sign_in(app, session, Role.admin, await make.organization(session))
    foreign = await web.exchange(access_token=staff["Authorization"].removeprefix("Bearer "))

    assert second.json()["visit_ends_at"] == first["visit_ends_at"]
    assert (theirs.status_code, theirs.json()["code"]) == (401, "token-invalid")
    assert foreign.status_code == 401
    await web.client.post("/v1/auth/logout", headers=headers)
    assert (await web.client.get("/v1/me", headers=headers)).status_code == 401
    assert (await web.exchange(access_token=told)).status_code == 401


@pytest.mark.parametrize(
    "ending",
    [
        update(Visit).values(ended_at=now()),
        update(ApiKey).values(revoked_at=now(), revoked_by="test"),
    ],
    ids=["the visit ended", "the front end's key was revoked"],
)
async def test_a_token_dies_with(web: FrontEnd, session: WriteSession, ending: object) -> None:
    headers = await web.sign_in(PHONE)
    await session.execute(ending)
    session.expire_all()
    assert (await web.client.get("/v1/me", headers=headers)).status_code == 401


async def test_only_a_platform_vouches_for_its_users(
    app: FastAPI, web: FrontEnd, session: WriteSession
) -> None:
    them = await partner(session)
    mini = FrontEnd(client=web.client, headers=await platform_key(session, them), codes=web.codes)
    staff = FrontEnd(
        client=web.client,
        headers=await make.sign_in(app, session, Role.admin, them.organization),
        codes=web.codes,
    )
    _, machine = await make.key(session, them.organization, Scope.volunteers)

    claimed = await web.exchange(platform_user="u_123")
    vouched = await mini.exchange(platform_user="u_123")

    assert (claimed.status_code, claimed.json()["code"]) == (403, "not-the-platform")
    assert vouched.status_code == 200
    assert (await staff.exchange(platform_user="u_123")).status_code == 403
    assert (await FrontEnd(client=web.client, headers=machine, codes=web.codes).ask(PHONE)).status_code == 403
    assert (await FrontEnd(client=web.client, headers={}, codes=web.codes).ask(PHONE)).status_code == 401
    for both in ({}, {"platform_user": "u_1", "access_token": "x" * 30}):
        assert (await mini.exchange(**both)).status_code == 422


async def test_what_is_proven_together_is_one_person(web: FrontEnd, session: WriteSession) -> None:
    them = await partner(session)
    mini = FrontEnd(client=web.client, headers=await platform_key(session, them), codes=web.codes)
    by_phone = await web.sign_in(PHONE)
    by_user = await mini.sign_in(platform_user="u_123")
    assert await web.who(by_phone) != await web.who(by_user)

    both = await mini.sign_in(PHONE, platform_user="u_123")

    assert await web.who(both) == await web.who(by_phone)
    # What was known as another person is this one's now; their old visit is over.
    assert (await web.client.get("/v1/me", headers=by_user)).status_code == 401
    assert await web.who(await mini.sign_in(platform_user="u_123")) == await web.who(both)


async def test_nothing_of_a_telephone_is_kept(web: FrontEnd, session: WriteSession) -> None:
    headers = await web.sign_in(PHONE)
    visitor = await web.who(headers)
    for table in ("visitors", "visitor_identities", "visits", "visitor_codes"):
        rows = (await session.scalars(text(f"select t::text from {table} t"))).all()
        assert rows
        assert not any(PHONE in row or PHONE.encode().hex() in row for row in rows), table
    await identities.forget(session, (await session.scalars(select(Visitor.id))).one())
    assert (await web.client.get("/v1/me", headers=headers)).status_code == 401
    assert await web.who(await web.sign_in(PHONE)) != visitor


async def test_without_a_way_to_send_no_code_is_made(
    app: FastAPI, web: FrontEnd, session: WriteSession
) -> None:
    app.state.sender = None
    answer = await web.ask(PHONE)
    assert (answer.status_code, answer.json()["code"]) == (503, "messages-not-sent")
    assert await session.scalar(select(func.count()).select_from(VisitorCode)) == 0


async def test_however_many_prove_one_telephone_at_once_it_is_one_person(committed: Database) -> None:
    async def one(_: int) -> object:
        async with committed.writing() as session:
            return await identities.known(session, [(IdentityKind.phone, b"\1" * 32)])

    found = await asyncio.gather(*map(one, range(20)))

    assert len(set(found)) == 1
    async with committed.reading() as session:
        for table in (Visitor, VisitorIdentity):
            assert await session.scalar(select(func.count()).select_from(table)) == 1


async def test_however_many_ask_at_once_a_telephone_gets_five_codes(committed: Database) -> None:
    async with committed.writing() as session:
        key, _ = await make.key(session, await make.organization(session), Scope.front_end)

    async def one(_: int) -> object:
        async with committed.writing() as session:
            return await codes.make(session, key.id, PHONE)

    made = await asyncio.gather(*map(one, range(20)), return_exceptions=True)

    assert sum(isinstance(one, TooMany) for one in made) == 15
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(VisitorCode)) == 5
