"""Commendations: approval, nomination, review, publicity, objections, decision, filing, in this order.

民发〔2026〕31号 (in force since 1 August 2026; read once: A1) asks for an approval, an item of the project
list, a rating of 4A at least and no fee, and forbids commending Party and government bodies. It is read as
seven steps; their names here are ours (C).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure.honours import nominees
from app.disclosure.honours.errors import (
    ApprovalMissing,
    NobodyShortlisted,
    OwnNomination,
    PublicityRunning,
    PublicityShort,
    SchemeCodeTaken,
    StepNotDue,
)
from app.disclosure.models import (
    AwardObjection,
    AwardRegime,
    AwardScheme,
    AwardStage,
    NomineeState,
)
from app.disclosure.models.commendations import RATING_MIN
from app.disclosure.rules import workdays
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

PUBLICITY_WORKING_DAYS_MIN = 5
"""For so many worked days after the first the list is shown: practice, no text names them (C)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What the text asks for before anything begins; `free` that nobody pays for it."""

    document: str
    list_item: str
    rating: int
    free: bool


async def plan(session: WriteSession, scheme: AwardScheme) -> AwardScheme:
    """Plan a commendation: one of a category a year. It may not begin yet."""
    key = "award_schemes_organization_id_year_category_key"
    async with constraints.told(session, {key: SchemeCodeTaken(year=scheme.year)}):
        session.add(scheme)
    return scheme


async def approve(session: WriteSession, scheme: AwardScheme, said: Approval, *, by: str) -> None:
    """Record the approval with which nominating may begin; the database refuses to begin without it."""
    at(scheme, AwardStage.planned)
    if said.rating < RATING_MIN or not said.free:
        raise ApprovalMissing(rating=said.rating)
    scheme.approval_document, scheme.list_item = said.document, said.list_item
    scheme.rating, scheme.free_declared_by = said.rating, by
    scheme.stage = AwardStage.nominating
    await session.flush()


async def publicise(session: WriteSession, scheme: AwardScheme, first: date, last: date) -> None:
    """Show who is shortlisted, from a day to a day, for everybody to object."""
    at(scheme, AwardStage.nominating)
    states = {one.state for one in await nominees.of(session, scheme)}
    if NomineeState.nominated in states or NomineeState.shortlisted not in states:
        raise NobodyShortlisted
    if first < today() or last < workdays.after(first, PUBLICITY_WORKING_DAYS_MIN):
        raise PublicityShort(publicity_from=first, publicity_to=last)
    scheme.publicity_from, scheme.publicity_to = first, last
    scheme.stage = AwardStage.publicised
    await session.flush()
    await _tell(session, scheme)


async def decide(
    session: WriteSession, scheme: AwardScheme, commended: Collection[UUID], resolution: str, *, by: str
) -> None:
    """Commend some of the shortlist, when it was shown long enough and every objection is answered."""
    at(scheme, AwardStage.publicised)
    if scheme.publicity_to is None or today() <= scheme.publicity_to:
        raise PublicityRunning(publicity_to=scheme.publicity_to)
    waiting = select(AwardObjection.id).where(
        AwardObjection.commendation_id == scheme.id, AwardObjection.upheld.is_(None)
    )
    if await session.scalar(waiting.limit(1)) is not None:
        raise PublicityRunning
    everybody = await nominees.of(session, scheme)
    if by in {one.reviewed_by for one in everybody}:
        raise OwnNomination
    listed = {one.id: one for one in everybody if one.state is NomineeState.shortlisted}
    if not commended or not listed.keys() >= set(commended):
        raise NobodyShortlisted
    for one in listed.values():
        one.state = NomineeState.commended if one.id in set(commended) else NomineeState.passed_over
    scheme.decided_on, scheme.decided_by, scheme.resolution = today(), by, resolution
    scheme.stage = AwardStage.decided
    await session.flush()
    await _tell(session, scheme)


async def file(session: WriteSession, scheme: AwardScheme, *, place: str, number: str) -> None:
    """Record that the commendation was filed, where and under which number."""
    at(scheme, AwardStage.decided)
    scheme.filed_on, scheme.filing_place, scheme.filing_number = today(), place, number
    scheme.stage = AwardStage.filed
    await session.flush()
    await _tell(session, scheme)


def at(scheme: AwardScheme, stage: AwardStage) -> None:
    """Refuse what belongs to another step; before the approval, whatever it is."""
    if scheme.stage is AwardStage.planned and stage is not AwardStage.planned:
        raise ApprovalMissing
    if scheme.stage is not stage:
        raise StepNotDue(stage=scheme.stage)


async def get(session: ReadSession, scheme_id: UUID, *, lock: bool = False) -> AwardScheme:
    """Return a commendation, or refuse; with `lock` its steps are this transaction's to take."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(AwardScheme, scheme_id, with_for_update=for_update, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def shown(session: ReadSession, scheme_id: UUID) -> AwardScheme:
    """Return a commendation of which everybody may know: its list is or was shown, or it was held before."""
    scheme = await session.scalar(public(None).where(AwardScheme.id == scheme_id))
    if scheme is None:
        raise OutOfSight
    return scheme


def public(organization_id: UUID | None) -> Select[AwardScheme]:
    """Return the query for the commendations of which everybody may know."""
    before = AwardScheme.regime == AwardRegime.earlier_rules
    query = select(AwardScheme).where(before | (AwardScheme.publicity_from <= today()))
    return query if organization_id is None else query.where(AwardScheme.organization_id == organization_id)


def of_members(places: Collection[UUID]) -> Select[AwardScheme]:
    """Return the query for the commendations of some organizations, plans too."""
    return select(AwardScheme).where(AwardScheme.organization_id.in_(places))


async def objections(session: ReadSession, scheme: AwardScheme) -> Sequence[AwardObjection]:
    """Return who objected, in the order in which they did."""
    query = select(AwardObjection).where(AwardObjection.commendation_id == scheme.id)
    return (await session.scalars(query.order_by(AwardObjection.id))).all()


async def _tell(session: WriteSession, scheme: AwardScheme) -> None:
    await outbox.tell(
        session,
        f"commendation.{scheme.stage.value}",
        organization_id=scheme.organization_id,
        subject=f"commendation:{scheme.id}",
        payload={
            "commendation_id": str(scheme.id),
            "year": scheme.year,
            "category": scheme.category.value,
        },
    )
