"""The application on a port of its own, and what schemathesis knows of it."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import requests
import schemathesis
import uvicorn
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed
from hypothesis import settings as bounds
from obstore.store import MemoryStore
from schemathesis import Case, GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.schemas import APIOperation

from app.kit.attachments.stores import ObjectStore
from app.kit.database import Database
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.main import create_app
from app.organizations.visitors.messages import FileSender
from app.settings import Settings
from tests.webhooks.platforms import Partner

# A workbook as a body is so many bytes.
schemathesis.serializer.alias(MEDIA_TYPE, "application/octet-stream")

Result = TypeVar("Result")
DOOR = "receive_event"
SEED = 20_260_501
# Whether an answer is right, never how soon it came: a busy machine may stand still for half a minute.
PATIENCE = 120
_NAMES = (
    *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
    *("response_headers_conformance", "response_schema_conformance"),
)


def checks(*more: str) -> list[Any]:
    """Return what every answer must be: no fault of ours, and what the document says of it."""
    load_all_checks()
    return list(CHECKS.get_by_names([*_NAMES, *more]))


def operations(settings: Settings) -> dict[str, APIOperation]:
    """Return what the OpenAPI document describes, by operationId; no database is asked."""
    app = create_app(settings, database=Database("postgresql://", pool_size=1))
    document = app.openapi()
    schema = schemathesis.openapi.from_dict(document)
    # Who asks is the tests' matter; whatever is generated is sent by somebody who may.
    schema.config.generation.update(with_security_parameters=False)
    found = (result.ok() for result in schema.get_all_operations())
    return {str(one.definition.raw["operationId"]): one for one in found}


@dataclass
class Ground:
    """A running application over a database of its own, and whatever lives in it."""

    app: FastAPI
    database: Database
    loop: asyncio.AbstractEventLoop
    url: str = ""
    partner: Partner | None = None
    # What stands in paths: without it every request would end at "not found".
    known: dict[str, str] = field(default_factory=dict)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do something where the application lives: its connections belong to that loop."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(PATIENCE)


@contextmanager
def serving(settings: Settings, database: Database, codes: Path) -> Iterator[Ground]:
    """Serve the application from a thread of its own until the end of the block; codes go into a file."""
    app = create_app(settings, database=database)
    app.state.store = ObjectStore(MemoryStore)
    app.state.sender = FileSender(codes)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="on"))
    ground = Ground(app, database, asyncio.new_event_loop())

    async def serve() -> None:
        await server.serve()
        await database.close()

    thread = threading.Thread(target=ground.loop.run_until_complete, args=[serve()])
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
        ground.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        yield ground
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        ground.loop.close()


class Signed(requests.auth.AuthBase):
    """A platform's signature on whatever is about to be sent."""

    def __init__(self, partner: Partner) -> None:
        self._partner = partner

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        request.headers.update(self._partner.headers(raw))
        return request


def explore(
    operation: APIOperation, ground: Ground, headers: dict[str, str], mode: GenerationMode, examples: int
) -> None:
    """Send `examples` generated requests to one operation, always the same ones, and check every answer."""
    names = {one.name for one in operation.path_parameters}
    # Among the bad ones there are bad paths too.
    known = ground.known if mode is GenerationMode.POSITIVE else {}
    fixed = {name: known[name] for name in names if name in known}
    door = str(operation.definition.raw["operationId"]) == DOOR
    wanted = checks() if mode is GenerationMode.POSITIVE or door else checks("negative_data_rejection")
    with requests.Session() as connection:

        @seed(SEED)
        @bounds(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(mode, path_parameters=fixed or None))
        def send(case: Case) -> None:
            if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
                case.body |= {name: known[name] for name in known.keys() & case.body.keys()}
            signed = {"auth": Signed(ground.partner)} if door and ground.partner else {}
            answer = case.call(
                base_url=ground.url, session=connection, headers=headers, timeout=PATIENCE, **signed
            )
            case.validate_response(answer, checks=wanted)

        send()
