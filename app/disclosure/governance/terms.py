"""Terms: from when until when a body was elected, whose end is near, and who is too few."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, Text, case, cast, func, literal, or_, select

from app.disclosure.governance import audits, limits
from app.disclosure.governance.errors import (
    DaysOutOfOrder,
    TermFound,
    TermMissing,
    TermNumberTaken,
    TermTooLong,
)
from app.disclosure.models import COUNCIL_POSTS, Appointment, Charter, CouncilBody, CouncilTerm
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.models import LegalForm, Organization

TOLD_AHEAD = timedelta(days=180)
"""So long before a term's end it stands among the tasks: an audit and a meeting take their time."""

TAKEN: Mapping[str, Refusal] = {
    "council_terms_organization_id_body_number_key": TermNumberTaken(),
    "council_terms_dates_check": DaysOutOfOrder(),
}


async def find(session: WriteSession, organization: Organization, term: CouncilTerm) -> CouncilTerm:
    """Record the term in which an organization is found or founded; every later one is elected.

    Raises TermFound for a second one, of two at once too; TermTooLong.
    """
    await must_fit(session, organization, term.starts_on, term.ends_on)
    term.found = True
    known = {"council_terms_found_idx": TermFound(), "council_terms_overlap_excl": TermFound()}
    async with constraints.told(session, {**TAKEN, **known}):
        session.add(term)
    return term


async def must_fit(session: ReadSession, organization: Organization, starts_on: date, ends_on: date) -> None:
    """Refuse a term that is longer than the law or the charter allows."""
    bounds = await limits.on(session, organization, starts_on)
    longest = bounds.longest(starts_on)
    if longest is not None and ends_on > longest:
        raise TermTooLong(ends_on_max=longest, article=bounds.article, mark=bounds.mark)


async def running(session: WriteSession, organization: Organization, body: CouncilBody) -> CouncilTerm:
    """Return a body's running term, and keep it so until this transaction ends."""
    query = select(CouncilTerm).filter_by(organization_id=organization.id, body=body, closed_on=None)
    term = await session.scalar(query.with_for_update().execution_options(populate_existing=True))
    if term is None:
        raise TermMissing(body=body)
    return term


async def ending(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the terms that end within half a year, or ended and run on: a re-election is to be prepared."""
    body = case((CouncilTerm.body == CouncilBody.council, "届理事会任期将满"), else_="届监事会任期将满")
    return tasks.row(
        organization_id=CouncilTerm.organization_id,
        subject_id=CouncilTerm.id,
        title=literal("第").concat(cast(CouncilTerm.number, Text())).concat(body),
        since_at=_midnight(CouncilTerm.ends_on - TOLD_AHEAD),
    ).where(
        CouncilTerm.organization_id.in_(caller.holds(Permission.governance_change)),
        CouncilTerm.closed_on.is_(None),
        CouncilTerm.ends_on <= today() + TOLD_AHEAD,
    )


async def unaudited(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the terms that end within half a year, or are over, and lack the audit before a re-election."""
    body = case(
        (CouncilTerm.body == CouncilBody.council, "届理事会换届前须审计"), else_="届监事会换届前须审计"
    )
    return tasks.row(
        organization_id=CouncilTerm.organization_id,
        subject_id=CouncilTerm.id,
        title=literal("第").concat(cast(CouncilTerm.number, Text())).concat(body),
        since_at=_midnight(CouncilTerm.ends_on - TOLD_AHEAD),
    ).where(
        CouncilTerm.organization_id.in_(caller.holds(Permission.governance_change)),
        CouncilTerm.closed_on.is_(None),
        CouncilTerm.ends_on <= today() + TOLD_AHEAD,
        audits.unaudited(),
    )


async def shrunk(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the running councils in which fewer sit today than the law or the charter asks for."""
    day, seated, fewest = today(), _seated(today()), _fewest(today())
    return (
        tasks.row(
            organization_id=CouncilTerm.organization_id,
            subject_id=CouncilTerm.id,
            title=literal("理事会人数不足：现任")
            .concat(cast(seated, Text()))
            .concat("人，至少")
            .concat(cast(fewest, Text()))
            .concat("人"),
            since_at=_midnight(CouncilTerm.starts_on),
        )
        .join(Organization, Organization.id == CouncilTerm.organization_id)
        .where(
            CouncilTerm.organization_id.in_(caller.holds(Permission.governance_change)),
            CouncilTerm.body == CouncilBody.council,
            CouncilTerm.closed_on.is_(None),
            CouncilTerm.starts_on <= day,
            seated < fewest,
        )
    )


def _seated(day: date) -> ColumnElement[int]:
    return (
        select(func.count(Appointment.officer_id.distinct()))
        .where(
            Appointment.term_id == CouncilTerm.id,
            Appointment.post.in_(COUNCIL_POSTS),
            Appointment.starts_on <= day,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on >= day),
        )
        .scalar_subquery()
    )


def _fewest(day: date) -> ColumnElement[Any]:
    # The same as `limits.of`, in the database: the law's number for foundations, the charter's besides.
    charter = (
        select(Charter.seats_min)
        .where(
            Charter.organization_id == CouncilTerm.organization_id,
            Charter.effective_from <= day,
            Charter.replaced_on.is_(None),
        )
        .order_by(Charter.effective_from.desc())
        .limit(1)
        .scalar_subquery()
    )
    foundation = Organization.legal_form == LegalForm.foundation
    return func.greatest(charter, case((foundation, limits.FOUNDATION_SEATS[0])))


def _midnight(day: Any) -> ColumnElement[Any]:  # noqa: ANN401 - an expression of SQL
    return func.timezone(str(LEGAL_ZONE), cast(cast(day, Date), DateTime()))


SOURCES: Mapping[str, tasks.Source] = {
    "council_term_ending": ending,
    "council_audit_missing": unaudited,
    "council_shrunk": shrunk,
}
