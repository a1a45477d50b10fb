"""Platforms: the crowdfunding and payment platforms that tell us of gifts, and the secrets they sign with."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, ForeignKeyConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization

RATE_PER_SECOND_DEFAULT = 2000


class Platform(Base):
    """A platform, as one member's merchant there. Its id and slug are those of its dimension in the books."""

    __tablename__ = "platforms"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "dimension_kind"], ["dimensions.id", "dimensions.kind"], name="platforms_dimension_fkey"
        ),
        CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,63}$'", name="slug"),
        CheckConstraint("rate_per_second between 1 and 100000", name="rate"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # Whose merchant account the gifts reach; its staff look after the platform.
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id), index=True)
    rate_per_second: Mapped[int] = mapped_column(default=RATE_PER_SECOND_DEFAULT)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    dimension_kind: Mapped[str] = mapped_column(
        String(40), Computed("'platform'", persisted=True), init=False
    )


class PlatformSecret(Record, Base):
    """One secret a platform may sign with, sealed under the platform's own key in the vault."""

    __tablename__ = "platform_secrets"

    platform_id: Mapped[UUID] = mapped_column(ForeignKey(Platform.id), index=True)
    sealed: Mapped[bytes] = mapped_column(repr=False)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
