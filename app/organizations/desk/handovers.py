"""Handovers: how somebody who leaves passes on what they have in hand, by a list that all concerned sign."""

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

import rfc8785
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit import constraints, outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations import people
from app.organizations.desk import belongings
from app.organizations.desk.belongings import Belonging, Passing
from app.organizations.desk.errors import (
    HandoverDrafted,
    HandoverEnded,
    HandoverOutdated,
    HandoverUnsigned,
    SuccessorUnfit,
)
from app.organizations.errors import OutOfSight
from app.organizations.models import (
    Deputyship,
    Handover,
    HandoverItem,
    HandoverSignature,
    HandoverState,
    Staff,
)

Successors = Mapping[tuple[str, UUID], UUID]
"""Who takes over a thing, by its kind and id, where it is not the one who takes over the rest."""


async def draft(
    session: WriteSession,
    leaver: Staff,
    organization_id: UUID,
    successor_id: UUID,
    *,
    others: Successors,
    made_by: str,
) -> Handover:
    """List everything that a person has in hand at a member, each with who takes it over."""
    held = await belongings.of(session, leaver.id, organization_id)
    to = {(one.kind, one.subject_id): successor_id for one in held}
    if not others.keys() <= to.keys():
        raise HandoverOutdated
    to |= others
    await _fit(session, leaver, {successor_id, *others.values()})
    digest = _digest(leaver.id, organization_id, held, to)
    handover = Handover(organization_id=organization_id, leaver_id=leaver.id, digest=digest, made_by=made_by)
    async with constraints.told(session, {"handovers_drafted_idx": HandoverDrafted()}):
        session.add(handover)
    for number, one in enumerate(held, 1):
        session.add(
            HandoverItem(
                handover_id=handover.id,
                number=number,
                kind=one.kind,
                subject_id=one.subject_id,
                title=one.title,
                successor_id=to[one.kind, one.subject_id],
            )
        )
    await session.flush()
    return handover


async def get(session: ReadSession, organization_id: UUID, handover_id: UUID) -> Handover:
    """Return a handover at this member."""
    found = await session.get(Handover, handover_id)
    if found is None or found.organization_id != organization_id:
        raise OutOfSight
    return found


async def items(session: ReadSession, handover_ids: Sequence[UUID]) -> list[HandoverItem]:
    """Return the lines of some lists, each list's in order."""
    found = await session.scalars(
        select(HandoverItem)
        .where(HandoverItem.handover_id.in_(handover_ids))
        .order_by(HandoverItem.handover_id, HandoverItem.number)
    )
    return list(found)


async def signatures(session: ReadSession, handover_ids: Sequence[UUID]) -> list[HandoverSignature]:
    """Return who signed some lists and when."""
    found = await session.scalars(
        select(HandoverSignature)
        .where(HandoverSignature.handover_id.in_(handover_ids))
        .order_by(HandoverSignature.handover_id, HandoverSignature.signed_at)
    )
    return list(found)


async def sign(session: WriteSession, handover: Handover, staff_id: UUID, *, digest: str) -> None:
    """Let the leaver or a successor stand for the list with this digest; a second time changes nothing."""
    await _lock(session, handover)
    if staff_id not in await _signers(session, handover):
        raise OutOfSight
    if digest != handover.digest.hex():
        raise HandoverOutdated
    put = insert(HandoverSignature).values(handover_id=handover.id, staff_id=staff_id, signed_at=now())
    await session.execute(put.on_conflict_do_nothing())


async def carry_out(session: WriteSession, handover: Handover, *, by: str) -> None:
    """Pass on everything that the list names and close the leaver's account: all of it, or nothing.

    Refused until all have signed, and if the leaver has come by something since that the list doesn't name.
    """
    await _lock(session, handover)
    signed = {one.staff_id for one in await signatures(session, [handover.id])}
    missing = await _signers(session, handover) - signed
    if missing:
        raise HandoverUnsigned(missing=sorted(f"staff:{one}" for one in missing))
    listed = await items(session, [handover.id])
    leaver = await session.get_one(Staff, handover.leaver_id, with_for_update=True)
    now_held = await belongings.of(session, leaver.id, handover.organization_id)
    if {(one.kind, one.subject_id) for one in now_held} - {(one.kind, one.subject_id) for one in listed}:
        raise HandoverOutdated
    still = {(one.kind, one.subject_id) for one in now_held}
    known = belongings.known(session)
    for one in listed:
        if (one.kind, one.subject_id) in still:
            successor = await session.get_one(Staff, one.successor_id)
            passing = Passing(one.subject_id, handover.organization_id, leaver, successor, by)
            await known[one.kind].passed(session, passing)
    await _end_deputyships(session, leaver.id, by=by)
    await people.disable(session, leaver, by=by)
    await _end(session, handover, HandoverState.carried_out, by=by)


async def cancel(session: WriteSession, handover: Handover, *, by: str) -> None:
    """Give up a list that was not carried out."""
    await _lock(session, handover)
    await _end(session, handover, HandoverState.cancelled, by=by)


async def _end(session: WriteSession, handover: Handover, state: HandoverState, *, by: str) -> None:
    handover.state, handover.ended_at, handover.ended_by = state, now(), by
    await outbox.tell(
        session,
        f"handover.{state}",
        organization_id=handover.organization_id,
        subject=f"handover:{handover.id}",
        payload={"leaver": f"staff:{handover.leaver_id}", "by": by},
    )


async def _lock(session: WriteSession, handover: Handover) -> None:
    await session.refresh(handover, with_for_update=True)
    if handover.state is not HandoverState.drafted:
        raise HandoverEnded(state=handover.state)


async def _signers(session: ReadSession, handover: Handover) -> set[UUID]:
    return {handover.leaver_id, *(one.successor_id for one in await items(session, [handover.id]))}


async def _fit(session: ReadSession, leaver: Staff, successors: set[UUID]) -> None:
    found = await session.scalars(
        select(Staff.id).where(Staff.id.in_(successors), Staff.disabled_at.is_(None))
    )
    if leaver.id in successors or set(found) != successors:
        raise SuccessorUnfit


async def _end_deputyships(session: WriteSession, staff_id: UUID, *, by: str) -> None:
    await session.execute(
        update(Deputyship)
        .where(
            (Deputyship.principal_id == staff_id) | (Deputyship.deputy_id == staff_id),
            Deputyship.revoked_at.is_(None),
        )
        .values(revoked_at=now(), revoked_by=by)
    )


def _digest(leaver_id: UUID, organization_id: UUID, held: Sequence[Belonging], to: Successors) -> bytes:
    said = {
        "leaver": str(leaver_id),
        "organization": str(organization_id),
        "items": [
            {
                "kind": one.kind,
                "subject": str(one.subject_id),
                "title": one.title,
                "successor": str(to[one.kind, one.subject_id]),
            }
            for one in held
        ],
    }
    return hashlib.sha256(rfc8785.dumps(said)).digest()
