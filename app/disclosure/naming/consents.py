"""Consents: what people said of being named in public, each word kept with what shows it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select

from app.disclosure.models import NamedKind, NamingConsent
from app.disclosure.naming.errors import NamingDayWrong
from app.kit.clock import today
from app.kit.database import WriteSession


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose word it is, and which organization asked for it."""

    kind: NamedKind
    id: UUID
    organization_id: UUID


@dataclass(frozen=True, slots=True)
class Word:
    """On which day somebody said it, and what shows that."""

    told_on: date
    evidence: str | None = None


async def note(
    session: WriteSession, subject: Subject, word: Word, *, agreed: bool, by: str
) -> NamingConsent:
    """Note what somebody said; whoever calls has locked them, and makes the word count.

    Raises NamingDayWrong for a word that is older than their last one: that one stands.
    """
    latest = select(func.max(NamingConsent.told_on)).where(NamingConsent.subject_id == subject.id)
    last = await session.scalar(latest)
    if word.told_on > today() or (last is not None and word.told_on < last):
        raise NamingDayWrong(told_on=word.told_on, last_told_on=last)
    said = NamingConsent(
        organization_id=subject.organization_id,
        kind=subject.kind,
        subject_id=subject.id,
        agreed=agreed,
        told_on=word.told_on,
        recorded_by=by,
        evidence=word.evidence,
    )
    session.add(said)
    await session.flush()
    return said


def of_members(places: Collection[UUID]) -> Select[NamingConsent]:
    """Return the query for what was said to some organizations."""
    return select(NamingConsent).where(NamingConsent.organization_id.in_(places))
