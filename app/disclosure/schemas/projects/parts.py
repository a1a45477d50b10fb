"""What belongs to a project as the public reads it, as JSON."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure import names
from app.disclosure.projects.dossiers import Executor, Leftover, YearCost
from app.disclosure.projects.progress import Measured, Told
from app.disclosure.schemas.campaigns import OrganizationSaid
from app.disclosure.schemas.projects import examples
from app.kit.clock import legal_day
from app.kit.fields import MoneyOut, shown
from app.kit.models import Attachment
from app.projects.beneficiaries import statistics
from app.projects.models import BenefitBasis, CostKind, LeftoverUse, SiteKind
from app.projects.sites.targets import Standing


class PublicExecutorOut(BaseModel):
    """Who carries a project out beside its organization: a member, or somebody outside by name."""

    model_config = ConfigDict(json_schema_extra=shown(examples.EXECUTOR))

    organization: OrganizationSaid | None
    name: str | None
    task: str

    @classmethod
    def of(cls, one: Executor) -> Self:
        """Return an executor as JSON shows it."""
        member = one.organization
        said = None if member is None else OrganizationSaid(code=member.code, name=member.name)
        return cls(organization=said, name=one.partner.name, task=names.without_contacts(one.partner.task))


class PublicCostOut(BaseModel):
    """What was planned and spent in a year on one kind of cost; `kind` is null where the books tell none."""

    model_config = ConfigDict(json_schema_extra=shown(examples.COST))

    year: int
    kind: CostKind | None
    planned: MoneyOut
    spent: MoneyOut

    @classmethod
    def of(cls, one: YearCost) -> Self:
        """Return a line as JSON shows it."""
        planned, spent = MoneyOut.of(one.planned), MoneyOut.of(one.spent)
        return cls(year=one.year, kind=one.kind, planned=planned, spent=spent)


class PublicHelpOut(BaseModel):
    """Who was helped: people and person-times, which are never added up (nor are the two bases)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HELPED))

    identified_person_count: int = Field(description="People whose document is known, each once.")
    identified_person_times: int
    counted_only_person_times: int = Field(description="Help to people of whom only the number is known.")

    @classmethod
    def of(cls, helped: statistics.Figures) -> Self:
        """Return who was helped as JSON shows it."""
        times = dict.fromkeys(BenefitBasis, 0)
        for one in helped.sums:
            times[one.basis] += one.person_times
        return cls(
            identified_person_count=helped.person_count or 0,
            identified_person_times=times[BenefitBasis.identified],
            counted_only_person_times=times[BenefitBasis.counted_only],
        )


class PublicIndicatorOut(BaseModel):
    """Something by which a project is measured, and how far its published reports have come with it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INDICATOR))

    code: str
    title: str
    unit: str
    target: int
    reached: int

    @classmethod
    def of(cls, one: Measured) -> Self:
        """Return an indicator as JSON shows it."""
        copied = {name: getattr(one.indicator, name) for name in ("code", "title", "unit", "target")}
        return cls(reached=one.reached, **copied)


class PublicPhotoOut(BaseModel):
    """A photograph as everybody may see it: drawn anew, without its metadata."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PHOTO))

    url: str
    media_type: str
    sha256: str = Field(description="Of the copy for everybody.")
    taken_on: date | None

    @classmethod
    def of(cls, photo: Attachment) -> Self:
        """Return a photograph as JSON shows it."""
        return cls(
            url=f"/v1/attachments/{photo.id}/public-copy",
            media_type=photo.public_media_type or photo.media_type,
            sha256=(photo.public_sha256 or b"").hex(),
            taken_on=None if photo.taken_at is None else legal_day(photo.taken_at),
        )


class PublicProgressOut(BaseModel):
    """A published report: what was done in a time, for how many people, with photographs."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REPORT))

    number: int
    period_from: date
    period_to: date
    done: str
    person_count: int
    person_times: int
    published_on: date | None
    photos: list[PublicPhotoOut]

    @classmethod
    def of(cls, told: Told) -> Self:
        """Return a report as JSON shows it."""
        report = told.report
        copied = ("number", "period_from", "period_to", "person_count", "person_times", "published_on")
        return cls(
            done=names.without_contacts(report.done),
            photos=[PublicPhotoOut.of(photo) for photo in told.photos],
            **{name: getattr(report, name) for name in copied},
        )


class PublicSiteCountOut(BaseModel):
    """How many sites of a kind a project means to build, and how many were accepted."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.SITES))

    kind: SiteKind
    site_count: int
    accepted_count: int


class PublicTargetOut(BaseModel):
    """How many sites of a kind a programme means to finish in a year, and how many were."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TARGET))

    year: int
    site_kind: SiteKind
    site_count: int
    accepted_count: int

    @classmethod
    def of(cls, one: Standing) -> Self:
        """Return a target as JSON shows it."""
        copied = {name: getattr(one.target, name) for name in ("year", "site_kind", "site_count")}
        return cls(accepted_count=one.accepted_count, **copied)


class PublicLeftoverOut(BaseModel):
    """What becomes of money that a project did not need (Charity Law 58)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LEFTOVER))

    amount: MoneyOut
    use: LeftoverUse
    decided_on: date | None
    target_project_code: str | None

    @classmethod
    def of(cls, one: Leftover) -> Self:
        """Return what becomes of it as JSON shows it."""
        decision = one.decision
        return cls(
            amount=MoneyOut.of(decision.amount),
            use=decision.use,
            decided_on=decision.decided_on,
            target_project_code=one.target_code,
        )
