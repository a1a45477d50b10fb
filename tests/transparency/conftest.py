"""A log that strangers read, and which of their programs there are for this interpreter."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.kit.database import Database
from app.transparency import signer
from tests.transparency import logs
from tests.transparency.served import SIZES

# aics-tlog asks for Python 3.12, this project for 3.11: where the interpreter is too old there is no such
# program (requirements-dev.lock says the same), and tlog-scales judges alone.
collect_ignore = [] if find_spec("aics_tlog") else ["test_another_program.py"]


@pytest.fixture
async def log(committed: Database, committed_client: AsyncClient, tmp_path: Path) -> AsyncClient:
    """A log that was signed at some sizes and stood unsigned at others."""
    office = logs.office_in(tmp_path)
    await signer.open_office(committed, office)
    before = 0
    for size in SIZES:
        # With the first signature a leaf for its key is appended.
        await logs.book(committed, size - before - (before == 1))
        if size == 600:
            await logs.seal(committed, batch_max=100)
        signed = await logs.sign(committed, office)
        assert signed.size == size
        before = size
    return committed_client
