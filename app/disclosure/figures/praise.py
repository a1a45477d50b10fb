"""Praise: what organizations were honoured with at a year's end, and what they commended others for in it."""

from collections import Counter
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.disclosure.figures.definitions import Missing
from app.disclosure.figures.money import by_organization, span
from app.disclosure.figures.scopes import Scope
from app.disclosure.figures.told import PartGroup, Told, part, unknown
from app.disclosure.honours import held, honours
from app.disclosure.models import AwardCategory, AwardScheme, Nominee, NomineeKind, NomineeState
from app.kit.database import ReadSession

_CATEGORIES = {
    AwardCategory.cyberspace: ("网信工作", "Work on the internet"),
    AwardCategory.publicity: ("宣传工作", "Publicity"),
    AwardCategory.volunteering: ("志愿服务工作", "Volunteering"),
}


async def honoured(session: ReadSession, scope: Scope, last: date) -> Told:
    """Return what was held on the last day, by its title and by who holds it."""
    began = await honours.began(session, scope.places)
    if began is None or began > last:
        return unknown(Missing.not_kept_then)
    found = await honours.held(session, scope.places, last)
    by_title = Counter(one.title for one in found)
    by_place: Counter[UUID] = Counter(one.organization_id for one in found)
    parts = [part(PartGroup.honour, (title, title, title), count) for title, count in by_title.items()]
    return Told(value=len(found), parts=[*parts, *by_organization(scope, by_place)])


async def commended(session: ReadSession, scope: Scope, last: date) -> Told:
    """Return what was decided in the year, by category and by who decided; beside it whom it commended."""
    began = await held.began(session, scope.places)
    if began is None or began > last:
        return unknown(Missing.not_kept_then)
    decided = held.decided_in(scope.places, span(last.year)[0], last)
    query = select(AwardScheme.category, AwardScheme.organization_id, func.count()).where(decided)
    by_category: Counter[AwardCategory] = Counter()
    by_place: Counter[UUID] = Counter()
    for category, place, count in await session.execute(
        query.group_by(AwardScheme.category, AwardScheme.organization_id)
    ):
        by_category[AwardCategory(category)] += count
        by_place[place] += count
    people = (
        select(Nominee.kind, func.count())
        .join(AwardScheme, AwardScheme.id == Nominee.commendation_id)
        .where(decided, Nominee.state == NomineeState.commended)
        .group_by(Nominee.kind)
    )
    whom = {NomineeKind(row[0]): int(row[1]) for row in await session.execute(people)}
    units, persons = whom.get(NomineeKind.unit, 0), whom.get(NomineeKind.person, 0)
    parts = [
        *(
            part(PartGroup.category, (one.value, *_CATEGORIES[one]), by_category[one])
            for one in AwardCategory
        ),
        *by_organization(scope, by_place),
        part(PartGroup.beside, ("units", "受表彰单位", "Units commended"), units),
        part(PartGroup.beside, ("persons", "受表彰个人", "People commended"), persons),
    ]
    return Told(value=by_category.total(), parts=parts)
