"""Documents: what the OpenAPI document tells of every operation alike, above all how it refuses."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from fastapi import FastAPI

from app.kit.errors import Malformed, Unavailable
from app.kit.http import problems
from app.kit.http.requests import BodyTooLong

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "Why a request was refused (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "description": "An address that explains it."},
        "title": {"type": "string", "description": "In Chinese or English, by `Accept-Language`."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable: what a program compares."},
        "detail": {
            "type": "string",
            "description": "What there is to say beyond the title, in its language.",
        },
        "instance": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "What is malformed, each with its place: in a body a JSON Pointer (RFC 6901).",
            "items": {
                "type": "object",
                "required": ["pointer", "code", "detail"],
                "properties": {name: {"type": "string"} for name in ("pointer", "in", "code", "detail")},
            },
        },
    },
    "example": {
        "type": "/problems/malformed",
        "title": "The request is malformed.",
        "status": 422,
        "code": "malformed",
        "instance": "/v1/fundraising/campaigns",
        "errors": [{"pointer": "/title", "in": "body", "code": "missing", "detail": "Field required"}],
    },
}
# FastAPI's own words for what problems.py answers in ours.
_NOT_OURS = ("HTTPValidationError", "ValidationError")
_METHODS = {"get", "put", "post", "delete", "patch"}


def describe_refusals(app: FastAPI) -> None:
    """Write into an application's OpenAPI document how any operation may refuse."""
    amend(app, _refusals)


def amend(app: FastAPI, change: Callable[[dict[str, Any]], None]) -> None:
    """Let `change` see the OpenAPI document once, when it is made; what amends last sees the whole."""
    describe = app.openapi

    def openapi() -> dict[str, Any]:
        fresh = app.openapi_schema is None
        document = describe()
        if fresh:
            change(document)
        return document

    app.openapi = openapi


def operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every operation of a document."""
    for path in document["paths"].values():
        yield from (operation for method, operation in path.items() if method in _METHODS)


def _refusals(document: dict[str, Any]) -> None:
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for name in _NOT_OURS:
        schemas.pop(name, None)
    schemas["Problem"] = PROBLEM
    for operation in operations(document):
        told = operation["responses"]
        if "application/json" in told.get("422", {}).get("content", {}):
            del told["422"]
        for status, refusal in problems.responses(*_possible(operation)).items():
            known = told.setdefault(str(status), refusal)
            if known is not refusal and refusal["description"] not in known["description"]:
                known["description"] = f"{refusal['description']} {known['description']}"
        operation["responses"] = dict(sorted(told.items()))
    for schema in schemas.values():
        if "examples" in schema:
            schema["examples"] = [_whole(schemas, schema, one) for one in schema["examples"]]


def _whole(schemas: dict[str, Any], schema: dict[str, Any], example: Any) -> Any:  # noqa: ANN401 - JSON
    # FastAPI drops every null from the document; without them an example says that members may be absent.
    schema = schemas.get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
    if isinstance(example, list):
        return [_whole(schemas, schema.get("items", {}), one) for one in cast("list[Any]", example)]
    if not isinstance(example, dict):
        return example
    members: dict[str, Any] = schema.get("properties", {})
    said = cast("dict[str, Any]", example)
    kept = {name: _whole(schemas, members.get(name, {}), value) for name, value in said.items()}
    nulls = [
        name for name in schema.get("required", ()) if {"type": "null"} in members[name].get("anyOf", ())
    ]
    return {name: None for name in nulls if name not in kept} | kept


def _possible(operation: dict[str, Any]) -> Iterator[type[problems.Refusal]]:
    yield Unavailable
    if "requestBody" in operation:
        yield BodyTooLong
    if "400" not in operation["responses"] and ("requestBody" in operation or operation.get("parameters")):
        yield Malformed
