"""Books over HTTP: statements and ledgers, the same functions at the staff's door and at the auditors'."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.accounting.books import charts, ledgers, statements
from app.accounting.books.ledgers import Days
from app.accounting.schemas.entries import ChronicleOut, ChronicleQuery, DetailOut, DetailQuery
from app.accounting.schemas.ledgers import (
    BalancesOut,
    BalancesQuery,
    GeneralOut,
    GeneralQuery,
)
from app.accounting.schemas.statements import StatementOut, StatementQuery
from app.kit.clock import today
from app.kit.database import Reading, Streaming
from app.kit.http import formats, pages
from app.kit.http.doors import LateRoute
from app.kit.http.formats import Format, Wanted
from app.kit.http.pages import Page, Slice, Summary
from app.kit.sheets import workbooks
from app.ledger.ledgers import chronicle, details, general_ledger
from app.ledger.ledgers.details import Place
from app.ledger.periods import month_of
from app.ledger.statements import terms
from app.ledger.statements.forms import Name
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.models import Organization
from app.organizations.signin import may

Reader = Annotated[Asking, may(Permission.books_read)]


async def read_statement(
    session: Reading,
    caller: Reader,
    organization_id: UUID,
    statement: Name,
    asked: Annotated[StatementQuery, Query()],
    wanted: Wanted,
) -> StatementOut | Response:
    """Read one of the three statements of a month or a year, with the proofs that it ties."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    term = terms.read(asked.period)
    caller.covered(term.first, term.until)
    paper = await statements.draw(session, organization, statement, term)
    if wanted is Format.xlsx:
        content = workbooks.write([statements.sheet(organization, paper)])
        return formats.file(content, f"{organization.code}-{statement}-{paper.term}.xlsx", wanted)
    if wanted is Format.pdf:
        content = await statements.pdf(organization, paper)
        return formats.file(content, f"{organization.code}-{statement}-{paper.term}.pdf", wanted)
    return StatementOut.of(organization, paper)


async def read_account_balances(
    session: Reading,
    caller: Reader,
    organization_id: UUID,
    asked: Annotated[BalancesQuery, Query()],
    wanted: Wanted,
) -> BalancesOut | Response:
    """Read the account balances (科目余额表): what stood, moved and stands on every account."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    days = _days(caller, asked.since, asked.until)
    lines = await ledgers.account_balances(session, organization, days, leaves=asked.level == "account")
    if wanted is Format.xlsx:
        content = workbooks.write([ledgers.balances_sheet(organization, days, lines)])
        return formats.file(content, f"{organization.code}-account-balances.xlsx", wanted)
    return BalancesOut.of(organization, days, lines)


async def read_general_ledger(
    session: Reading,
    caller: Reader,
    organization_id: UUID,
    asked: Annotated[GeneralQuery, Query()],
    wanted: Wanted,
) -> GeneralOut | Response:
    """Read the general ledger (总账): every statutory account month by month."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    days = _days(caller, asked.since, asked.until)
    first, last = month_of(days.since), month_of(days.until)
    rows = await general_ledger.months(session, organization_id, first, last, code=asked.code)
    if wanted is Format.xlsx:
        content = workbooks.write([ledgers.general_sheet(organization, days, rows)])
        return formats.file(content, f"{organization.code}-general-ledger.xlsx", wanted)
    return GeneralOut.of(organization, days, rows)


async def list_account_postings(
    session: Reading,
    streaming: Streaming,
    caller: Reader,
    organization_id: UUID,
    asked: Annotated[DetailQuery, Query()],
    wanted: Wanted,
) -> Page[DetailOut] | Response:
    """List the postings of an account (明细账), each with the balance behind it, right across pages."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    question = await _question(session, organization, asked, _days(caller, asked.since, asked.until))
    if wanted is Format.xlsx:
        content = workbooks.astream([ledgers.detail_sheet(organization, question, streaming)])
        return formats.streamed(content, f"{organization.code}-detail-ledger.xlsx", wanted)
    rows = await details.rows(session, question, _place(asked.cursor), asked.limit + 1)
    more = _cursor(rows[asked.limit - 1].place) if len(rows) > asked.limit else None
    summed = Summary(count=await details.count(session, question)) if asked.include else None
    return Slice(rows, more, summed).told([DetailOut.of(row) for row in rows[: asked.limit]])


async def list_entries(
    session: Reading,
    streaming: Streaming,
    caller: Reader,
    organization_id: UUID,
    asked: Annotated[ChronicleQuery, Query()],
    wanted: Wanted,
) -> Page[ChronicleOut] | Response:
    """List every entry with its postings in the order of the books (序时账)."""
    return await _chronicle((session, streaming), caller, organization_id, asked, wanted)


async def list_late_entries(
    session: Reading,
    streaming: Streaming,
    caller: Reader,
    organization_id: UUID,
    asked: Annotated[ChronicleQuery, Query()],
    wanted: Wanted,
) -> Page[ChronicleOut] | Response:
    """List the entries that came late: their month was closed, so they are booked in a later one."""
    return await _chronicle((session, streaming), caller, organization_id, asked, wanted, only_late=True)


async def _chronicle(
    sessions: tuple[Reading, Streaming],
    caller: Asking,
    organization_id: UUID,
    asked: ChronicleQuery,
    wanted: Format,
    only_late: bool = False,
) -> Page[ChronicleOut] | Response:
    caller.must(at=organization_id)
    session, streaming = sessions
    organization = await organizations.get(session, organization_id)
    days = _days(caller, asked.since, asked.until)
    question = chronicle.Asked(
        organization_id=organization_id, since=days.since, until=days.until, only_late=only_late
    )
    if wanted is Format.xlsx:
        content = workbooks.astream([ledgers.chronicle_sheet(organization, question, streaming)])
        return formats.streamed(content, f"{organization.code}-chronological.xlsx", wanted)
    after = pages.decode(asked.cursor, 2) if asked.cursor else None
    place = _read(lambda: (date.fromisoformat(after[0]), UUID(after[1]))) if after else None
    rows = await chronicle.entries(session, question, place, asked.limit + 1)
    last = rows[asked.limit - 1] if len(rows) > asked.limit else None
    more = pages.encode([last.booked_on, last.id]) if last else None
    summed = Summary.of(*await chronicle.total(session, question)) if asked.include else None
    return Slice(rows, more, summed).told([ChronicleOut.of(row) for row in rows[: asked.limit]])


def _days(caller: Asking, since: date | None, until: date | None) -> Days:
    """Return the days asked for: without any, the year so far, or the last one that a mandate covers."""
    first, last = caller.covered(since, until)
    last = until or min(last, today())
    return Days(since or max(first, last.replace(month=1, day=1)), last)


async def _question(
    session: Reading, organization: Organization, asked: DetailQuery, days: Days
) -> details.Asked:
    code, _, sub = asked.account.partition("/")
    return details.Asked(
        organization_id=organization.id,
        chart=await charts.in_force(session, organization, days.until),
        code=code,
        label=asked.account if sub else None,
        since=days.since,
        until=days.until,
    )


def _cursor(place: Place) -> str:
    return pages.encode([place.booked_on, place.entry_id, place.line, place.side, place.balance])


def _place(cursor: str | None) -> Place | None:
    if cursor is None:
        return None
    day, entry, *numbers = pages.decode(cursor, 5)
    return _read(lambda: Place(date.fromisoformat(day), UUID(entry), *(int(number) for number in numbers)))


def _read(place: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the cursor stands for
    try:
        return place()
    except (ValueError, OverflowError):
        raise pages.CursorUnreadable from None


_ROUTES: tuple[tuple[str, str, Callable[..., Any], Any], ...] = (
    ("/statements/{statement}", "read_{}statement", read_statement, StatementOut),
    ("/account-balances", "read_{}account_balances", read_account_balances, BalancesOut),
    ("/general-ledger", "read_{}general_ledger", read_general_ledger, GeneralOut),
    ("/detail-ledger", "list_{}account_postings", list_account_postings, Page[DetailOut]),
    ("/chronological", "list_{}entries", list_entries, Page[ChronicleOut]),
    ("/late-entries", "list_{}late_entries", list_late_entries, Page[ChronicleOut]),
)

_FORMS = {read_statement: (Format.xlsx, Format.pdf)}


def door(prefix: str, tag: str, word: str = "") -> APIRouter:
    """Return these routes below a prefix; `word` tells the operations of one door from the other's."""
    made = APIRouter(prefix=prefix, tags=[tag], route_class=LateRoute)
    for path, name, answer, model in _ROUTES:
        made.add_api_route(
            path,
            answer,
            operation_id=name.format(word),
            response_model=model,
            responses=formats.also(*_FORMS.get(answer, (Format.xlsx,))),
        )
    return made


router = door("/v1/accounting/organizations/{organization_id}", "accounting")
