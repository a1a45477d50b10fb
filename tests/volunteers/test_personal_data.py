"""Who serves stays under seal: no table, event, log line, public answer or refusal tells a name in clear."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text

from app.kit import logs
from app.kit.database import Base, WriteSession
from app.organizations.access import Role
from app.organizations.models import Scope
from app.volunteers import exports
from tests.factories import organizations as make
from tests.volunteers.calls import activity, moment, served, sign_up
from tests.volunteers.office import Office, id_number
from tests.volunteers.test_certificates import ISSUER, check, code_of

NUMBER = id_number("19770808")
CANARIES = {
    "name": "金丝雀甲",
    "document_number": NUMBER,
    "phone": "13577778888",
    "address": "金丝雀路4711号",
    "emergency_name": "金丝雀乙",
    "emergency_phone": "13566665555",
}
WORDS = ("金丝雀说得不对", "金丝雀很耐心", "CANARY-LICENCE-1")


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Everything this process logs, at its most talkative, as production would write it."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(level="DEBUG", stream=stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.configure(**before)


async def lived(desk: Office) -> tuple[dict[str, Any], dict[str, Any], str]:
    """A volunteer of whom everything is told: they register, serve, object, are evaluated and certified."""
    who = await desk.volunteer(**CANARIES, publish_scopes=[])
    own = await desk.sign_in(CANARIES["phone"])
    team = await desk.team()
    await desk.post(f"/teams/{team['id']}/members", {"volunteer_id": who["id"]})
    call = await activity(desk, team_id=team["id"])
    made = (await sign_up(desk, call, who)).json()
    await desk.post(f"/sign-ups/{made['id']}/check-in", {"checked_in_at": moment(-1)})
    await desk.post(f"/sign-ups/{made['id']}/check-out", {})
    await desk.post(f"/sign-ups/{made['id']}/evaluation", {"score": 5, "words": WORDS[1]})
    [record] = (await own.get("/me/records")).json()["items"]
    await own.post(f"/me/records/{record['id']}/objections", {"wanted_minutes": 90, "words": WORDS[0]})
    licence = {
        "organization_id": str(desk.organization.id),
        "code": "first_aid",
        "paper_number": WORDS[2],
        "valid_from": "2026-01-01",
    }
    assert (await desk.post(f"/{who['id']}/qualifications", licence)).status_code == 201
    await served(desk, who)
    body = {"organization_id": str(desk.organization.id), "volunteer_id": who["id"]} | ISSUER
    certificate = (await desk.post("/certificates", body)).json()
    return who, certificate, await code_of(desk, certificate["id"])


def told(haystack: str) -> list[str]:
    """Which of the canaries sing in a text, in any of their spellings."""
    spelled = [json.dumps(one)[1:-1] for one in (*CANARIES.values(), *WORDS)]
    return [one for one in (*CANARIES.values(), *WORDS, *spelled) if one in haystack]


async def refusals(desk: Office, client: AsyncClient) -> list[str]:
    """What is answered to requests that quote the canaries and are refused."""
    bodies = [
        {"organization_id": str(desk.organization.id), "person": CANARIES | over}
        for over in (
            {"document_kind": "resident_id", "name": "另一人"},
            {"document_kind": "resident_id", "phone": "nonsense"},
            {"document_kind": "passport"},
            {"document_kind": "resident_id", "born_on": "2000-01-01"},
            {"document_kind": "unknown"},
            {"document_kind": "resident_id", "mother": CANARIES["name"]},
        )
    ]
    answers = [await desk.post("", body) for body in bodies]
    answers += [await client.post("/v1/volunteers/registrations", json=body) for body in bodies]
    answers.append(await client.post("/v1/volunteers/sign-in-codes", json={"phone": CANARIES["phone"]}))
    assert {answer.status_code for answer in answers} <= {202, 409, 422}
    return [answer.text for answer in answers]


async def test_nobody_who_may_not_hears_a_canary(
    app: FastAPI, client: AsyncClient, desk: Office, session: WriteSession, log_lines: io.StringIO
) -> None:
    who, certificate, code = await lived(desk)
    answers = await refusals(desk, client)
    stranger = await make.sign_in(app, session, Role.auditor, desk.organization)
    _, machine = await make.key(session, desk.organization, Scope.audit)
    places = (
        *("/calendar", "/directory", f"/statistics/{desk.organization.id}", "", f"/{who['id']}"),
        *("/teams", "/records", "/certificates", f"/certificates/{certificate['id']}/paper", "/me"),
    )
    for path in places:
        for headers in ({}, stranger, machine):
            answer = await client.get(f"/v1/volunteers{path}", headers=headers)
            answers.append(answer.text)
            assert headers == {} or path in places[:3] or answer.status_code == 403, path
    for path in ("/v1/disclosure/campaigns", "/", "/openapi.json", "/metrics"):
        answers.append((await client.get(path)).text)
    wrong = (await check(desk, certificate["number"], "0" * 20)).text
    leagues = (await desk.get(f"/statistics/{desk.organization.id}/leagues")).text

    assert told("\n".join([*answers, wrong, leagues])) == []
    assert told(log_lines.getvalue()) == []
    assert log_lines.getvalue()
    # Who holds the paper reads the name that stands on it, and nothing beside.
    assert told((await check(desk, certificate["number"], code)).text) == [CANARIES["name"]]


async def test_no_table_holds_a_canary_in_clear(desk: Office, session: WriteSession) -> None:
    await lived(desk)
    tables = await session.scalars(
        text(
            "select relname::text from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = 'public' and relkind = 'r' order by 1"
        )
    )
    names = tables.all()
    assert len(names) > 60
    assert {"volunteers", "outbox_events", "vault_values", "log_submissions"} <= set(names)
    for name in names:
        if name.startswith("procrastinate"):
            continue
        rows = (await session.execute(text(f"select t::text from {name} t"))).scalars()
        content = "\n".join(rows)
        assert told(content) == [], name
        assert told(_unhexed(content)) == [], name


async def test_the_export_holds_everything_that_is_kept_about_a_person(
    desk: Office,
) -> None:
    who, certificate, _ = await lived(desk)
    at = {"organization_id": str(desk.organization.id)}
    training = {"content": "急救", "organizer": "红十字会", "trained_on": "2026-02-01", "place": "西安"}
    await desk.post(f"/{who['id']}/trainings", at | training | {"minutes": 90})
    honour = {"title": "优秀志愿者", "commended_on": "2026-03-05", "granted_by": "省慈善协会"}
    await desk.post(f"/{who['id']}/commendations", at | honour)
    own = await desk.sign_in(CANARIES["phone"])
    await served(desk, who, 30)
    request = await own.post("/me/certificate-requests", at)
    await desk.post(f"/certificate-requests/{request.json()['id']}/refusal", {"reason": "记录更正中"})

    answer = await own.get("/me/export")

    assert answer.status_code == 200, answer.text
    assert answer.headers["cache-control"] == "no-store"
    export = answer.json()
    assert {name for name, found in export.items() if not found} <= {"consents", "policies"}
    assert [one for one in (*CANARIES.values(), *WORDS) if one not in str(export)] == []
    assert certificate["number"] in [one["number"] for one in export["certificates"]]
    # Whatever table tells of a volunteer is in it, but for how they sign in and the sums of all this.
    telling = {
        table.name
        for table in Base.metadata.tables.values()
        if any(key.column.table.name == "volunteers" for key in table.foreign_keys)
    }
    apart = {"sign_in_codes", "volunteer_refresh_tokens", "volunteer_stays", "volunteer_totals"}
    queries = exports.queries(UUID(who["id"]))
    assert telling - apart <= {
        str(one) for query in queries.values() for one in query.columns_clause_froms
    } | {"insured_people"}


def _unhexed(content: str) -> str:
    """The same with its binary columns read as text."""
    found = [part.split(",")[0].strip('")') for part in content.split("\\\\x")[1:]]
    return "\n".join(
        bytes.fromhex(part).decode(errors="replace") for part in found if len(part) % 2 == 0 and _hex(part)
    )


def _hex(part: str) -> bool:
    return bool(part) and all(char in "0123456789abcdef" for char in part)
