"""Due: the obligation that a publication prepares."""

from sqlalchemy import select

from app.disclosure.models import Obligation
from app.disclosure.obligations import states, steps
from app.disclosure.obligations.states import ObligationState
from app.disclosure.publications.asked import Asked
from app.disclosure.publications.forms import FORMS, Span
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession

_CLOSED = {ObligationState.not_applicable, ObligationState.threshold_not_set}


async def earliest(session: ReadSession, asked: Asked) -> Obligation | None:
    """Return the first obligation by these rules about this thing for which nothing lies ready yet.

    Only of what has been set off by the last day told of: a year's report is of a year that is over.
    """
    form = FORMS[asked.kind]
    query = (
        select(Obligation)
        .where(
            Obligation.organization_id == asked.organization.id,
            Obligation.rule_id.in_(form.rules),
            Obligation.subject_id == asked.subject.id,
            Obligation.trigger_on <= asked.as_of,
            Obligation.prepared_on.is_(None),
            Obligation.filed_on.is_(None),
            Obligation.done_on.is_(None),
        )
        .order_by(Obligation.number)
    )
    if form.span is Span.year:
        query = query.where(Obligation.number == asked.first.year)
    found = (await session.scalars(query)).all()
    day, read = today(), states.readings(session)
    return next((one for one in found if states.of(one, day, read) not in _CLOSED), None)


async def prepared(session: WriteSession, obligation: Obligation, where: str) -> None:
    """Note that what an obligation asks for lies ready, unless it has come to ask for nothing meanwhile."""
    locked = await steps.get(session, obligation.id, lock=True)
    if states.of(locked, today(), states.readings(session)) not in _CLOSED:
        await steps.prepare(session, locked, on=today(), where=where)
