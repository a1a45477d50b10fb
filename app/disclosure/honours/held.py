"""Held: commendations of before 1 August 2026, written down as they were held under the rules of their day.

民发〔2026〕31号 applies from that day; the rules before are remembered only (B): nothing of them is asked.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from app.disclosure.honours import nominees
from app.disclosure.honours.errors import HeldBehindTheGate, SchemeCodeTaken
from app.disclosure.models import AwardRegime, AwardScheme, AwardStage, Nominee, NomineeKind, NomineeState
from app.disclosure.models.commendations import GATE_SINCE
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Who decided, when, by which resolution, and under which approval if there was one."""

    on: date
    by: str
    resolution: str
    approval_document: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commended:
    """Who was commended for what; a person's name is sealed, and shown to everybody if they agreed."""

    kind: NomineeKind
    name: str
    merits: str
    consented_on: date | None = None


async def write_down(
    session: WriteSession, scheme: AwardScheme, decided: Decided, commended: Sequence[Commended]
) -> AwardScheme:
    """Write down a commendation that was held before the gate, with whom it commended.

    Raises HeldBehindTheGate for one decided since, SchemeCodeTaken for the category's second one of a year.
    """
    scheme.regime, scheme.stage = AwardRegime.on(decided.on), AwardStage.decided
    if scheme.regime is not AwardRegime.earlier_rules:
        raise HeldBehindTheGate(decided_on=decided.on, since=GATE_SINCE)
    scheme.decided_on, scheme.decided_by = decided.on, decided.by
    scheme.resolution, scheme.approval_document = decided.resolution, decided.approval_document
    key = "award_schemes_organization_id_year_category_key"
    async with constraints.told(session, {key: SchemeCodeTaken(year=scheme.year)}):
        session.add(scheme)
    for one in commended:
        unit = one.kind is NomineeKind.unit
        nominee = Nominee(
            commendation_id=scheme.id,
            kind=one.kind,
            merits=one.merits,
            nominated_by=scheme.recorded_by,
            # Whoever decided then, chose them; nobody reviews it today.
            reviewed_by=decided.by,
            state=NomineeState.commended,
            unit_name=one.name if unit else None,
            person_id=None if unit else new_id(),
            consented_on=one.consented_on,
        )
        await nominees.nominate(session, nominee, one.name)
    return scheme


def decided_in(places: Collection[UUID], first: date, last: date) -> ColumnElement[bool]:
    """Return what is true of the commendations that some organizations decided in some days."""
    return AwardScheme.organization_id.in_(places) & AwardScheme.decided_on.between(first, last)


async def began(session: ReadSession, places: Collection[UUID]) -> date | None:
    """Return the first day on which one of some organizations decided a commendation that is on record."""
    query = select(func.min(AwardScheme.decided_on)).where(AwardScheme.organization_id.in_(places))
    return await session.scalar(query)
