"""The demo closes the months that are long over, and their statements tie."""

from datetime import date

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.cli.samples import months
from app.kit.clock import today
from app.kit.database import Database
from app.ledger.models import Period
from app.ledger.models.accounts import PeriodState
from tests.accounting.closers import office


async def test_old_months_are_closed_and_young_ones_stay_open(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
        await desk.gift(session, date(2026, 1, 9), 5_000)

    count = await months.close(committed, desk.organization)

    async with committed.reading() as session:
        states = {one.month: one.state for one in await session.scalars(select(Period))}
    assert count == list(states.values()).count(PeriodState.closed) > 0
    assert states.get(today().replace(day=1), PeriodState.open) is PeriodState.open
    assert (await desk.read("/statements/balance-sheet?period=2026-01"))["ties"] is True
