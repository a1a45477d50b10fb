"""Here the law is asked for: a public campaign opens with its filed plan only."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.settings import Settings
from tests.fundraising.filings.office import Office, office


@pytest.fixture(scope="session")
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"filing_required": True})


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session)
