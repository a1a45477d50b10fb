"""Tables of commendations: a scheme behind its legal gate, whom it is for, and who objects."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization

RATING_MIN = 4
GATE_SINCE = date(2026, 8, 1)
"""From this day 民发〔2026〕31号 holds: what was decided before is judged by the rules before."""


class AwardRegime(enum.StrEnum):
    """By which rules a commendation is held: those of its day."""

    earlier_rules = "earlier_rules"
    mf_2026_31 = "mf_2026_31"

    @classmethod
    def on(cls, day: date) -> "AwardRegime":
        """Return the rules of a day."""
        return cls.earlier_rules if day < GATE_SINCE else cls.mf_2026_31


class AwardCategory(enum.StrEnum):
    """For what work units and people are commended."""

    cyberspace = "cyberspace"
    publicity = "publicity"
    volunteering = "volunteering"


class AwardStage(enum.StrEnum):
    """How far a commendation has come."""

    planned = "planned"
    nominating = "nominating"
    publicised = "publicised"
    decided = "decided"
    filed = "filed"


class AwardScheme(Record, Base):
    """Commending the best of a year in a category. Without its approval it stays a plan."""

    __tablename__ = "award_schemes"
    __table_args__ = (
        UniqueConstraint("organization_id", "year", "category"),
        CheckConstraint("year between 1900 and 2999", name="year"),
        CheckConstraint(f"rating between {RATING_MIN} and 5", name="rating"),
        # The gate: the database itself lets nothing begin without what the text asks for.
        CheckConstraint(
            "regime = 'earlier_rules' or num_nonnulls(approval_document, list_item, rating, free_declared_by)"
            " = case when stage = 'planned' then 0 else 4 end",
            name="gate",
        ),
        # Whoever decides since that day passes the gate; nothing else is of the rules before.
        CheckConstraint(
            f"coalesce(decided_on < '{GATE_SINCE}', false) = (regime = 'earlier_rules')", name="of_its_day"
        ),
        CheckConstraint("publicity_to > publicity_from", name="publicity"),
        CheckConstraint(
            "regime = 'earlier_rules' or stage in ('planned', 'nominating')"
            " or num_nonnulls(publicity_from, publicity_to) = 2",
            name="shown",
        ),
        CheckConstraint(
            "(stage in ('decided', 'filed')) = (num_nonnulls(decided_on, decided_by, resolution) = 3)",
            name="decided",
        ),
        CheckConstraint("decided_on > publicity_to", name="after_publicity"),
        CheckConstraint(
            "(stage = 'filed') = (num_nonnulls(filed_on, filing_place, filing_number) = 3)", name="filed"
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    year: Mapped[int]
    category: Mapped[AwardCategory]
    title: Mapped[str]
    recorded_by: Mapped[str]
    regime: Mapped[AwardRegime] = mapped_column(default=AwardRegime.mf_2026_31)
    stage: Mapped[AwardStage] = mapped_column(default=AwardStage.planned)
    approval_document: Mapped[str | None] = mapped_column(default=None)
    list_item: Mapped[str | None] = mapped_column(default=None)
    rating: Mapped[int | None] = mapped_column(default=None)
    # Who declared that nobody pays for it.
    free_declared_by: Mapped[str | None] = mapped_column(default=None)
    publicity_from: Mapped[date | None] = mapped_column(default=None)
    publicity_to: Mapped[date | None] = mapped_column(default=None)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    resolution: Mapped[str | None] = mapped_column(default=None)
    filed_on: Mapped[date | None] = mapped_column(default=None)
    filing_place: Mapped[str | None] = mapped_column(default=None)
    filing_number: Mapped[str | None] = mapped_column(default=None)


class NomineeKind(enum.StrEnum):
    """Whom a nomination is for."""

    unit = "unit"
    person = "person"


class NomineeState(enum.StrEnum):
    """What became of a nomination."""

    nominated = "nominated"
    shortlisted = "shortlisted"
    dropped = "dropped"
    commended = "commended"
    passed_over = "passed_over"


class Nominee(Record, Base):
    """A unit or a person who is nominated; a person's name lies in the vault."""

    __tablename__ = "award_nominees"
    __table_args__ = (
        UniqueConstraint("id", "commendation_id"),
        CheckConstraint("(kind = 'unit') = (unit_name is not null)", name="unit"),
        CheckConstraint("(kind = 'person') = (person_id is not null)", name="person"),
        CheckConstraint("(state = 'nominated') = (reviewed_by is null)", name="reviewed"),
        CheckConstraint("reviewed_by <> nominated_by", name="reviewer"),
        CheckConstraint("withdrawn_on is null or consented_on is not null", name="consent"),
        Index("award_nominees_commendation_id_idx", "commendation_id", "id"),
    )

    commendation_id: Mapped[UUID] = mapped_column(ForeignKey(AwardScheme.id))
    kind: Mapped[NomineeKind]
    merits: Mapped[str]
    nominated_by: Mapped[str]
    unit_name: Mapped[str | None] = mapped_column(default=None)
    person_id: Mapped[UUID | None] = mapped_column(default=None, unique=True)
    consented_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    state: Mapped[NomineeState] = mapped_column(default=NomineeState.nominated)
    reviewed_by: Mapped[str | None] = mapped_column(default=None)

    @property
    def named(self) -> bool:
        """Whether everybody may know who it is."""
        return self.unit_name is not None or (self.consented_on is not None and self.withdrawn_on is None)


class AwardObjection(Record, Base):
    """That somebody objects to a nominee while the list is shown; their words lie in the vault."""

    __tablename__ = "award_objections"
    __table_args__ = (
        ForeignKeyConstraint(
            ["nominee_id", "commendation_id"],
            ["award_nominees.id", "award_nominees.commendation_id"],
            name="award_objections_nominee_fkey",
        ),
        CheckConstraint("num_nonnulls(upheld, settled_by, settled_on) in (0, 3)", name="settled"),
        Index("award_objections_commendation_id_idx", "commendation_id", "id"),
    )

    commendation_id: Mapped[UUID]
    nominee_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(unique=True)
    received_on: Mapped[date]
    upheld: Mapped[bool | None] = mapped_column(default=None)
    settled_by: Mapped[str | None] = mapped_column(default=None)
    settled_on: Mapped[date | None] = mapped_column(default=None)
