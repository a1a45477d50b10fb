"""Tables of fundraising plans: what is filed for a campaign, who answered for it, and what changed since."""

import enum
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from app.kit.database import Base, Record
from app.organizations.models import Platform, Region, Staff


class PublicWay(enum.StrEnum):
    """How the public is asked (Charity Law 23): boxes and events stand at a place, the others do not."""

    box = "box"
    event = "event"
    media = "media"
    internet = "internet"


class PlanState(enum.StrEnum):
    """How far a plan has come: written, with the authority, sent back as incomplete, or filed."""

    draft = "draft"
    submitted = "submitted"
    returned = "returned"
    filed = "filed"


class FundraisingPlan(Record, Base):
    """What is filed for one campaign. Title, purpose, dates and target are the campaign's own."""

    __tablename__ = "fundraising_plans"
    __table_args__ = (
        # Campaign and bank account belong to the same organization, and to no other (Charity Law 24).
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        ForeignKeyConstraint(
            ["bank_channel_id", "organization_id"],
            ["channels.id", "channels.organization_id"],
            name="fundraising_plans_account_fkey",
        ),
        CheckConstraint("beneficiary_count between 1 and 1000000000", name="beneficiary_count"),
        CheckConstraint("state = 'draft' or submitted_on is not null", name="submitted"),
        CheckConstraint("state <> 'returned' or returned_on >= submitted_on", name="returned"),
        CheckConstraint("(state = 'filed') = (filed_on is not null)", name="filed"),
        CheckConstraint("filed_on >= submitted_on", name="order"),
    )

    campaign_id: Mapped[UUID] = mapped_column(unique=True)
    organization_id: Mapped[UUID]
    # Whoever wrote it last: they answer no question about it.
    prepared_by: Mapped[str]
    use_of_money: Mapped[str] = mapped_column(default="")
    use_plan: Mapped[str] = mapped_column(default="")
    support_project: Mapped[str] = mapped_column(default="")
    area: Mapped[str] = mapped_column(default="")
    ways: Mapped[list[str]] = mapped_column(ARRAY(Text), default_factory=list[str])
    receiving_methods: Mapped[str] = mapped_column(default="")
    responsible_id: Mapped[UUID | None] = mapped_column(ForeignKey(Staff.id), default=None)
    responsible_full_time: Mapped[bool] = mapped_column(default=False)
    office_address: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    bank_channel_id: Mapped[UUID | None] = mapped_column(default=None)
    beneficiary_scope: Mapped[str] = mapped_column(default="")
    beneficiary_count: Mapped[int | None] = mapped_column(default=None)
    beneficiary_selection: Mapped[str] = mapped_column(default="")
    grants_note: Mapped[str] = mapped_column(default="")
    staff_cost_note: Mapped[str] = mapped_column(default="")
    management_cost_note: Mapped[str] = mapped_column(default="")
    fundraising_cost: Mapped[str] = mapped_column(default="")
    remainder: Mapped[str] = mapped_column(default="")
    offsite: Mapped[bool] = mapped_column(default=False)
    decided_on: Mapped[date | None] = mapped_column(default=None)
    decided_by: Mapped[str] = mapped_column(default="")
    legal_representative_agreed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[PlanState] = mapped_column(default=PlanState.draft)
    submitted_on: Mapped[date | None] = mapped_column(default=None)
    returned_on: Mapped[date | None] = mapped_column(default=None)
    returned_reason: Mapped[str | None] = mapped_column(default=None)
    filed_on: Mapped[date | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)


class PlanPlatform(Base):
    """That a plan names a platform, under which title its page will stand there."""

    __tablename__ = "plan_platforms"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(FundraisingPlan.id), primary_key=True)
    platform_id: Mapped[UUID] = mapped_column(ForeignKey(Platform.id), primary_key=True)
    page_title: Mapped[str]
    external_id: Mapped[str | None] = mapped_column(default=None)


class PlanQuestion(enum.StrEnum):
    """What a machine can't decide about a plan: a person answers for it by name."""

    purpose_within_charter = "purpose_within_charter"
    capacity = "capacity"
    nobody_in_particular = "nobody_in_particular"
    need = "need"
    cost_minimal = "cost_minimal"
    remainder = "remainder"


class PlanReview(Record, Base):
    """A named reviewer's answer to one question about one version of a plan."""

    __tablename__ = "plan_reviews"
    __table_args__ = (
        UniqueConstraint("plan_id", "plan_version", "question"),
        CheckConstraint("reviewed_by <> prepared_by", name="reviewer"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(FundraisingPlan.id))
    plan_version: Mapped[int]
    question: Mapped[PlanQuestion]
    agreed: Mapped[bool]
    reason: Mapped[str]
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey(Staff.id))
    reviewed_by: Mapped[str]
    prepared_by: Mapped[str]


class ChangeKind(enum.StrEnum):
    """What changes in a filed plan: the use of the money, or anything else."""

    items = "items"
    use = "use"


class PlanChange(Record, Base):
    """A change of a filed plan: what from, what to, why, by whose decision, and how far it has been told."""

    __tablename__ = "plan_changes"
    __table_args__ = (
        CheckConstraint("filed_on >= decided_on", name="filed"),
        # Use changes in this order: resolution, filing, publication (Charity Law 56).
        CheckConstraint("published_on >= filed_on", name="published"),
        CheckConstraint("published_on is null or filed_on is not null", name="order"),
        CheckConstraint(
            "published_on is null or not consent_needed or consented_on <= published_on", name="consent_order"
        ),
        CheckConstraint(
            "published_on is null or not consent_needed or consented_on is not null", name="consent"
        ),
        CheckConstraint("kind = 'use' or published_on is null", name="kind"),
        Index("plan_changes_plan_id_idx", "plan_id", "id"),
        # One change of use at a time: the second would start from a text that is about to go.
        Index(
            "plan_changes_use_idx",
            "plan_id",
            unique=True,
            postgresql_where=text("kind = 'use' and published_on is null"),
        ),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(FundraisingPlan.id))
    kind: Mapped[ChangeKind]
    changed_on: Mapped[date]
    due_on: Mapped[date]
    reason: Mapped[str]
    decided_on: Mapped[date]
    decided_by: Mapped[str]
    changes: Mapped[dict[str, Any]] = mapped_column(JSONB)
    consent_needed: Mapped[bool]
    actor: Mapped[str]
    consented_on: Mapped[date | None] = mapped_column(default=None)
    filed_on: Mapped[date | None] = mapped_column(default=None)
    published_on: Mapped[date | None] = mapped_column(default=None)


class LocalFiling(Record, Base):
    """That boxes or an event outside the registering authority's area were filed at the place too."""

    __tablename__ = "local_filings"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("way in ('box', 'event')", name="at_a_place"),
        Index("local_filings_campaign_id_idx", "campaign_id", "id"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    region_code: Mapped[str] = mapped_column(ForeignKey(Region.code))
    place: Mapped[str]
    way: Mapped[PublicWay]
    authority: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    filed_on: Mapped[date]
    actor: Mapped[str]
    reference: Mapped[str | None] = mapped_column(default=None)


class InvitedCircle(enum.StrEnum):
    """Whom a charity may ask without a certificate (Charity Law 29)."""

    promoter = "promoter"
    council = "council"
    member = "member"
    other = "other"


class Invitation(Record, Base):
    """Somebody whom a targeted campaign asks. Their name is in the vault, under this row's id."""

    __tablename__ = "invitations"
    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "organization_id"], ["campaigns.id", "campaigns.organization_id"]
        ),
        UniqueConstraint("campaign_id", "name_index"),
    )

    campaign_id: Mapped[UUID]
    organization_id: Mapped[UUID]
    circle: Mapped[InvitedCircle]
    name_index: Mapped[bytes] = mapped_column(repr=False)
    actor: Mapped[str]
