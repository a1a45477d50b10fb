"""Serve: the web service, as production runs it."""

import gc
from typing import Annotated

import structlog
import typer
import uvicorn
from fastapi import FastAPI

from app.cli import context
from app.kit import logs
from app.main import create_app
from app.settings import Environment, Settings

log = structlog.get_logger(__name__)

GC_THRESHOLD = (20_000, 50, 100)
GRACE_SECONDS = 30
"""How long a shutdown waits for the requests that were accepted."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes; each has its own pool of connections.")] = 1,
) -> None:
    """Serve the API and the public page. Refuses to start without a database and real secrets."""
    context.settings()
    uvicorn.run(
        "app.cli.serve:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        loop="uvloop",
        http="httptools",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def application() -> FastAPI:
    """Return the application of this process's settings, with its logs as JSON."""
    logs.configure()
    settings = Settings()
    if settings.environment is Environment.production and "public_url" not in settings.model_fields_set:
        log.warning("public_url_not_set", meaning="addresses in our answers lead to this machine alone")
    made = create_app(settings)
    # What exists now stays for good: the collector need not walk through all of it while gifts come in.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*GC_THRESHOLD)
    return made
