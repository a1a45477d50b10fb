"""Pledges: what somebody has promised to give, in instalments; only the gifts that pay them are money."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select

from app.fundraising import givers
from app.fundraising.models import (
    Donation,
    DonationState,
    Pledge,
    PledgeInstalment,
    PledgePayment,
    PledgeState,
)
from app.fundraising.ways.errors import (
    GiftPaysAnother,
    HardshipNotReported,
    InstalmentsUnequal,
    PaymentNotForPledge,
    PledgeNumberTaken,
    PledgeOver,
)
from app.kit import constraints, vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.facts import fact
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.errors import OutOfSight

_NAME = "name"


@fact(kw_only=True)
class Instalment:
    """A part of a pledge as it stands: due when, how much, and how much of it has been paid."""

    number: int
    due_on: date
    amount: int
    paid: int
    overdue: bool


async def promise(
    session: WriteSession, pledge: Pledge, parts: Sequence[tuple[date, int]], *, name: str
) -> Pledge:
    """Record a pledge with its instalments, which add up to it; the name goes to the vault.

    Raises InstalmentsUnequal and PledgeNumberTaken.
    """
    if sum(amount for _, amount in parts) != pledge.amount:
        raise InstalmentsUnequal(amount=pledge.amount)
    refusals = {"pledges_organization_id_number_key": PledgeNumberTaken(number=pledge.number)}
    async with constraints.told(session, refusals):
        session.add(pledge)
    for number, (due_on, amount) in enumerate(sorted(parts), 1):
        session.add(PledgeInstalment(pledge_id=pledge.id, number=number, due_on=due_on, amount=amount))
    await vault.keep(session, pledge.person_id, {_NAME: name})
    await session.flush()
    return pledge


async def get(session: ReadSession, pledge_id: UUID, *, lock: bool = False) -> Pledge:
    """Return a pledge, or refuse; with `lock` it stays as it is until the transaction ends."""
    pledge = await session.get(Pledge, pledge_id, with_for_update=lock or None, populate_existing=lock)
    if pledge is None:
        raise OutOfSight
    return pledge


async def pay(session: WriteSession, pledge: Pledge, donation: Donation, *, actor: str) -> None:
    """Let a gift for the pledge's campaign pay a locked pledge: its earliest instalments first.

    What is more than the pledge is a gift like any other. Raises PledgeOver, PaymentNotForPledge and
    GiftPaysAnother.
    """
    await _refuse_over(session, pledge)
    if donation.campaign_id != pledge.campaign_id or donation.state is not DonationState.posted:
        raise PaymentNotForPledge(donation=donation.id)
    # Which of two pledges a gift pays is for the unique constraint to say.
    async with constraints.told(session, {"pledge_payments_donation_id_key": GiftPaysAnother()}):
        session.add(PledgePayment(pledge_id=pledge.id, donation_id=donation.id, actor=actor))


async def write_off(
    session: WriteSession, pledge: Pledge, *, reason: str, actor: str, reported_on: date | None
) -> None:
    """Give up what a locked pledge still owes, with a reason; the gifts that came stay what they are.

    Of an enforceable pledge it takes the hardship of 慈善法 art. 41, reported to the authority on a day.
    """
    await _refuse_over(session, pledge)
    if pledge.ground is not None and reported_on is None:
        raise HardshipNotReported(pledge=pledge.id, ground=pledge.ground)
    pledge.written_off_on, pledge.written_off_by, pledge.reported_on = today(), actor, reported_on
    await session.flush()
    await reasons.keep(session, _about(pledge), reason)


async def _refuse_over(session: ReadSession, pledge: Pledge) -> None:
    standing = state(pledge, (await paid(session, [pledge.id])).get(pledge.id, 0))
    if standing is not PledgeState.open:
        raise PledgeOver(pledge=pledge.id, state=standing)


async def paid(session: ReadSession, pledge_ids: Collection[UUID]) -> dict[UUID, int]:
    """Return what stands of the gifts by which pledges were paid, by pledge."""
    query = (
        select(PledgePayment.pledge_id, func.sum(Donation.amount - Donation.refunded))
        .join(Donation, Donation.id == PledgePayment.donation_id)
        .where(PledgePayment.pledge_id.in_(pledge_ids), Donation.state != DonationState.voided)
        .group_by(PledgePayment.pledge_id)
    )
    return {row[0]: int(row[1]) for row in await session.execute(query)}


def state(pledge: Pledge, paid_minor: int) -> PledgeState:
    """Return where a pledge stands that has been paid so much."""
    if pledge.written_off_on is not None:
        return PledgeState.written_off
    return PledgeState.fulfilled if paid_minor >= pledge.amount else PledgeState.open


async def instalments(session: ReadSession, pledge: Pledge, paid_minor: int) -> list[Instalment]:
    """Return a pledge's instalments; what was paid goes to the earliest first."""
    query = select(PledgeInstalment).where(PledgeInstalment.pledge_id == pledge.id)
    left, found = paid_minor, list[Instalment]()
    for part in await session.scalars(query.order_by(PledgeInstalment.number)):
        covered = min(left, part.amount)
        left -= covered
        late = covered < part.amount and part.due_on < today() and pledge.written_off_on is None
        found.append(
            Instalment(number=part.number, due_on=part.due_on, amount=part.amount, paid=covered, overdue=late)
        )
    return found


async def names(
    session: ReadSession, pledges: Sequence[Pledge], *, clear_in: Collection[UUID]
) -> dict[UUID, str | None]:
    """Return who promised, by pledge: in clear at the organizations of `clear_in`, masked elsewhere."""
    known = await vault.read(session, [pledge.person_id for pledge in pledges], [_NAME])
    found: dict[UUID, str | None] = {}
    for pledge in pledges:
        name = known.get(pledge.person_id, {}).get(_NAME)
        clear = pledge.organization_id in clear_in
        found[pledge.id] = name if clear or name is None else givers.mask(name)
    return found


async def why(
    session: ReadSession, pledges: Sequence[Pledge], *, clear_in: Collection[UUID]
) -> Mapping[UUID, str]:
    """Return why pledges were written off, by pledge: at the organizations of `clear_in` alone."""
    return await reasons.read(session, [_about(one) for one in pledges if one.organization_id in clear_in])


def _about(pledge: Pledge) -> About:
    return About("pledge", pledge.id, pledge.person_id)


def listing(
    visible: Collection[UUID], *, campaign_id: UUID | None, wanted: PledgeState | None, overdue: bool | None
) -> Select[Pledge]:
    """Return the query for the pledges at organizations that are visible."""
    query = select(Pledge).where(Pledge.organization_id.in_(visible))
    if campaign_id is not None:
        query = query.where(Pledge.campaign_id == campaign_id)
    given, given_up = _given(), Pledge.written_off_on.is_not(None)
    if wanted is not None:
        conditions = {
            PledgeState.written_off: [given_up],
            PledgeState.fulfilled: [~given_up, given >= Pledge.amount],
            PledgeState.open: [~given_up, given < Pledge.amount],
        }
        query = query.where(*conditions[wanted])
    if overdue is not None:
        due = (
            select(func.coalesce(func.sum(PledgeInstalment.amount), 0))
            .where(PledgeInstalment.pledge_id == Pledge.id, PledgeInstalment.due_on < today())
            .scalar_subquery()
        )
        late = ~given_up & (given < due)
        query = query.where(late if overdue else ~late)
    return query


def _given() -> ScalarSelect[Any]:
    return (
        select(func.coalesce(func.sum(Donation.amount - Donation.refunded), 0))
        .join(PledgePayment, PledgePayment.donation_id == Donation.id)
        .where(PledgePayment.pledge_id == Pledge.id, Donation.state != DonationState.voided)
        .scalar_subquery()
    )
