"""Dissolutions: an organization ends, is wound up, and what it leaves goes to a like one (慈善法 17, 18)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select

from app.disclosure import rounds
from app.disclosure.dissolutions.errors import DissolutionKnown, DissolutionStepOther, RemainderHomeless
from app.disclosure.governance.errors import DaysOutOfOrder, HappenedAhead
from app.disclosure.models import Dissolution, RemainderBasis
from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

_ORDER = {
    f"dissolutions_{name}_order_check": DaysOutOfOrder() for name in ("formed", "liquidated", "deregistered")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """What is left when everybody is paid, and to which charity it goes by whose word."""

    amount_minor: int
    to: str | None
    basis: RemainderBasis | None


async def record(session: WriteSession, one: Dissolution) -> Dissolution:
    """Record why and since when an organization ends; of two at once one is told that it is known."""
    if one.occurred_on > today():
        raise HappenedAhead(day=one.occurred_on)
    async with constraints.told(session, {"dissolutions_live_idx": DissolutionKnown()}):
        session.add(one)
    await rounds.anew(session, one.organization_id)
    return one


async def get(session: ReadSession, dissolution_id: UUID, *, lock: bool = False) -> Dissolution:
    """Return a dissolution, or refuse."""
    found = await session.get(
        Dissolution, dissolution_id, with_for_update=lock or None, populate_existing=lock
    )
    if found is None:
        raise OutOfSight
    return found


async def form_group(
    session: WriteSession, one: Dissolution, *, on: date, announced_on: date, where: str, by: str
) -> None:
    """Record when the liquidation group was formed, and when and where that was announced."""
    _must(one.group_formed_on is None and one.withdrawn_on is None, one)
    _not_ahead(on, announced_on)
    async with constraints.told(session, _ORDER):
        one.group_formed_on, one.announced_on = on, announced_on
        one.announced_in, one.formed_by = where, by
    await rounds.anew(session, one.organization_id)


async def end_liquidation(
    session: WriteSession, one: Dissolution, remainder: Remainder, *, on: date, by: str
) -> None:
    """Record when the liquidation ended, what is left, and which charity of like purpose has it.

    Raises RemainderHomeless if something is left and goes nowhere, or the other way round.
    """
    formed = one.group_formed_on is not None and one.withdrawn_on is None
    _must(formed and one.liquidated_on is None, one)
    _not_ahead(on)
    goes = remainder.to is not None and remainder.basis is not None
    if goes != (remainder.amount_minor > 0) or (remainder.to is None) != (remainder.basis is None):
        raise RemainderHomeless(amount_minor=remainder.amount_minor, article="慈善法 第十八条")
    async with constraints.told(session, _ORDER):
        one.liquidated_on, one.liquidated_by = on, by
        one.remainder_minor, one.remainder_to = remainder.amount_minor, remainder.to
        one.remainder_basis = remainder.basis
    await rounds.anew(session, one.organization_id)


async def deregister(session: WriteSession, one: Dissolution, *, on: date, number: str, by: str) -> None:
    """Record when and under which number an organization was struck off: its years end with that day."""
    _must(one.liquidated_on is not None and one.deregistered_on is None, one)
    _not_ahead(on)
    async with constraints.told(session, _ORDER):
        one.deregistered_on, one.deregistration_no, one.deregistered_by = on, number, by
    await rounds.anew(session, one.organization_id)


async def withdraw(session: WriteSession, one: Dissolution, *, reason: str, by: str) -> None:
    """Note that an organization does not end after all; refused once it was struck off."""
    _must(one.deregistered_on is None and one.withdrawn_on is None, one)
    one.withdrawn_on, one.withdrawn_by, one.withdrawn_reason = today(), by, reason
    await session.flush()
    await rounds.anew(session, one.organization_id)


def announced(organization_id: UUID) -> Select[Dissolution]:
    """Return the query for what an organization announced of its end, and stands."""
    return select(Dissolution).where(
        Dissolution.organization_id == organization_id,
        Dissolution.announced_on.is_not(None),
        Dissolution.withdrawn_on.is_(None),
    )


def _must(fits: bool, one: Dissolution) -> None:
    if not fits:
        raise DissolutionStepOther(
            group_formed_on=one.group_formed_on,
            liquidated_on=one.liquidated_on,
            deregistered_on=one.deregistered_on,
            withdrawn_on=one.withdrawn_on,
        )


def _not_ahead(*days: date) -> None:
    if (last := max(days)) > today():
        raise HappenedAhead(day=last)
