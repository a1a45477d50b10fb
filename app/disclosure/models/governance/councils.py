"""Tables of charters, the terms of councils, and how they are elected."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class Charter(Record, Base):
    """One version of an organization's charter, with what it says of its council.

    What was recorded wrongly is replaced by another row and stays to be read; it counts nowhere.
    """

    __tablename__ = "charters"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        UniqueConstraint("replaces_id"),
        ForeignKeyConstraint(["replaces_id", "organization_id"], ["charters.id", "charters.organization_id"]),
        CheckConstraint("num_nonnulls(replaced_on, replaced_by, replaced_reason) in (0, 3)", name="replaced"),
        Index(
            "charters_number_idx",
            *("organization_id", "number"),
            unique=True,
            postgresql_where=text("replaced_on is null"),
        ),
        Index(
            "charters_effective_from_idx",
            *("organization_id", "effective_from"),
            unique=True,
            postgresql_where=text("replaced_on is null"),
        ),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("approved_on >= adopted_on and effective_from >= approved_on", name="dates"),
        CheckConstraint("seats_min >= 1 and seats_max >= seats_min", name="seats"),
        CheckConstraint("term_years between 1 and 10", name="term_years"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    number: Mapped[int]
    adopted_by: Mapped[str]
    adopted_on: Mapped[date]
    authority: Mapped[str]
    approved_on: Mapped[date]
    effective_from: Mapped[date]
    recorded_by: Mapped[str]
    seats_min: Mapped[int | None] = mapped_column(default=None)
    seats_max: Mapped[int | None] = mapped_column(default=None)
    term_years: Mapped[int | None] = mapped_column(default=None)
    replaces_id: Mapped[UUID | None] = mapped_column(default=None)
    replaced_on: Mapped[date | None] = mapped_column(default=None)
    replaced_by: Mapped[str | None] = mapped_column(default=None)
    replaced_reason: Mapped[str | None] = mapped_column(default=None)


class CouncilBody(enum.StrEnum):
    """The body that decides, and the one that supervises it."""

    council = "council"
    supervisory_board = "supervisory_board"


class CouncilTerm(Record, Base):
    """A term of a body: elected until a day, and over when the next one begins."""

    __tablename__ = "council_terms"
    __table_args__ = (
        UniqueConstraint("organization_id", "body", "number"),
        UniqueConstraint("id", "organization_id", "body"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("ends_on > starts_on", name="dates"),
        CheckConstraint("closed_on >= starts_on", name="closed"),
        # A body has one term at a time; the last one runs until the next begins, elected late or not.
        ExcludeConstraint(
            ("organization_id", "="),
            ("body", "="),
            (text("daterange(starts_on, closed_on, '[]')"), "&&"),
            using="gist",
            name="council_terms_overlap_excl",
        ),
        # As an organization is found it has one term of each body; every later one is elected.
        Index(
            "council_terms_found_idx",
            "organization_id",
            "body",
            unique=True,
            postgresql_where=text("found"),
        ),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    body: Mapped[CouncilBody]
    number: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    recorded_by: Mapped[str]
    found: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None] = mapped_column(default=None)


class CouncilTermAlert(Base):
    """That people were told of a term's end, so many days ahead of it, once; -1 is that it ran over."""

    __tablename__ = "council_term_alerts"

    term_id: Mapped[UUID] = mapped_column(ForeignKey(CouncilTerm.id), primary_key=True)
    days_ahead: Mapped[int] = mapped_column(primary_key=True)


class PreElectionAudit(Record, Base):
    """The audit of the finances that comes before a re-election, or another legal representative."""

    __tablename__ = "pre_election_audits"
    __table_args__ = (
        UniqueConstraint("organization_id", "report_no"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("period_to >= period_from and reported_on >= period_to", name="dates"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    auditor: Mapped[str]
    report_no: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    reported_on: Mapped[date]
    finding: Mapped[str]
    recorded_by: Mapped[str]


class ElectionKind(enum.StrEnum):
    """What an election was for: a new term, a seat in the running one, another legal representative."""

    re_election = "re_election"
    by_election = "by_election"
    representative_change = "representative_change"


class CouncilElection(Record, Base):
    """An election, the term that it began or filled, and the audit without which it is none."""

    __tablename__ = "council_elections"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        # One audit serves one election of each body: that of the last one says nothing of the years since.
        UniqueConstraint("audit_id", "body"),
        ForeignKeyConstraint(
            ["term_id", "organization_id", "body"],
            [CouncilTerm.id, CouncilTerm.organization_id, CouncilTerm.body],
        ),
        ForeignKeyConstraint(
            ["audit_id", "organization_id"], [PreElectionAudit.id, PreElectionAudit.organization_id]
        ),
        # Regulations on Associations 27: audited before re-election or another legal representative.
        CheckConstraint("kind = 'by_election' or audit_id is not null", name="audited"),
        CheckConstraint(
            "in_favour_count between 1 and present_count and present_count <= entitled_count", name="votes"
        ),
        Index(
            "council_elections_begun_idx",
            "term_id",
            unique=True,
            postgresql_where=text("kind = 're_election'"),
        ),
        Index("council_elections_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID]
    kind: Mapped[ElectionKind]
    body: Mapped[CouncilBody]
    term_id: Mapped[UUID]
    held_on: Mapped[date]
    meeting: Mapped[str]
    entitled_count: Mapped[int]
    present_count: Mapped[int]
    in_favour_count: Mapped[int]
    recorded_by: Mapped[str]
    audit_id: Mapped[UUID | None] = mapped_column(default=None)


class ChangeMatter(enum.StrEnum):
    """What is registered with the authority, and registered anew when it changes."""

    organization_name = "organization_name"
    address = "address"
    purpose = "purpose"
    legal_representative = "legal_representative"
    initial_funds = "initial_funds"
    supervisor = "supervisor"
    charter = "charter"
    council = "council"
    supervisory_board = "supervisory_board"


class ChangeRegistration(Record, Base):
    """That a change was applied for with the authority, and when it was registered."""

    __tablename__ = "change_registrations"
    __table_args__ = (
        CheckConstraint("filed_on >= decided_on", name="filed"),
        CheckConstraint("registered_on >= filed_on", name="registered"),
        CheckConstraint("(registered_on is null) = (reference is null)", name="reference"),
        Index("change_registrations_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    matter: Mapped[ChangeMatter]
    decided_on: Mapped[date]
    authority: Mapped[str]
    filed_on: Mapped[date]
    recorded_by: Mapped[str]
    registered_on: Mapped[date | None] = mapped_column(default=None)
    reference: Mapped[str | None] = mapped_column(default=None)
