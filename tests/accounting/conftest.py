"""What the tests of accounting share."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.attachments import stores
from app.kit.database import WriteSession
from tests.accounting.office import Office, office


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Office:
    """An office with ten thousand yuan in the general fund, and a folder for its files."""
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    return await office(app, client, session, endowed=10_000_00)
