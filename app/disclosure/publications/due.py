"""Due: the obligations that a publication prepares."""

from collections.abc import Iterator, Sequence

from sqlalchemy import or_, select

from app.disclosure.models import Obligation, PublicationDraft, PublicationKind, SubjectKind
from app.disclosure.obligations import states, steps
from app.disclosure.obligations.states import ObligationState
from app.disclosure.publications.forms import FORMS, Span
from app.disclosure.rules.law import BY_VERSION
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession

_CLOSED = {ObligationState.not_applicable, ObligationState.threshold_not_set}


async def answered(session: ReadSession, draft: PublicationDraft) -> Sequence[Obligation]:
    """Return the obligations that a draft answers and for which nothing lies ready yet, in the form's order.

    Of what recurs the earliest alone. Only what has been set off already: a year's report is of a year that
    is over, and what an organization is on a day tells of every change until that day.
    """
    form = FORMS[draft.kind]
    about = Obligation.subject_id == draft.subject_id
    if draft.kind is PublicationKind.basic_information:
        about = or_(
            about,
            (Obligation.subject_kind == SubjectKind.basic_information)
            & (Obligation.trigger_on <= draft.period_to),
        )
    query = (
        select(Obligation)
        .where(
            about,
            Obligation.organization_id == draft.organization_id,
            Obligation.rule_id.in_(form.rules),
            Obligation.trigger_on <= draft.as_of,
            Obligation.prepared_on.is_(None),
            Obligation.filed_on.is_(None),
            Obligation.done_on.is_(None),
        )
        .order_by(Obligation.number, Obligation.trigger_on, Obligation.id)
    )
    if form.span is Span.year:
        query = query.where(Obligation.number == draft.period_from.year)
    day, read = today(), states.readings(session)
    found = [one for one in await session.scalars(query) if states.of(one, day, read) not in _CLOSED]
    return sorted(_first(found), key=lambda one: form.rules.index(one.rule_id))


def _first(found: Sequence[Obligation]) -> Iterator[Obligation]:
    begun: set[str] = set()
    for one in found:
        if not _recurs(one):
            yield one
        elif one.rule_id not in begun:
            begun.add(one.rule_id)
            yield one


def _recurs(one: Obligation) -> bool:
    return BY_VERSION[one.rule_id, one.regulation].recurring


async def prepare(session: WriteSession, draft: PublicationDraft, where: str) -> None:
    """Note with every obligation that a draft answers that it lies ready: `where` it can be read.

    The turn of what recurs was named when the draft was begun. A correction was owed by nobody's clock.
    """
    if draft.corrects_id is not None:
        return
    named = draft.obligation_id
    found = await answered(session, draft)
    ids = {one.id for one in found if named is None or not _recurs(one)}
    for obligation_id in sorted(ids if named is None else ids | {named}):
        locked = await steps.get(session, obligation_id, lock=True)
        # Meanwhile it may have come to ask for nothing.
        if states.of(locked, today(), states.readings(session)) not in _CLOSED:
            await steps.prepare(session, locked, on=today(), where=where)
