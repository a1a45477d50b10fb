"""Second factors: the authenticator app that a person enrolled, recovery codes, and who must have one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record
from app.organizations.models.grants import Role
from app.organizations.models.organizations import Organization
from app.organizations.models.staff import Staff


class SecondFactor(Record, Base):
    """A person's second factor. Its secret lies in the vault; here is what was spent of it."""

    __tablename__ = "second_factors"
    __table_args__ = (
        Index(
            "second_factors_live_idx", "staff_id", unique=True, postgresql_where=text("removed_at is null")
        ),
        CheckConstraint("num_nulls(removed_at, removed_by, removed_because) in (0, 3)", name="removed"),
        CheckConstraint("removed_because <> ''", name="removed_because"),
    )

    staff_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    # None until the first right code: an app that was never tried must not lock its owner out.
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    # The time step of the last code that was taken: only a later one is taken after it (RFC 6238, 5.2).
    last_step: Mapped[int] = mapped_column(default=0)
    removed_at: Mapped[datetime | None] = mapped_column(default=None)
    removed_by: Mapped[str | None] = mapped_column(default=None)
    removed_because: Mapped[str | None] = mapped_column(default=None)


class RecoveryCode(Base):
    """A code that stands for the app once. Only its hash is kept."""

    __tablename__ = "recovery_codes"

    code_hash: Mapped[bytes] = mapped_column(primary_key=True)
    factor_id: Mapped[UUID] = mapped_column(ForeignKey(SecondFactor.id), index=True)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class FactorDemand(Base):
    """That whoever holds a role at a member signs in with a second factor, or only reaches its enrolment."""

    __tablename__ = "factor_demands"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)
    made_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)
