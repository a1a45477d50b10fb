"""Declarations: what each route of an application says about who may call it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.kit.errors import Forbidden, NotFound, Unauthenticated
from app.kit.http import documents, problems
from app.organizations.access import Permission
from app.organizations.signin import Door, enrolling, public, signed_in

PUBLIC = "public"
SIGNED_IN = "signed_in"
_REFUSALS = problems.responses(Unauthenticated, Forbidden, NotFound)


@dataclass(frozen=True, slots=True)
class Declaration:
    """One operation and what it says: a permission, that it is public or for who signed in, or nothing."""

    method: str
    path: str
    says: str | None


def declared(app: FastAPI) -> Iterator[Declaration]:
    """Yield the declaration of every operation of an application's API, in the order of its routes."""
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        if dependant is None:
            continue
        said = sorted(set(_said(dependant)))
        if len(said) > 1:
            raise ValueError(f"{route.path} declares more than one permission: {said}")
        for method in sorted(route.methods or ()):
            yield Declaration(method, str(route.path_format), said[0] if said else None)


def _said(dependant: Any) -> Iterator[str]:  # noqa: ANN401 - FastAPI's own tree of dependencies
    for part in dependant.dependencies:
        if isinstance(part.call, Door):
            yield part.call.permission.value
        elif part.call is public.dependency:
            yield PUBLIC
        elif part.call in {signed_in.dependency, enrolling.dependency}:
            yield SIGNED_IN
        else:
            yield from _said(part)


def declare_permissions(app: FastAPI) -> None:
    """Write each operation's permission into the OpenAPI document: `x-permission`, and who is refused."""

    def annotate(document: dict[str, Any]) -> None:
        for operation in declared(app):
            described = document["paths"].get(operation.path, {}).get(operation.method.lower())
            if described is not None and operation.says is not None:
                _annotate(described, operation.says)

    documents.amend(app, annotate)


def _annotate(operation: dict[str, Any], says: str) -> None:
    operation["x-permission"] = says
    if says == PUBLIC:
        operation["security"] = []
        return
    for status, told in _REFUSALS.items():
        if status == 401 or says in set(Permission):
            operation["responses"].setdefault(str(status), told)
