"""Tables of related parties, of what was dealt with them, and of who kept away from deciding it."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.disclosure.models.governance.posts import Officer
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Organization


class PartyKind(enum.StrEnum):
    """What a related party is: a natural person, or an organization."""

    person = "person"
    organization = "organization"


class RelationKind(enum.StrEnum):
    """How a party is related. All but the last two make it an important one (重要关联方)."""

    promoter = "promoter"
    main_donor = "main_donor"
    executive = "executive"
    investee = "investee"
    controlling = "controlling"
    jointly_controlling = "jointly_controlling"
    influencing = "influencing"
    family = "family"
    other = "other"


class RelatedParty(Record, Base):
    """Who is related to an organization, how, from when until when. The vault knows how, and who."""

    __tablename__ = "related_parties"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(["officer_id", "organization_id"], [Officer.id, Officer.organization_id]),
        CheckConstraint("(kind = 'organization') = (name is not null)", name="name"),
        CheckConstraint("kind = 'person' or officer_id is null", name="person"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        Index("related_parties_organization_id_idx", "organization_id", "starts_on", "id"),
    )
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[PartyKind]
    relation: Mapped[RelationKind]
    starts_on: Mapped[date]
    recorded_by: Mapped[str]
    name: Mapped[str | None] = mapped_column(default=None)
    officer_id: Mapped[UUID | None] = mapped_column(default=None)
    # As what the books pay it, if they do.
    counterparty_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    # Since when they agree to be named where the law protects them.
    consented_on: Mapped[date | None] = mapped_column(default=None)
    ends_on: Mapped[date | None] = mapped_column(default=None)
    important: Mapped[bool] = mapped_column(
        Boolean, Computed("relation not in ('family', 'other')", persisted=True), init=False
    )


class RelatedEventKind(enum.StrEnum):
    """What was dealt with a related party (81号令 14)."""

    gift_from = "gift_from"
    grant_to = "grant_to"
    joint_investment = "joint_investment"
    entrusted_investment = "entrusted_investment"
    transaction = "transaction"
    other_movement = "other_movement"


class RelatedEvent(Record, Base):
    """What was dealt with a related party; recorded by mistake it is withdrawn, and stays to be read."""

    __tablename__ = "related_party_events"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["party_id", "organization_id"], [RelatedParty.id, RelatedParty.organization_id]
        ),
        CheckConstraint(f"amount_minor between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
        CheckConstraint("num_nonnulls(withdrawn_on, withdrawn_by) in (0, 2)", name="withdrawer"),
        Index("related_party_events_organization_id_idx", "organization_id", "happened_on", "id"),
    )

    organization_id: Mapped[UUID]
    party_id: Mapped[UUID]
    kind: Mapped[RelatedEventKind]
    happened_on: Mapped[date]
    amount_minor: Mapped[int]
    matter: Mapped[str]
    recorded_by: Mapped[str]
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)


class CouncilRecusal(Record, Base):
    """That an officer kept away from a decision; what they are related to is in the vault."""

    __tablename__ = "council_recusals"
    __table_args__ = (
        UniqueConstraint("officer_id", "event_id"),
        ForeignKeyConstraint(["officer_id", "organization_id"], [Officer.id, Officer.organization_id]),
        ForeignKeyConstraint(
            ["event_id", "organization_id"], [RelatedEvent.id, RelatedEvent.organization_id]
        ),
        Index("council_recusals_organization_id_idx", "organization_id", "decided_on", "id"),
    )

    organization_id: Mapped[UUID]
    officer_id: Mapped[UUID]
    decided_on: Mapped[date]
    meeting: Mapped[str]
    decision: Mapped[str]
    recorded_by: Mapped[str]
    event_id: Mapped[UUID | None] = mapped_column(default=None)
    # The relation by which disbursements keep the same person away from a payee.
    payee_relation_id: Mapped[UUID | None] = mapped_column(ForeignKey("payee_relations.id"), default=None)
