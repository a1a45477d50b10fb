"""Tables of teams: a tree under each organization, with members, leaders and a named fund."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Team(Record, Base):
    """A volunteer service team. It stands below another one of its organization, or at the top."""

    __tablename__ = "teams"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id", "depth"),
        UniqueConstraint("id", "organization_id"),
        # A parent stands strictly higher, and its height is part of what the child points to: no cycle,
        # whoever moves whom at the same moment.
        ForeignKeyConstraint(
            ["parent_id", "organization_id", "parent_depth"],
            ["teams.id", "teams.organization_id", "teams.depth"],
            name="teams_parent_fkey",
        ),
        CheckConstraint("(parent_id is null) = (parent_depth is null)", name="parent"),
        CheckConstraint("depth = coalesce(parent_depth, 0) + 1 and depth <= 9", name="depth"),
        ForeignKeyConstraint(
            ["fund_id", "organization_id"], ["funds.id", "funds.organization_id"], name="teams_fund_fkey"
        ),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("dissolved_on >= founded_on", name="dissolved"),
        Index("teams_parent_id_idx", "parent_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    name: Mapped[str]
    founded_on: Mapped[date]
    depth: Mapped[int] = mapped_column(default=1)
    parent_id: Mapped[UUID | None] = mapped_column(default=None)
    parent_depth: Mapped[int | None] = mapped_column(default=None)
    purpose: Mapped[str] = mapped_column(default="")
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), default=None)
    fund_id: Mapped[UUID | None] = mapped_column(default=None, unique=True)
    dissolved_on: Mapped[date | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class MemberRole(enum.StrEnum):
    """What somebody is in a team."""

    member = "member"
    leader = "leader"


class MemberState(enum.StrEnum):
    """The life of a membership."""

    asked = "asked"
    active = "active"
    declined = "declined"
    ended = "ended"


class Membership(Record, Base):
    """That a volunteer belongs to a team, from a day to a day. It is ended, never deleted."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "memberships_live_idx",
            *("team_id", "volunteer_id"),
            unique=True,
            postgresql_where=text("state in ('asked', 'active')"),
        ),
        CheckConstraint("left_on >= joined_on", name="dates"),
        CheckConstraint("(state = 'ended') = (left_on is not null)", name="ended"),
        CheckConstraint("state <> 'active' or joined_on is not null", name="joined"),
        Index("memberships_volunteer_id_idx", "volunteer_id"),
        Index("memberships_team_id_idx", "team_id", "id"),
        Index("memberships_asked_idx", *("team_id", "id"), postgresql_where=text("state = 'asked'")),
    )

    team_id: Mapped[UUID] = mapped_column(ForeignKey("teams.id"))
    volunteer_id: Mapped[UUID] = mapped_column(ForeignKey("volunteers.id"))
    state: Mapped[MemberState]
    role: Mapped[MemberRole] = mapped_column(default=MemberRole.member)
    joined_on: Mapped[date | None] = mapped_column(default=None)
    left_on: Mapped[date | None] = mapped_column(default=None)
    changed_by: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime | None] = mapped_column(default=None)
