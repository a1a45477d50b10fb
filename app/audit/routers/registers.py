"""The auditors' registers over HTTP: accounts, funds, trial balances."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.audit import mandates, sheets, trial_balances
from app.audit.errors import IndexNotSigned
from app.audit.mandates import Mandate
from app.audit.routers.pulls import PREFIX, Auditor
from app.audit.schemas.registers import AccountOut, FundOut, RegisterQuery, TrialBalanceOut, TrialBalanceQuery
from app.fundraising.banking import platform_money
from app.fundraising.banking.platform_money import Standing
from app.kit.database import Reading
from app.kit.http import formats, pages, problems
from app.kit.http.caching import CacheableRoute
from app.kit.http.formats import Format, Wanted
from app.kit.http.pages import Page
from app.kit.sheets import workbooks
from app.ledger.figures import registers
from app.organizations import organizations
from app.organizations.access import LAST_DAY
from app.organizations.errors import OutsideMandate
from app.organizations.models import Organization
from app.transparency.errors import LogNotBegun

router = APIRouter(
    prefix=f"{PREFIX}/organizations/{{organization_id}}", tags=["audit"], route_class=CacheableRoute
)
FOREVER = "private, max-age=31536000, immutable"

Row = TypeVar("Row")
Out = TypeVar("Out")


@router.get(
    "/trial-balance",
    operation_id="read_trial_balance",
    response_model=TrialBalanceOut,
    responses=formats.also(Format.xlsx) | problems.responses(OutsideMandate, IndexNotSigned, LogNotBegun),
)
async def read_trial_balance(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[TrialBalanceQuery, Query()],
    wanted: Wanted,
) -> Response:
    """Read a trial balance: of one member or consolidated, at the end of a day or at an index of the log."""
    caller.must(at=organization_id)
    ids = await trial_balances.members(session, organization_id, asked.basis)
    mandate = mandates.of(caller, ids, since=asked.since, until=asked.as_of)
    organization = await organizations.get(session, organization_id)
    indexed = asked.as_of_index is not None
    made = trial_balances.by_index if indexed else trial_balances.by_day
    drawn = await made(session, mandate, organization, asked)
    answer = _written(organization, drawn, wanted)
    answer.headers["Cache-Control"] = FOREVER if indexed else "private, no-cache"
    return answer


def _written(organization: Organization, drawn: TrialBalanceOut, wanted: Format) -> Response:
    if wanted is Format.xlsx:
        content = workbooks.write([sheets.trial_balance(organization, drawn)])
        return formats.file(content, f"{organization.code}-trial-balance.xlsx", wanted)
    return Response(drawn.model_dump_json(), media_type=wanted.value)


@router.get("/accounts", operation_id="list_accounts", responses=problems.responses(OutsideMandate))
async def list_accounts(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[RegisterQuery, Query()],
    response: Response,
) -> Page[AccountOut]:
    """List the leaf accounts with their dimensions and balances, in the order of the chart."""
    until = _until(mandates.of(caller, [organization_id], until=asked.as_of))
    response.headers["Cache-Control"] = "private, no-cache"
    rows = await registers.accounts(session, [organization_id], until)
    found = [row for row in rows if _matches(asked, row.label, row.name, row.name_zh)]
    return _page(found, lambda row: f"{row.chart}/{row.label}", AccountOut.of, asked)


@router.get("/funds", operation_id="list_funds", responses=problems.responses(OutsideMandate))
async def list_funds(
    session: Reading,
    caller: Auditor,
    organization_id: UUID,
    asked: Annotated[RegisterQuery, Query()],
    response: Response,
) -> Page[FundOut]:
    """List the funds with what each received, spent, still holds (settled or not) and is owed, by code."""
    until = _until(mandates.of(caller, [organization_id], until=asked.as_of))
    response.headers["Cache-Control"] = "private, no-cache"
    rows = await registers.funds(session, [organization_id], until)
    standing: dict[UUID, Standing] = {}
    if until is None:
        # What platforms hold is told of today alone: their payouts are not kept day by day.
        left = {row.id: row.left for row in rows}
        standing = await platform_money.of_funds(session, [organization_id], left)
    found = [row for row in rows if _matches(asked, row.code, row.title)]
    return _page(found, lambda row: row.code, lambda row: FundOut.of(row, standing.get(row.id)), asked)


def _until(mandate: Mandate) -> date | None:
    # Without a day and with a mandate that is open, as of now: what is booked ahead counts.
    return None if mandate.last == LAST_DAY else mandate.last


def _matches(asked: RegisterQuery, *words: str) -> bool:
    return asked.q is None or any(asked.q.casefold() in word.casefold() for word in words)


def _page(
    rows: Sequence[Row], key: Callable[[Row], str], out: Callable[[Row], Out], asked: RegisterQuery
) -> Page[Out]:
    # A register is as long as a chart and its funds, whatever passes through them: it is read whole.
    found = pages.cut(rows, key, asked)
    return found.told([out(row) for row in found.items])
