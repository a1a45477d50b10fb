"""Registers: units, and the standards of what may be spent on travel, vehicles, reception and training."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.disclosure import rounds
from app.disclosure.governance import bookkeeping
from app.disclosure.governance.errors import (
    BooksKnown,
    DaysOutOfOrder,
    HappenedAhead,
    ReplacedAlready,
    StandardKnown,
    UnitKnown,
)
from app.disclosure.models import ExpenseStandard, OrganizationUnit
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

KIND = "expense_standard"
"""Under this name the documents of standards lie; `app/wiring.py` says who reads them."""


async def adopt(
    session: WriteSession, standard: ExpenseStandard, *, documents: Sequence[UUID]
) -> ExpenseStandard:
    """Record a version of a standard with its document; what was in force before stays to be read."""
    if standard.adopted_on > today():
        raise HappenedAhead(day=standard.adopted_on)
    known = {
        "expense_standards_organization_id_kind_effective_from_key": StandardKnown(),
        "expense_standards_dates_check": DaysOutOfOrder(),
    }
    async with constraints.told(session, known):
        session.add(standard)
    if documents:
        owner = Owner(KIND, standard.id, standard.organization_id)
        await files.attach(session, documents, owner, by=standard.recorded_by)
    return standard


async def open_unit(session: WriteSession, unit: OrganizationUnit) -> OrganizationUnit:
    """Put a unit on the list; that it came into being is owed to the public within 30 days."""
    if unit.founded_on > today():
        raise HappenedAhead(day=unit.founded_on)
    known = {"organization_units_name_idx": UnitKnown(), "organization_units_closed_check": DaysOutOfOrder()}
    async with constraints.told(session, known):
        session.add(unit)
    await rounds.anew(session, unit.organization_id)
    return unit


async def correct_unit(
    session: WriteSession, wrong: OrganizationUnit, right: OrganizationUnit, *, reason: str
) -> OrganizationUnit:
    """Put a unit in the place of one that was recorded wrongly (locked by the caller), also for its day.

    The wrong one stays to be read as replaced; its last day and how it keeps its books go along. Raises
    ReplacedAlready; BooksUnfit if its books contradict what is said now; and what `open_unit` does.
    """
    must_count(wrong)
    wrong.replaced_on, wrong.replaced_by, wrong.replaced_reason = today(), right.recorded_by, reason
    # First it gives its name and its day up, then the other takes them.
    await session.flush()
    right.replaces_id, right.closed_on = wrong.id, wrong.closed_on
    await open_unit(session, right)
    await bookkeeping.hand_over(session, wrong, right)
    return right


async def close_unit(session: WriteSession, unit: OrganizationUnit, *, on: date) -> None:
    """Record the last day of a unit."""
    must_count(unit)
    if unit.closed_on is not None or on < unit.founded_on:
        raise UnitKnown(founded_on=unit.founded_on, closed_on=unit.closed_on)
    if on > today():
        raise HappenedAhead(day=on)
    async with constraints.told(session, {"unit_books_dates_check": BooksKnown()}):
        await bookkeeping.end(session, unit, on=on)
        unit.closed_on = on
    await rounds.anew(session, unit.organization_id)


async def get(session: ReadSession, unit_id: UUID, *, lock: bool = False) -> OrganizationUnit:
    """Return a unit, or refuse."""
    found = await session.get(OrganizationUnit, unit_id, with_for_update=lock or None, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


def must_count(unit: OrganizationUnit) -> None:
    """Refuse a unit in whose place another row stands."""
    if unit.replaced_on is not None:
        raise ReplacedAlready(replaced_on=unit.replaced_on)
