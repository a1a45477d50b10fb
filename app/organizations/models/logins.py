"""Logins: a person's stay from sign-in to sign-out, and the refresh tokens that prolong it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.staff import Staff


class Login(Record, Base):
    """One stay. Every token names the stay it belongs to, and dies with it."""

    __tablename__ = "logins"

    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id), index=True)
    # Whether it was begun with a second factor: some decisions ask for one.
    second_factor: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_because: Mapped[str | None] = mapped_column(default=None)


class RefreshToken(Base):
    """One link of a stay's chain: spent when the next one is handed out. Only its hash is kept."""

    __tablename__ = "refresh_tokens"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    login_id: Mapped[UUID] = mapped_column(ForeignKey(Login.id), index=True)
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None] = mapped_column(default=None)
