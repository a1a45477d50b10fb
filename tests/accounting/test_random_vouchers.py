"""Under random vouchers, posted and reversed, every invariant of the books holds (9 and 11 among them)."""

from datetime import date

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.accounting.models import Side
from app.accounting.vouchers import drafts, pairing, steps
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.lines import NewLine
from app.accounting.vouchers.pairing import Placed
from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.kit.ids import new_id
from app.ledger import balances, verification
from app.ledger.models import Direction, Fund
from tests.accounting.office import Office, office

by_hypothesis = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
# Places a voucher may touch: what one has, what one owes, general cost and income, a restricted fund's cost.
PLACES = ("bank", "cash", "owed", "salary", "cost", "income", "grant", "project")
amounts = st.integers(1, 60_000)
written = st.lists(st.tuples(st.sampled_from(PLACES), amounts), min_size=1, max_size=4)
vouchers = st.lists(st.tuples(written, written, st.booleans()), min_size=1, max_size=6)


@pytest.fixture
async def place(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    return await office(app, client, session, endowed=500_00)


@settings(by_hypothesis, max_examples=40)
@given(told=vouchers)
async def test_the_books_agree_after_any_vouchers(
    session: WriteSession,
    place: Office,
    told: list[tuple[list[tuple[str, int]], list[tuple[str, int]], bool]],
) -> None:
    savepoint = await session.begin_nested()
    try:
        fund, project = await place.restricted()
        await place.endow(300_00, fund)
        posted = 0
        for debits, credits_, undo in told:
            posted += await _enter(place, fund, project.id, (debits, credits_), undo=undo)
        rows = await balances.trial_balance(session, [place.organization.id])
        assert sum(row.balance for row in rows) == 0
        assert [check async for check in verification.checks(session) if check.offender] == []
    finally:
        await savepoint.rollback()


async def _enter(
    at: Office, fund: Fund, project_id: object, sides: tuple[list[tuple[str, int]], ...], *, undo: bool
) -> int:
    lines = [
        _line(at, fund, project_id, side, where, amount)
        for side, told in zip(Side, sides, strict=True)
        for where, amount in told
    ]
    rest = sum(one.amount if one.side is Side.debit else -one.amount for one in lines)
    if rest:
        lines.append(
            NewLine(side=Side.credit if rest > 0 else Side.debit, code="2202", amount=abs(rest), sub="rest")
        )
    written = Written(happened_on=date(2026, 5, 8), summary="random", lines=lines)
    people = {name: at.people[name].id for name in ("ann", "ray", "bo")}
    try:
        async with at.session.begin_nested():
            made = await drafts.create(at.session, at.organization.id, "2026", written, made_by="test")
            await steps.submit(at.session, made, by=people["ann"])
            await steps.review(at.session, made, by=people["ray"])
            await steps.post(at.session, made, by=people["bo"])
        if undo:
            async with at.session.begin_nested():
                await steps.reverse(at.session, made, by=people["ray"], reason="random")
    except Refusal:
        # Refused for lack of money, or because an account stands on both sides: then nothing has changed.
        return 0
    return 1


def _line(at: Office, fund: Fund, project_id: object, side: Side, where: str, amount: int) -> NewLine:
    code, over = {
        "bank": ("1002", {"channel_id": at.bank.id}),
        "cash": ("1001", {"channel_id": at.cash.id}),
        "owed": ("2202", {}),
        "salary": ("2204", {}),
        "cost": ("5301", {}),
        "income": ("4901", {}),
        "grant": ("4401", {"fund_id": fund.id} if side is Side.credit else {}),
        "project": ("5101", {"fund_id": fund.id, "project_id": project_id} if side is Side.debit else {}),
    }[where]
    return NewLine(side=side, code=code, amount=amount, **over)


placed = st.lists(st.tuples(amounts, st.sampled_from([None, "a", "b"])), min_size=1, max_size=12)


@settings(by_hypothesis, max_examples=300)
@given(debits=placed, credits_=placed)
def test_pairing_moves_exactly_what_was_written(
    debits: list[tuple[int, str | None]], credits_: list[tuple[int, str | None]]
) -> None:
    known = {"a": new_id(), "b": new_id()}
    clearing = new_id()

    def leaves(told: list[tuple[int, str | None]]) -> list[Placed]:
        return [Placed(new_id(), amount, known.get(name or "")) for amount, name in told]

    left, right = leaves(debits), leaves(credits_)
    rest = sum(one.amount for one in left) - sum(one.amount for one in right)
    if rest:
        (right if rest > 0 else left).append(Placed(new_id(), abs(rest)))

    lines = pairing.pair(left, right, clearing)

    assert lines == pairing.pair(left, right, clearing)
    for one, side in ((left, "debit"), (right, "credit")):
        for leaf in one:
            moved = sum(line.amount for line in lines if getattr(line, side) == leaf.account_id)
            assert moved == leaf.amount
    # The clearing account is zero, every posting touches one fund at most, and inflows come first.
    through = [
        sum(one.amount for one in lines if getattr(one, side) == clearing) for side in ("debit", "credit")
    ]
    assert through[0] == through[1]
    funds_of = {one.account_id: one.fund_id for one in (*left, *right)}
    for line in lines:
        assert {funds_of.get(line.debit), funds_of.get(line.credit)} - {None, line.fund_id} == set()
        assert line.direction == (
            Direction.outflow if funds_of.get(line.debit) else Direction.inflow if line.fund_id else None
        )
    order = [line.direction for line in lines]
    assert order == sorted(order, key=[Direction.inflow, None, Direction.outflow].index)
