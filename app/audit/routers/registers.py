"""The auditors' registers over HTTP: accounts, funds, trial balances."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query

from app.audit.schemas.registers import (
    AccountOut,
    FundOut,
    RegisterQuery,
    TrialBalanceLine,
    TrialBalanceOut,
    TrialBalanceQuery,
)
from app.kit.database import Reading
from app.kit.fields import MoneyOut
from app.kit.http import pages
from app.kit.http.pages import Page
from app.ledger import balances
from app.ledger.balances import Basis
from app.ledger.figures import registers
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/audit/organizations/{organization_id}", tags=["audit"])

Auditor = Annotated[Asking, may(Permission.books_read)]
Row = TypeVar("Row")
Out = TypeVar("Out")


@router.get("/trial-balance", operation_id="read_trial_balance")
async def read_trial_balance(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[TrialBalanceQuery, Query()]
) -> TrialBalanceOut:
    """Read a trial balance, of one organization or consolidated over everything below it."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    consolidated = asked.basis is Basis.consolidated
    ids = await organizations.subtree_ids(session, organization_id) if consolidated else [organization_id]
    rows = await balances.trial_balance(session, ids, since=asked.since, as_of=asked.as_of, basis=asked.basis)
    rows = balances.by_code(rows) if asked.level == "code" else rows
    return TrialBalanceOut(
        organization_id=organization.id,
        organization_code=organization.code,
        basis=asked.basis,
        since=asked.since,
        as_of=asked.as_of,
        demo=organization.demo,
        lines=[TrialBalanceLine.of(row) for row in rows],
        debit=MoneyOut.of(sum(row.debit for row in rows)),
        credit=MoneyOut.of(sum(row.credit for row in rows)),
        balance=MoneyOut.of(sum(row.balance for row in rows)),
    )


@router.get("/accounts", operation_id="list_accounts")
async def list_accounts(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[RegisterQuery, Query()]
) -> Page[AccountOut]:
    """List the leaf accounts with their dimensions and balances, in the order of the chart."""
    caller.must(at=organization_id)
    rows = await registers.accounts(session, [organization_id])
    found = [row for row in rows if _matches(asked, row.label, row.name, row.name_zh)]
    return _page(found, lambda row: f"{row.chart}/{row.label}", AccountOut.of, asked)


@router.get("/funds", operation_id="list_funds")
async def list_funds(
    session: Reading, caller: Auditor, organization_id: UUID, asked: Annotated[RegisterQuery, Query()]
) -> Page[FundOut]:
    """List the funds with what each received, spent, still holds and is owed, by code."""
    caller.must(at=organization_id)
    rows = await registers.funds(session, [organization_id])
    found = [row for row in rows if _matches(asked, row.code, row.title)]
    return _page(found, lambda row: row.code, FundOut.of, asked)


def _matches(asked: RegisterQuery, *words: str) -> bool:
    return asked.q is None or any(asked.q.casefold() in word.casefold() for word in words)


def _page(
    rows: Sequence[Row], key: Callable[[Row], str], out: Callable[[Row], Out], asked: RegisterQuery
) -> Page[Out]:
    # A register is as long as a chart and its funds, whatever passes through them: it is read whole.
    after = pages.decode(asked.cursor, 1)[0] if asked.cursor else ""
    left = [row for row in sorted(rows, key=key) if key(row) > after]
    shown = left[: asked.limit]
    more = pages.encode([key(shown[-1])]) if len(left) > len(shown) else None
    return Page[Out](items=[out(row) for row in shown], next_cursor=more)
