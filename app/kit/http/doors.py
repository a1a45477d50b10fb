"""Doors: the routes of many routers as one, each built when somebody first knocks."""

import warnings
from collections.abc import Callable, Coroutine, Iterable
from functools import cache, cached_property
from re import Pattern
from typing import Any, ClassVar, cast

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies import utils
from fastapi.routing import APIRoute
from pydantic.warnings import UnsupportedFieldAttributeWarning
from starlette.convertors import Convertor
from starlette.routing import Match, compile_path, get_name
from starlette.types import Scope

from app.kit.http import negotiation, versions

# FastAPI remembers the fields of 128 query models. With more of them it makes some anew at every request, and
# its document, which looks fields up by identity, fails with a KeyError.
_few = utils.get_cached_model_fields  # pyright: ignore[reportPrivateImportUsage]
utils.get_cached_model_fields = cache(_few.__wrapped__)  # pyright: ignore[reportPrivateImportUsage]

# FastAPI silences this around the validators that it makes; ours are made after it has looked away.
warnings.filterwarnings("ignore", category=UnsupportedFieldAttributeWarning)


class LateRoute(APIRoute):
    """A route that knows where it stands, and is built when it is first asked or told about.

    What FastAPI makes of a route, the tree of its dependencies and the validators of what comes and goes,
    is most of what a process of many hundred routes holds, and each process is asked few of them. Until
    then there is what finding a route takes, and what is asked of every route at once: its address, its
    methods, and the model of its answer.

    Each answer tells on which headers it depended. To GET it bears a tag and is not sent twice to whoever
    has it (`versions.kept`), if the class says how it is kept or `request.state.for_everybody` is set.
    """

    keeping: ClassVar[str | None] = None
    """The `Cache-Control` of answers to GET that say none themselves."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:  # noqa: ANN401
        self._options = options
        self.path, self.endpoint = path, endpoint
        self._before = path.partition("{")[0]
        self.name = options.get("name") or get_name(endpoint)
        self.methods = {method.upper() for method in options.get("methods") or ("GET",)}
        self.operation_id = options.get("operation_id")
        self.responses = options.get("responses") or {}
        self.response_model = _answered(endpoint, options.get("response_model"))

    @cached_property
    def _compiled(self) -> tuple[Pattern[str], str, dict[str, Convertor[Any]]]:
        return compile_path(self.path)

    path_regex: Any = cached_property(lambda self: self._compiled[0])
    path_format: Any = cached_property(lambda self: self._compiled[1])
    param_convertors: Any = cached_property(lambda self: self._compiled[2])

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return whether this is the route of a request; most are told apart by how their addresses begin."""
        # In it and not at its start: a router that was included in another puts a prefix before ours.
        return super().matches(scope) if self._before in scope["path"] else (Match.NONE, {})

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever a route has
        options = self.__dict__.pop("_options", None)
        if options is None:
            raise AttributeError(f"{type(self).__name__} has no {name}")
        super().__init__(self.path, self.endpoint, **options)
        return getattr(self, name)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return FastAPI's own handler, with what caches are told of its answers."""
        answer = super().get_route_handler()

        async def handle(request: Request) -> Response:
            response = await answer(request)
            negotiation.vary(request, response)
            shared = versions.ASK_AGAIN if getattr(request.state, "for_everybody", False) else None
            keeping = self.keeping or shared
            return response if keeping is None else versions.kept(request, response, keeping)

        return handle


def _answered(endpoint: Callable[..., Any], declared: Any) -> Any:  # noqa: ANN401 - any type
    if not isinstance(declared, DefaultPlaceholder):
        return declared
    model: Any = utils.get_typed_return_annotation(endpoint)
    response = isinstance(model, type) and issubclass(model, Response)
    return None if response else cast("Any", model)


def joined(routers: Iterable[APIRouter]) -> APIRouter:
    """Return one router with the routes of these, in their order.

    To include a router in another has FastAPI build all that its routes are made of once more, for the case
    that a prefix or a dependency comes with it. Where none does, the routes themselves will do: some tens of
    megabytes in each process, and a second of every start.
    """
    whole = APIRouter()
    for router in routers:
        whole.routes.extend(router.routes)
    return whole


def install(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Give an application the routes of these routers, in their order."""
    app.router.routes.extend(joined(routers).routes)
