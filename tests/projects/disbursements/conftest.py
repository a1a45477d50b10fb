import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.projects.till import Till, till


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession) -> Till:
    return await till(app, client, session)
