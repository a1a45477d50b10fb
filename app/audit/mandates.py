"""Mandates: of whose books, and of which days, an auditor reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.organizations.access import FIRST_DAY, LAST_DAY, Asking


@dataclass(frozen=True, slots=True)
class Mandate:
    """The members and the days, by `booked_on`, that a pull covers."""

    organization_ids: tuple[UUID, ...]
    first: date = FIRST_DAY
    last: date = LAST_DAY


def of(
    caller: Asking,
    organization_ids: Collection[UUID] | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Mandate:
    """Return what is pulled of these members, or of all in sight, between two days; refuse all beyond."""
    for one in organization_ids or ():
        caller.must(at=one)
    ids = caller.visible() if organization_ids is None else organization_ids
    return Mandate(tuple(sorted(ids)), *caller.covered(since, until))
