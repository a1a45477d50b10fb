"""Tables of volunteers: people under seal, where they serve, what they agreed to, their sign-in."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.kit.persons.documents import DocumentKind


class Category(enum.StrEnum):
    """What kind of service is given."""

    elderly = "elderly"
    children = "children"
    disability = "disability"
    poverty = "poverty"
    health = "health"
    education = "education"
    culture = "culture"
    environment = "environment"
    emergency = "emergency"
    community = "community"
    other = "other"


class PublishScope(enum.StrEnum):
    """What of a volunteer may be published, if they agree to it."""

    full_name = "full_name"
    photo = "photo"
    hours = "hours"
    honours = "honours"


class Volunteer(Record, Base):
    """A person who serves, once in the whole federation. The id is the person's in the vault.

    Name, document, telephone, birth and the like lie in the vault; here stand codes, and what an erasure
    leaves. Documents are compared by blind index, and the unique key decides who came first.
    """

    __tablename__ = "volunteers"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("document_index"),
        CheckConstraint("(erased_at is null) = (document_index is not null)", name="erased"),
        CheckConstraint("(checked_at is null) = (checked_by is null)", name="checked"),
        Index("volunteers_phone_index_idx", "phone_index"),
        Index("volunteers_organization_id_idx", "organization_id", "registered_on"),
    )

    # Where the person was first registered: there they are counted as new, and nowhere else.
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    number: Mapped[str]
    registered_on: Mapped[date]
    document_kind: Mapped[DocumentKind]
    document_index: Mapped[bytes | None]
    phone_index: Mapped[bytes | None]
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    national_number: Mapped[str | None] = mapped_column(default=None, unique=True)
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    categories: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    languages: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    publish_scopes: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    checked_at: Mapped[datetime | None] = mapped_column(default=None)
    checked_by: Mapped[str | None] = mapped_column(default=None)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Enrolment(Base):
    """That a volunteer serves with an organization, which therefore sees who they are."""

    __tablename__ = "enrolments"
    __table_args__ = (Index("enrolments_organization_id_idx", "organization_id", "volunteer_id"),)

    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    enrolled_on: Mapped[date]
    actor: Mapped[str]


class ConsentKind(enum.StrEnum):
    """What somebody agreed to, or took back."""

    publish = "publish"
    guardian = "guardian"


class Consent(Record, Base):
    """A consent as it was given or withdrawn, kept as history. A guardian's name lies in the vault."""

    __tablename__ = "volunteer_consents"
    __table_args__ = (Index("volunteer_consents_volunteer_id_idx", "volunteer_id", "id"),)

    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    kind: Mapped[ConsentKind]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    agreed_at: Mapped[datetime]
    actor: Mapped[str]


class SignInCode(Record, Base):
    """A code sent to a volunteer's telephone: good once, for ten minutes and five tries."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (
        CheckConstraint("try_count between 0 and 5", name="tries"),
        Index("sign_in_codes_volunteer_id_idx", "volunteer_id"),
    )

    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    code_mac: Mapped[bytes]
    expires_at: Mapped[datetime]
    try_count: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None] = mapped_column(default=None)


class VolunteerStay(Record, Base):
    """A volunteer's stay from sign-in to sign-out; every token names it and dies with it."""

    __tablename__ = "volunteer_stays"

    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_because: Mapped[str | None] = mapped_column(default=None)


class VolunteerRefreshToken(Base):
    """One link of a stay's chain: spent when the next one is handed out. Only its hash is kept."""

    __tablename__ = "volunteer_refresh_tokens"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    stay_id: Mapped[UUID] = mapped_column(ForeignKey("volunteer_stays.id"), index=True)
    expires_at: Mapped[datetime]
    spent_at: Mapped[datetime | None] = mapped_column(default=None)
