"""A guarded account pays by decision no more than lies there, however many pay at once."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, floors, journal
from app.ledger.accounts import Leaf
from app.ledger.errors import AccountShort
from app.ledger.journal import Draft, Line
from app.ledger.models import EntryKind
from tests.factories import fundraising as make


async def books(session: WriteSession) -> tuple[UUID, UUID, UUID]:
    """A member with a guarded account that holds 100 fen, and another account."""
    at = await make.member(session)
    leaf = Leaf(organization_id=at, chart="2026", code="1002", sub="a")
    bank, other = (
        await accounts.open_one(session, leaf),
        await accounts.open_one(session, replace(leaf, sub="b")),
    )
    await floors.lay(session, bank)
    await journal.post(session, [entry(at, bank, other, 100, EntryKind.settlement)])
    return at, bank, other


def entry(at: UUID, debit: UUID, credit: UUID, amount: int, kind: EntryKind, month: int = 5) -> Draft:
    return Draft(
        organization_id=at,
        chart="2026",
        kind=kind,
        reference=f"test:{new_id()}",
        occurred_at=datetime(2026, month, 2, tzinfo=UTC),
        actor="test",
        lines=[Line(debit=debit, credit=credit, amount=amount)],
    )


async def test_a_decision_above_the_balance_is_refused_and_a_fact_is_not(session: WriteSession) -> None:
    at, bank, other = await books(session)

    with pytest.raises(AccountShort) as refused:
        async with session.begin_nested():
            await journal.post(session, [entry(at, other, bank, 101, EntryKind.voucher)])
    await journal.post(session, [entry(at, other, bank, 100, EntryKind.voucher)])
    fee = replace(entry(at, other, bank, 7, EntryKind.voucher), fact=True)
    await journal.post(session, [fee])

    assert refused.value.facts == {"account": bank, "missing": 1}
    assert await accounts.standing(session, [bank]) == {bank: -7}
    await floors.lay(session, bank, active=False)
    await journal.post(session, [entry(at, other, bank, 5, EntryKind.voucher)])


async def test_payments_at_once_in_different_months_never_overdraw(committed: Database) -> None:
    async with committed.writing() as session:
        at, bank, other = await books(session)

    async def pay(month: int) -> bool:
        try:
            async with committed.writing() as session:
                await journal.post(session, [entry(at, other, bank, 30, EntryKind.voucher, month)])
        except AccountShort:
            return False
        return True

    won = await asyncio.gather(*(pay(5 + number % 6) for number in range(24)))

    assert sum(won) == 3
    async with committed.reading() as session:
        assert await accounts.standing(session, [bank]) == {bank: 10}
