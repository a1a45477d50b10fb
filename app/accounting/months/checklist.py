"""Checklist: what is looked at before a month is closed; other features put their own items on it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from app.accounting.months import books, papers
from app.accounting.months.items import Check, CheckWeight, Finding, Item
from app.kit.database import ReadSession
from app.organizations.models import Organization

__all__ = ["CHECKS", "MORE", "Check", "CheckWeight", "Finding", "Item", "held_up", "look", "never"]

MORE = "month_checks"
"""Under this name a session carries the items of the features above (`app/wiring.py`)."""

CHECKS: Mapping[str, Check] = {**books.CHECKS, **papers.CHECKS}
"""What is on every member's list, before the items of the features above."""


async def look(session: ReadSession, organization: Organization, month: date) -> list[Item]:
    """Return every item of the checklist of one month."""
    items: list[Item] = []
    more = cast("Mapping[str, Check]", session.info.get(MORE, {}))
    for key, check in {**CHECKS, **more}.items():
        found = await check.look(session, organization.id, month)
        item = Item(
            key=key,
            title_zh=check.title_zh,
            title=check.title,
            weight=check.weight,
            why_zh=check.why_zh,
            why=check.why,
            done=found.done,
            facts=dict(found.facts),
        )
        items.append(item)
    return items


def never(items: Sequence[Item]) -> list[str]:
    """Return the open items that hold up a closing whatever anybody says."""
    return [item.key for item in items if not item.done and item.weight is CheckWeight.required]


def held_up(items: Sequence[Item]) -> list[str]:
    """Return the open items that hold up a closing until its approver waives them, each with a reason."""
    return [item.key for item in items if not item.done and item.weight is CheckWeight.blocking]
