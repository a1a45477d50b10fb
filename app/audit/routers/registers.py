"""The auditors' registers over HTTP: accounts, funds, trial balances."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.audit import mandates
from app.audit.errors import IndexNotSigned, OutsideMandate
from app.audit.schemas.registers import AccountOut, FundOut, RegisterQuery, TrialBalanceOut, TrialBalanceQuery
from app.audit.trial_balances import by_day, by_index
from app.fundraising.banking import platform_money
from app.kit.database import Reading
from app.kit.http import pages, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.pages import Page
from app.ledger.figures import registers
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may
from app.transparency.errors import LogNotBegun

router = APIRouter(
    prefix="/v1/audit/organizations/{organization_id}", tags=["audit"], route_class=CacheableRoute
)
FOREVER = "private, max-age=31536000, immutable"

Auditor = Annotated[Asking, may(Permission.books_read)]
Row = TypeVar("Row")
Out = TypeVar("Out")


@router.get(
    "/trial-balance",
    operation_id="read_trial_balance",
    responses=problems.responses(OutsideMandate, IndexNotSigned, LogNotBegun),
)
async def read_trial_balance(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[TrialBalanceQuery, Query()],
    response: Response,
) -> TrialBalanceOut:
    """Read a trial balance: of one member or consolidated, at the end of a day or at an index of the log."""
    mandate = mandates.of(caller, organization_id).within(asked.since, asked.as_of)
    organization = await organizations.get(session, organization_id)
    indexed = asked.as_of_index is not None
    response.headers["Cache-Control"] = FOREVER if indexed else "private, no-cache"
    made = by_index if indexed else by_day
    return await made(session, mandate, organization, asked)


@router.get("/accounts", operation_id="list_accounts")
async def list_accounts(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[RegisterQuery, Query()],
    response: Response,
) -> Page[AccountOut]:
    """List the leaf accounts with their dimensions and balances, in the order of the chart."""
    caller.must(at=organization_id)
    response.headers["Cache-Control"] = "private, no-cache"
    rows = await registers.accounts(session, [organization_id])
    found = [row for row in rows if _matches(asked, row.label, row.name, row.name_zh)]
    return _page(found, lambda row: f"{row.chart}/{row.label}", AccountOut.of, asked)


@router.get("/funds", operation_id="list_funds")
async def list_funds(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[RegisterQuery, Query()],
    response: Response,
) -> Page[FundOut]:
    """List the funds with what each received, spent, still holds (settled or not) and is owed, by code."""
    caller.must(at=organization_id)
    response.headers["Cache-Control"] = "private, no-cache"
    rows = await registers.funds(session, [organization_id])
    standing = await platform_money.of_funds(session, [organization_id], {row.id: row.left for row in rows})
    found = [row for row in rows if _matches(asked, row.code, row.title)]
    return _page(found, lambda row: row.code, lambda row: FundOut.of(row, standing[row.id]), asked)


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
