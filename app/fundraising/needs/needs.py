"""Needs: what a place lacks, told, met, or taken back."""

from uuid import UUID

from sqlalchemy import exists, select

from app.fundraising.goods import quantities
from app.fundraising.models import CommunityNeed, NeedMatch, NeedMatchState, NeedState
from app.fundraising.needs.errors import MatchesStand, NeedNotOpen
from app.kit import constraints
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight, RegionUnknown


async def tell(session: WriteSession, need: CommunityNeed) -> CommunityNeed:
    """Tell what a place lacks; what reads as a number of a unit (12台) can be matched with offers."""
    try:
        said = quantities.read(need.quantity)
    except ValueError:
        said = None
    if said is not None and said.unit is not None:
        need.unit, need.count, need.left_count = said.unit, said.count, said.count
    async with constraints.told(session, {"community_needs_region_code_fkey": RegionUnknown()}):
        session.add(need)
    return need


async def end(session: WriteSession, need: CommunityNeed, *, met_by: str | None) -> None:
    """Record that a need (locked by the caller) was met, and by what; or that nobody waits for it."""
    must_be_open(need)
    if await promised(session, need):
        raise MatchesStand(need=need.id)
    need.state, need.met_by = (NeedState.met if met_by else NeedState.withdrawn), met_by
    await session.flush()


async def get(session: ReadSession, need_id: UUID, *, lock: bool = False) -> CommunityNeed:
    """Return a need, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    need = await session.get(CommunityNeed, need_id, with_for_update=for_update, populate_existing=lock)
    if need is None:
        raise OutOfSight
    return need


def must_be_open(need: CommunityNeed) -> None:
    """Refuse a need that nobody waits for."""
    if need.state is not NeedState.open:
        raise NeedNotOpen(state=need.state)


async def promised(session: ReadSession, need: CommunityNeed) -> bool:
    """Return whether something is agreed for a need that has not been delivered."""
    standing = select(NeedMatch.id).where(
        NeedMatch.need_id == need.id, NeedMatch.state == NeedMatchState.agreed
    )
    return bool(await session.scalar(select(exists(standing))))
