"""Accesses: who looked at what is personal or financial."""

import enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization


class AccessKind(enum.StrEnum):
    """What was looked at. New kinds need no migration: the column is text."""

    delivery_body = "delivery_body"
    attachment = "attachment"
    journal_pull = "journal_pull"
    donor = "donor"
    beneficiary = "beneficiary"


class Access(Record, Base):
    """One look: by whom, at whose, at what, when (`created_at`). Never changed or deleted."""

    __tablename__ = "accesses"
    __table_args__ = (Index("accesses_organization_id_id_idx", "organization_id", "id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    caller: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
