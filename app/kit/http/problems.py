"""Problems: refusals told to HTTP clients, as RFC 9457 problem documents in Chinese or English."""

import re
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from app.kit import errors
from app.kit.chinese import faults
from app.kit.errors import Refusal
from app.kit.http import negotiation

MEDIA_TYPE = "application/problem+json"
STATUS: dict[type, int] = {
    Refusal: 400,
    errors.Malformed: 422,
    errors.Invalid: 422,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.TooMany: 429,
    errors.Unavailable: 503,
    errors.VersionNotStated: 428,
    errors.VersionStale: 412,
}
_PLAIN: dict[int, type[Refusal]] = {
    # A body that is no UTF-8, or a form that breaks off: FastAPI says 400 there and 422 of the rest.
    400: errors.Malformed,
    404: errors.NotFound,
    413: errors.TooLarge,
    401: errors.Unauthenticated,
    403: errors.Forbidden,
}
AWAY = (OperationalError, InterfaceError, PoolTimeout, ConnectionError)
"""What is raised when the database can't be reached, or not now."""

log = structlog.get_logger(__name__)


def install(app: FastAPI) -> None:
    """Make every refusal, every malformed request and every fault leave as a problem document."""
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _plain)
    for kind in AWAY:
        app.add_exception_handler(kind, _away)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(Exception, _fault)
    app.add_api_route(
        "/problems/{slug}", explain, include_in_schema=False, response_class=HTMLResponse, name="problem"
    )


def describe(kind: type[Refusal], language: str) -> str:
    """Return the title of a kind of refusal in `zh` or `en`."""
    return kind.title_zh if language == "zh" else (kind.__doc__ or kind.__name__).strip().splitlines()[0]


def status_of(kind: type[Refusal]) -> int:
    """Return the HTTP status of a kind of refusal: that of the nearest kind above it which has one."""
    return next(STATUS[above] for above in kind.__mro__ if above in STATUS)


def slug(kind: type[Refusal]) -> str:
    """Return a refusal's stable code, the end of its type URI: CampaignNotOpen -> campaign-not-open."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", kind.__name__).lower()


def language_of(request: Request) -> str:
    """Return `zh` or `en`, whichever a client prefers, English if neither; caches are told of it."""
    return negotiation.language(request) or "en"


def document(refusal: Refusal, *, language: str = "en", instance: str | None = None) -> dict[str, Any]:
    """Return the problem document of a refusal."""
    kind = type(refusal)
    body: dict[str, Any] = {
        "type": f"/problems/{slug(kind)}",
        "title": describe(kind, language),
        "status": status_of(kind),
        "code": slug(kind),
    }
    if said := refusal.detail_zh if language == "zh" else refusal.detail:
        body["detail"] = said
    if instance is not None:
        body["instance"] = instance
    facts = cast("dict[str, Any]", jsonable_encoder(refusal.facts))
    if isinstance(facts.get("errors"), list):
        told = cast("list[dict[str, Any]]", facts["errors"])
        facts["errors"] = [_spoken(one, language) for one in told]
    return body | facts


def _spoken(fault: dict[str, Any], language: str) -> dict[str, Any]:
    """Return one of a refusal's faults in one language, of what was told in both (`detail`, `detail_zh`)."""
    told = {name: value for name, value in fault.items() if name != "detail_zh"}
    if language == "zh" and "detail" in told:
        # Where there are no Chinese words of its own, its place and its code say more than English ones.
        told["detail"] = fault.get("detail_zh") or faults.UNFIT
    return told


def answer(request: Request, refusal: Refusal, *, status: int | None = None) -> Response:
    """Return a refusal as the response to `request`."""
    body = document(refusal, language=language_of(request), instance=request.url.path)
    body["status"] = status or body["status"]
    headers = {"Cache-Control": "no-store"}
    if body["status"] == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if "retry_after_seconds" in refusal.facts:
        headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    response = JSONResponse(body, body["status"], headers, media_type=MEDIA_TYPE)
    negotiation.vary(request, response)
    return response


def responses(*told: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    """Return what an operation writes into the OpenAPI document about the refusals it may answer with."""
    titles: dict[int | str, list[str]] = {}
    for kind in told:
        titles.setdefault(status_of(kind), []).append(f"`{slug(kind)}`: {describe(kind, 'en')}")
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": " ".join(lines), "content": content} for status, lines in titles.items()}


def kinds() -> Iterator[type[Refusal]]:
    """Yield every kind of refusal that the loaded application knows."""
    queue: list[type[Refusal]] = [Refusal]
    while queue:
        kind = queue.pop()
        yield kind
        queue += kind.__subclasses__()


async def explain(request: Request, slug: str) -> Response:
    """Explain one kind of problem, so that its type URI resolves."""
    kind = next((kind for kind in kinds() if globals()["slug"](kind) == slug), None)
    if kind is None:
        return answer(request, errors.NotFound())
    text = " ".join((kind.__doc__ or "").split())
    return HTMLResponse(
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>{slug}</title><h1>{kind.title_zh}</h1>'
        f"<p lang='en'>{text}</p><p>HTTP {status_of(kind)} · <code>{slug}</code> · {request.app.title}</p>"
        "</html>"
    )


async def _refused(request: Request, error: Exception) -> Response:
    return answer(request, cast("Refusal", error))


async def _malformed(request: Request, error: Exception) -> Response:
    found = [
        {
            "pointer": pointer(fault["loc"]),
            "in": str(fault["loc"][0]),
            "code": fault["type"],
            "detail": fault["msg"],
            "detail_zh": faults.said(fault["type"], fault.get("ctx", {})),
        }
        for fault in cast("RequestValidationError", error).errors()
    ]
    # The input itself is not repeated: it may hold a name or a phone number.
    return answer(request, errors.Malformed(errors=found))


def pointer(location: Sequence[int | str]) -> str:
    """Return the JSON Pointer (RFC 6901) to a place in a body; a parameter's name for other places."""
    parts = [str(part).replace("~", "~0").replace("/", "~1") for part in location[1:]]
    return "".join(f"/{part}" for part in parts) if location and location[0] == "body" else ".".join(parts)


async def _plain(request: Request, error: Exception) -> Response:
    fault = cast("HTTPException", error)
    kind = MethodNotAllowed if fault.status_code == 405 else _PLAIN.get(fault.status_code, Refusal)
    status = None if kind is errors.Malformed else fault.status_code
    # What only spells the status out adds nothing to the title.
    said = "" if fault.detail == HTTPStatus(fault.status_code).phrase else str(fault.detail)
    response = answer(request, kind(said), status=status)
    response.headers.update(fault.headers or {})
    if "GET" in response.headers.get("allow", "").split(", "):
        response.headers["Allow"] += ", HEAD"  # what surrounds all requests answers it (requests.py)
    return response


class MethodNotAllowed(Refusal):
    """This address does not know that method."""

    title_zh = "该地址不支持此方法"


class Fault(Refusal):
    """Something went wrong on our side; nothing was changed."""

    title_zh = "服务内部错误，未作任何更改"


def away(request: Request, error: Exception) -> Response:
    """Return the response to a request that found the database away."""
    log.warning("database_away", error=type(error).__name__)
    return answer(request, errors.Unavailable(retry_after_seconds=2))


async def _away(request: Request, error: Exception) -> Response:
    return away(request, error)


async def _database(request: Request, error: Exception) -> Response:
    # 40001, 40P01: two transactions met and one was asked to try again; 53, 57: the server is short or going.
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    if state in {"40001", "40P01", "55P03"} or state[:2] in {"53", "57", "08"}:
        return away(request, error)
    return await _fault(request, error)


async def _fault(request: Request, error: Exception) -> Response:
    # The driver's message may quote a row; the log gets the kind and the place, never the values.
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    log.error("fault", error=type(error).__name__, sqlstate=state)
    request_id = request.scope.get("state", {}).get("request_id")
    return answer(request, Fault(request_id=request_id), status=500)
