"""Forms: sent without scripts, counted once, and shown again with what was typed and what is amiss."""

import hashlib
import re
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from starlette.requests import Request
from starlette.responses import Response

from app.kit.chinese import faults
from app.kit.errors import Refusal, TooMany
from app.kit.http import problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.ids import new_code, read_code
from app.site import languages, sheets
from app.site.errors import FormUnfit
from app.site.languages import Language, Writer

Said = TypeVar("Said", bound=BaseModel)

SECRET = sheets.PRIVATE | {"Cache-Control": "no-store"}
"""For what only the holder of a code may read, and for what somebody typed: nobody keeps it."""

FRESH = {"Cache-Control": "private, no-cache"}
"""For a form: its token is for one reader."""

_TOKEN = re.compile(rb"(?:^|&)token=[0-9A-Z]{20}(?:&|$)")
_EMPTY = {"missing", "string_too_short", "none_required"}


class _KnownRoute(IdempotentRoute):
    """A route whose requests are known by their bytes: within them is the token of the form."""

    waits: ClassVar[bool] = True

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, with the form's key put where the API's clients put theirs."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            body = await request.body() if request.method == "POST" else b""
            if _TOKEN.search(body):
                key = hashlib.sha256(body).hexdigest().encode()
                # Nobody has looked at this request's headers yet: they are read once, and then kept.
                request.scope["headers"] = [*request.scope["headers"], (b"idempotency-key", key)]
            return await answer(request)

        return handle


class FormRoute(sheets.PageRoute, _KnownRoute):
    """A page with a form that counts once, however often its button is pressed.

    The second press waits for the first and is led to the same page. Whoever goes back and sends something
    else says something else: it counts for itself.
    """


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is shown: what was typed, what is amiss by field, and a token that no other form has."""

    typed: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict[str, str])
    alert: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: dict(FRESH))
    token: str = field(default_factory=new_code)


def read(
    t: Writer, kind: type[Said], typed: Mapping[str, object], *, whole: str = "", chosen: tuple[str, ...] = ()
) -> Said:
    """Return what was typed as the API takes it; raises FormUnfit with what is amiss with each field.

    What is amiss with the whole is told at the field `whole`; the fields `chosen` are not typed.
    """
    try:
        return kind(**typed)
    except ValidationError as error:
        wrong: dict[str, str] = {}
        for one in error.errors():
            name = str(one["loc"][0]) if one["loc"] else whole
            wrong.setdefault(name, t("form_choose") if name in chosen else _said(t, one))
        raise FormUnfit(fields=wrong) from None


def refused(
    request: Request,
    typed: Mapping[str, str],
    refusal: Refusal,
    at: Mapping[type[Refusal], str] | None = None,
) -> Form:
    """Return a form once more, with what was typed and why it was refused; `at` says at which field."""
    words = problems.describe(type(refusal), languages.of(request))
    headers = dict(SECRET)
    if isinstance(refusal, TooMany):
        headers["Retry-After"] = str(refusal.facts["retry_after_seconds"])
    wrong: Mapping[str, str] = {}
    if isinstance(refusal, FormUnfit):
        wrong = cast("Mapping[str, str]", refusal.facts["fields"])
    elif name := (at or {}).get(type(refusal)):
        wrong, words = {name: words}, problems.describe(FormUnfit, languages.of(request))
    return Form(typed, wrong, words, problems.status_of(type(refusal)), headers)


def code(text: str) -> str:
    """Return what was typed as a code of ours, with nothing in it that no code has and no address bears."""
    return "".join(letter for letter in read_code(text) if letter.isascii() and letter.isalnum())


def page(request: Request, template: str, facts: dict[str, Any], form: Form, *, demo: bool) -> Response:
    """Return a page with a form in it, which its template knows as `form`."""
    response = sheets.page(request, template, facts | {"form": form}, demo=demo, status=form.status)
    response.headers.update(form.headers)
    return response


def _said(t: Writer, fault: ErrorDetails) -> str:
    code, context = fault["type"], fault.get("ctx", {})
    if code in _EMPTY:
        return t("form_empty")
    if code == "string_too_long":
        return t("form_long", count=t.count(context["max_length"]))
    return faults.said(code, context) if t.language is Language.zh else fault["msg"]
