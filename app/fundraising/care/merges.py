"""Merges: donors who to one organization are the same person, laid over them and taken back again.

Nothing is moved: gifts, receipts, certificates and what was published stay with the donor they were made
for. What follows are the figures that count donors.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select, update

from app.fundraising import totals
from app.fundraising.care import cards
from app.fundraising.care.errors import DonorMerged, DonorsTheSame, MergeUndone
from app.fundraising.models import Campaign, Donor, DonorGroup, DonorMerge, MergeGround
from app.kit import constraints, outbox
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.organizations.errors import OutOfSight


async def merge(
    session: WriteSession,
    kept: Donor,
    merged: Donor,
    *,
    organization_id: UUID,
    ground: MergeGround,
    actor: str,
) -> DonorMerge:
    """Let two donors count as one to an organization, whoever was merged into them before included."""
    if kept.id == merged.id:
        raise DonorsTheSame
    everybody = await _hold(session, organization_id, [kept.id, merged.id])
    if await cards.roots(session, organization_id, [kept.id, merged.id]) != {kept.id, merged.id}:
        raise DonorMerged
    made = DonorMerge(
        organization_id=organization_id,
        kept_id=kept.id,
        merged_id=merged.id,
        ground=ground,
        merged_by=actor,
    )
    async with constraints.told(session, {"donor_merges_standing_idx": DonorMerged()}):
        session.add(made)
    await session.execute(
        update(DonorGroup)
        .where(DonorGroup.organization_id == organization_id, DonorGroup.root_id == merged.id)
        .values(root_id=kept.id)
    )
    await _count_as(session, organization_id, [merged.id], kept.id)
    await totals.recount_donors(session, organization_id, everybody)
    await _tell(session, "fundraising.donors_merged", made)
    return made


async def undo(session: WriteSession, made: DonorMerge, *, actor: str) -> DonorMerge:
    """Let two donors be two again, each with those who were merged into them otherwise."""
    place = made.organization_id
    [root] = await cards.roots(session, place, [made.merged_id])
    everybody = await _hold(session, place, [root, made.merged_id])
    await session.refresh(made, with_for_update=True)
    if made.undone_at is not None:
        raise MergeUndone
    made.undone_at, made.undone_by = now(), actor
    await session.flush()
    below = list(await session.scalars(_below(place, made.merged_id)))
    await session.execute(
        delete(DonorGroup).where(
            DonorGroup.organization_id == place, DonorGroup.donor_id.in_([made.merged_id, *below])
        )
    )
    await _count_as(session, place, below, made.merged_id)
    await totals.recount_donors(session, place, everybody)
    await _tell(session, "fundraising.donor_merge_undone", made)
    return made


async def get(session: ReadSession, merge_id: UUID) -> DonorMerge:
    """Return a merge, or refuse."""
    found = await session.get(DonorMerge, merge_id)
    if found is None:
        raise OutOfSight
    return found


def listing(organization_ids: Collection[UUID], *, donor_id: UUID | None = None) -> Select[DonorMerge]:
    """Return the query for the merges of some organizations, also those that were undone."""
    query = select(DonorMerge).where(DonorMerge.organization_id.in_(organization_ids))
    if donor_id is not None:
        query = query.where((DonorMerge.kept_id == donor_id) | (DonorMerge.merged_id == donor_id))
    return query


async def _hold(session: WriteSession, organization_id: UUID, donor_ids: Collection[UUID]) -> set[UUID]:
    """Return these donors with all who count as they do, none of whom gives until the transaction ends.

    Merges of one organization come one after the other. Whoever takes a gift out of a campaign holds the
    campaign before the donor, so campaigns come first here too: shared, as gifts share them. A gift holds
    its donor by its foreign key from when it is written until it commits: it was counted before, or sees
    as whom to count.
    """
    place = int.from_bytes(organization_id.bytes[8:], signed=True)
    await session.execute(select(func.pg_advisory_xact_lock(place)))
    shared = select(Campaign.id).where(Campaign.organization_id == organization_id).order_by(Campaign.id)
    await session.execute(shared.with_for_update(key_share=True, read=True))
    counted = await cards.roots(session, organization_id, donor_ids)
    more = await cards.members(session, organization_id, counted)
    everybody = set(donor_ids) | counted | {one for also in more.values() for one in also}
    held = select(Donor.id).where(Donor.id.in_(everybody)).order_by(Donor.id).with_for_update()
    await session.execute(held)
    return everybody


async def _count_as(
    session: WriteSession, organization_id: UUID, donor_ids: Collection[UUID], root_id: UUID
) -> None:
    if donor_ids:
        rows = [
            {"organization_id": organization_id, "donor_id": one, "root_id": root_id} for one in donor_ids
        ]
        await session.execute(insert(DonorGroup), rows)


def _below(organization_id: UUID, donor_id: UUID) -> Select[UUID]:
    standing = (
        select(DonorMerge.merged_id, DonorMerge.kept_id)
        .where(DonorMerge.organization_id == organization_id, DonorMerge.undone_at.is_(None))
        .subquery()
    )
    found = select(standing.c.merged_id).where(standing.c.kept_id == donor_id).cte("below", recursive=True)
    found = found.union_all(select(standing.c.merged_id).join(found, standing.c.kept_id == found.c.merged_id))
    return select(found.c.merged_id)


async def _tell(session: WriteSession, topic: str, made: DonorMerge) -> None:
    await outbox.tell(
        session,
        topic,
        organization_id=made.organization_id,
        subject=str(made.id),
        payload={
            "merge_id": str(made.id),
            "kept_id": str(made.kept_id),
            "merged_id": str(made.merged_id),
            "ground": made.ground.value,
        },
    )
