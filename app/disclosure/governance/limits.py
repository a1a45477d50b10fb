"""Limits: how many sit in a council and for how long, by law and by charter."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.disclosure.models import Charter
from app.disclosure.rules.law import Mark
from app.kit.calendars import terms
from app.kit.database import ReadSession
from app.organizations.models import LegalForm, Organization

FOUNDATION_SEATS = (5, 25)
FOUNDATION_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What bounds a council on a day; what is None is bounded by nothing that we know of."""

    seats_min: int | None
    seats_max: int | None
    term_years: int | None
    article: str
    mark: Mark | None

    def longest(self, starts_on: date) -> date | None:
        """Return the day that a term from a day on must not outlast."""
        if self.term_years is None:
            return None
        return terms.years_after(starts_on, self.term_years)


def of(form: LegalForm, charter: Charter | None) -> Limits:
    """Return the limits of a legal form, narrowed by what the charter says.

    Foundations: 5 to 25 directors, terms of at most five years (Regulations on Foundations 20, 21; A). Of
    associations the charter says it, and that it has to is remembered only (B).
    """
    own = (charter.seats_min, charter.seats_max, charter.term_years) if charter else (None, None, None)
    if form is not LegalForm.foundation:
        mark = None if own == (None, None, None) else Mark.b
        return Limits(seats_min=own[0], seats_max=own[1], term_years=own[2], article="章程", mark=mark)
    return Limits(
        seats_min=max(own[0] or 0, FOUNDATION_SEATS[0]),
        seats_max=min(own[1] or FOUNDATION_SEATS[1], FOUNDATION_SEATS[1]),
        term_years=min(own[2] or FOUNDATION_YEARS, FOUNDATION_YEARS),
        article="基金会管理条例 第二十条、第二十一条",
        mark=Mark.a,
    )


async def on(session: ReadSession, organization: Organization, day: date) -> Limits:
    """Return what bounds an organization's council by the law and by the charter in force on a day."""
    query = select(Charter).where(
        Charter.organization_id == organization.id,
        Charter.effective_from <= day,
        Charter.replaced_on.is_(None),
    )
    charter = await session.scalar(query.order_by(Charter.effective_from.desc()).limit(1))
    return of(organization.legal_form, charter)
