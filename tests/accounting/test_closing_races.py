"""Twenty recorders against a closing December: nothing is lost, nothing is booked behind the closing."""

import asyncio
from datetime import date

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.kit.database import Database
from app.ledger import balances, verification
from app.ledger.models import Entry, EntryKind, Period
from app.ledger.models.accounts import PeriodState
from tests.accounting.closers import office

GIFTS_EACH = 4
RECORDERS = 20


async def test_twenty_recorders_against_a_close(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session, books_from=date(2025, 12, 1))
        await desk.gift(session, date(2025, 12, 2), 1)
    assert (await desk.ask("2025-12")).status_code == 201

    async def record() -> list[date]:
        days: list[date] = []
        for _ in range(GIFTS_EACH):
            async with committed.writing() as session:
                days.append((await desk.gift(session, date(2025, 12, 20), 100)).booked_on)
        return days

    async def close() -> None:
        await asyncio.sleep(0.05)
        answer = await desk.confirm("2025-12")
        assert answer.status_code == 201, answer.text

    *recorded, _ = await asyncio.gather(*(record() for _ in range(RECORDERS)), close())

    days = [day for some in recorded for day in some or ()]
    assert len(days) == RECORDERS * GIFTS_EACH
    assert set(days) <= {date(2025, 12, 20), date(2026, 1, 1)}
    async with committed.writing() as session:
        assert (await desk.gift(session, date(2025, 12, 21), 7)).booked_on == date(2026, 1, 1)
    async with committed.reading() as session:
        count = select(func.count()).where(Entry.kind == EntryKind.donation)
        assert await session.scalar(count) == RECORDERS * GIFTS_EACH + 2
        period = await session.get_one(Period, (desk.organization.id, date(2025, 12, 1)))
        assert period.state is PeriodState.closed
        december = await balances.trial_balance(session, [desk.organization.id], as_of=date(2025, 12, 31))
        left = {row.code: row.balance for row in balances.by_code(december) if row.balance}
        assert set(left) == {"1002", "3102"}, "what was booked in December was closed with it, every fen"
        late = (await desk.read("/late-entries?from=2026-01-01&to=2026-01-31&limit=200"))["items"]
        assert len(late) == days.count(date(2026, 1, 1)) + 1
        broken = [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]
        assert broken == []
