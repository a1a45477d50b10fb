"""Tables of activities: what is to be done, where, at which risk, who is needed, and who signed up."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.volunteers.models.volunteers import Category


class ActivityState(enum.StrEnum):
    """The life of an activity."""

    draft = "draft"
    published = "published"
    cancelled = "cancelled"


class Policy(Record, Base):
    """A personal accident insurance that an organization took out for its volunteers."""

    __tablename__ = "insurance_policies"
    __table_args__ = (
        UniqueConstraint("organization_id", "policy_no"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    insurer: Mapped[str]
    policy_no: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # Everybody who takes part, or only those who are named.
    everybody: Mapped[bool]


class InsuredPerson(Base):
    """That a policy names a volunteer."""

    __tablename__ = "insured_people"

    policy_id: Mapped[UUID] = mapped_column(ForeignKey("insurance_policies.id"), primary_key=True)
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"), primary_key=True)


class Activity(Record, Base):
    """Something that volunteers do together. What is published says what may happen to them."""

    __tablename__ = "activities"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id"),
        ForeignKeyConstraint(
            ["team_id", "organization_id"], ["teams.id", "teams.organization_id"], name="activities_team_fkey"
        ),
        ForeignKeyConstraint(
            ["policy_id", "organization_id"],
            ["insurance_policies.id", "insurance_policies.organization_id"],
            name="activities_policy_fkey",
        ),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("state = 'draft' or (risks <> '' and content <> '')", name="told"),
        CheckConstraint("state = 'draft' or not dangerous or policy_id is not null", name="insured"),
        CheckConstraint("(state = 'draft') = (published_at is null)", name="published"),
        CheckConstraint(
            "num_nulls(latitude_microdegrees, longitude_microdegrees, radius_metres) in (0, 3)", name="spot"
        ),
        CheckConstraint("latitude_microdegrees between -90000000 and 90000000", name="latitude"),
        CheckConstraint("longitude_microdegrees between -180000000 and 180000000", name="longitude"),
        CheckConstraint("radius_metres between 10 and 5000", name="radius"),
        Index("activities_organization_id_idx", "organization_id", "starts_at"),
        Index("activities_starts_at_idx", "starts_at", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    title: Mapped[str]
    category: Mapped[Category]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    content: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    served_group: Mapped[str] = mapped_column(default="")
    responsible: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    team_id: Mapped[UUID | None] = mapped_column(default=None)
    latitude_microdegrees: Mapped[int | None] = mapped_column(default=None)
    longitude_microdegrees: Mapped[int | None] = mapped_column(default=None)
    radius_metres: Mapped[int | None] = mapped_column(default=None)
    needs_approval: Mapped[bool] = mapped_column(default=False)
    dangerous: Mapped[bool] = mapped_column(default=False)
    policy_id: Mapped[UUID | None] = mapped_column(default=None)
    state: Mapped[ActivityState] = mapped_column(default=ActivityState.draft)
    published_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Need(Record, Base):
    """Whom an activity needs: a role, for how many, from when to when, and what they must bring."""

    __tablename__ = "activity_needs"
    __table_args__ = (
        UniqueConstraint("id", "activity_id", "starts_at", "ends_at"),
        CheckConstraint("capacity between 1 and 100000", name="capacity"),
        # The referee of every race for the last place.
        CheckConstraint("taken_count between 0 and capacity", name="taken"),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("age_min between 0 and 120 and age_max between 0 and 120", name="ages"),
        CheckConstraint("age_max >= age_min", name="age_order"),
        Index("activity_needs_activity_id_idx", "activity_id"),
    )

    activity_id: Mapped[UUID] = mapped_column(ForeignKey("activities.id"))
    role: Mapped[str]
    capacity: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    skills: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    qualifications: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list)
    age_min: Mapped[int | None] = mapped_column(default=None)
    age_max: Mapped[int | None] = mapped_column(default=None)
    taken_count: Mapped[int] = mapped_column(default=0)
    asked_count: Mapped[int] = mapped_column(default=0)


class SignUpState(enum.StrEnum):
    """The life of a sign-up."""

    asked = "asked"
    confirmed = "confirmed"
    waiting = "waiting"
    declined = "declined"
    cancelled = "cancelled"


class SignUp(Record, Base):
    """That a volunteer would come, comes, or waits for a place. It carries the need's times with it."""

    __tablename__ = "sign_ups"
    __table_args__ = (
        ForeignKeyConstraint(
            ["need_id", "activity_id", "starts_at", "ends_at"],
            [f"activity_needs.{name}" for name in ("id", "activity_id", "starts_at", "ends_at")],
            name="sign_ups_need_fkey",
            onupdate="CASCADE",
        ),
        # Nobody is at two places at once: who promised one time cannot promise it again.
        ExcludeConstraint(
            ("volunteer_id", "="),
            (text("tstzrange(starts_at, ends_at)"), "&&"),
            where=text("state = 'confirmed'"),
            using="gist",
            name="sign_ups_overlap_excl",
        ),
        Index(
            "sign_ups_live_idx",
            *("need_id", "volunteer_id"),
            unique=True,
            postgresql_where=text("state in ('asked', 'confirmed', 'waiting')"),
        ),
        UniqueConstraint("need_id", "place"),
        Index("sign_ups_volunteer_id_idx", "volunteer_id", "starts_at"),
        Index("sign_ups_activity_id_idx", "activity_id", "id"),
        Index("sign_ups_asked_idx", *("activity_id", "id"), postgresql_where=text("state = 'asked'")),
    )

    need_id: Mapped[UUID]
    activity_id: Mapped[UUID]
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # The number in the order of asking: whoever waits is promoted in it.
    place: Mapped[int]
    state: Mapped[SignUpState]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str]
