"""Aid cases as those who may see them read them."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.projects.aid_cases.readings import Whole
from app.projects.models import AidCase, AidCasePerson, AidCaseState, AidTask, AidVerdict
from app.projects.schemas.aid_cases import examples


class AidCaseQuery(PageQuery):
    """Which cases to list."""

    organization_id: UUID | None = None
    project_id: UUID | None = None
    state: AidCaseState | None = None


class AidCaseLine(BaseModel):
    """A case in a list: what stands in it of money and days, and nothing of a person."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LINE))

    id: UUID
    number: str
    project_id: UUID
    organization_id: UUID
    applied_on: date
    state: AidCaseState
    asked: MoneyOut
    amount: MoneyOut | None = Field(description="What was granted.")
    paid_on: date | None
    payment_reference: str | None

    @classmethod
    def of(cls, case: AidCase) -> Self:
        """Return a case as a list shows it."""
        return cls(**line(case))


def line(case: AidCase) -> dict[str, Any]:
    """Return what a list tells of a case."""
    names = AidCaseLine.model_fields.keys() - {"asked", "amount"}
    told: dict[str, Any] = {name: getattr(case, name) for name in names}
    amount = case.amount_minor
    return told | {
        "asked": MoneyOut.of(case.asked_minor),
        "amount": None if amount is None else MoneyOut.of(amount),
    }


class AidCasePersonOut(BaseModel):
    """Who works on a case, or has stepped back from it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PERSON_ON_IT))

    person: str
    task: AidTask
    recused_at: datetime | None
    recusal_reason: str | None = Field(description="Null once the person of the case has been erased.")

    @classmethod
    def of(cls, row: AidCasePerson, recusal_reason: str | None = None) -> Self:
        """Return somebody who works on a case, with why they stepped back if they did."""
        return cls(person=row.person, task=row.task, recused_at=row.recused_at, recusal_reason=recusal_reason)


class AidVerificationOut(BaseModel):
    """What somebody found; its words are null once the person is erased, like all the others."""

    model_config = ConfigDict(json_schema_extra=shown(examples.VERIFICATION))

    number: int
    verified_by: str
    verified_on: date
    way: str
    supported: bool
    words: str | None


class AidDecisionOut(BaseModel):
    """What was decided, and by which version of the aid standard."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DECISION))

    number: int
    verdict: AidVerdict
    amount: MoneyOut | None
    standard_id: UUID
    decided_by: str
    decided_on: date
    overturned_at: datetime | None = Field(
        description="Since when it does not hold: an objection was right, or the case withdrawn."
    )
    words: str | None


class AidNoticeOut(BaseModel):
    """Where and how long a decision stands open to objections."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.NOTICE))

    starts_on: date
    ends_on: date
    place: str
    contact: str


class AidObjectionOut(BaseModel):
    """An objection, and what became of it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.OBJECTION))

    id: UUID
    number: int
    raised_on: date
    upheld: bool | None
    settled_at: datetime | None
    words: str | None
    settlement: str | None


class AidFollowUpOut(BaseModel):
    """How a person fared after they were helped."""

    model_config = ConfigDict(json_schema_extra=shown(examples.FOLLOW_UP))

    number: int
    asked_on: date
    way: str
    words: str | None


class AidCaseStepOut(BaseModel):
    """That a case came into a state."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.WHOLE["steps"][0]))

    number: int
    state: AidCaseState
    actor: str
    created_at: datetime


class AidCaseOut(AidCaseLine):
    """A case as those see it who work on it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.WHOLE))

    beneficiary_id: UUID
    episode_id: UUID
    cost: MoneyOut
    insured: MoneyOut
    other_aid: MoneyOut
    checked_at: datetime | None = Field(description="When it was looked whether somebody else helps already.")
    story: dict[str, str] | None
    people: list[AidCasePersonOut]
    verifications: list[AidVerificationOut]
    decisions: list[AidDecisionOut]
    notice: AidNoticeOut | None
    objections: list[AidObjectionOut]
    appeal: str | None
    follow_ups: list[AidFollowUpOut]
    steps: list[AidCaseStepOut]

    @classmethod
    def whole(cls, read: Whole) -> Self:
        """Return everything that is to be read in a case."""
        case, words = read.case, read.words
        told: dict[str, Any] = line(case)
        for name in ("cost", "insured", "other_aid"):
            told[name] = MoneyOut.of(getattr(case, f"{name}_minor"))
        return cls(
            **told,
            beneficiary_id=case.beneficiary_id,
            episode_id=case.episode_id,
            checked_at=case.checked_at,
            story=read.said.get("application"),
            people=[AidCasePersonOut.of(one, read.why_recused.get(one.id)) for one in read.people],
            verifications=[
                AidVerificationOut(words=words(f"verification:{one.number}"), **_of(one, AidVerificationOut))
                for one in read.verifications
            ],
            decisions=[
                AidDecisionOut(
                    amount=None if one.amount_minor is None else MoneyOut.of(one.amount_minor),
                    words=words(f"decision:{one.number}"),
                    **_of(one, AidDecisionOut),
                )
                for one in read.decisions
            ],
            notice=AidNoticeOut.model_validate(read.notice) if read.notice else None,
            objections=[
                AidObjectionOut(
                    words=words(f"objection:{one.number}"),
                    settlement=words(f"settlement:{one.number}"),
                    **_of(one, AidObjectionOut),
                )
                for one in read.objections
            ],
            appeal=words("appeal"),
            follow_ups=[
                AidFollowUpOut(words=words(f"follow_up:{one.number}"), **_of(one, AidFollowUpOut))
                for one in read.follow_ups
            ],
            steps=[AidCaseStepOut.model_validate(one) for one in read.steps],
        )


def _of(row: object, model: type[BaseModel]) -> dict[str, Any]:
    sealed = {"words", "settlement", "amount"}
    return {name: getattr(row, name) for name in model.model_fields.keys() - sealed}
