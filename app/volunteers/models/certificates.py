"""Tables of certificates and of the levels by which organizations honour long service."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class CertificateState(enum.StrEnum):
    """The life of a certificate."""

    valid = "valid"
    revoked = "revoked"
    replaced = "replaced"


class Certificate(Record, Base):
    """A certificate of service (志愿服务记录证明). What it says, and why it was revoked, is in the vault."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "serial"),
        UniqueConstraint("id", "organization_id", "volunteer_id"),
        UniqueConstraint("number"),
        UniqueConstraint("code_index"),
        CheckConstraint("year between 2000 and 2999 and serial > 0", name="serial"),
        CheckConstraint("minutes > 0 and record_count > 0", name="minutes"),
        CheckConstraint("served_to >= served_from", name="dates"),
        CheckConstraint("(state = 'valid') = (revoked_at is null)", name="revoked"),
        CheckConstraint("(state = 'replaced') = (replaced_by_id is not null)", name="replaced"),
        CheckConstraint("num_nulls(revoked_at, revoked_by) in (0, 2)", name="revoker"),
        Index("certificates_volunteer_id_idx", "volunteer_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str]
    # By it the number together with the code on the paper is found; neither code nor person can be read.
    code_index: Mapped[bytes]
    commitment: Mapped[bytes]
    minutes: Mapped[int]
    record_count: Mapped[int]
    served_from: Mapped[date]
    served_to: Mapped[date]
    issued_on: Mapped[date]
    issued_by: Mapped[str]
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.valid)
    revoked_at: Mapped[datetime | None] = mapped_column(default=None)
    revoked_by: Mapped[str | None] = mapped_column(default=None)
    replaced_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("certificates.id"), default=None)


class CertificateSerial(Base):
    """The last number that an organization's certificates took in a year."""

    __tablename__ = "certificate_serials"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class StarRule(Record, Base):
    """From how many hours on an organization speaks of one to five stars, from a day on."""

    __tablename__ = "star_rules"
    __table_args__ = (
        UniqueConstraint("organization_id", "valid_from"),
        CheckConstraint("cardinality(hours) between 1 and 5", name="levels"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    valid_from: Mapped[date]
    hours: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    basis: Mapped[str]
    actor: Mapped[str]
