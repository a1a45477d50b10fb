"""Tables of obligations: what an organization owes by which rule, and what was done about it."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.disclosure.rules.law import Mark
from app.kit.database import Base, Record
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.models import Organization


class SubjectKind(enum.StrEnum):
    """What an obligation is about."""

    organization = "organization"
    year = "year"
    campaign = "campaign"
    plan = "plan"
    plan_change = "plan_change"
    voucher = "voucher"
    trust = "trust"
    trusteeship = "trusteeship"
    basic_information = "basic_information"
    project = "project"
    disbursement = "disbursement"
    transfer = "transfer"
    related_party_event = "related_party_event"
    certificate = "certificate"
    dissolution = "dissolution"
    receipt_loss = "receipt_loss"


class Obligation(Record, Base):
    """What an organization owes by one rule about one thing, once. What depends on the day is not stored.

    The first group of columns is what the rule makes of the facts, and is made anew when they change; the
    second is what people did about it.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        UniqueConstraint("organization_id", "rule_id", "subject_id", "number"),
        CheckConstraint("(due_on is null) = (rolled_on is null)", name="rolled"),
        CheckConstraint("rolled_on >= due_on", name="order"),
        CheckConstraint("number >= 0", name="number"),
        # What was read in a text is not overruled; what is remembered or mere practice may be.
        CheckConstraint(
            "mark in ('B', 'C') or (own_day_on is null and waived_reason is null)", name="overridable"
        ),
        CheckConstraint("(prepared_on is null) = (preparation is null)", name="preparation"),
        CheckConstraint("(ready_on is null) = (ready_as is null)", name="readiness"),
        Index("obligations_calendar_idx", "organization_id", "calendar_on", "id"),
    )
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    rule_id: Mapped[str]
    regulation: Mapped[str]
    mark: Mapped[Mark]
    subject_kind: Mapped[SubjectKind]
    subject_id: Mapped[UUID]
    subject: Mapped[str]
    # The how-manieth time of what recurs; the year of what is owed for a year.
    number: Mapped[int]
    trigger_on: Mapped[date]
    due_on: Mapped[date | None]
    rolled_on: Mapped[date | None]
    # Whether everything that the day was counted from is known and sure.
    complete: Mapped[bool]
    # The day on which the books themselves know it was done: a plan filed, a trust reported.
    done_on: Mapped[date | None] = mapped_column(default=None)
    # The day since which a publication of ours tells of it, and which one: prepared, and not yet filed.
    ready_on: Mapped[date | None] = mapped_column(default=None)
    ready_as: Mapped[str | None] = mapped_column(default=None)
    # The day since which the facts owe it no more.
    lapsed_on: Mapped[date | None] = mapped_column(default=None)

    prepared_on: Mapped[date | None] = mapped_column(default=None)
    preparation: Mapped[str | None] = mapped_column(default=None)
    filed_on: Mapped[date | None] = mapped_column(default=None)
    own_day_on: Mapped[date | None] = mapped_column(default=None)
    waived_reason: Mapped[str | None] = mapped_column(default=None)

    # By what the calendar is sorted: what has no day yet comes last.
    calendar_on: Mapped[date] = mapped_column(
        Date, Computed("coalesce(own_day_on, due_on, date '9999-12-31')", persisted=True), init=False
    )


class ObligationFiling(Record, Base):
    """That something was published or filed outside: where, under what address or number, on which day."""

    __tablename__ = "obligation_filings"
    __table_args__ = (
        CheckConstraint("num_nonnulls(address, reference) > 0", name="found"),
        CheckConstraint(
            "num_nonnulls(withdrawn_on, withdrawn_by, withdrawn_reason) in (0, 3)", name="withdrawn"
        ),
        Index("obligation_filings_obligation_id_idx", "obligation_id", "id"),
    )

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey(Obligation.id))
    place: Mapped[str]
    filed_on: Mapped[date]
    recorded_by: Mapped[str]
    address: Mapped[str | None] = mapped_column(default=None)
    reference: Mapped[str | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(default=None)
    withdrawn_reason: Mapped[str | None] = mapped_column(default=None)


class OverrideKind(enum.StrEnum):
    """How a rule that we are not sure of is overruled, or no more."""

    another_day = "another_day"
    not_applicable = "not_applicable"
    lifted = "lifted"


class ObligationOverride(Record, Base):
    """That somebody overruled a rule for one obligation, and why; the latest counts."""

    __tablename__ = "obligation_overrides"
    __table_args__ = (
        CheckConstraint("(kind = 'another_day') = (day_on is not null)", name="day"),
        Index("obligation_overrides_obligation_id_idx", "obligation_id", "id"),
    )

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey(Obligation.id))
    kind: Mapped[OverrideKind]
    reason: Mapped[str]
    decided_by: Mapped[str]
    day_on: Mapped[date | None] = mapped_column(default=None)


class DisclosureThreshold(Record, Base):
    """From which amount on something is major to an organization, by its own charter or rules."""

    __tablename__ = "disclosure_thresholds"
    __table_args__ = (
        UniqueConstraint("organization_id", "rule_id", "valid_from"),
        CheckConstraint(f"amount_minor between 1 and {AMOUNT_MINOR_MAX}", name="amount"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    rule_id: Mapped[str]
    amount_minor: Mapped[int]
    valid_from: Mapped[date]
    document: Mapped[str]
    recorded_by: Mapped[str]


class ObligationReminder(Base):
    """That people were reminded of a day so many days ahead, once."""

    __tablename__ = "obligation_reminders"

    obligation_id: Mapped[UUID] = mapped_column(ForeignKey(Obligation.id), primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    days_ahead: Mapped[int] = mapped_column(primary_key=True)


class ObligationRound(Base):
    """The day up to which an organization's obligations were made; empty when they are to be made anew."""

    __tablename__ = "obligation_rounds"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id), primary_key=True)
    made_on: Mapped[date | None] = mapped_column(default=None)
