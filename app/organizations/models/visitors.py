"""Tables of visitors: who was proven to be somebody, by what, since when, and the codes on the way there."""

import enum
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.keys import ApiKey


class IdentityKind(enum.StrEnum):
    """By what a visitor was proven to be who they are."""

    phone = "phone"
    platform = "platform"


class Visitor(Record, Base):
    """A person of the public who signed in through a front end. Nothing about them is kept but indexes."""

    __tablename__ = "visitors"


class VisitorIdentity(Base):
    """That a visitor proved a telephone or a platform's user to be theirs; neither can be read from it."""

    __tablename__ = "visitor_identities"
    __table_args__ = (Index("visitor_identities_visitor_id_idx", "visitor_id"),)

    kind: Mapped[IdentityKind] = mapped_column(primary_key=True)
    index: Mapped[bytes] = mapped_column(primary_key=True)
    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(Visitor.id))
    proven_at: Mapped[datetime]


class Visit(Record, Base):
    """A visitor's stay through one front end; every token names it and dies with it."""

    __tablename__ = "visits"
    __table_args__ = (Index("visits_visitor_id_idx", "visitor_id"),)

    visitor_id: Mapped[UUID] = mapped_column(ForeignKey(Visitor.id))
    key_id: Mapped[UUID] = mapped_column(ForeignKey(ApiKey.id))
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)


class VisitorCode(Record, Base):
    """A code that a front end had sent to a telephone: good once, for ten minutes and five tries."""

    __tablename__ = "visitor_codes"
    __table_args__ = (
        CheckConstraint("try_count between 0 and 5", name="tries"),
        Index("visitor_codes_phone_index_idx", "phone_index", "created_at"),
        Index("visitor_codes_created_at_idx", "created_at"),
    )

    key_id: Mapped[UUID] = mapped_column(ForeignKey(ApiKey.id))
    phone_index: Mapped[bytes]
    code_mac: Mapped[bytes]
    expires_at: Mapped[datetime]
    try_count: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(default=None)
