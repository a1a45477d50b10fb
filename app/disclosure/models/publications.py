"""Tables of publications: drafts that people work on, and what was published, which nothing ever changes."""

import enum
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.disclosure.models.obligations import Obligation
from app.kit.database import Base, Record
from app.organizations.models import Organization
from app.transparency.models import Submission


class PublicationKind(enum.StrEnum):
    """What a publication is, in the words of the law."""

    campaign_progress = "campaign_progress"
    campaign_final = "campaign_final"
    project_progress = "project_progress"
    project_final = "project_final"
    emergency_receipts = "emergency_receipts"
    annual_work_report = "annual_work_report"
    annual_financial_report = "annual_financial_report"
    major_event = "major_event"
    related_party_event = "related_party_event"
    related_parties = "related_parties"
    basic_information = "basic_information"


class PublicationDraftState(enum.StrEnum):
    """How far a draft has come: compiled, approved by another person, published, or given up."""

    draft = "draft"
    reviewed = "reviewed"
    published = "published"
    withdrawn = "withdrawn"


_OPEN = text("state in ('draft', 'reviewed')")


class PublicationDraft(Record, Base):
    """What is to be published, as it was compiled from the books last; nobody types a figure of it.

    `content` is canonical JSON: what a reviewer approves is what will be published, byte by byte. `people`
    tells who stands behind its commitments, by rows of ours and never by name.
    """

    __tablename__ = "publication_drafts"
    __table_args__ = (
        # Whoever reviews is neither who began it nor who compiled it last: the database sees to it.
        CheckConstraint("reviewed_by <> drafted_by and reviewed_by <> compiled_by", name="reviewer"),
        CheckConstraint("state not in ('reviewed', 'published') or reviewed_by is not null", name="reviewed"),
        CheckConstraint("state <> 'draft' or reviewed_by is null", name="fresh"),
        CheckConstraint("num_nulls(reviewed_by, reviewed_at) in (0, 2)", name="review"),
        CheckConstraint("period_to >= period_from", name="period"),
        CheckConstraint("(corrects_id is null) = (reason is null)", name="correction"),
        # A publication names the draft together with who compiled and who reviewed it.
        UniqueConstraint("id", "compiled_by", "reviewed_by"),
        # One draft of a thing at a time. What `corrects_id` names, the publication made of it has a key to.
        Index(
            "publication_drafts_open_idx",
            *("organization_id", "kind", "subject_id", "period_from", "period_to"),
            unique=True,
            postgresql_where=_OPEN,
        ),
    )
    __mapper_args__ = {"eager_defaults": True}  # noqa: RUF012 - SQLAlchemy reads it from the class

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[PublicationKind]
    subject_id: Mapped[UUID]
    title: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    as_of: Mapped[date] = mapped_column("as_of_on")
    content: Mapped[bytes]
    missing_count: Mapped[int]
    drafted_by: Mapped[str]
    compiled_by: Mapped[str]
    compiled_at: Mapped[datetime]
    subject_code: Mapped[str | None] = mapped_column(default=None)
    people: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, default_factory=list[dict[str, Any]])
    obligation_id: Mapped[UUID | None] = mapped_column(ForeignKey(Obligation.id), default=None)
    corrects_id: Mapped[UUID | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    state: Mapped[PublicationDraftState] = mapped_column(default=PublicationDraftState.draft)
    reviewed_by: Mapped[str | None] = mapped_column(default=None)
    reviewed_at: Mapped[datetime | None] = mapped_column(default=None)
    review_note: Mapped[str | None] = mapped_column(default=None)
    withdrawn_reason: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class Publication(Record, Base):
    """What was published: the snapshot's bytes and their hash, for ever. A correction is another one.

    `root_id` is the first of a line of corrections, and its own id where there is nothing before it.
    """

    __tablename__ = "publications"
    __table_args__ = (
        ForeignKeyConstraint(
            ["draft_id", "compiled_by", "reviewed_by"],
            ["publication_drafts.id", "publication_drafts.compiled_by", "publication_drafts.reviewed_by"],
            name="publications_draft_fkey",
        ),
        # A correction is about the same thing as what it corrects, and stands in the same line.
        ForeignKeyConstraint(
            ["corrects_id", "organization_id", "kind", "subject_id", "root_id"],
            [f"publications.{name}" for name in ("id", "organization_id", "kind", "subject_id", "root_id")],
            name="publications_corrects_fkey",
        ),
        UniqueConstraint("id", "organization_id", "kind", "subject_id", "root_id"),
        # Two publishers at once publish once; two corrections at once of one publication are one.
        UniqueConstraint("draft_id"),
        UniqueConstraint("corrects_id"),
        CheckConstraint("reviewed_by <> compiled_by", name="reviewer"),
        CheckConstraint("(corrects_id is null) = (root_id = id)", name="root"),
        CheckConstraint("sha256(snapshot) = snapshot_sha256", name="snapshot"),
        CheckConstraint("period_to >= period_from", name="period"),
        Index(
            "publications_first_idx",
            *("organization_id", "kind", "subject_id", "period_from", "period_to"),
            unique=True,
            postgresql_where=text("corrects_id is null"),
        ),
        Index("publications_root_id_idx", "root_id", "id"),
        Index("publications_published_on_idx", "published_on", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[PublicationKind]
    subject_id: Mapped[UUID]
    title: Mapped[str]
    period_from: Mapped[date]
    period_to: Mapped[date]
    as_of: Mapped[date] = mapped_column("as_of_on")
    published_on: Mapped[date]
    draft_id: Mapped[UUID]
    root_id: Mapped[UUID]
    compiled_by: Mapped[str]
    reviewed_by: Mapped[str]
    published_by: Mapped[str]
    snapshot: Mapped[bytes]
    snapshot_sha256: Mapped[bytes]
    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id))
    subject_code: Mapped[str | None] = mapped_column(default=None)
    corrects_id: Mapped[UUID | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)


class PublicationPerson(Base):
    """Who stands behind a commitment in a snapshot: found to show a name while its owner agrees."""

    __tablename__ = "publication_people"

    publication_id: Mapped[UUID] = mapped_column(ForeignKey(Publication.id), primary_key=True)
    commitment: Mapped[bytes] = mapped_column(primary_key=True)
    kind: Mapped[str]
    person_id: Mapped[UUID]
