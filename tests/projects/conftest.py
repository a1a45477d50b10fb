from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.attachments import stores
from app.kit.database import WriteSession
from tests.projects.office import Office, office


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Office:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    return await office(app, client, session)
