"""Shown: what the public sees of what is owed: what is late, and what falls due within a month."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.disclosure.models import Obligation, SubjectKind
from app.disclosure.obligations import lists, states
from app.disclosure.obligations.lists import Wanted
from app.disclosure.obligations.states import ObligationState
from app.disclosure.rules.law import BY_VERSION, Mark, Rule
from app.kit.clock import today
from app.kit.database import ReadSession
from app.organizations.models import Organization

COUNT = 6
# What these are about everybody may know; a trust or a voucher may be somebody's own matter.
_PUBLIC = (SubjectKind.organization, SubjectKind.year, SubjectKind.campaign, SubjectKind.plan)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something owed with the rule that asks for it, who owes it, and its last day."""

    obligation: Obligation
    rule: Rule
    organization: Organization
    last_on: date

    @property
    def told(self) -> str:
        """What it is about, where everybody may know: a campaign's code and title, a year."""
        return self.obligation.subject if self.obligation.subject_kind in _PUBLIC else ""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The first of what is late in public, and of what falls due within a month."""

    late: Sequence[Owed]
    due: Sequence[Owed]


async def calendar(session: ReadSession, organizations: Collection[UUID] | None = None) -> Calendar:
    """Return what some organizations owe in public, or all; only by rules whose text was read twice."""
    day, read = today(), states.readings(session)
    places = organizations
    if places is None:
        places = (await session.scalars(select(Organization.id))).all()
    soon = lists.matching(places, Wanted(mark=Mark.a, state=ObligationState.due), day=day, read=read)
    soon = soon.where(Obligation.complete, Obligation.subject_kind.in_(_PUBLIC))
    late = lists.publicly_late(places, day=day, read=read)
    found = [
        (await session.scalars(query.order_by(Obligation.calendar_on, Obligation.id).limit(COUNT))).all()
        for query in (late, soon)
    ]
    ids = {one.organization_id for part in found for one in part}
    owners = {
        one.id: one for one in await session.scalars(select(Organization).where(Organization.id.in_(ids)))
    }

    def told(one: Obligation) -> Owed:
        last = states.last_on(one, read) or one.calendar_on
        return Owed(one, BY_VERSION[one.rule_id, one.regulation], owners[one.organization_id], last)

    return Calendar([told(one) for one in found[0]], [told(one) for one in found[1]])
