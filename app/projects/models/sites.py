"""Tables of sites: like-for-like assets with milestones, acceptances, plaques, upkeep, and yearly targets."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.projects.models.register import Programme, Project


class SiteKind(enum.StrEnum):
    """What is built or set up at a site."""

    bridge = "bridge"
    road = "road"
    water = "water"
    school = "school"
    clinic = "clinic"
    care_centre = "care_centre"
    station = "station"
    equipment = "equipment"
    other = "other"


class Structure(enum.StrEnum):
    """How a bridge is built."""

    slab = "slab"
    stone_arch = "stone_arch"
    suspension = "suspension"
    steel_pipe = "steel_pipe"
    beam = "beam"
    other = "other"


class SiteState(enum.StrEnum):
    """How far a site has come."""

    planned = "planned"
    surveyed = "surveyed"
    built = "built"
    accepted = "accepted"
    dropped = "dropped"


class Site(Record, Base):
    """One asset of a project at one place: a bridge, a well, a care centre."""

    __tablename__ = "sites"
    __table_args__ = (
        UniqueConstraint("project_id", "code"),
        UniqueConstraint("id", "project_id"),
        UniqueConstraint("id", "organization_id"),
        # Whose site it is, is whose project it is: lists by organization look at one table.
        ForeignKeyConstraint(["project_id", "organization_id"], ["projects.id", "projects.organization_id"]),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("structure is null or kind = 'bridge'", name="of_a_bridge"),
        CheckConstraint("length_centimetres between 1 and 10000000", name="length"),
        CheckConstraint("width_centimetres between 1 and 1000000", name="width"),
        CheckConstraint("(latitude_microdegrees is null) = (longitude_microdegrees is null)", name="place"),
        CheckConstraint("latitude_microdegrees between -90000000 and 90000000", name="latitude"),
        CheckConstraint("longitude_microdegrees between -180000000 and 180000000", name="longitude"),
        CheckConstraint("beneficiary_count >= 0", name="beneficiary_count"),
        CheckConstraint("planned_minor between 1 and 1000000000000000", name="planned_cost"),
        CheckConstraint("cost_minor between 1 and 1000000000000000", name="cost"),
        CheckConstraint("(state = 'accepted') = (accepted_on is not null)", name="accepted"),
        Index("sites_organization_id_idx", "organization_id", "id"),
        Index("sites_region_code_idx", "region_code"),
        Index("sites_accepted_on_idx", "kind", "accepted_on", postgresql_where=text("state = 'accepted'")),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id))
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    code: Mapped[str]
    title: Mapped[str]
    kind: Mapped[SiteKind]
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    village: Mapped[str]
    town: Mapped[str | None] = mapped_column(default=None)
    structure: Mapped[Structure | None] = mapped_column(default=None)
    length_centimetres: Mapped[int | None] = mapped_column(default=None)
    width_centimetres: Mapped[int | None] = mapped_column(default=None)
    latitude_microdegrees: Mapped[int | None] = mapped_column(default=None)
    longitude_microdegrees: Mapped[int | None] = mapped_column(default=None)
    contractor: Mapped[str | None] = mapped_column(default=None)
    beneficiary_count: Mapped[int | None] = mapped_column(default=None)
    planned_minor: Mapped[int | None] = mapped_column(default=None)
    cost_minor: Mapped[int | None] = mapped_column(default=None)
    state: Mapped[SiteState] = mapped_column(default=SiteState.planned)
    accepted_on: Mapped[date | None] = mapped_column(default=None)
    dropped_reason: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class MilestoneKind(enum.StrEnum):
    """What is looked at in the making of an asset, in this order (安康 2022)."""

    survey = "survey"
    construction = "construction"
    quality = "quality"
    acceptance = "acceptance"
    plaque = "plaque"
    file_complete = "file_complete"


class Milestone(Record, Base):
    """One step in the making of a site's asset: when it is due, and when it was done."""

    __tablename__ = "milestones"
    __table_args__ = (
        UniqueConstraint("site_id", "kind"),
        CheckConstraint("(done_on is null) = (done_by is null)", name="done"),
        Index("milestones_due_on_idx", "due_on", "id", postgresql_where=text("done_on is null")),
    )

    site_id: Mapped[UUID] = mapped_column(ForeignKey(Site.id))
    kind: Mapped[MilestoneKind]
    due_on: Mapped[date | None] = mapped_column(default=None)
    done_on: Mapped[date | None] = mapped_column(default=None)
    done_by: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class SiteAcceptance(Record, Base):
    """That somebody else than who built a site looked at it, and whether it passed."""

    __tablename__ = "site_acceptances"
    __table_args__ = (
        Index("site_acceptances_passed_idx", "site_id", unique=True, postgresql_where=text("passed")),
        Index("site_acceptances_site_id_idx", "site_id", "id"),
        # Who reported the work done does not accept it.
        CheckConstraint("recorded_by <> reported_by", name="apart"),
    )

    site_id: Mapped[UUID] = mapped_column(ForeignKey(Site.id))
    inspected_on: Mapped[date]
    inspecting_body: Mapped[str]
    passed: Mapped[bool]
    findings: Mapped[str]
    recorded_by: Mapped[str]
    reported_by: Mapped[str]


class Plaque(Base):
    """The plaque at a site. What names a donor needs the beneficiaries' consent (慈善法 art. 99)."""

    __tablename__ = "plaques"
    __table_args__ = (CheckConstraint("not names_donor or consented_on is not null", name="consent"),)

    site_id: Mapped[UUID] = mapped_column(ForeignKey(Site.id), primary_key=True)
    inscription: Mapped[str]
    set_up_on: Mapped[date]
    names_donor: Mapped[bool]
    recorded_by: Mapped[str]
    consented_on: Mapped[date | None] = mapped_column(default=None)
    approval_reference: Mapped[str | None] = mapped_column(default=None)


class SiteCondition(enum.StrEnum):
    """In which condition an asset was found."""

    good = "good"
    worn = "worn"
    unsafe = "unsafe"
    closed = "closed"


class SiteUpkeep(Record, Base):
    """That an accepted asset was looked after: how it was found, what was done, when to look again."""

    __tablename__ = "site_upkeeps"
    __table_args__ = (
        CheckConstraint("next_due_on > looked_on", name="next_due"),
        Index("site_upkeeps_site_id_idx", "site_id", "looked_on"),
    )

    site_id: Mapped[UUID] = mapped_column(ForeignKey(Site.id))
    looked_on: Mapped[date]
    condition: Mapped[SiteCondition]
    work: Mapped[str]
    recorded_by: Mapped[str]
    next_due_on: Mapped[date | None] = mapped_column(default=None)


class ProgrammeTarget(Record, Base):
    """How many sites of a kind a programme means to finish in a year; the last one told holds."""

    __tablename__ = "programme_targets"
    __table_args__ = (
        UniqueConstraint("programme_id", "year", "site_kind"),
        CheckConstraint("site_count between 1 and 1000000", name="site_count"),
        CheckConstraint("year between 1990 and 2999", name="year"),
    )

    programme_id: Mapped[UUID] = mapped_column(ForeignKey(Programme.id))
    year: Mapped[int]
    site_kind: Mapped[SiteKind]
    site_count: Mapped[int]
    made_by: Mapped[str]
