"""Registers: what has been published, looked up by anybody, with its corrections and its place in the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.disclosure.models import Publication, PublicationDraft
from app.disclosure.publications.errors import PublicationNotFound
from app.kit.database import ReadSession
from app.organizations.models import Organization
from app.transparency import heads


@dataclass(frozen=True, slots=True)
class Listed:
    """A publication with whose it is, and which one has corrected it since."""

    publication: Publication
    organization: Organization
    corrected_by_id: UUID | None


@dataclass(frozen=True, slots=True)
class LeafPlace:
    """Where the public log has a publication, and whether a checkpoint over it is signed."""

    index: int
    signed: bool


EQUAL = ("kind", "subject_id", "subject_code")


def matching(wanted: Mapping[str, Any]) -> Select[Publication]:
    """Return the query for publications; what is None, or not there, does not narrow."""
    row = Publication
    query = select(row)
    for name in EQUAL:
        if (value := wanted.get(name)) is not None:
            query = query.where(getattr(row, name) == value)
    if (code := wanted.get("organization")) is not None:
        query = query.where(row.organization_id.in_(select(Organization.id).where(Organization.code == code)))
    if (day := wanted.get("covers")) is not None:
        query = query.where(row.period_from <= day, row.period_to >= day)
    if (first := wanted.get("published_on_from")) is not None:
        query = query.where(row.published_on >= first)
    if (last := wanted.get("published_on_to")) is not None:
        query = query.where(row.published_on <= last)
    if wanted.get("current"):
        later = aliased(Publication)
        query = query.where(~select(later.id).where(later.corrects_id == row.id).exists())
    return query


async def listed(session: ReadSession, rows: Sequence[Publication]) -> list[Listed]:
    """Return publications in their order, each with its organization and with what has corrected it."""
    owners = await session.scalars(
        select(Organization).where(Organization.id.in_({row.organization_id for row in rows}))
    )
    by_id = {owner.id: owner for owner in owners}
    later = await session.execute(
        select(Publication.corrects_id, Publication.id).where(
            Publication.corrects_id.in_([row.id for row in rows])
        )
    )
    corrected: dict[UUID | None, UUID] = {row[0]: row[1] for row in later}
    return [Listed(row, by_id[row.organization_id], corrected.get(row.id)) for row in rows]


async def get(session: ReadSession, publication_id: UUID) -> Publication:
    """Return a publication, or refuse."""
    found = await session.get(Publication, publication_id)
    if found is None:
        raise PublicationNotFound
    return found


async def history(session: ReadSession, one: Publication) -> Sequence[Publication]:
    """Return a publication with everything that it corrected and that has corrected it, the first first."""
    query = select(Publication).where(Publication.root_id == one.root_id)
    return (await session.scalars(query.order_by(Publication.id))).all()


async def of_draft(session: ReadSession, draft: PublicationDraft) -> UUID | None:
    """Return what a draft was published as."""
    return await session.scalar(select(Publication.id).where(Publication.draft_id == draft.id))


async def place(session: ReadSession, one: Publication) -> LeafPlace | None:
    """Return where the public log has a publication; None in the moment before it is sealed."""
    leaf = await heads.leaf_of(session, submission_id=one.submission_id)
    if leaf is None:
        return None
    signed = await heads.published(session, leaf.log_id)
    return LeafPlace(leaf.index, signed=signed is not None and leaf.index < signed.size)
