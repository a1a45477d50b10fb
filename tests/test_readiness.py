"""What operators rely on: health, refusal to start half configured, logs, other origins, and no false 2xx."""

import base64
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pydantic import ValidationError
from sqlalchemy import func, select, text
from typer.testing import CliRunner

from app.cli import app
from app.kit.database import Database, Reading, Writing
from app.ledger.models import Entry
from app.main import create_app
from app.opening import open_courier, open_sender
from app.organizations.models import Scope
from app.settings import Settings
from tests.databases import Cluster
from tests.factories import ledger as books_of
from tests.factories import organizations as make
from tests.journeys.services import ENVIRONMENT, SECRET, free_port

SERVE = (sys.executable, "-c", "from app.cli import main; main()", "serve")
NOWHERE = "postgresql://nobody@127.0.0.1:9/nothing"
ORIGIN = "https://app.example.org"
_COLUMNS = "organization_id, chart, kind, occurred_at, booked_on, actor, currency, created_at"
EMPTY_ENTRY = (
    f"insert into entries (id, reference, {_COLUMNS})"
    f" select gen_random_uuid(), 'empty', {_COLUMNS} from entries limit 1"
)


def reach(application: FastAPI) -> AsyncClient:
    return AsyncClient(
        transport=ASGITransport(application, raise_app_exceptions=False), base_url="http://test"
    )


async def test_it_is_alive_and_ready(committed_client: AsyncClient) -> None:
    assert (await committed_client.get("/healthz")).json() == {"status": "ok"}
    answer = await committed_client.get("/readyz")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    said = answer.json()
    assert (said["status"], said["database"], said["waiting_messages"]) == ("ok", "ok", 0)
    assert said["database_transaction_seconds"] >= 0
    assert "migration_expected" not in said


@pytest.mark.parametrize(
    "change", ["update alembic_version set version_num = 'older'", "delete from alembic_version"]
)
async def test_another_migration_than_the_programs_is_not_ready(
    cluster: Cluster, fresh_database: str, committed_client: AsyncClient, change: str
) -> None:
    with psycopg.connect(cluster.url(fresh_database, "owner")) as owner:
        owner.execute(change)
    answer = await committed_client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert answer.json()["migration"] != answer.json()["migration_expected"]
    assert (await committed_client.get("/healthz")).status_code == 200


async def test_without_its_database_it_lives_but_is_not_ready(settings: Settings) -> None:
    async with reach(create_app(settings, database=Database(NOWHERE, pool_size=2))) as client:
        assert (await client.get("/healthz")).status_code == 200
        answer = await client.get("/readyz")
        assert (answer.status_code, answer.json()["database"]) == (503, "away")
        assert "127.0.0.1" not in answer.text
        asked = await client.get("/v1/regions")
    assert (asked.status_code, asked.json()["code"]) == (503, "unavailable")
    assert int(asked.headers["retry-after"]) >= 1
    assert "nobody" not in asked.text


async def test_metrics_are_told_as_prometheus_reads_them(client: AsyncClient) -> None:
    answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "# TYPE python_info gauge" in answer.text


CONFIGURED = ENVIRONMENT | {"DATABASE_URL": NOWHERE}
OWN, ANOTHER = (base64.b64encode(os.urandom(32)).decode() for _ in range(2))


@pytest.fixture
def unset(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment in which nothing of ours is set."""
    for name in [name for name in os.environ if name.startswith("ZHENGXINLU_") or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)
    return monkeypatch


def refusal(**environment: str) -> str:
    """Return what `serve` says before it ends, having served nothing."""
    ended = CliRunner().invoke(app, ["serve", "--port", str(free_port())], env=environment)
    assert ended.exit_code == 78, ended.output
    assert "Traceback" not in ended.stderr
    return ended.stderr.replace("\n", " ")


def test_production_writes_no_codes_into_a_file(unset: pytest.MonkeyPatch) -> None:
    assert "ZHENGXINLU_CODES_FILE" in refusal(**CONFIGURED, ZHENGXINLU_CODES_FILE="codes.jsonl")
    # Nor does an application that was made past the command.
    file = Path("codes.jsonl")
    assert open_sender(Settings(environment="production", codes_file=file)) is None
    assert open_sender(Settings(environment="demo", codes_file=file)) is not None


def test_production_tells_no_events_to_itself(unset: pytest.MonkeyPatch) -> None:
    name = "ZHENGXINLU_SUBSCRIPTIONS_TO_LOOPBACK"
    assert name in refusal(**CONFIGURED, **{name: "true"})
    # Nor does an application that was made past the command.
    assert not open_courier(Settings(environment="production", subscriptions_to_loopback=True)).loopback
    assert not open_courier(Settings(environment="demo")).loopback
    assert open_courier(Settings(environment="demo", subscriptions_to_loopback=True)).loopback


def test_serve_names_everything_that_is_missing(tmp_path: Path) -> None:
    ended = subprocess.run(
        [*SERVE, "--port", str(free_port())],
        env={"PATH": os.environ["PATH"]},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ended.returncode == 78
    assert all(name in ended.stderr for name in CONFIGURED)
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("name", CONFIGURED)
def test_serve_names_the_one_that_is_missing(unset: pytest.MonkeyPatch, name: str) -> None:
    said = refusal(**{key: value for key, value in CONFIGURED.items() if key != name})
    assert name in said
    # DATABASE_URL alone ends a longer name.
    assert not [other for other in CONFIGURED if other != name and f" {other}" in said]
    # `NAME=` without a value is left out, too.
    assert refusal(**CONFIGURED | {name: ""}) == said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ZHENGXINLU_TOKEN_SECRET", "secret-canary"),
        ("ZHENGXINLU_TOKEN_SECRET", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("ZHENGXINLU_VAULT_INDEX_KEY", "c2hvcnQ="),
        ("ZHENGXINLU_VAULT_KEYS", "test:c2hvcnQ="),
        # A text of 32 letters in base64, one key's id twice, and one secret for two uses.
        ("ZHENGXINLU_VAULT_INDEX_KEY", "Y2hhbmdlLW1lLWNoYW5nZS1tZS1jaGFuZ2UtbWUtMTI="),
        pytest.param("ZHENGXINLU_VAULT_KEYS", f"test:{OWN},test:{ANOTHER}", id="one-name-twice"),
        ("ZHENGXINLU_VAULT_KEYS", f"test:{ENVIRONMENT['ZHENGXINLU_TOKEN_SECRET']}"),
        pytest.param("ZHENGXINLU_VAULT_KEYS", f"test:{OWN},old:{OWN}", id="one-secret-twice"),
        ("ZHENGXINLU_VAULT_INDEX_KEY", ENVIRONMENT["ZHENGXINLU_TOKEN_SECRET"]),
        ("ZHENGXINLU_VAULT_CURRENT_KEY", "canary"),
        ("DATABASE_URL", "mysql://canary@localhost/books"),
        ("ZHENGXINLU_CORS_ORIGINS", "*"),
        ("ZHENGXINLU_PUBLIC_URL", "charity.example"),
        ("ZHENGXINLU_PUBLIC_URL", "https://charity.example/?from=here"),
        ("ZHENGXINLU_DATABASE_POOL_SIZE", "canaries"),
    ],
)
def test_serve_takes_no_weak_secret_and_no_nonsense(unset: pytest.MonkeyPatch, name: str, value: str) -> None:
    said = refusal(**(CONFIGURED | {name: value}))
    assert name.removeprefix("ZHENGXINLU_").lower() in said.lower()
    # What is wrong is named, what was set is not shown: it may be a secret that is only misplaced.
    assert value not in said
    assert SECRET not in said


def test_the_public_address_is_the_same_with_and_without_a_slash_behind_it() -> None:
    assert Settings(public_url="https://charity.example/").public_url == "https://charity.example"
    assert Settings(public_url="https://charity.example/give//").public_url == "https://charity.example/give"


@pytest.fixture
async def key(committed: Database) -> dict[str, str]:
    async with committed.writing() as session:
        _, key = await make.key(session, await make.organization(session), Scope.organizations)
    return key


def test_its_logs_are_json_with_the_requests_id_and_nobodys_data(
    cluster: Cluster, fresh_database: str, key: dict[str, str], tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "log"
    environment = os.environ | ENVIRONMENT | {"DATABASE_URL": cluster.url(fresh_database)}
    with log.open("wb") as out:
        service = subprocess.Popen([*SERVE, "--port", str(port)], env=environment, stdout=out, stderr=out)
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
                wait_for(client, service)
                headers = key | {"X-Request-ID": "req-canary-0001"}
                listed = client.get("/v1/organizations", params={"q": "王小明"}, headers=headers)
                form = {"username": "wang.xiaoming", "password": "13800000000"}
                refused = client.post(
                    "/v1/auth/token", data=form, headers={"X-Request-ID": "req-canary-0002"}
                )
                lost = client.get("/v1/disclosure/donations/WANGXIAOMING/trace")
        finally:
            service.terminate()
            ended = service.wait(60)
    assert listed.headers["x-request-id"] == "req-canary-0001"
    assert (refused.status_code, lost.status_code) == (401, 404)
    # uvicorn shuts down in order, and then ends by the signal that it was sent.
    assert ended in {0, -signal.SIGTERM}
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    # Nobody has told it where the public reaches it.
    assert "public_url_not_set" in {line["event"] for line in lines}
    told = {line["request_id"]: line for line in lines if line["event"] == "request"}
    assert told["req-canary-0001"]["route"] == "/v1/organizations"
    assert told["req-canary-0001"]["status"] == listed.status_code
    assert told["req-canary-0002"]["status"] == 401
    assert told[lost.headers["x-request-id"]]["route"] == "/v1/disclosure/donations/{lookup_code}/trace"
    said = log.read_text().lower()
    spelling = key["Authorization"].removeprefix("Bearer ").lower()
    for personal in ("王小明", "%e7%8e%8b", "xiaoming", "13800000000", spelling, SECRET.lower()):
        assert personal not in said


def wait_for(client: httpx.Client, service: subprocess.Popen[bytes]) -> None:
    # Two minutes and more: on a machine that is busy with other things a start takes its time.
    for _ in range(2400):
        try:
            client.get("/healthz")
        except httpx.TransportError:
            assert service.poll() is None, "the service ended"
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


async def test_a_page_from_another_origin_may_call_if_the_settings_name_it(
    settings: Settings, committed: Database
) -> None:
    named = create_app(settings.model_copy(update={"cors_origins": [ORIGIN]}), database=committed)
    asking = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type,idempotency-key,if-match",
    }
    async with reach(named) as client:
        preflight = await client.options("/v1/fundraising/campaigns", headers=asking)
        strange = await client.options(
            "/v1/fundraising/campaigns", headers=asking | {"Origin": "https://app.example.org.evil.example"}
        )
        read = await client.get("/v1/disclosure/campaigns", headers={"Origin": ORIGIN})
        refused = await client.get("/v1/me", headers={"Origin": ORIGIN})
        large = await client.post("/v1/auth/refresh", content=b"x" * 2_000_000, headers={"Origin": ORIGIN})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert "access-control-allow-credentials" not in preflight.headers
    assert strange.status_code == 400
    assert "access-control-allow-origin" not in strange.headers
    assert (read.status_code, refused.status_code, large.status_code) == (200, 401, 413)
    for answer in (read, refused, large):
        assert answer.headers["access-control-allow-origin"] == ORIGIN
        assert "ETag" in answer.headers["access-control-expose-headers"]
        assert "Origin" in answer.headers["vary"]


async def test_no_other_origin_may_call_unless_the_settings_say_so(client: AsyncClient) -> None:
    answer = await client.get("/v1/disclosure/campaigns", headers={"Origin": ORIGIN})
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("origin", ["*", "https://*.example.org", "https://a.example/", "a.example", "null"])
def test_origins_are_exact(origin: str) -> None:
    with pytest.raises(ValidationError, match="exactly"):
        Settings(cors_origins=origin)
    assert Settings(cors_origins="https://a.example, http://localhost:5173").cors_origins == [
        "https://a.example",
        "http://localhost:5173",
    ]


async def test_what_fails_at_commit_is_never_answered_as_done(
    committed_app: FastAPI, committed: Database
) -> None:
    """An entry without postings is refused by PostgreSQL, but only when the transaction ends."""

    @committed_app.post("/late", status_code=201)
    async def late(session: Writing) -> str:
        await session.execute(text(EMPTY_ENTRY))
        return "booked"

    async with committed.writing() as session:
        books = await books_of.books(session)
        await books_of.gift(session, books, await books_of.fund(session, books), 1)
    async with reach(committed_app) as client:
        answer = await client.post("/late")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "booked" not in answer.text
    assert "entries" not in answer.text
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Entry)) == 1


async def test_who_only_looks_can_not_write(committed_app: FastAPI, committed: Database) -> None:
    @committed_app.get("/looking")
    async def look(session: Reading) -> str:
        await session.execute(text("insert into idempotency_keys select * from idempotency_keys"))
        return "written"

    async with reach(committed_app) as client:
        answer = await client.get("/looking")
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    async with committed.reading() as session:
        with pytest.raises(Exception, match="read-only transaction"):
            await session.execute(text("insert into idempotency_keys select * from idempotency_keys"))
