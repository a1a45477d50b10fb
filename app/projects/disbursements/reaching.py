"""Reaching: what shows that paid money has reached its beneficiaries, and counts from then on (ZC 12)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit.attachments import files, retention
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.ledger import arrivals
from app.ledger.models import Arrival, ArrivalKind
from app.projects.disbursements.errors import (
    CountsWhenSpent,
    DayToCome,
    DisbursementNotInState,
    NothingLeftToReach,
)
from app.projects.disbursements.ways import WAYS, Way
from app.projects.models import Disbursement, DisbursementState

OWNER = "disbursement"
"""Under this name disbursements own the files that show what became of the money."""

Shown = tuple[ArrivalKind, date, str]
"""What kind of event shows that money arrived, on which day, and where it is written down."""


async def arrive(
    session: WriteSession, disbursement: Disbursement, amount: int, shown: Shown, *, own: bool = False
) -> Arrival:
    """Note that so much of a paid disbursement (locked by the caller) has reached its beneficiary.

    What arrives is counted from the front of what was paid, what comes back from its end: so both meet
    without a gap. Raises NothingLeftToReach, DayToCome, DisbursementNotInState; CountsWhenSpent for what the
    organization spends itself, which counts with its payment.
    """
    kind, on, evidence = shown
    if disbursement.posting_id is None or disbursement.paid_on is None:
        raise DisbursementNotInState(disbursement=disbursement.code, state=disbursement.state)
    if WAYS[disbursement.kind] is Way.own and not own:
        raise CountsWhenSpent(disbursement=disbursement.code)
    if on > today() or (not own and on < disbursement.paid_on):
        raise DayToCome(day=on)
    standing = await arrivals.lock(session, disbursement.posting_id)
    start = max((begin + length for begin, length in standing.arrived), default=0)
    if amount > standing.stands - start:
        raise NothingLeftToReach(left=standing.stands - start, asked=amount)
    arrival = Arrival(
        posting_id=disbursement.posting_id,
        start=start,
        amount=amount,
        kind=kind,
        arrived_on=on,
        evidence=evidence,
    )
    return await arrivals.record(session, arrival)


async def arrived(session: ReadSession, disbursements: Sequence[Disbursement]) -> dict[UUID, int]:
    """Return what of each disbursement has reached its beneficiary, in fen."""
    postings = {one.posting_id: one.id for one in disbursements if one.posting_id is not None}
    found: dict[UUID, int] = defaultdict(int)
    for one, left in await arrivals.standing(session, postings):
        found[postings[one.posting_id]] += left
    return found


async def show(
    session: WriteSession, disbursement: Disbursement, attachment_ids: Sequence[UUID], *, by: str
) -> None:
    """Give uploaded files to a disbursement as evidence; they are kept for as long as it is."""
    if disbursement.state not in {DisbursementState.paid, DisbursementState.confirmed}:
        raise DisbursementNotInState(disbursement=disbursement.code, state=disbursement.state)
    owner = Owner(OWNER, disbursement.id, disbursement.organization_id)
    for file in sorted(await files.attach(session, attachment_ids, owner, by=by), key=lambda one: one.id):
        await retention.hold(session, file.id, f"{OWNER}:{disbursement.id}")


async def of_project(
    session: ReadSession, project_id: UUID, organization_ids: Sequence[UUID]
) -> Sequence[Attachment]:
    """Return what shows that a project's disbursements came to whom they were meant for."""
    paid = select(Disbursement.id).where(Disbursement.project_id == project_id)
    return await files.of_several(session, OWNER, paid, organization_ids)


async def evidence(session: ReadSession, disbursement: Disbursement) -> list[UUID]:
    """Return the files that belong to a disbursement, in the order in which they came."""
    owner = Owner(OWNER, disbursement.id, disbursement.organization_id)
    return [file.id for file in await files.of(session, owner)]
