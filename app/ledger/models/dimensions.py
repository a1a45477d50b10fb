"""Dimensions: what the ledger knows of the world above it: an id, a kind, an owner, an immutable code."""

import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class DimensionKind(enum.StrEnum):
    """What a dimension stands for; the tables of the features above point down to it."""

    organization = "organization"
    platform = "platform"
    channel = "channel"
    project = "project"
    counterparty = "counterparty"


class Dimension(Record, Base):
    """One thing that money can be told apart by. Its code appears in published leaves and never changes."""

    __tablename__ = "dimensions"
    __table_args__ = (
        UniqueConstraint("kind", "organization_id", "code", postgresql_nulls_not_distinct=True),
        UniqueConstraint("id", "kind"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint(
            "(organization_id is null) = (kind in ('organization', 'platform'))", name="organization"
        ),
    )

    kind: Mapped[DimensionKind]
    code: Mapped[str]
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
