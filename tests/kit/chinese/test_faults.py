"""Faults: a clerk who reads Chinese is told in Chinese what is wrong with which member."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from pydantic import TypeAdapter, ValidationError

from app.kit.chinese import faults
from app.kit.database import WriteSession
from app.kit.fields import Body, Code, Day, Flag, Line, Moment, MoneyIn, PastMoment
from app.kit.http import problems
from app.organizations.access import Role
from app.organizations.models import Tier
from tests.factories import organizations as members

APP = Path(__file__).parents[3] / "app"
COMMANDS = {"cli", "embedded", "keyring.py", "log.py", "memory.py", "signer.py"}
FILES = (
    *("kit/cells/values.py", "accounting/bank/movements.py"),
    *("fundraising/settling/layouts.py", "fundraising/settling/bills.py"),
)


class Everything(Body):
    """One member of each kind of field."""

    code: Code
    day: Day
    flag: Flag
    happened: PastMoment
    line: Line
    moment: Moment
    money: MoneyIn
    tier: Tier
    lines: list[Line]


WRONG: list[Any] = [None, True, 0, -1, 2**70, 0.5, "", "x", "\x00", "长" * 3000, [], ["x"], {}, {"amount": 0}]
WRONG += ["2026-13-01", "2026-05-01", "2026-05-01T08:00:00", "0001-05-01T08:00:00Z", "2999-05-01T08:00:00Z"]
WRONG += [{"amount": 1, "currency": "USD"}, {"amount": 10**18, "currency": "CNY"}, {"odd": 1}]


def found() -> Iterator[tuple[str, dict[str, Any]]]:
    adapter = TypeAdapter(Everything)
    for value in WRONG:
        for body in (value, dict.fromkeys((*Everything.model_fields, "odd"), value)):
            try:
                adapter.validate_python(body)
            except ValidationError as error:
                yield from ((one["type"], one.get("ctx", {})) for one in error.errors())


def test_whatever_our_fields_refuse_is_said_in_chinese() -> None:
    seen = dict(found())
    assert len(seen) > 15
    assert {code: faults.said(code, context) for code, context in seen.items()}.keys() == seen.keys()
    assert [code for code, context in seen.items() if faults.said(code, context) == faults.UNFIT] == []
    assert not [one for one in seen.items() if re.search(r"\{[a-z_]+\}", faults.said(*one))]


def test_what_has_no_words_is_said_to_be_unfit() -> None:
    assert faults.said("callable_type", {}) == faults.UNFIT
    assert faults.said("too_long", {}) == faults.UNFIT


def test_a_rule_of_a_body_says_itself_in_both_languages() -> None:
    """`fields.wrong` has words in both; a plain ValueError has English ones alone."""
    plain = [
        f"{path.relative_to(APP)}:{node.lineno}"
        for path in APP.rglob("*.py")
        if "schemas" in path.parts or path.name in {"schemas.py", "fields.py"}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and isinstance(node.exc.func, ast.Name)
        and node.exc.func.id in {"ValueError", "PydanticCustomError"}
        and not (path.name == "fields.py" and node.exc.func.id == "PydanticCustomError")
    ]
    assert plain == []


def test_what_a_refusal_says_beyond_its_title_it_says_in_both_languages() -> None:
    """Refusals of commands are for operators, and have English words alone."""
    kinds = {kind.__name__ for kind in problems.kinds()}
    half = [
        f"{path.relative_to(APP)}:{node.lineno}"
        for path in APP.rglob("*.py")
        if not COMMANDS & set(path.relative_to(APP).parts)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and (node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""))
        in kinds
        and len(node.args) == 1
        and not isinstance(node.args[0], ast.Starred)
    ]
    assert half == []


def test_what_is_wrong_with_a_cell_of_somebody_elses_file_is_said_in_chinese() -> None:
    told = {
        re.sub(r"^\w*: ", "", one.value)
        for name in FILES
        for node in ast.walk(ast.parse((APP / name).read_text()))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)
        for one in ast.walk(node.exc)
        if isinstance(one, ast.Constant) and isinstance(one.value, str)
    } - {""}
    assert len(told) > 12
    assert told - faults.CELLS.keys() == set()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-CN,zh;q=0.9", ["必填", "不接受该字段或参数", "须大于或等于 1"]),
        ("en", ["Field required", "Extra inputs are not permitted"]),
    ],
)
async def test_a_malformed_body_is_explained_in_the_language_that_was_asked_for(
    app: FastAPI, client: AsyncClient, session: WriteSession, language: str, told: list[str]
) -> None:
    member = await members.organization(session)
    headers = await members.sign_in(app, session, Role.fundraising_officer, member)
    body = {"organization_id": str(member.id), "odd": 1, "target": {"amount": 0, "currency": "CNY"}}

    answer = await client.post(
        "/v1/fundraising/campaigns", json=body, headers=headers | {"Accept-Language": language}
    )

    assert answer.status_code == 422
    assert set(told) <= {one["detail"] for one in answer.json()["errors"]}
    assert not [one for one in answer.json()["errors"] if "detail_zh" in one]
