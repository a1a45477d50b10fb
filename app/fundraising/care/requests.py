"""Requests: documents that donors ask for on their gifts (CL 42), with their clock and their answer."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select

from app.fundraising.care.errors import DocumentsAskedFor, DonorRequestClosed
from app.fundraising.models import Donation, DonorRequestKind, DonorRequestState, DonorWish
from app.kit import constraints, outbox, vault
from app.kit.attachments import files, retention
from app.kit.attachments.errors import AttachmentGone
from app.kit.attachments.files import Owner
from app.kit.calendars import workdays
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.errors import OutOfSight

KIND = "donor_request"
"""The owner of the files with which requests are answered, and the kind of staff's task."""

ANSWERED_WITHIN = 5
"""Worked days: the law names none, the practice is five; holidays do not count."""

_WISH, _ANSWER = "wish", "answer"


async def ask_documents(session: WriteSession, visitor_id: UUID, donation: Donation, wish: str) -> DonorWish:
    """Ask for documents on a gift; one request about a gift is open at a time."""
    request = DonorWish(
        organization_id=donation.organization_id,
        visitor_id=visitor_id,
        kind=DonorRequestKind.documents,
        state=DonorRequestState.open,
        due_on=workdays.after(today(), ANSWERED_WITHIN),
        donation_id=donation.id,
        person_id=donation.person_id,
    )
    async with constraints.told(session, {"donor_requests_documents_idx": DocumentsAskedFor()}):
        session.add(request)
    await vault.keep(session, donation.person_id, {_field(request, _WISH): wish})
    await tell(session, request)
    return request


async def answer(
    session: WriteSession,
    request: DonorWish,
    words: str,
    attachment_ids: Sequence[UUID],
    *,
    actor: str,
) -> DonorWish:
    """Answer a request with words and files, once; what is personal comes under the donor's key."""
    await session.refresh(request, with_for_update=True)
    if request.state is not DonorRequestState.open or request.person_id is None:
        raise DonorRequestClosed(state=request.state)
    await vault.keep(session, request.person_id, {_field(request, _ANSWER): words})
    owner = owner_of(request)
    if attachment_ids:
        given = await files.attach(session, attachment_ids, owner, by=actor, person_id=request.person_id)
        for file in sorted(given, key=lambda one: one.id):
            await retention.hold(session, file.id, f"{owner.kind}:{owner.id}")
    close(request, DonorRequestState.answered, actor=actor)
    await session.flush()
    await tell(session, request)
    return request


def close(request: DonorWish, state: DonorRequestState, *, actor: str) -> None:
    """Bring a request to its end."""
    request.state, request.closed_at, request.closed_by = state, now(), actor


async def get(session: ReadSession, request_id: UUID) -> DonorWish:
    """Return a request, or refuse."""
    found = await session.get(DonorWish, request_id)
    if found is None:
        raise OutOfSight
    return found


async def get_own(session: ReadSession, visitor_id: UUID, request_id: UUID) -> DonorWish:
    """Return a visitor's own request; anybody else's does not exist for them."""
    found = await get(session, request_id)
    if found.visitor_id != visitor_id:
        raise OutOfSight
    return found


async def words(session: ReadSession, request: DonorWish) -> tuple[str | None, str | None]:
    """Return what a donor wishes to see and what they were answered; nothing once they are erased."""
    if request.person_id is None:
        return None, None
    names = [_field(request, name) for name in (_WISH, _ANSWER)]
    told: Mapping[str, str] = (await vault.read(session, [request.person_id], names)).get(
        request.person_id, {}
    )
    return told.get(names[0]), told.get(names[1])


async def attached(session: ReadSession, request: DonorWish) -> list[tuple[Attachment, str]]:
    """Return the files with which a request was answered, by name; those of who was erased are gone."""
    found: list[tuple[Attachment, str]] = []
    for file in await files.of(session, owner_of(request)):
        with suppress(AttachmentGone):
            found.append((file, await files.name_of(session, file)))
    return found


def owner_of(request: DonorWish) -> Owner:
    """Return as what a request owns its files."""
    return Owner(KIND, request.id, request.organization_id)


def late() -> ColumnElement[bool]:
    """Return what is true of a request that should have been answered before today."""
    return (DonorWish.state == DonorRequestState.open) & (DonorWish.due_on < today())


def is_late(request: DonorWish) -> bool:
    """Return whether a request should have been answered before today."""
    due = request.due_on
    return request.state is DonorRequestState.open and due is not None and due < today()


def listing(organization_ids: Collection[UUID]) -> Select[DonorWish]:
    """Return the query for what donors asked of some organizations."""
    return select(DonorWish).where(DonorWish.organization_id.in_(organization_ids))


def own(visitor_id: UUID) -> Select[DonorWish]:
    """Return the query for what a visitor asked."""
    return select(DonorWish).where(DonorWish.visitor_id == visitor_id)


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the requests of documents that nobody has answered, for those who may."""
    return (
        tasks.row(
            organization_id=DonorWish.organization_id,
            subject_id=DonorWish.id,
            title=literal("捐赠资料查阅待答复：").concat(Donation.their_id),
            since_at=DonorWish.created_at,
        )
        .join(Donation, Donation.id == DonorWish.donation_id)
        .where(
            DonorWish.organization_id.in_(caller.holds(Permission.donors_change)),
            DonorWish.state == DonorRequestState.open,
        )
    )


async def tell(session: WriteSession, request: DonorWish) -> None:
    """Tell what was asked, or what became of it."""
    await outbox.tell(
        session,
        f"fundraising.donor_request_{request.state.value}",
        organization_id=request.organization_id,
        subject=str(request.id),
        payload={
            "request_id": str(request.id),
            "kind": request.kind.value,
            "due_on": request.due_on.isoformat() if request.due_on else None,
        },
    )


def _field(request: DonorWish, name: str) -> str:
    return f"{KIND}:{request.id}:{name}"
