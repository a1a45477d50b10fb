"""Platforms: the crowdfunding and payment platforms that tell us of gifts, and the secrets they sign with."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization

RATE_PER_SECOND_DEFAULT = 2000


class PlatformKind(enum.StrEnum):
    """How a platform signs and writes what it tells us."""

    standard = "standard"
    wechat_pay = "wechat_pay"
    alipay = "alipay"


class SecretPurpose(enum.StrEnum):
    """What a key of a platform is for."""

    signs = "signs"
    verifies = "verifies"
    decrypts = "decrypts"
    asks = "asks"


class Platform(Base):
    """A platform, as one member's merchant there. Its id and slug are those of its dimension in the books."""

    __tablename__ = "platforms"
    __table_args__ = (
        ForeignKeyConstraint(
            ["id", "dimension_kind"], ["dimensions.id", "dimensions.kind"], name="platforms_dimension_fkey"
        ),
        CheckConstraint("slug ~ '^[a-z0-9][a-z0-9-]{0,63}$'", name="slug"),
        CheckConstraint("rate_per_second between 1 and 100000", name="rate"),
        # Whoever signs otherwise names the application and the merchant; a message for others is not ours.
        CheckConstraint(
            "(kind = 'standard') = (app_id is null) and (kind = 'standard') = (merchant_no is null)",
            name="terms",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # Whose merchant account the gifts reach; its staff look after the platform.
    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id), index=True)
    kind: Mapped[PlatformKind] = mapped_column(default=PlatformKind.standard)
    app_id: Mapped[str | None] = mapped_column(default=None)
    merchant_no: Mapped[str | None] = mapped_column(default=None)
    rate_per_second: Mapped[int] = mapped_column(default=RATE_PER_SECOND_DEFAULT)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
    dimension_kind: Mapped[str] = mapped_column(
        String(40), Computed("'platform'", persisted=True), init=False
    )


class PlatformSecret(Record, Base):
    """One key of a platform, sealed under the platform's own key in the vault.

    What we sign with together, the public key that it signs with (WeChat Pay names it by a serial), what
    decrypts its messages, or the private key by which we ask it for payments (its certificate has a serial).
    """

    __tablename__ = "platform_secrets"
    __table_args__ = (
        CheckConstraint("serial is null or purpose in ('verifies', 'asks')", name="serial"),
        Index(
            "platform_secrets_serial_idx",
            *("platform_id", "serial"),
            unique=True,
            postgresql_where=text("serial is not null"),
        ),
    )

    platform_id: Mapped[UUID] = mapped_column(ForeignKey(Platform.id), index=True)
    sealed: Mapped[bytes] = mapped_column(repr=False)
    purpose: Mapped[SecretPurpose] = mapped_column(default=SecretPurpose.signs)
    serial: Mapped[str | None] = mapped_column(default=None)
    expires_at: Mapped[datetime | None] = mapped_column(default=None)
