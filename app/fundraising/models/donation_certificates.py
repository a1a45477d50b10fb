"""Tables of yearly certificates (年度捐赠证明): what a giver gave in a year, as one paper says it."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class DonationCertificateState(enum.StrEnum):
    """Whether a certificate is the one that holds, or a later one of the same year took its place."""

    valid = "valid"
    replaced = "replaced"


class DonationCertificate(Record, Base):
    """A certificate over a year's gifts of one giver. What it says lies in the vault of `person_id`."""

    __tablename__ = "donation_certificates"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "serial"),
        UniqueConstraint("number"),
        UniqueConstraint("code_index"),
        CheckConstraint("year between 2000 and 2999 and serial > 0", name="serial"),
        CheckConstraint("amount > 0 and gift_count > 0", name="amount"),
        Index("donation_certificates_person_id_idx", "person_id", "id"),
        Index(
            "donation_certificates_valid_idx",
            *("organization_id", "person_id", "year"),
            unique=True,
            postgresql_where=text("state = 'valid'"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    person_id: Mapped[UUID]
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str]
    # By it the number together with the code on the paper is found; neither code nor person can be read.
    code_index: Mapped[bytes]
    gift_count: Mapped[int]
    amount: Mapped[int]
    issued_on: Mapped[date]
    issued_by: Mapped[str]
    state: Mapped[DonationCertificateState] = mapped_column(default=DonationCertificateState.valid)


class DonationCertificateSerial(Base):
    """The last number that an organization's certificates over a year took."""

    __tablename__ = "donation_certificate_serials"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]
