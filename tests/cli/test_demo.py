"""The demo as a stranger starts it: it loads, takes a gift, outlives a kill, begins anew when told."""

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.cli import sandbox
from tests.cli.commands import typed
from tests.databases import ROOT

PROGRAM = (sys.executable, "-c", "from app.cli import main; main()")
MARK = "演示数据"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A new folder that root's server account can reach, which pytest's own is not."""
    outer = Path(tempfile.mkdtemp(prefix="zhengxinlu-test-"))
    outer.chmod(0o755)
    yield outer / "data"
    shutil.rmtree(outer)


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """A running demo, and what it prints when it is ready."""
    process = subprocess.Popen(
        [*PROGRAM, "demo", "--json", "--port", "0", "--data", str(folder), *options],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield process, json.loads(process.stdout.readline())
    finally:
        process.kill()
        process.communicate()


def given(handed: dict[str, Any]) -> dict[str, Any]:
    """What the command answers that visitors are told to paste."""
    platform = handed["platform"]
    command = sandbox.curl(handed["url"], platform["slug"], platform["secret"])
    _, _, url, *words = shlex.split(command.replace("\\\n", ""))
    said = list(zip(words[::2], words[1::2], strict=True))
    headers = dict(word.split(": ", 1) for option, word in said if option == "-H")
    [body] = [word for option, word in said if option == "-d"]
    answer = httpx.post(url, content=body.encode(), headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["outcome"]) == (200, "posted"), answer.text
    assert answer.headers["x-demo-data"]
    return answer.json()


def test_the_database_starts_before_the_program_is_read() -> None:
    program = (
        "import sys, app.cli.demo; print(*sorted({'app.main', 'app.wiring', 'alembic'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert ran.stdout == "\n"


def test_a_stranger_starts_it_finds_the_gift_again_after_a_kill_and_begins_anew(folder: Path) -> None:
    with demo(folder) as (process, first):
        assert first.keys() >= {"url", "admin", "auditor_key", "platform", "campaign"}
        assert (first["platform"]["slug"], first["campaign"]) == ("sandbox", "SX-2026-BRIDGE")
        with httpx.Client(base_url=first["url"], timeout=60) as client:
            before = client.get("/v1/disclosure/campaigns/SX-2026-BRIDGE").json()
            gift = given(first)
            after = client.get("/v1/disclosure/campaigns/SX-2026-BRIDGE").json()
            assert after["raised"]["amount"] == before["raised"]["amount"] + 5000
            assert after["demo"] is True
            page = client.get("/campaigns/SX-2026-BRIDGE")
            assert (page.status_code, MARK in page.text) == (200, True)
            signed_in = client.post("/v1/auth/token", data={"grant_type": "password", **first["admin"]})
            assert signed_in.status_code == 200
        process.kill()
        process.wait()

    with demo(folder) as (process, second):
        assert second == first | {"url": second["url"], "log": second["log"]}
        with httpx.Client(base_url=second["url"], timeout=60) as client:
            trace = client.get(f"/v1/disclosure/donations/{gift['lookup_code']}/trace").json()
            assert (trace["entry_id"], trace["demo"]) == (gift["entry_id"], True)
            associations = client.get(
                "/v1/organizations",
                params={"limit": 200},
                headers={"authorization": f"Bearer {second['auditor_key']}"},
            ).json()["items"]
            assert len(associations) == 118
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=120)
        # Nothing follows the one line, and no server is left behind.
        assert said == ""
        assert not (folder / "cluster" / "postmaster.pid").exists()

    report, _ = typed("verify", "--demo", str(folder))
    assert "✓" in report

    with demo(folder, "--reset") as (process, anew):
        with httpx.Client(base_url=anew["url"], timeout=60) as client:
            assert client.get(f"/v1/disclosure/donations/{gift['lookup_code']}/trace").status_code == 404
            raised = client.get("/v1/disclosure/campaigns/SX-2026-BRIDGE").json()["raised"]
            assert raised == before["raised"]
            for words, status in ((first["admin"], 401), (anew["admin"], 200)):
                told = client.post("/v1/auth/token", data={"grant_type": "password", **words})
                assert told.status_code == status
            assert anew["auditor_key"] != first["auditor_key"]
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=120)
