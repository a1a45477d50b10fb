"""Mandates: of whose books, and of which years, an auditor may read; and who pulled what."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.audit.errors import OutsideMandate
from app.audit.models import Pull
from app.kit.database import WriteSession
from app.organizations.access import Asking

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)


@dataclass(frozen=True, slots=True)
class Mandate:
    """The members and the days, by `booked_on`, that a caller's pull covers."""

    organization_ids: tuple[UUID, ...]
    first: date = FIRST_DAY
    last: date = LAST_DAY

    def within(self, since: date | None, until: date | None) -> "Mandate":
        """Return the part of it between two days; OutsideMandate if they ask for more than it covers."""
        if (since is not None and since < self.first) or (until is not None and until > self.last):
            raise OutsideMandate(years=f"{self.first.year}-{self.last.year}")
        return Mandate(self.organization_ids, since or self.first, until or self.last)


def of(caller: Asking, organization_id: UUID | None = None) -> Mandate:
    """Return what a caller may read of one member, or of all that are in sight; refuse who may nothing."""
    if organization_id is not None:
        caller.must(at=organization_id)
    ids = caller.visible() if organization_id is None else {organization_id}
    years = caller.caller.years
    span = (date(years[0], 1, 1), date(years[1], 12, 31)) if years else (FIRST_DAY, LAST_DAY)
    return Mandate(tuple(sorted(ids)), *span)


async def log(
    session: WriteSession, caller: Asking, organization_ids: Collection[UUID], *, door: str, asked: str
) -> None:
    """Write down a pull for every member whose books it reads, before it begins."""
    session.add_all(
        Pull(
            organization_id=organization_id,
            caller=caller.label,
            caller_name=caller.caller.name,
            door=door,
            asked=asked,
        )
        for organization_id in sorted(organization_ids)
    )
