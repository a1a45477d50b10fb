"""Tables of beneficiaries: people under seal, who knows them, their households, groups and consents."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.persons.documents import DocumentKind


class BeneficiaryScope(enum.StrEnum):
    """What of a beneficiary may be published, if they agree to it."""

    full_name = "full_name"
    photo = "photo"
    story = "story"


class BeneficiaryConsentKind(enum.StrEnum):
    """What somebody agreed to, or took back."""

    records = "records"
    publish = "publish"
    guardian = "guardian"


class Household(Record, Base):
    """People who live together and are helped as one. Its address lies with its members in the vault."""

    __tablename__ = "households"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("id", "organization_id"),
        Index("households_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    number: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    made_by: Mapped[str]
    town: Mapped[str | None] = mapped_column(default=None)
    village: Mapped[str | None] = mapped_column(default=None)


class Beneficiary(Record, Base):
    """A person who is helped, once in the whole federation. The id is the person's in the vault.

    Name, document, telephone and the like lie in the vault; here stand codes, and what an erasure leaves.
    Documents are compared by blind index, and the unique key decides who came first.
    """

    __tablename__ = "beneficiaries"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("document_index"),
        CheckConstraint("(erased_at is null) = (document_index is not null)", name="erased"),
        CheckConstraint("(household_id is null) = (relation is null)", name="relation"),
        Index("beneficiaries_organization_id_idx", "organization_id", "registered_on"),
        Index("beneficiaries_household_id_idx", "household_id"),
    )

    # Where the person was first registered.
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    number: Mapped[str]
    registered_on: Mapped[date]
    document_kind: Mapped[DocumentKind]
    document_index: Mapped[bytes | None]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey(Household.id), default=None)
    relation: Mapped[str | None] = mapped_column(default=None)
    publish_scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class BeneficiaryEnrolment(Base):
    """That an organization helps a person, and therefore sees who they are."""

    __tablename__ = "beneficiary_enrolments"
    __table_args__ = (
        Index("beneficiary_enrolments_organization_id_idx", "organization_id", "beneficiary_id"),
    )

    beneficiary_id: Mapped[UUID] = mapped_column(ForeignKey(Beneficiary.id), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    enrolled_on: Mapped[date]
    actor: Mapped[str]


class BeneficiaryConsent(Record, Base):
    """A consent as it was given or withdrawn, kept as history. A guardian's name lies in the vault."""

    __tablename__ = "beneficiary_consents"
    __table_args__ = (
        ForeignKeyConstraint(
            ["beneficiary_id", "organization_id"],
            ["beneficiary_enrolments.beneficiary_id", "beneficiary_enrolments.organization_id"],
            name="beneficiary_consents_enrolment_fkey",
        ),
        Index("beneficiary_consents_beneficiary_id_idx", "beneficiary_id", "id"),
    )

    beneficiary_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    kind: Mapped[BeneficiaryConsentKind]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    agreed_at: Mapped[datetime]
    actor: Mapped[str]


class BeneficiaryGroup(Record, Base):
    """People who are helped together and known by their number only: a school's pupils, a village."""

    __tablename__ = "beneficiary_groups"
    __table_args__ = (
        UniqueConstraint("organization_id", "name"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("person_count between 1 and 1000000000", name="person_count"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    name: Mapped[str]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    person_count: Mapped[int]
    made_by: Mapped[str]
    town: Mapped[str | None] = mapped_column(default=None)
    village: Mapped[str | None] = mapped_column(default=None)
