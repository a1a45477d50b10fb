"""Books in which every register at the auditors' door has something to tell."""

from datetime import date
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.accounting.models import MonthStep, StepKind
from app.kit.database import Database
from tests.audit.bills import settled
from tests.audit.books import Audited, audited
from tests.audit.registers import AMOUNT
from tests.factories import organizations as make


@pytest.fixture
async def books(committed: Database, committed_client: AsyncClient, tmp_path: Path) -> Audited:
    """A gift of 2026 by webhook, one that waits to be claimed, and a step in its month."""
    made = await audited(committed, tmp_path)
    for said in ({}, {"campaign": "NOBODYS"}):
        event = made.ours.event(amount=AMOUNT, **said)
        assert (await made.ours.post(committed_client, event)).status_code == 200
    async with committed.writing() as session:
        person = await make.staff(session, made.organization)
        step = {"month": date(2026, 5, 1), "kind": StepKind.asked, "taken_by": person.id}
        session.add(MonthStep(organization_id=made.organization.id, **step))
    await made.sign()
    return made


@pytest.fixture
async def bill(books: Audited, tmp_path: Path) -> bytes:
    """A platform's bill in these books, as its file came."""
    return await settled(books, tmp_path)
