"""Alerts: a term's end is told of ahead, and whether the audit before a re-election is there."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.disclosure.governance import audits
from app.disclosure.models import CouncilTerm, CouncilTermAlert
from app.kit import outbox
from app.kit.clock import today
from app.kit.database import ReadSession, Transactions, WriteSession
from app.kit.models import OutboxEvent
from app.organizations.desk import notices
from app.organizations.desk.notices import Notice
from app.organizations.permissions import Permission

RAN_OVER = -1
DAYS_AHEAD = (180, 90, 30, 7, RAN_OVER)
"""So many days ahead people are told: half a year first, as an audit and a meeting take their time."""

ENDING, OVER = "council_term.ending", "council_term.ran_over"


async def make_due(database: Transactions, on: date | None = None) -> int:
    """Tell of every term whose end has come near enough; return how many those were. Safe to repeat."""
    async with database.writing() as session:
        return await send(session, on or today())


async def send(session: WriteSession, on: date) -> int:
    """Tell of every running term whose end is near on a day: each step once, of those missed the nearest.

    A term that is over and runs on, as nobody was elected, is told of once more.
    """
    running = select(CouncilTerm).where(
        CouncilTerm.closed_on.is_(None),
        CouncilTerm.starts_on <= on,
        CouncilTerm.ends_on <= on + timedelta(days=max(DAYS_AHEAD)),
    )
    told = 0
    for term in await session.scalars(running.order_by(CouncilTerm.id)):
        left = (term.ends_on - on).days
        step = min(step for step in DAYS_AHEAD if left <= step)
        # The key is the referee: whoever puts it there tells of it.
        put = insert(CouncilTermAlert).values(term_id=term.id, days_ahead=step).on_conflict_do_nothing()
        if await session.scalar(put.returning(CouncilTermAlert.term_id)) is not None:
            await _tell(session, term, left)
            told += 1
    return told


async def _tell(session: WriteSession, term: CouncilTerm, left: int) -> None:
    await outbox.tell(
        session,
        ENDING if left >= 0 else OVER,
        organization_id=term.organization_id,
        subject=f"council_term:{term.id}",
        payload={
            "term_id": str(term.id),
            "body": term.body.value,
            "number": term.number,
            "ends_on": term.ends_on.isoformat(),
            "days_left": left,
            "audited": await audits.is_audited(session, term),
        },
    )


async def _boards(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    return await notices.holders(session, event, Permission.governance_change)


NOTICES: Mapping[str, Notice] = {
    ENDING: Notice(
        "A term ends soon: have the finances audited before the re-election",
        "任期即将届满，换届前须完成财务审计",
        _boards,
    ),
    OVER: Notice(
        "A term is over and nobody was re-elected", "任期已届满而未换届，请尽快审计并组织换届", _boards
    ),
}
"""Which events about terms are told, and to whom; by mail too, where somebody gave an address."""
