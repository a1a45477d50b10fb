"""A request that comes twice under one key is carried out once, and answered twice the same."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from httpx import ASGITransport, AsyncClient
from pydantic import BaseModel
from sqlalchemy import func, select, text, update

from app.kit import vault
from app.kit.clock import now
from app.kit.database import Database, Writing
from app.kit.errors import Conflict
from app.kit.http import idempotency, problems
from app.kit.http.idempotency import IdempotentRoute, KeyRequired, MoneyRoute
from app.kit.ids import new_id
from app.kit.models import IdempotencyKey

TABLE = """
create table notes (id serial primary key, body text not null);
create table refs (note int references notes (id) deferrable initially deferred);
"""


class Note(BaseModel):
    body: str
    missing: int | None = None


async def caller(request: Request) -> None:
    request.state.principal_id = request.headers.get("authorization", "").partition("@")[0]
    if not request.state.principal_id:
        raise Conflict("nobody")


class NeverAskedError(Exception):
    pass


async def checks_at_the_end(request: Request) -> AsyncIterator[None]:
    yield
    if request.headers.get("x-late") and not getattr(request.state, "replayed", False):
        raise NeverAskedError


router = APIRouter(prefix="/notes", route_class=IdempotentRoute, dependencies=[Depends(caller)])
money = APIRouter(prefix="/money", route_class=MoneyRoute)


@router.post("", status_code=201)
async def write_note(
    session: Writing,
    request: Request,
    body: Note,
    _late: Annotated[None, Depends(checks_at_the_end, scope="function")],
) -> JSONResponse:
    """Write a note."""
    if body.body == "refused":
        raise Conflict("not this one")
    made = text("insert into notes (body) values (:body) returning id")
    note = await session.scalar(made, {"body": body.body})
    if body.missing is not None:
        await session.execute(text("insert into refs values (:note)"), {"note": body.missing})
    if body.body == "slow":
        request.app.state.entered.set()
        await request.app.state.pause.wait()
    if person := request.headers.get("x-person"):
        idempotency.concerns(request, person)
    return JSONResponse({"id": note}, 201, {"Location": f"/notes/{note}"})


@router.post("/needed", dependencies=[KeyRequired])
async def write_with_key(session: Writing) -> dict[str, int]:
    """Answer with how many notes there are."""
    return {"count": await session.scalar(text("select count(*) from notes"))}


@router.get("")
async def count_notes(session: Writing) -> int:
    """Count."""
    return await session.scalar(text("select count(*) from notes"))


@money.post("/moves")
async def move(session: Writing, body: Note) -> Note:
    """Move."""
    await session.execute(text("insert into notes (body) values (:body)"), {"body": body.body})
    return body


class Door:
    """The application over a database of its own, and one client of it."""

    def __init__(self, app: FastAPI, client: AsyncClient, database: Database) -> None:
        self.app, self.client, self.database = app, client, database

    async def post(
        self, body: object, key: str | None = "k1", *, who: str = "anna", path: str = "/notes", **h
    ):
        headers = {"authorization": f"{who}@token"} | h | ({"idempotency-key": key} if key else {})
        return await self.client.post("/v1" + path, json=body, headers=headers)

    async def count(self) -> int:
        async with self.database.reading() as session:
            return await session.scalar(text("select count(*) from notes"))


@pytest.fixture
async def door(committed: Database, cluster, fresh_database: str) -> AsyncIterator[Door]:
    owner = Database(cluster.url(fresh_database, "owner"), pool_size=1)
    async with owner.writing() as session:
        for statement in TABLE.strip().split(";\n"):
            await session.execute(text(statement.rstrip(";")))
        await session.execute(text("grant all on notes, refs, notes_id_seq to zhengxinlu_service"))
    await owner.close()
    app = FastAPI()
    problems.install(app)
    outer = APIRouter(prefix="/v1")
    outer.include_router(router)
    outer.include_router(money)
    app.include_router(outer)
    app.state.database = committed
    app.state.entered, app.state.pause = asyncio.Event(), asyncio.Event()
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        yield Door(app, client, committed)


async def test_a_repeated_request_gets_the_same_answer_and_does_nothing(door: Door) -> None:
    first = await door.post({"body": "a"})
    again = await door.post({"body": "a"})

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert again.headers["location"] == first.headers["location"]
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert again.headers["content-type"] == "application/json"
    assert await door.count() == 1


async def test_without_a_key_every_request_counts(door: Door) -> None:
    assert [(await door.post({"body": "a"}, None)).status_code for _ in range(2)] == [201, 201]
    assert await door.count() == 2


async def test_another_body_or_address_under_a_known_key_is_refused(door: Door) -> None:
    await door.post({"body": "a"})
    for answer in (await door.post({"body": "b"}), await door.post({"body": "a"}, path="/notes?x=1")):
        assert (answer.status_code, answer.json()["code"]) == (422, "key-reused")
    assert await door.count() == 1


async def test_keys_belong_to_their_caller_and_survive_a_fresh_token(door: Door) -> None:
    await door.post({"body": "a"})
    other = await door.post({"body": "a"}, who="bert")
    assert other.json() == {"id": 2}
    headers = {"authorization": "anna@new-token", "idempotency-key": "k1"}
    again = await door.client.post("/v1/notes", json={"body": "a"}, headers=headers)
    assert again.json() == {"id": 1}


async def test_sign_in_comes_before_a_stored_answer(door: Door) -> None:
    await door.post({"body": "a"})
    stranger = await door.client.post("/v1/notes", json={"body": "a"}, headers={"idempotency-key": "k1"})
    assert stranger.status_code == 409
    assert stranger.json()["detail"] == "nobody"


async def test_without_sign_in_a_key_belongs_to_the_credentials(door: Door) -> None:
    first = await door.post({"body": "a"}, path="/money/moves", who="anna")
    again = await door.post({"body": "a"}, path="/money/moves", who="anna")
    other = await door.post({"body": "a"}, path="/money/moves", who="bert")
    replayed = ["idempotency-replayed" in answer.headers for answer in (first, again, other)]
    assert replayed == [False, True, False]


async def test_a_request_in_flight_holds_its_key(door: Door) -> None:
    first = asyncio.create_task(door.post({"body": "slow"}))
    await door.app.state.entered.wait()

    meanwhile = await door.post({"body": "slow"})
    assert (meanwhile.status_code, meanwhile.json()["code"]) == (409, "key-in-flight")
    assert meanwhile.headers["retry-after"] == "1"

    door.app.state.pause.set()

    assert (await first).status_code == 201
    assert (await door.post({"body": "slow"})).headers["idempotency-replayed"] == "true"
    assert await door.count() == 1


async def test_of_many_at_once_one_is_carried_out(door: Door) -> None:
    answers = await asyncio.gather(*(door.post({"body": "a"}) for _ in range(40)))

    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["id"] for answer in answers if answer.status_code == 201} == {1}
    assert await door.count() == 1


async def test_a_refusal_is_not_remembered(door: Door) -> None:
    assert (await door.post({"body": "refused"})).status_code == 409
    assert (await door.post({"nonsense": 1})).status_code == 422
    assert (await door.post({"body": "a"})).status_code == 201


async def test_a_failed_commit_is_never_answered_with_success_nor_remembered(door: Door) -> None:
    broken = await door.post({"body": "a", "missing": 99})
    assert broken.status_code == 500
    assert await door.count() == 0
    assert (await door.post({"body": "a", "missing": 99}, None)).status_code == 500
    async with door.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0
    assert (await door.post({"body": "a"})).status_code == 201


async def test_what_fails_after_the_answer_was_made_undoes_answer_and_work(door: Door) -> None:
    late = await door.post({"body": "a"}, **{"x-late": "1"})
    assert late.status_code == 500
    assert await door.count() == 0
    assert (await door.post({"body": "a"})).headers.get("idempotency-replayed") is None
    again = await door.post({"body": "a"}, **{"x-late": "1"})
    assert again.headers["idempotency-replayed"] == "true"


async def test_where_money_moves_the_key_is_mandatory(door: Door) -> None:
    for path in ("/money/moves", "/notes/needed"):
        without = await door.post({"body": "a"}, None, path=path)
        assert without.status_code == 422
        [fault] = without.json()["errors"]
        assert (fault["pointer"].lower(), fault["code"]) == ("idempotency-key", "missing")
        assert (await door.post({"body": "a"}, path=path, key=f"k-{path}")).status_code == 200
    assert await door.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "a b"])
async def test_an_unusable_key_is_refused(door: Door, key: str) -> None:
    answer = await door.client.post(
        "/v1/notes", json={"body": "a"}, headers={"authorization": "anna@t", "idempotency-key": key}
    )
    assert answer.status_code == 422
    assert await door.count() == 0


async def test_the_document_says_where_a_key_may_and_must_be(door: Door) -> None:
    paths = (await door.client.get("/openapi.json")).json()["paths"]
    said = {
        path: [p["required"] for p in operation["post"]["parameters"] if p["name"] == "Idempotency-Key"]
        for path, operation in paths.items()
    }
    assert said == {"/v1/notes": [False], "/v1/notes/needed": [True], "/v1/money/moves": [True]}
    assert "parameters" not in paths["/v1/notes"]["get"]
    assert paths["/v1/notes"]["post"]["operationId"].startswith("write_note")


async def test_answers_live_for_a_day(door: Door) -> None:
    await door.post({"body": "a"})
    async with door.database.writing() as session:
        await session.execute(update(IdempotencyKey).values(created_at=now() - timedelta(hours=24)))

    assert (await door.post({"body": "b"})).json() == {"id": 2}
    assert (await door.post({"body": "b"})).headers["idempotency-replayed"] == "true"
    async with door.database.writing() as session:
        assert await idempotency.forget(session, now() - timedelta(hours=1)) == 0
        assert await idempotency.forget(session, now() + timedelta(seconds=1)) == 1


async def test_stored_answers_are_sealed_and_go_with_the_person(door: Door) -> None:
    person = new_id()
    await door.post({"body": "a"}, **{"x-person": str(person)})
    async with door.database.writing() as session:
        stored = (await session.scalars(select(IdempotencyKey))).one()
        assert stored.person_id == person
        assert b"location" not in stored.sealed
        assert b"anna" not in stored.fingerprint + stored.sealed
        await vault.erase(session, person)
        assert await session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0


def test_an_endpoint_in_a_thread_is_turned_away_at_start() -> None:
    with pytest.raises(TypeError, match="must be async"):
        APIRouter(route_class=IdempotentRoute).post("/x")(lambda: None)


async def test_a_get_is_never_remembered(door: Door) -> None:
    headers = {"authorization": "anna@t", "idempotency-key": "k"}
    assert (await door.client.get("/v1/notes", headers=headers)).json() == 0
    await door.post({"body": "a"})
    assert (await door.client.get("/v1/notes", headers=headers)).json() == 1
