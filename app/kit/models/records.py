"""Tables of people's keys and values, answers given before, and what there is to tell."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record, Xid8


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


class UnsealedValue(Base):
    """One thing about a person that an earlier version kept in clear; it waits to be sealed and goes."""

    __tablename__ = "unsealed_values"

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class IdempotencyKey(Base):
    """An answer given before, kept for a day under the key that the request named itself by."""

    __tablename__ = "idempotency_keys"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    fingerprint: Mapped[bytes]
    sealed: Mapped[bytes]
    person_id: Mapped[UUID | None] = mapped_column(index=True)
    created_at: Mapped[datetime] = mapped_column(index=True)


class OutboxEvent(Record, Base):
    """Something that happened, told to whoever delivers or derives from it later."""

    __tablename__ = "outbox_events"
    __table_args__ = (Index(None, "xid", "id"),)

    topic: Mapped[str]
    organization_id: Mapped[UUID | None]
    subject: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    # The transaction that told it: by it a reader knows that nothing can still appear behind its cursor.
    xid: Mapped[str] = mapped_column(Xid8(), server_default=text("pg_current_xact_id()"), init=False)


class OutboxReader(Base):
    """How far a reader has come who acts on events once each."""

    __tablename__ = "outbox_readers"

    name: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[str | None] = mapped_column(default=None)


class OutboxTopic(Base):
    """A topic of which somebody wants to hear: what is told in bulk is written only if it is one of these."""

    __tablename__ = "outbox_topics"

    topic: Mapped[str] = mapped_column(primary_key=True)
