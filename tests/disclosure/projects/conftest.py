from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.attachments import stores
from app.kit.database import WriteSession
from tests.projects.till import Till, till


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Till:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    return await till(app, client, session)
