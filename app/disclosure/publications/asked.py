"""Asked: what is to be compiled: whose books, about what, for which days, as known when."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from app.disclosure.models import PublicationKind
from app.disclosure.publications.contents import Said
from app.disclosure.publications.subjects import Subject
from app.kit.database import ReadSession
from app.organizations.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One compilation: both ends of the period belong to it."""

    organization: Organization
    kind: PublicationKind
    subject: Subject
    first: date
    last: date
    as_of: date


Write = Callable[[ReadSession, Asked], Awaitable[Sequence[Said]]]
"""Fills one item of a form from the books."""
