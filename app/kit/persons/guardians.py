"""Guardians: who agrees for a child (PIPL 31)."""

from dataclasses import dataclass
from datetime import date, datetime

from app.kit.clock import today
from app.kit.persons import documents
from app.kit.persons.errors import GuardianConsentMissing

CHILD_UNDER = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Guardian:
    """Who agreed for a child, and when."""

    name: str
    phone: str
    relation: str
    agreed_at: datetime


def need(born_on: date, guardian: Guardian | None) -> None:
    """Refuse to take down a child's data unless a parent or guardian has agreed to it."""
    if documents.age(born_on, today()) < CHILD_UNDER and guardian is None:
        raise GuardianConsentMissing(under=CHILD_UNDER)
