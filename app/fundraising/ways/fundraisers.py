"""Fundraisers: who asks for gifts, department by department and person by person, and with which targets."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising import givers
from app.fundraising.models import Fundraiser, FundraiserKind, FundraisingTarget
from app.fundraising.ways.errors import (
    FundraiserClosed,
    FundraiserCodeTaken,
    ParentElsewhere,
    TargetDatesReversed,
    TargetKnown,
    TeamNotFound,
)
from app.kit import constraints, vault
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight

_NAME = "name"


async def create(session: WriteSession, fundraiser: Fundraiser, *, name: str) -> Fundraiser:
    """Add a fundraiser, below another of the same organization if wished; a person's name goes to the vault.

    Raises FundraiserCodeTaken and ParentElsewhere, and FundraiserClosed if the other one has been closed.
    """
    if fundraiser.parent_id is not None:
        above = await session.get(Fundraiser, fundraiser.parent_id, with_for_update={"read": True})
        if above is not None and above.closed_at is not None:
            raise FundraiserClosed(fundraiser=above.code)
    personal = fundraiser.kind is FundraiserKind.person
    fundraiser.name = None if personal else name
    refusals = {
        "fundraisers_code_key": FundraiserCodeTaken(fundraiser=fundraiser.code),
        "fundraisers_parent_id_organization_id_fkey": ParentElsewhere(parent=fundraiser.parent_id),
    }
    async with constraints.told(session, refusals):
        session.add(fundraiser)
    if personal:
        await vault.keep(session, fundraiser.id, {_NAME: name})
    return fundraiser


async def aim(session: WriteSession, target: FundraisingTarget) -> None:
    """Say what a fundraiser means to raise; one target begins on a day.

    Raises TargetKnown, and FundraiserClosed.
    """
    fundraiser = await session.get_one(Fundraiser, target.fundraiser_id)
    if fundraiser.closed_at is not None:
        raise FundraiserClosed(fundraiser=fundraiser.code)
    refusals = {
        "fundraising_targets_fundraiser_id_starts_on_key": TargetKnown(starts_on=target.starts_on),
        "fundraising_targets_dates_check": TargetDatesReversed(),
    }
    async with constraints.told(session, refusals):
        session.add(target)


async def close(session: WriteSession, fundraiser: Fundraiser) -> None:
    """Let a locked fundraiser ask no more: no new targets, nobody new below. Raises FundraiserClosed.

    Posters hang longer than people stay: gifts that name the code are still told as come through it.
    """
    if fundraiser.closed_at is not None:
        raise FundraiserClosed(fundraiser=fundraiser.code)
    fundraiser.closed_at = now()
    await session.flush()


async def get(session: ReadSession, fundraiser_id: UUID, *, lock: bool = False) -> Fundraiser:
    """Return a fundraiser, or refuse; with `lock` nobody else changes it until the transaction ends."""
    fundraiser = await session.get(
        Fundraiser, fundraiser_id, with_for_update=lock or None, populate_existing=lock
    )
    if fundraiser is None:
        raise OutOfSight
    return fundraiser


async def team(session: ReadSession, code: str) -> Fundraiser:
    """Return the team with this code for its public page, or refuse; nobody but teams has one."""
    found = await session.scalar(
        select(Fundraiser).where(Fundraiser.code == code, Fundraiser.kind == FundraiserKind.team)
    )
    if found is None:
        raise TeamNotFound(team=code)
    return found


async def targets(session: ReadSession, fundraiser_ids: Collection[UUID]) -> Sequence[FundraisingTarget]:
    """Return the targets of these fundraisers, the earliest first."""
    query = select(FundraisingTarget).where(FundraisingTarget.fundraiser_id.in_(fundraiser_ids))
    return (await session.scalars(query.order_by(FundraisingTarget.starts_on, FundraisingTarget.id))).all()


async def names(
    session: ReadSession, found: Sequence[Fundraiser], *, clear_in: Collection[UUID]
) -> dict[UUID, str | None]:
    """Return what fundraisers are called: people in clear at the places of `clear_in`, masked elsewhere."""
    people = [one.id for one in found if one.kind is FundraiserKind.person]
    known = await vault.read(session, people, [_NAME])
    said: dict[UUID, str | None] = {}
    for one in found:
        name = one.name or known.get(one.id, {}).get(_NAME)
        masked = name is not None and one.name is None and one.organization_id not in clear_in
        said[one.id] = givers.mask(name) if masked and name else name
    return said


def listing(
    visible: Collection[UUID], *, kind: FundraiserKind | None, parent_id: UUID | None
) -> Select[Fundraiser]:
    """Return the query for the fundraisers at organizations that are visible."""
    query = select(Fundraiser).where(Fundraiser.organization_id.in_(visible))
    if kind is not None:
        query = query.where(Fundraiser.kind == kind)
    return query if parent_id is None else query.where(Fundraiser.parent_id == parent_id)
