"""The walk through the API happens as docs/api-walkthrough.md tells it, request by request."""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from httpx import AsyncClient, Response

from app.cli.samples import federation
from app.kit.database import Database
from app.organizations import people

WALK = Path(__file__).parents[2] / "docs" / "api-walkthrough.md"
PASSWORD = "three valleys, one river"
ANYTHING = "..."
_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_STATUS = re.compile(r"^→ (\d{3})$", re.MULTILINE)
_NAME = re.compile(r"\{\{(\w+)\}\}")

Sign = Callable[[str, str, str, bytes], str]


@dataclass(frozen=True)
class Step:
    """One request as it is written, and the answer that stands below it."""

    method: str
    path: str
    headers: dict[str, str]
    body: str
    status: int
    expected: Any

    @classmethod
    def read(cls, request: str, status: int, answer: str | None) -> "Step":
        head, _, body = request.partition("\n\n")
        first, *lines = head.strip().splitlines()
        method, path = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        return cls(method, path, headers, body.removesuffix("\n"), status, json.loads(answer or "null"))

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class Walk:
    """The steps of a document, and the recipe by which it signs messages."""

    steps: list[Step]
    sign: Sign

    @classmethod
    def read(cls, text: str) -> "Walk":
        blocks = list(_BLOCK.finditer(text))
        assert all(block[1] in {"http", "json", "python"} for block in blocks)
        steps, recipe = [], {}
        for number, block in enumerate(blocks):
            if block[1] == "python":
                exec(block[2], recipe)
            if block[1] != "http":
                continue
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            between = text[block.end() : after.start() if after else len(text)]
            status = _STATUS.search(between)
            assert status, f"no status below {block[2]}"
            steps.append(
                Step.read(block[2], int(status[1]), after[2] if after and after[1] == "json" else None)
            )
        return cls(steps, recipe["sign"])


class Walker:
    """Whoever walks: sends each request, and remembers what the answers told."""

    def __init__(self, client: AsyncClient, sign: Sign, **known: str) -> None:
        self.client, self.sign, self.known = client, sign, known

    async def take(self, step: Step) -> None:
        response = await self.send(step)
        assert response.status_code == step.status, f"{step}: {response.status_code} {response.text}"
        if step.expected is not None:
            assert self.differences(step.expected, response.json()) == [], f"{step}: {response.text}"

    async def send(self, step: Step) -> Response:
        body = self.filled(step.body).encode()
        headers = {
            name: self.filled(value) for name, value in step.headers.items() if "signature}" not in value
        }
        if step.headers.get("webhook-signature") == "{{signature}}":
            message_id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
            headers["webhook-signature"] = self.sign(self.known["secret"], message_id, timestamp, body)
        return await self.client.request(step.method, self.filled(step.path), headers=headers, content=body)

    def filled(self, text: str) -> str:
        return _NAME.sub(lambda name: self.known[name[1]], text)

    def differences(self, expected: Any, found: Any, at: str = "$") -> list[str]:
        """Where an answer is not what was told; a name that is not known yet is remembered instead."""
        if expected == ANYTHING:
            return []
        if isinstance(expected, str) and (name := _NAME.fullmatch(expected)):
            expected = self.known.setdefault(name[1], found)
        if isinstance(expected, dict) and isinstance(found, dict):
            return [
                difference
                for key, value in expected.items()
                for difference in (
                    self.differences(value, found[key], f"{at}.{key}")
                    if key in found
                    else [f"{at}.{key} is not there"]
                )
            ]
        if isinstance(expected, list) and isinstance(found, list):
            wanted = expected[:-1] if expected[-1:] == [ANYTHING] else expected
            if len(found) < len(wanted) or (len(found) > len(wanted) and wanted is expected):
                return [f"{at} has {len(found)} items"]
            pairs = enumerate(zip(wanted, found, strict=False))
            return [one for n, pair in pairs for one in self.differences(*pair, f"{at}[{n}]")]
        return [] if expected == found else [f"{at} is {found!r}, not {expected!r}"]


async def test_the_walk_happens_as_it_is_told(committed: Database, committed_client: AsyncClient) -> None:
    async with committed.writing() as session:
        members = await federation.load(session)
        await people.create_admin(session, "admin", PASSWORD, members["610000"])
    walk = Walk.read(WALK.read_text())
    walker = Walker(committed_client, walk.sign, password=PASSWORD, unix=str(int(time.time())))

    for step in walk.steps:
        await walker.take(step)

    assert {str(step).split("?")[0] for step in walk.steps} >= {
        "POST /v1/webhooks/ziyang-pay",
        "GET /v1/disclosure/donations/{{lookup_code}}/trace",
        "GET /v1/audit/organizations/{{county}}/trial-balance",
    }


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({"a": 1}, {}),
        ({"a": 1}, {"a": 2}),
        ({"a": {"b": True}}, {"a": {"b": False}}),
        ({"a": [1, 2]}, {"a": [1]}),
        ({"a": [1]}, {"a": [1, 2]}),
        ({"a": [1, 2, "..."]}, {"a": [1]}),
        ({"a": "{{known}}"}, {"a": "another"}),
        ({"a": "{{new}}", "b": "{{new}}"}, {"a": 1, "b": 2}),
        ([], {}),
    ],
)
def test_an_answer_that_is_not_what_was_told_is_noticed(expected: Any, found: Any) -> None:
    walker = Walker(AsyncClient(), lambda *_: "", known="one")

    assert len(walker.differences(expected, found)) == 1


def test_what_is_left_open_may_be_anything() -> None:
    walker = Walker(AsyncClient(), lambda *_: "", known="one")
    told = {"a": "...", "b": "{{known}}", "c": [1, "..."], "d": "{{new}}"}

    assert walker.differences(told, {"a": [], "b": "one", "c": [1, 2, 3], "d": "two", "e": 0}) == []
    assert walker.filled("/x/{{new}}") == "/x/two"
