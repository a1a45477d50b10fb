"""Commands as they are typed: each in a process of its own, with the environment that it is given."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.databases import ROOT
from tests.journeys.services import ENVIRONMENT
from tests.transparency import logs

ORIGIN = logs.ORIGIN


def signing(folder: Path) -> dict[str, str]:
    """The variables of whoever signs the log with a key and a memory in this folder."""
    office = logs.office_in(folder)
    return {
        "ZHENGXINLU_LOG_ORIGIN": office.origin,
        "ZHENGXINLU_LOG_KEY_FILE": str(office.key_file),
        "ZHENGXINLU_LOG_MEMORY_FILE": str(office.memory_file),
    }


def secrets(database_url: str) -> dict[str, str]:
    """The variables without which no command reaches the books."""
    return ENVIRONMENT | {"DATABASE_URL": database_url}


def typed(*words: str, given: Mapping[str, str] | None = None, status: int = 0) -> tuple[str, str]:
    """What `zhengxinlu` prints and what it complains about; it ends as expected."""
    bare = {name: value for name, value in os.environ.items() if "ZHENGXINLU" not in name}
    bare.pop("DATABASE_URL", None)
    ran = subprocess.run(
        [sys.executable, "-c", "from app.cli import main; main()", *words],
        env=bare | {"PYTHONPATH": str(ROOT)} | dict(given or {}),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == status, f"{words}: {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    return ran.stdout, ran.stderr
