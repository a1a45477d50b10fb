"""What the tests of accounting share."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.accounting.office import Office, office


@pytest.fixture
async def at(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    """An office with ten thousand yuan in the general fund."""
    return await office(app, client, session, endowed=10_000_00)
