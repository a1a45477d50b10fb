"""Approvals in JSON."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.kit.fields import Moment, MoneyOut, Words, wrong
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX
from app.organizations.approvals.views import Step, View
from app.organizations.models import ApprovalState, Role, Verdict
from app.organizations.schemas.words import Said, example

BATCH_MAX = 200
_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007"
_ASKER = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003"
_REVIEWER = "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0004"
_STEPS = [
    {
        "number": 1,
        "role": "reviewer",
        "verdict": "approve",
        "reason": None,
        "decided_by": _REVIEWER,
        "held_by": _REVIEWER,
        "decided_at": "2026-05-02T02:00:00Z",
    },
    {
        "number": 2,
        "role": "admin",
        "verdict": None,
        "reason": None,
        "decided_by": None,
        "held_by": None,
        "decided_at": None,
    },
]
APPROVAL: dict[str, Any] = {
    "id": _ID,
    "kind": "voucher",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "subject_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0008",
    "title": "记账凭证 2026-05 房租",
    "amount": {"amount": 2_000_000, "currency": "CNY"},
    "asked_by": _ASKER,
    "handed_to": None,
    "state": "waiting",
    "steps": _STEPS,
    "withdrawn_by": None,
    "created_at": "2026-05-01T02:00:00Z",
    "ended_at": None,
    "allowed_actions": ["approve", "reject"],
}
KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{0,39}$")]


class StepOut(BaseModel):
    """A step: whose it is, and what was decided there. `held_by` is the absent person behind a deputy."""

    number: int
    role: Role
    verdict: Verdict | None
    reason: str | None
    decided_by: str | None
    held_by: str | None
    decided_at: datetime | None

    @classmethod
    def of(cls, step: Step) -> Self:
        """Return a step as JSON shows it."""
        made = step.decided
        return cls(
            number=step.asked.number,
            role=step.asked.role,
            verdict=made and made.verdict,
            reason=step.reason,
            decided_by=made and made.decided_by,
            held_by=made and made.held_by,
            decided_at=made and made.decided_at,
        )


class ApprovalOut(BaseModel):
    """A request, its steps in their order, and what the caller may do about it."""

    model_config = ConfigDict(json_schema_extra=example(APPROVAL))

    id: UUID
    kind: str
    organization_id: UUID
    subject_id: UUID = Field(description="What it is about, in the feature that asked.")
    title: str
    amount: MoneyOut | None
    asked_by: str
    handed_to: str | None = Field(description="Who answers for it since the asker has left.")
    state: ApprovalState
    steps: list[StepOut]
    withdrawn_by: str | None
    created_at: datetime
    ended_at: datetime | None
    allowed_actions: list[Literal["approve", "reject", "withdraw"]]

    @classmethod
    def of(cls, view: View) -> Self:
        """Return a request as its caller sees it."""
        one = view.approval
        return cls.model_validate(
            {
                "id": one.id,
                "kind": one.kind,
                "organization_id": one.organization_id,
                "subject_id": one.subject_id,
                "title": one.title,
                "amount": None if one.amount_minor is None else MoneyOut.of(one.amount_minor),
                "asked_by": one.asked_by,
                "handed_to": one.handed_to,
                "state": one.state,
                "steps": [StepOut.of(step) for step in view.steps],
                "withdrawn_by": one.withdrawn_by,
                "created_at": one.created_at,
                "ended_at": one.ended_at,
                "allowed_actions": list(view.allowed_actions),
            }
        )


class ApprovingIn(Said):
    """That a step is approved."""

    model_config = ConfigDict(json_schema_extra=example({"reason": "合同与发票相符"}))

    reason: Words | None = None


class RejectionIn(Said):
    """That a request is rejected, and why: whoever asked reads it."""

    model_config = ConfigDict(json_schema_extra=example({"reason": "缺少合同"}))

    reason: Words


class DecisionIn(Said):
    """One decision of a batch."""

    approval_id: UUID
    verdict: Verdict
    reason: Words | None = None

    @model_validator(mode="after")
    def _says_why(self) -> Self:
        if self.verdict is Verdict.reject and self.reason is None:
            raise wrong("a rejection says why", "驳回须说明理由")
        return self


class BatchIn(Said):
    """Up to 200 decisions, each with an outcome of its own."""

    model_config = ConfigDict(
        json_schema_extra=example({"decisions": [{"approval_id": _ID, "verdict": "approve"}]})
    )

    decisions: list[DecisionIn] = Field(min_length=1, max_length=BATCH_MAX)


class OutcomeOut(BaseModel):
    """What became of one decision: the request as it now is, or the problem for which it was refused."""

    approval_id: UUID
    outcome: Literal["decided", "refused"]
    state: ApprovalState | None
    problem: dict[str, Any] | None


class BatchOut(BaseModel):
    """The outcomes, in the order of the decisions."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {"outcomes": [{"approval_id": _ID, "outcome": "decided", "state": "approved", "problem": None}]}
        )
    )

    outcomes: list[OutcomeOut]


class ApprovalQuery(PageQuery):
    """Which requests."""

    organization_id: UUID | None = None
    kind: KindName | None = None
    state: ApprovalState | None = None
    subject_id: UUID | None = None
    asked_by: Annotated[str, StringConstraints(pattern=r"^(staff|key):[0-9a-f-]{1,40}$")] | None = Field(
        default=None, description="Who asked, as the records name them."
    )
    waiting_for_me: bool | None = Field(default=None, description="Only what the caller may decide now.")
    amount_from: int | None = Field(default=None, ge=1, le=AMOUNT_MINOR_MAX, description="In fen.")
    amount_to: int | None = Field(default=None, ge=1, le=AMOUNT_MINOR_MAX, description="In fen.")
    created_from: Moment | None = None
    created_to: Moment | None = None
