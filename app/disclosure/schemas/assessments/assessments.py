"""Impact assessments as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.assessments.processings import AssessmentState, Need
from app.disclosure.models import ImpactAssessment, Processing
from app.kit.fields import Body, Day, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.models import Attachment

_ID, _MEMBER = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0941", "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002"
_STAFF = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003"
_SAID = {
    "organization_id": _MEMBER,
    "processing": "aid_case_health",
    "purpose": "核实大病救助申请",
    "necessity": "病情与费用证明是救助条件，无法以其他方式核实",
    "risks": "泄露将影响申请人生活",
    "measures": "加密保存，仅经办人可见，查看留痕",
    "assessed_on": "2026-03-01",
}
_LINE = _SAID | {
    "id": _ID,
    "recorded_by": _STAFF,
    "reviewed_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004",
    "reviewed_on": "2026-03-02",
    "superseded_on": None,
    "created_at": "2026-03-01T02:00:00Z",
}
_REPORTS: list[str] = []
_NEED = {
    "processing": "aid_case_health",
    "title": "Health of people who are helped in an illness",
    "title_zh": "大病救助申请人的医疗健康信息",
    "ground": "PIPL 28, 31; 55(1)",
    "sensitive": True,
    "minors": True,
    "state": "missing",
    "assessment_id": None,
}


class AssessmentIn(Body):
    """What a processing is for, whether it is necessary, what it risks, and what is done about that."""

    model_config = ConfigDict(json_schema_extra=shown(_SAID | {"reports": _REPORTS}))

    organization_id: UUID
    processing: Processing
    purpose: Words
    necessity: Words
    risks: Words
    measures: Words
    assessed_on: Day
    reports: list[UUID] = Field(
        default_factory=list[UUID], max_length=20, description="The report's files, uploaded before."
    )

    def as_assessment(self, by: str) -> ImpactAssessment:
        """Return the same as a row."""
        said = {name: value for name, value in dict(self).items() if name != "reports"}
        return ImpactAssessment(recorded_by=by, **said)


class AssessmentQuery(PageQuery):
    """Which assessments to list."""

    organization_id: UUID | None = None
    processing: Processing | None = None


class AssessmentOut(BaseModel):
    """An assessment."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_LINE))

    id: UUID
    organization_id: UUID
    processing: Processing
    purpose: str
    necessity: str
    risks: str
    measures: str
    assessed_on: date
    recorded_by: str
    reviewed_by: str | None
    reviewed_on: date | None
    superseded_on: date | None
    created_at: datetime


class AssessmentDetail(AssessmentOut):
    """An assessment with its report."""

    model_config = ConfigDict(json_schema_extra=shown(_LINE | {"reports": _REPORTS}))

    reports: list[UUID]

    @classmethod
    def whole(cls, one: ImpactAssessment, reports: Sequence[Attachment]) -> Self:
        """Return an assessment with the ids of its files."""
        return cls(reports=[file.id for file in reports], **dict(AssessmentOut.model_validate(one)))


class ProcessingOut(BaseModel):
    """A way in which a feature processes personal data, and whether it has its assessment here."""

    model_config = ConfigDict(json_schema_extra=shown(_NEED))

    processing: Processing
    title: str
    title_zh: str
    ground: str = Field(description="The articles that ask for an assessment before it is done.")
    sensitive: bool
    minors: bool
    state: AssessmentState = Field(description="`not_needed`: the organization does not do so (yet).")
    assessment_id: UUID | None

    @classmethod
    def of(cls, need: Need) -> Self:
        """Return a processing as JSON shows it."""
        names = ("title", "title_zh", "ground", "sensitive", "minors")
        told: dict[str, Any] = {name: getattr(need.feature, name) for name in names}
        return cls(processing=need.processing, state=need.state, assessment_id=need.assessment_id, **told)


class ProcessingsOut(BaseModel):
    """Every such processing of this system; it is a closed list, and no page of one."""

    model_config = ConfigDict(json_schema_extra=shown({"processings": [_NEED], "missing_count": 1}))

    processings: list[ProcessingOut]
    missing_count: int

    @classmethod
    def of(cls, needs: Sequence[Need]) -> Self:
        """Return the list with how many of it lack what they need."""
        lacking = {AssessmentState.missing, AssessmentState.unreviewed}
        return cls(
            processings=[ProcessingOut.of(need) for need in needs],
            missing_count=sum(need.state in lacking for need in needs),
        )
