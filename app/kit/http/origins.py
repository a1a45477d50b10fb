"""Origins: front ends that live at another address, and what their browsers may send and read."""

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

_SENT = ("Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match", "X-Request-ID")
_READ = (
    *("ETag", "Idempotency-Replayed", "Location", "X-Request-ID", "X-Demo-Data"),
    *("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Retry-After"),
)
PREFLIGHT_KEPT_SECONDS = 600


def admit(app: FastAPI, origins: Sequence[str]) -> None:
    """Let pages from exactly these origins call the application; add it last, so that refusals are told too.

    No cookies: who calls says so in `Authorization`, which no browser sends on its own.
    """
    if not origins:
        return
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_methods=["GET", "HEAD", "POST", "PATCH", "PUT", "DELETE"],
        allow_headers=list(_SENT),
        expose_headers=list(_READ),
        max_age=PREFLIGHT_KEPT_SECONDS,
    )
