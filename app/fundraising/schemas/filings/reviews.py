"""A plan's checks, and the answers of its reviewers, as JSON."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.filings.checks import CheckName, CheckVerdict, Finding
from app.fundraising.models import (
    PlanQuestion,
)
from app.fundraising.schemas.filings import examples
from app.kit.fields import Body, Flag, Words, shown
from app.kit.http.problems import slug


class CheckOut(BaseModel):
    """How one check stands: by which article, and how sure the text of it is to us (`mark`)."""

    name: CheckName | PlanQuestion
    number: int | None = Field(description="Among the nine of article 10; null for what stands beside them.")
    article: str
    mark: str
    verdict: CheckVerdict
    code: str | None = Field(description="The refusal that a submission would meet.")
    reviewed_by: str | None
    reason: str | None

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Return a finding as JSON shows it."""
        review = finding.review
        return cls(
            name=finding.name,
            number=finding.rule.number,
            article=finding.rule.article,
            mark=finding.rule.mark,
            verdict=finding.verdict,
            code=finding.refusal and slug(type(finding.refusal)),
            reviewed_by=review and review.reviewed_by,
            reason=review and review.reason,
        )


class ChecksOut(BaseModel):
    """Every check of a plan as it now is."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHECKS))

    checks: list[CheckOut]


class ReviewIn(Body):
    """A named reviewer's answer to one question."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REVIEW_IN))

    question: PlanQuestion
    agreed: Flag
    reason: Words


class ReviewOut(BaseModel):
    """An answer about one version of a plan."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.REVIEW_OUT))

    id: UUID
    question: PlanQuestion
    plan_version: int
    agreed: bool
    reason: str
    reviewed_by: str
    created_at: datetime
