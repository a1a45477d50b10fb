"""Accesses: who looked at what is personal or financial."""

import enum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.keys import ApiKey
from app.organizations.models.organizations import Organization


class AccessKind(enum.StrEnum):
    """What was looked at. New kinds need no migration: the column is text."""

    delivery_body = "delivery_body"
    attachment = "attachment"
    audit_pull = "audit_pull"
    donor = "donor"
    beneficiary = "beneficiary"
    complaint = "complaint"
    attendee = "attendee"
    officer = "officer"


class Access(Record, Base):
    """One look: by whom, at whose, at what, when (`created_at`). Never changed or deleted."""

    __tablename__ = "accesses"
    __table_args__ = (Index("accesses_organization_id_id_idx", "organization_id", "id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    caller: Mapped[str] = mapped_column()
    kind: Mapped[str]
    subject: Mapped[str]
    caller_name: Mapped[str | None] = column_property(
        # A machine is called `key:` and its key's prefix.
        select(ApiKey.name).where(ApiKey.prefix == func.substr(caller, 5)).scalar_subquery()
    )
    """What a machine's key is called by who made it: the audited tell auditors by it. Of people, nothing."""
