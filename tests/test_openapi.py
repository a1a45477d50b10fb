"""The OpenAPI document: whole, valid, and written for people who never saw our code."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from jsonschema_rs import Draft202012Validator, Registry

from app.kit.database import Database
from app.kit.http import documents
from app.main import create_app
from app.settings import Settings

PROBLEM = "application/problem+json"
_VERBS = (
    "add approve change choose claim close confirm correct create decide decline disable enable enrol"
    " erase export find follow give import list make mark move name open post read receive record"
    " refresh refund reject release remove render reopen replay request return reverse review revoke"
    " rotate sign submit withdraw"
)
VERBS = set(_VERBS.split())
Operation = tuple[str, str, dict[str, Any]]
Judging = Callable[[dict[str, Any]], Draft202012Validator]


@pytest.fixture(scope="module")
def document(settings: Settings) -> dict[str, Any]:
    # Written once: it asks no database.
    nowhere = Database("postgresql://", pool_size=1)
    return create_app(settings, database=nowhere).openapi()


@pytest.fixture(scope="module")
def operations(document: dict[str, Any]) -> list[Operation]:
    found = [
        (method, path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in {"get", "post", "put", "patch", "delete"}
    ]
    assert len(found) > 60
    return found


@pytest.fixture(scope="module")
def judging(document: dict[str, Any]) -> Judging:
    """Make what judges examples by a schema of the document, which is read once for all of them."""
    registry = Registry([("urn:api", {"components": document["components"]})])

    def judge(schema: dict[str, Any]) -> Draft202012Validator:
        beside = json.dumps(schema).replace('"#/components/', '"urn:api#/components/')
        return Draft202012Validator(json.loads(beside), registry=registry)

    return judge


def resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def examples(document: dict[str, Any], media: dict[str, Any]) -> list[Any]:
    """Return the examples of a body: its own, its schema's, or those of every form it may take."""
    schema = resolved(document, media["schema"])
    shown = [*media.get("examples", {}).values(), *schema.get("examples", [])]
    shown += [place["example"] for place in (media, schema) if "example" in place]
    forms = [one for key in ("oneOf", "anyOf") for one in schema.get(key, []) if one.get("type") != "null"]
    if not shown and forms:
        each = [examples(document, {"schema": one}) for one in forms]
        return [example for one in each for example in one] if all(each) else []
    properties = schema.get("properties", {})
    if not shown and properties and all("examples" in one or "default" in one for one in properties.values()):
        return [{name: one["examples"][0] for name, one in properties.items() if "examples" in one}]
    return shown


def bodies(operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    yield from operation.get("requestBody", {}).get("content", {}).items()


def broken(rule: str, found: list[str]) -> None:
    assert not found, f"{rule}:\n" + "\n".join(found)


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    schemathesis.openapi.from_dict(document).validate()
    schemas = document["components"]["schemas"]
    # All at once: each by itself reads the whole document again.
    each = [{"$ref": f"#/components/schemas/{name}"} for name in schemas]
    Draft202012Validator({"anyOf": each, "components": document["components"]})
    assert [name for name, schema in schemas.items() if not schema] == []


def test_every_operation_has_a_name_of_its_own(operations: list[Operation]) -> None:
    names = [operation["operationId"] for _, _, operation in operations]
    assert sorted(set(names)) == sorted(names)
    odd = [
        name
        for name in names
        if not re.fullmatch(r"[a-z]+(_[a-z]+)+", name) or name.split("_")[0] not in VERBS
    ]
    broken("an operation is called verb_noun", odd)


def test_every_operation_says_what_it_does(operations: list[Operation]) -> None:
    silent = [
        f"{method} {path}: {operation.get('summary')!r}"
        for method, path, operation in operations
        if len(operation.get("summary", "").split()) < 2
        or not operation.get("description", "").strip().endswith(".")
        or len(operation.get("tags", [])) != 1
        or not operation.get("x-permission")
    ]
    broken("an operation lacks a summary, a description, one tag or its permission", silent)


def test_every_operation_says_how_it_answers_and_refuses(operations: list[Operation]) -> None:
    silent: list[str] = []
    for method, path, operation in operations:
        told = operation["responses"]
        good = [status for status in told if status.startswith("2")]
        bad = {status: one for status, one in told.items() if status[0] in "45"}
        taking = "requestBody" in operation or operation.get("parameters")
        if not good or "503" not in bad or (taking and not {"400", "422"} & bad.keys()):
            silent.append(f"{method} {path}: {sorted(told)}")
        silent += [
            f"{method} {path}: {status} is no problem document"
            for status, one in bad.items()
            if list(one.get("content", {})) != [PROBLEM]
            or one["content"][PROBLEM]["schema"] != {"$ref": "#/components/schemas/Problem"}
        ]
        silent += [
            f"{method} {path}: {status} says nothing"
            for status, one in told.items()
            if not one["description"]
        ]
        if operation["x-permission"] not in {"public", "signature"} and "401" not in bad:
            silent.append(f"{method} {path}: 401 is missing")
        if "requestBody" in operation and "413" not in bad:
            silent.append(f"{method} {path}: 413 is missing")
    broken("an operation is silent about its answers", silent)


def test_every_body_has_an_example_that_would_be_taken(
    document: dict[str, Any], operations: list[Operation], judging: Judging
) -> None:
    wrong: list[str] = []
    for method, path, operation in operations:
        for media_type, media in bodies(operation):
            shown = examples(document, media)
            if not shown:
                wrong.append(f"{method} {path} {media_type}: no example")
            valid = judging(media["schema"])
            wrong += [
                f"{method} {path}: {error.message}" for one in shown for error in valid.iter_errors(one)
            ]
    broken("a body's example is missing or does not fit", wrong)


def test_every_answer_has_an_example_or_is_made_of_such(
    document: dict[str, Any], operations: list[Operation], judging: Judging
) -> None:
    """What a client reads first is an example: of the answer itself, or of the items in a page."""
    bare: list[str] = []
    for method, path, operation in operations:
        for status, answer in operation["responses"].items():
            media = answer.get("content", {}).get("application/json")
            if media is None or not status.startswith("2"):
                continue
            schema = resolved(document, media["schema"])
            items = schema.get("properties", {}).get("items", {}).get("items")
            if not examples(document, media) and not (items and examples(document, {"schema": items})):
                bare.append(f"{method} {path} {status}: {schema.get('title')}")
            valid = judging(media["schema"])
            bare += [
                f"{method} {path} {status}: {error.message}"
                for one in examples(document, media)
                for error in valid.iter_errors(one)
            ]
    broken("an answer has no example, or one that does not fit", bare)


def test_paths_are_kebab_case_and_plain(operations: list[Operation]) -> None:
    # What is a file to whoever fetches it says its form at the end: a calendar, a table.
    plain = re.compile(r"/v1(/([a-z]+(-[a-z]+)*|\{[a-z_]+\}))+(\.[a-z]+)?")
    odd = [path for _, path, _ in operations if not plain.fullmatch(path)]
    broken("a path is kebab-case below /v1", odd)


def test_members_are_snake_case(document: dict[str, Any], operations: list[Operation]) -> None:
    snake = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
    schemas = document["components"]["schemas"]
    odd = [
        f"{name}.{member}"
        for name, schema in schemas.items()
        for member in schema.get("properties", {})
        if not snake.fullmatch(member)
    ]
    odd += [
        f"{path} ?{one['name']}"
        for _, path, operation in operations
        for one in operation.get("parameters", [])
        if one["in"] in {"query", "path"} and not snake.fullmatch(one["name"])
    ]
    odd += [name for name in schemas if "__" in name]
    broken("a member is snake_case, a schema has a name of ours", odd)


def test_every_list_is_handed_out_in_pages(document: dict[str, Any], operations: list[Operation]) -> None:
    lists, odd = 0, []
    for method, path, operation in operations:
        media = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        schema = resolved(document, media.get("schema", {}))
        if method != "get" or "items" not in schema.get("properties", {}):
            continue
        lists += 1
        asked = {one["name"]: one["schema"] for one in operation.get("parameters", [])}
        if not {"limit", "cursor"} <= asked.keys() or "next_cursor" not in schema["properties"]:
            odd.append(f"{path}: {sorted(asked)}")
        elif (asked["limit"]["default"], asked["limit"]["maximum"]) != (50, 200):
            odd.append(f"{path}: limit")
    assert lists > 20
    broken("a list has limit (50, at most 200), cursor and next_cursor", odd)


def test_what_moves_money_must_carry_a_key(operations: list[Operation]) -> None:
    moving = {"record_donation", "refund_donation", "correct_donation", "claim_donation"}
    mandatory = {
        operation["operationId"]
        for _, _, operation in operations
        for one in operation.get("parameters", [])
        if one["name"].lower() == "idempotency-key" and one["required"]
    }
    assert moving <= mandatory


def test_the_document_knows_nothing_of_fastapis_own_refusals(document: dict[str, Any]) -> None:
    assert "HTTPValidationError" not in str(document)
    assert document["components"]["schemas"]["Problem"] == documents.PROBLEM
