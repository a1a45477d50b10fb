"""Tables of the kit: people's keys and values, and answers given before."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base


class VaultPerson(Base):
    """A person, as the one key under which everything about them is sealed; erased when the key is gone."""

    __tablename__ = "vault_people"
    __table_args__ = (
        CheckConstraint("(wrapped_key is null) = (erased_at is not null)", name="key_or_erased"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    wrapped_key: Mapped[bytes | None]
    created_at: Mapped[datetime] = mapped_column(
        init=False, default_factory=now, insert_default=now, server_default=func.now()
    )
    erased_at: Mapped[datetime | None] = mapped_column(default=None)


class VaultValue(Base):
    """One thing known about a person, sealed under that person's key."""

    __tablename__ = "vault_values"

    person_id: Mapped[UUID] = mapped_column(ForeignKey(VaultPerson.id), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]


class IdempotencyKey(Base):
    """An answer given before, kept for a day under the key that the request named itself by."""

    __tablename__ = "idempotency_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    sealed: Mapped[bytes]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)
