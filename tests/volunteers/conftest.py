from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.volunteers.office import Office, office


@pytest.fixture
async def desk(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Office:
    return await office(app, client, session, tmp_path / "codes.jsonl")
