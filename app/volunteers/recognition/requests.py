"""Requests: a volunteer asks for a certificate, and the organization issues it or says why not (sealed)."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import Select, func, select, update

from app.kit import constraints, outbox
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization
from app.volunteers import notices, volunteers
from app.volunteers.models import (
    Certificate,
    CertificateRequestState,
    NoticeKind,
    RecordState,
    RequestedCertificate,
    TimeRecord,
    Volunteer,
)
from app.volunteers.recognition import certificates, contents
from app.volunteers.recognition.errors import NothingToCertify, RequestAnswered, RequestOpen

TASK = "certificate_request"
DAYS = 10
"""How long an organization takes at most. Our own term: the law says free, true and on request, not when."""

Within = tuple[date | None, date | None]


async def ask(
    session: WriteSession, volunteer: Volunteer, organization_id: UUID, within: Within
) -> RequestedCertificate:
    """Ask an organization to certify what it has confirmed; where there is nothing, it is refused at once."""
    volunteers.refuse_erased(volunteer)
    if not await session.scalar(_confirmed(volunteer.id, organization_id, within).limit(1)):
        raise NothingToCertify
    made = RequestedCertificate(
        organization_id=organization_id,
        volunteer_id=volunteer.id,
        due_on=today() + timedelta(days=DAYS),
        served_on_from=within[0],
        served_on_to=within[1],
    )
    async with constraints.told(session, {"certificate_requests_open_idx": RequestOpen()}):
        session.add(made)
    await _tell(session, made)
    return made


def _confirmed(volunteer_id: UUID, organization_id: UUID, within: Within) -> Select[UUID]:
    query = select(TimeRecord.id).where(
        TimeRecord.organization_id == organization_id,
        TimeRecord.volunteer_id == volunteer_id,
        TimeRecord.state == RecordState.confirmed,
    )
    if within[0] is not None:
        query = query.where(TimeRecord.served_on >= within[0])
    return query if within[1] is None else query.where(TimeRecord.served_on <= within[1])


async def issue(
    session: WriteSession,
    parties: tuple[Organization, Volunteer],
    request: RequestedCertificate,
    issuer: contents.Issuer,
    *,
    actor: str,
) -> Certificate:
    """Issue what was asked for, over all that is confirmed by now; the request has been locked."""
    refuse_answered(request)
    within = (request.served_on_from, request.served_on_to)
    found = await certificates.certifiable(session, request.organization_id, request.volunteer_id, within)
    made = await certificates.issue(session, parties, found, issuer, actor=actor)
    request.certificate_id = made.id
    await _end(session, request, CertificateRequestState.issued, actor)
    await notices.tell_of_request(session, request, NoticeKind.certificate_issued)
    return made


async def refuse(session: WriteSession, request: RequestedCertificate, *, reason: str, actor: str) -> None:
    """Refuse a request with the reason, which the volunteer reads; the request has been locked."""
    refuse_answered(request)
    await _end(session, request, CertificateRequestState.refused, actor)
    await notices.tell_of_request(session, request, NoticeKind.certificate_refused)
    await reasons.keep(session, _about(request), reason)


async def why(session: ReadSession, requests: Sequence[RequestedCertificate]) -> Mapping[UUID, str]:
    """Return why requests were refused, by request; nothing of a volunteer erased since."""
    return await reasons.read(session, [_about(one) for one in requests])


def _about(request: RequestedCertificate) -> About:
    return About("certificate_request", request.id, request.volunteer_id)


async def withdraw(session: WriteSession, request: RequestedCertificate, *, actor: str) -> None:
    """Take a request back that nobody has answered; it has been locked."""
    refuse_answered(request)
    await _end(session, request, CertificateRequestState.withdrawn, actor)


def refuse_answered(request: RequestedCertificate) -> None:
    """Refuse a second answer."""
    if request.state is not CertificateRequestState.open:
        raise RequestAnswered(state=request.state)


async def _end(
    session: WriteSession, request: RequestedCertificate, state: CertificateRequestState, actor: str
) -> None:
    request.state, request.answered_at, request.answered_by = state, now(), actor
    await session.flush()
    await _tell(session, request)


async def _tell(session: WriteSession, request: RequestedCertificate) -> None:
    await outbox.tell(
        session,
        f"volunteers.certificate_request_{request.state.value}",
        organization_id=request.organization_id,
        subject=str(request.id),
        payload={"request_id": str(request.id), "volunteer_id": str(request.volunteer_id)},
    )


async def drop(session: WriteSession, volunteer_id: UUID, *, actor: str) -> None:
    """Withdraw everything that somebody asked for who is erased."""
    await session.execute(
        update(RequestedCertificate)
        .where(
            RequestedCertificate.volunteer_id == volunteer_id,
            RequestedCertificate.state == CertificateRequestState.open,
        )
        .values(state=CertificateRequestState.withdrawn, answered_at=now(), answered_by=actor)
    )


async def get(session: ReadSession, request_id: UUID, *, lock: bool = False) -> RequestedCertificate:
    """Return a request, or refuse; with `lock` nobody else answers it until the transaction ends."""
    found = await session.get(
        RequestedCertificate, request_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


def within(places: frozenset[UUID]) -> Select[RequestedCertificate]:
    """Return the query for the requests to some organizations."""
    return select(RequestedCertificate).where(RequestedCertificate.organization_id.in_(places))


def of_volunteer(volunteer_id: UUID) -> Select[RequestedCertificate]:
    """Return the query for the requests of a volunteer."""
    return select(RequestedCertificate).where(RequestedCertificate.volunteer_id == volunteer_id)


async def waiting(_: ReadSession, caller: Caller) -> tasks.Query:
    """Return what waits for a caller: the open requests to where they may issue certificates."""
    places: Sequence[UUID] = [*caller.holds(Permission.volunteers_change)]
    if not places:
        return None
    return (
        tasks.row(
            organization_id=RequestedCertificate.organization_id,
            subject_id=RequestedCertificate.id,
            title=func.concat(
                "志愿服务记录证明申请 ", Volunteer.number, "，期限 ", RequestedCertificate.due_on
            ),
            since_at=RequestedCertificate.created_at,
        )
        .join(Volunteer, Volunteer.id == RequestedCertificate.volunteer_id)
        .where(
            RequestedCertificate.state == CertificateRequestState.open,
            RequestedCertificate.organization_id.in_(places),
        )
    )
