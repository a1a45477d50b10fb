"""Staff: the people who work at a member, and the links by which they choose a password."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models.organizations import Organization

USERNAME = "^[a-z0-9][a-z0-9._-]{1,63}$"


class Staff(Record, Base):
    """A person who signs in. The member that made the account looks after it, wherever else its roles lie."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(f"username ~ '{USERNAME}'", name="username"),
        CheckConstraint("failed_count >= 0", name="failed_count"),
        Index("staff_organization_id_idx", "organization_id", "username"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    # None until the person has chosen one by a link.
    password_hash: Mapped[str | None] = mapped_column(default=None, repr=False)
    must_change_password: Mapped[bool] = mapped_column(default=False)
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(default=None)
    disabled_at: Mapped[datetime | None] = mapped_column(default=None)
    disabled_by: Mapped[str | None] = mapped_column(default=None)


class PasswordReset(Base):
    """A link that an admin handed out: good once, for a day. Only the hash of its token is kept."""

    __tablename__ = "password_resets"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id), index=True)
    made_by: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None] = mapped_column(default=None)
