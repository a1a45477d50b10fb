"""Logs are one JSON object a line, and hold nobody's personal data."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from app.kit import logs
from app.kit.ids import new_id


class Lines(io.StringIO):
    def all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root, level = list(logging.root.handlers), logging.root.level
    stream = Lines()
    logs.configure(stream=stream)
    yield stream
    structlog.reset_defaults()
    logging.root.handlers[:] = root
    logging.root.setLevel(level)
    logging.getLogger("uvicorn.access").disabled = False


def test_a_line_is_json_with_time_level_and_what_is_bound(lines: Lines) -> None:
    entry = new_id()
    with structlog.contextvars.bound_contextvars(request_id="req-12345"):
        structlog.get_logger("any").info("booked", entry=entry, count=3)
    structlog.get_logger("any").debug("too fine")

    [line] = lines.all()
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "booked",
        "level": "info",
        "entry": str(entry),
        "count": 3,
        "request_id": "req-12345",
    }


def test_members_that_may_be_personal_are_hidden_at_any_depth(lines: Lines) -> None:
    structlog.get_logger("any").warning(
        "odd", name="王小明", Phone="13800000000", gift={"donor": {"x": "王小明"}, "amount": 5}, at="here"
    )
    assert "王" not in lines.getvalue()
    assert "138" not in lines.getvalue()
    [line] = lines.all()
    assert line["gift"] == {"donor": "[hidden]", "amount": 5}
    assert line["at"] == "here"


def test_objects_are_logged_as_their_kind_only(lines: Lines) -> None:
    class Donor:
        def __repr__(self) -> str:
            return "王小明"

    structlog.get_logger("any").info("odd", thing=Donor())
    assert lines.all()[0]["thing"] == "Donor"


@pytest.mark.parametrize("foreign", [False, True])
def test_an_exception_is_its_kind_and_places_without_its_words(lines: Lines, foreign: bool) -> None:
    try:
        try:
            {}["王小明"]
        except KeyError as cause:
            raise ValueError("row (王小明) is not unique") from cause
    except ValueError:
        if foreign:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
        else:
            structlog.get_logger("any").exception("fault")

    assert "王小明" not in lines.getvalue()
    [line] = lines.all()
    assert (line["error"], line["cause"], line["level"]) == ("ValueError", "KeyError", "error")
    assert "test_logs.py" in line["trace"][0]


def test_the_servers_own_lines_go_the_same_way_and_its_access_lines_nowhere(lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(request_id="req-12345"):
        logging.getLogger("uvicorn.error").info("Started server process [%d]", 7)
        logging.getLogger("uvicorn.access").info('"GET /donors?q=王小明"')

    [line] = lines.all()
    assert line["event"] == "Started server process [7]"
    assert line["request_id"] == "req-12345"
