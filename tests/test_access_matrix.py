"""Who may do what: every route x every role and scope x its own, a lower and a foreign organization.

The tables stand in tests/access, written by hand: a route or a role that changes must change there too.
"""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx import ASGITransport, AsyncClient
from sqlalchemy import func, select

from app.kit.database import Database, WriteSession, Writing
from app.kit.ids import new_id
from app.main import create_app
from app.organizations import callers, logins, tokens
from app.organizations.access import Asking, Caller, NeverAsked, Permission, Role, Scope
from app.organizations.declarations import declared
from app.organizations.errors import NotAllowed, OutOfSight
from app.organizations.models import Organization, Region, RegionDating, RegionLevel
from app.organizations.signin import may
from tests.access import MAY
from tests.access.words import EVERYBODY, PUBLIC, SIGNED_IN
from tests.factories import organizations as make

# The kit's own pages know no caller: problems explained, and what the operators' network may ask.
# The library's pages and the kit's, which know nothing of permissions; everybody may.
UNDECLARED = {
    *("GET /problems/{slug}", "GET /healthz", "GET /readyz", "GET /metrics"),
    *("GET /docs", "GET /docs/oauth2-redirect"),
}
# Routes of Starlette's own kind: FastAPI's pages, and the webhook door, which verifies signatures itself.
PLAIN = {"/openapi.json", "/static-offline-docs", "/v1/webhooks/{platform}"}


def rows() -> Iterator[tuple[str, str]]:
    """Yield every operation that asks for a permission, with what the table says of it."""
    yield from ((operation, says) for operation, says in MAY.items() if ":" in says)


def test_every_route_declares_and_stands_in_the_table(app: FastAPI) -> None:
    said = {f"{one.method} {one.path}": one.says for one in declared(app)}
    assert {operation for operation, says in said.items() if says is None} <= UNDECLARED, "declares nothing"
    missing = said.keys() - MAY.keys() - UNDECLARED
    assert not missing, f"add to the table who may: {sorted(missing)}"
    assert not MAY.keys() - said.keys(), "in the table, but not among the routes"
    for operation, says in MAY.items():
        assert (said[operation] in {PUBLIC, SIGNED_IN}) == (says in {PUBLIC, SIGNED_IN}), operation
        if says in {PUBLIC, SIGNED_IN}:
            assert said[operation] == says


def test_no_other_route_slips_past(app: FastAPI) -> None:
    plain = {route.path for route in iter_route_contexts(app.routes) if not getattr(route, "dependant", None)}
    assert plain <= PLAIN


def test_the_document_tells_each_operations_permission(app: FastAPI) -> None:
    document = app.openapi()
    told = {one for one in declared(app) if one.path in document["paths"]}
    assert told
    for one in told:
        operation = document["paths"][one.path][one.method.lower()]
        assert operation["x-permission"] == one.says
        assert bool(operation["security"]) is (one.says != PUBLIC)
        assert one.says == PUBLIC or "401" in operation["responses"]


class Places:
    """A member, one below it, a foreign one, and a caller at the first for every role and scope."""

    def __init__(self, own: Organization, below: Organization, foreign: Organization) -> None:
        self.own, self.below, self.foreign = own, below, foreign
        self.callers: dict[str, Caller] = {}
        self.headers: dict[str, dict[str, str]] = {}


@pytest.fixture
async def places(app: FastAPI, session: WriteSession) -> Places:
    _, own, below, foreign = await make.tree(session)
    places = Places(own, below, foreign)
    for role in Role:
        person = await make.staff(session, own, role)
        stay = await logins.begin(session, person.id)
        places.callers[role] = await callers.of_claim(session, tokens.Claim(person.id, stay.login_id))
        places.headers[role] = make.bearer(app.state.issuer.issue(person.id, stay.login_id))
    for scope in set(Scope) - {Scope.partner}:
        _, places.headers[scope] = await make.key(session, own, scope)
        spelling = places.headers[scope]["Authorization"].removeprefix("Bearer ")
        places.callers[scope], _ = await callers.of_key(session, spelling)
    return places


def outcome(caller: Caller, permission: Permission, at: UUID) -> type[Exception] | None:
    try:
        Asking(caller, permission).must(at=at)
    except (NotAllowed, OutOfSight) as refusal:
        return type(refusal)
    return None


async def test_every_role_and_scope_at_every_place(app: FastAPI, places: Places) -> None:
    said = {f"{one.method} {one.path}": one.says for one in declared(app)}
    wrong: list[str] = []
    for operation, row in rows():
        verb, _, who = row.partition(": ")
        assert set(who.split()) <= {*Role, *Scope}, operation
        permission = Permission(str(said[operation]))
        assert permission.reading is (verb == "looks"), operation
        for name, caller in places.callers.items():
            allowed = name in who.split()
            expected = {
                places.own.id: None if allowed else NotAllowed,
                places.below.id: None if allowed and verb == "looks" else NotAllowed,
                places.foreign.id: OutOfSight,
                new_id(): OutOfSight,
            }
            wrong += [
                f"{operation} as {name}: {got} instead of {want}"
                for at, want in expected.items()
                if (got := outcome(caller, permission, at)) is not want
            ]
    assert wrong == []


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("GET /v1/organizations/{organization_id}", None),
        ("GET /v1/organizations/{organization_id}/people", None),
        ("GET /v1/organizations/{organization_id}/delegations", None),
        ("POST /v1/organizations/{organization_id}/people", {"username": "some.body", "name": "某人"}),
        (
            "POST /v1/organizations/{organization_id}/keys",
            {"kind": "service", "name": "x", "scopes": ["projects"]},
        ),
    ],
)
async def test_a_sample_over_http(
    client: AsyncClient, places: Places, operation: str, body: dict[str, object] | None
) -> None:
    method, _, path = operation.partition(" ")
    verb, _, who = MAY[operation].partition(": ")
    for name, headers in places.headers.items():
        allowed = name in who.split()
        expected = {
            places.own.id: allowed,
            places.below.id: allowed and verb == "looks",
            places.foreign.id: None,
        }
        for at, may_it in expected.items():
            sent = body and body | ({"username": f"u{at.hex[-12:]}"} if "username" in body else {})
            address = path.format(organization_id=at)
            answer = await client.request(method, address, json=sent, headers=headers)
            status = 404 if may_it is None else 403 if not may_it else 200 if method == "GET" else 201
            assert answer.status_code == status, f"{operation} as {name}: {answer.text}"
    for at in (places.own.id, places.foreign.id):
        answer = await client.request(method, path.format(organization_id=at), json=body)
        assert answer.status_code == 401


async def test_a_list_shows_what_its_caller_sees(client: AsyncClient, places: Places) -> None:
    for name, headers in places.headers.items():
        answer = await client.get("/v1/organizations", headers=headers)
        if name not in EVERYBODY.split():
            assert answer.status_code == 403
            continue
        assert {one["id"] for one in answer.json()["items"]} == {str(places.own.id), str(places.below.id)}


async def test_a_route_that_never_asks_is_a_fault_and_changes_nothing(
    committed: Database, settings: object
) -> None:
    app = create_app(settings, database=committed)

    @app.post("/forgetful")
    async def forget(
        session: Writing, caller: Annotated[Asking, may(Permission.organizations_change)]
    ) -> None:
        level, dated_by = RegionLevel.province, RegionDating.decision
        session.add(
            Region(code="999999", name="x", level=level, valid_from=date(2026, 1, 1), dated_by=dated_by)
        )

    async with committed.writing() as session:
        member = await make.organization(session)
        headers = await make.sign_in(app, session, Role.admin, member)
    transport = ASGITransport(app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://test") as client:
        answer = await client.post("/forgetful", headers=headers)
    assert answer.status_code == 500
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).where(Region.code == "999999")) == 0
    assert issubclass(NeverAsked, RuntimeError)
