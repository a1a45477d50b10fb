"""Tables of records: when somebody came and went, the time they gave, and what was set right about it."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.volunteers.models.volunteers import Category

DAY_MINUTES = 24 * 60


class CheckMethod(enum.StrEnum):
    """How it was known that somebody came or went."""

    code = "code"
    place = "place"
    leader = "leader"
    staff = "staff"


_METHODS = ", ".join(f"'{method}'" for method in CheckMethod)


class CheckIn(Record, Base):
    """That somebody came, and when they went. Left open, it is flagged and counts for nothing.

    How it was known when they went who forgot to check out lies in the vault.
    """

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("sign_up_id"),
        CheckConstraint("checked_out_at > checked_in_at", name="times"),
        CheckConstraint("num_nulls(checked_out_at, out_method, out_by) in (0, 3)", name="out"),
        CheckConstraint("excluded_minutes between 0 and 1440", name="excluded"),
        CheckConstraint(f"out_method in ({_METHODS})", name="out_method"),
        Index("check_ins_open_idx", "id", postgresql_where=text("checked_out_at is null")),
    )

    sign_up_id: Mapped[UUID] = mapped_column(ForeignKey("sign_ups.id"))
    checked_in_at: Mapped[datetime]
    in_method: Mapped[CheckMethod]
    in_by: Mapped[str]
    checked_out_at: Mapped[datetime | None] = mapped_column(default=None)
    out_method: Mapped[str | None] = mapped_column(default=None)
    out_by: Mapped[str | None] = mapped_column(default=None)
    # Travel to and fro, and breaks: not time given.
    excluded_minutes: Mapped[int] = mapped_column(default=0)
    flagged_at: Mapped[datetime | None] = mapped_column(default=None)


class RecordSource(enum.StrEnum):
    """Where a record comes from."""

    check_in = "check_in"
    hand = "hand"
    sheet = "sheet"


class RecordState(enum.StrEnum):
    """The life of a record: reported, confirmed by who organised it, certified in a certificate."""

    reported = "reported"
    confirmed = "confirmed"
    certified = "certified"
    declined = "declined"
    voided = "voided"


class TimeRecord(Record, Base):
    """Minutes that a volunteer gave, kept by who organised it. They are no money and no income."""

    __tablename__ = "time_records"
    __table_args__ = (
        ForeignKeyConstraint(
            ["activity_id", "organization_id"],
            ["activities.id", "activities.organization_id"],
            name="time_records_activity_fkey",
        ),
        ForeignKeyConstraint(
            ["team_id", "organization_id"],
            ["teams.id", "teams.organization_id"],
            name="time_records_team_fkey",
        ),
        # Who records certifies: a certificate covers its own organization's records of one person.
        ForeignKeyConstraint(
            ["certificate_id", "organization_id", "volunteer_id"],
            ["certificates.id", "certificates.organization_id", "certificates.volunteer_id"],
            name="time_records_certificate_fkey",
        ),
        UniqueConstraint("sign_up_id"),
        UniqueConstraint("organization_id", "reference"),
        CheckConstraint(f"minutes between 1 and {DAY_MINUTES}", name="minutes"),
        CheckConstraint(
            "state not in ('confirmed', 'certified') or confirmed_at is not null", name="confirmed"
        ),
        CheckConstraint("(state = 'certified') = (certificate_id is not null)", name="certified"),
        Index("time_records_organization_id_idx", "organization_id", "served_on", "id"),
        Index("time_records_volunteer_id_idx", "volunteer_id", "served_on", "id"),
        Index(
            "time_records_reported_idx",
            *("organization_id", "id"),
            postgresql_where=text("state = 'reported'"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    category: Mapped[Category]
    title: Mapped[str]
    served_on: Mapped[date]
    minutes: Mapped[int]
    source: Mapped[RecordSource]
    reported_by: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    served_group: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    activity_id: Mapped[UUID | None] = mapped_column(default=None)
    team_id: Mapped[UUID | None] = mapped_column(default=None)
    sign_up_id: Mapped[UUID | None] = mapped_column(ForeignKey("sign_ups.id"), default=None)
    reference: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[RecordState] = mapped_column(default=RecordState.reported)
    confirmed_at: Mapped[datetime | None] = mapped_column(default=None)
    confirmed_by: Mapped[str | None] = mapped_column(default=None)
    certificate_id: Mapped[UUID | None] = mapped_column(default=None)
    correction_count: Mapped[int] = mapped_column(default=0)


class RecordCorrection(Record, Base):
    """What was set right about a record, from what to what and by whom; why is in the vault. Zero: a void."""

    __tablename__ = "record_corrections"
    __table_args__ = (UniqueConstraint("record_id", "number"),)

    record_id: Mapped[UUID] = mapped_column(ForeignKey("time_records.id"))
    number: Mapped[int]
    actor: Mapped[str]
    old_minutes: Mapped[int]
    new_minutes: Mapped[int]
    old_served_on: Mapped[date]
    new_served_on: Mapped[date]
    old_category: Mapped[str]
    new_category: Mapped[str]


class RecordObjection(Record, Base):
    """That a volunteer says a record of theirs is wrong; their words lie in the vault."""

    __tablename__ = "record_objections"
    __table_args__ = (
        Index(
            "record_objections_open_idx",
            "record_id",
            unique=True,
            postgresql_where=text("answered_at is null"),
        ),
        CheckConstraint(f"wanted_minutes between 0 and {DAY_MINUTES}", name="wanted"),
        CheckConstraint("num_nulls(answered_at, answered_by, accepted) in (0, 3)", name="answered"),
    )

    record_id: Mapped[UUID] = mapped_column(ForeignKey("time_records.id"))
    wanted_minutes: Mapped[int]
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
    answered_by: Mapped[str | None] = mapped_column(default=None)
    accepted: Mapped[bool | None] = mapped_column(default=None)
