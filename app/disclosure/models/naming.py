"""Table of what people said of being named in public: that they agree, or do no more, and how it is known."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class NamedKind(enum.StrEnum):
    """As what somebody is known who may be named in public if they agree."""

    speaker = "speaker"
    ambassador = "ambassador"
    nominee = "nominee"


class NamingConsent(Record, Base):
    """What somebody said of being named: once written it stays, and the latest word counts.

    Whether they may be named now stands with themselves as well, where every public answer reads it.
    """

    __tablename__ = "naming_consents"
    __table_args__ = (
        Index("naming_consents_organization_id_idx", "organization_id", "id"),
        Index("naming_consents_subject_id_idx", "subject_id", "told_on"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[NamedKind]
    # A speaker, an ambassador or a nominee; who they are lies in the vault.
    subject_id: Mapped[UUID]
    agreed: Mapped[bool]
    told_on: Mapped[date]
    recorded_by: Mapped[str]
    # What shows it, in words that name nobody; null of what was said as they were recorded.
    evidence: Mapped[str | None] = mapped_column(default=None)
