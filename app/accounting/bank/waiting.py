"""Waiting: lines of which a person said what they are, and whose money somebody else has yet to book."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from app.accounting.bank.decisions import WAITING
from app.accounting.models import BankLine, LineKind
from app.kit.database import ReadSession
from app.organizations.models import Organization


def found(visible: Collection[UUID]) -> Select[BankLine]:
    """Return the query for the lines of these organizations that are told and neither booked nor matched."""
    return select(BankLine).where(
        BankLine.organization_id.in_(visible),
        BankLine.kind.in_(WAITING),
        BankLine.entry_id.is_(None),
        BankLine.matched_minor < func.abs(BankLine.amount),
    )


async def members(session: ReadSession, told: Sequence[BankLine]) -> dict[UUID, Organization]:
    """Return which member each line waits for, as far as the bank's words named one."""
    codes = {line.proposed_code for line in told if line.proposed_kind == LineKind.member_transfer}
    known = await session.scalars(select(Organization).where(Organization.code.in_(codes)))
    by_code = {one.code: one for one in known}
    return {
        line.id: by_code[line.proposed_code]
        for line in told
        if line.kind is LineKind.member_transfer and line.proposed_code in by_code
    }


def days(line: BankLine, today: date) -> int:
    """Return for how many days a line's money has lain at the bank without being in the books."""
    return max((today - line.happened_on).days, 0)
