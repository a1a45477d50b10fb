"""Migrations: how the database came to look as it does."""

import re
from pathlib import Path

VERSIONS = Path(__file__).parent / "versions"
_NAMED = re.compile(r'^(down_)?revision = "([^"]+)"', re.MULTILINE)


def head() -> str:
    """Return the name of the newest migration: the one that no other comes after.

    Read from the files as they are. Alembic would load every one of them, and itself, into each process that
    serves.
    """
    told = [found for file in VERSIONS.glob("*.py") for found in _NAMED.findall(file.read_text("utf-8"))]
    [newest] = {name for down, name in told if not down} - {name for down, name in told if down}
    return newest
