"""Sheets: how a page is written and sent: templates, language, security headers, refusals as pages."""

from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from app.kit.errors import Malformed, NotFound, Refusal, Unavailable
from app.kit.http import problems
from app.kit.http.caching import CacheableRoute
from app.site import assets, languages
from app.site.languages import Language, Writer

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

# Letters of ours stand for themselves in the data that programs read; `tojson` escapes what could end it.
_TEMPLATES.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}

LOOKING = ["GET", "HEAD"]
PAGE_SIZE = 20
Cursor = Annotated[str | None, Query(max_length=500)]

PRIVATE = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
"""For what one donor sees by their own key: it is kept by no cache between us."""
_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
        " base-uri 'none'; frame-ancestors 'none'"
    ),
    # The address of a trace is the donor's key: no other site is to learn it.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_AWAY = (OperationalError, InterfaceError, PoolTimeout, ConnectionError)
_NOT_PAGES = ("/v1/", "/problems/", "/docs", "/redoc", "/openapi.json", "/static/")


class PageRoute(CacheableRoute):
    """A route for people: what is refused is told as a page, and every answer is sent safely."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, with refusals told as pages."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            try:
                response = await answer(request)
            except Refusal as refusal:
                response = refused(request, refusal)
            except RequestValidationError:
                response = refused(request, Malformed())
            except _AWAY:
                response = refused(request, Unavailable(retry_after_seconds=2))
            return _sent(request, response)

        return handle


def _sent(request: Request, response: Response) -> Response:
    response.headers.update(_SECURITY)
    if request.url.path.startswith("/static/"):
        return response
    response.headers["Vary"] = "Accept-Language, Cookie"
    if language := languages.chosen(request):
        if response.headers.get("Cache-Control") != "no-store":
            response.headers["Cache-Control"] = "private, no-cache"
        response.set_cookie(
            languages.COOKIE,
            language,
            max_age=languages.COOKIE_SECONDS,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
    return response


def typed(text: str) -> str:
    """Return what was typed into a search, without what nobody can type."""
    return "".join(filter(str.isprintable, text)).strip()


def origin(request: Request) -> str:
    """Return the public address of this site, without a slash at its end."""
    return str(request.app.state.settings.public_url)


def known(request: Request, language: Language | None) -> str:
    """Return the public address of this same page: in one language, or, without one, in the reader's own."""
    asked = languages.address_in(request, language) if language else languages.address_of(request)
    return origin(request) + asked


def page(
    request: Request,
    template: str,
    facts: dict[str, Any],
    *,
    demo: bool,
    status: int = 200,
) -> Response:
    """Return a page in the reader's language; `demo` puts it under the banner.

    What the facts hold under `linked` is told to programs, in the words of schema.org; what the template sets
    as `about`, to who finds the page by a search.
    """
    language = languages.of(request)
    other = Language.en if language is Language.zh else Language.zh
    frame = {
        "t": Writer(language),
        "lang": language,
        "other": other,
        "other_address": languages.address_in(request, other),
        "path": request.url.path,
        "known": partial(known, request),
        "chosen": languages.chosen(request),
        "asset": assets.address,
        "demo": demo or request.app.state.demo,
        "linked": None,
        "about": None,
    }
    html = _TEMPLATES.get_template(template).render(frame | facts)
    return HTMLResponse(html, status, {"Content-Language": "zh-CN" if language is Language.zh else "en"})


def refused(request: Request, refusal: Refusal) -> Response:
    """Return a refusal as a page, with the status and headers that its problem document would have."""
    kind = type(refusal)
    status = problems.status_of(kind)
    words = problems.describe(kind, languages.of(request))
    response = page(request, "error.html", {"words": words, "status": status}, demo=False, status=status)
    response.headers["Cache-Control"] = "no-store"
    if "retry_after_seconds" in refusal.facts:
        response.headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    return response


def tell_strays(app: FastAPI) -> None:
    """Answer a browser that asks for an address nobody has with a page; programs get what they got before.

    Not a route for every address: it would hide from the others that they know an address by another method.
    """
    before: Any = app.exception_handlers[HTTPException]

    async def answer(request: Request, error: Exception) -> Response:
        stray = isinstance(error, HTTPException) and error.status_code == 404
        wants_page = "text/html" in request.headers.get("accept", "")
        if stray and wants_page and not request.url.path.startswith(_NOT_PAGES):
            if request.method == "GET" and request.url.path.endswith("/"):
                # Of one slash in front: two would lead to another host.
                return RedirectResponse(quote("/" + request.url.path.strip("/")), status_code=307)
            return _sent(request, refused(request, NotFound()))
        return await before(request, error)

    app.add_exception_handler(HTTPException, answer)
