import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.fundraising.goods.store import Store, store


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Store:
    return await store(app, client, session)
