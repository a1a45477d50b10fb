"""What is said about aid cases, as JSON."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from app.kit.fields import Body, Day, Flag, Line, MoneyIn, Words, shown
from app.projects.aid_cases.cases import Application
from app.projects.aid_cases.decisions import Verdict
from app.projects.aid_cases.notices import DAYS, Posting, Settlement
from app.projects.aid_cases.payments import Asked
from app.projects.aid_cases.verifications import Look
from app.projects.models import AidCase, AidCasePerson, AidTask
from app.projects.schemas.aid_cases import examples
from app.projects.schemas.beneficiaries.persons import BankAccount


class AidStoryIn(Body):
    """What an application says of a person; all of it is kept under their seal."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STORY), extra="forbid", frozen=True)

    applicant: Line = Field(repr=False)
    applicant_relation: Line = Field(repr=False, examples=["本人"])
    diagnosis: Line = Field(repr=False)
    hospital: Line = Field(repr=False)
    treatment: Words = Field(repr=False)
    payee_name: Line = Field(repr=False)
    payee_account: BankAccount = Field(repr=False)
    payee_bank: Line | None = Field(default=None, repr=False)


class AidCaseIn(Body):
    """An application for help in an illness, as somebody takes it down who handles it from then on."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CASE_IN))

    project_id: UUID
    beneficiary_id: UUID
    applied_on: Day
    asked: MoneyIn
    cost: MoneyIn = Field(description="Of the treatment, all in all.")
    insured: MoneyIn | None = Field(default=None, description="Paid by insurance.")
    other_aid: MoneyIn | None = Field(default=None, description="Given by others.")
    story: AidStoryIn
    earlier_case_id: UUID | None = Field(default=None, description="Of the same person in the same illness.")

    def as_application(self) -> Application:
        """Return the same in the words of the rules."""
        return Application(
            beneficiary_id=self.beneficiary_id,
            applied_on=self.applied_on,
            asked_minor=self.asked.amount,
            cost_minor=self.cost.amount,
            insured_minor=self.insured.amount if self.insured else 0,
            other_aid_minor=self.other_aid.amount if self.other_aid else 0,
            story={name: str(value) for name, value in self.story if value is not None},
            earlier_case_id=self.earlier_case_id,
        )


class AidCasePersonIn(Body):
    """Who is to verify or decide a case."""

    model_config = ConfigDict(json_schema_extra=shown({"staff_id": examples.STAFF, "task": "verify"}))

    staff_id: UUID
    task: AidTask

    def as_person(self, case: AidCase, by: str) -> AidCasePerson:
        """Return the same as a row."""
        return AidCasePerson(case_id=case.id, person=f"staff:{self.staff_id}", task=self.task, added_by=by)


class RecusalIn(Body):
    """Why somebody steps back."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "与申请人有亲属关系"}))

    reason: Line


class AidDocumentsIn(Body):
    """Files that you uploaded as `personal`."""

    model_config = ConfigDict(json_schema_extra=shown({"attachment_ids": [examples.OTHER]}))

    attachment_ids: Annotated[list[UUID], Field(min_length=1, max_length=50)]


class AidVerificationIn(Body):
    """What somebody found who looked whether an application is true."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"verified_on": "2026-04-05", "way": "入户走访", "supported": True, "words": "情况属实"}
        )
    )

    verified_on: Day
    way: Line
    supported: Flag = Field(description="Whether it bears the application out.")
    words: Words = Field(repr=False, description="Kept under the person's seal.")

    def as_look(self, by: str) -> Look:
        """Return the same in the words of the rules."""
        return Look(by=by, on=self.verified_on, way=self.way, supported=self.supported, words=self.words)


class AidRefusalIn(Body):
    """On which day a case was refused, and why."""

    model_config = ConfigDict(
        json_schema_extra=shown({"decided_on": "2026-04-10", "words": "自付费用未达到资助标准"})
    )

    decided_on: Day
    words: Words = Field(repr=False, description="Kept under the person's seal.")

    def as_verdict(self, by: str) -> Verdict:
        """Return the same in the words of the rules."""
        return Verdict(by=by, on=self.decided_on, words=self.words)


class AidApprovalIn(AidRefusalIn):
    """On which day how much was granted, and why."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "decided_on": "2026-04-10",
                "words": "按资助标准核定",
                "amount": {"amount": 1200000, "currency": "CNY"},
            }
        )
    )

    amount: MoneyIn

    def as_verdict(self, by: str) -> Verdict:
        """Return the same in the words of the rules."""
        return Verdict(by=by, on=self.decided_on, words=self.words, amount_minor=self.amount.amount)


class AidWordsIn(Body):
    """An appeal or an objection, in somebody's words."""

    model_config = ConfigDict(json_schema_extra=shown({"words": "费用清单有遗漏，请求复核"}))

    words: Words = Field(repr=False, description="Kept under the person's seal.")


class AidNoticeIn(Body):
    """Where and how long a decision stands open to objections."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"starts_on": "2026-04-11", "days": 7, "place": "村务公开栏", "contact": "029-00000000"}
        )
    )

    starts_on: Day
    days: Annotated[int, Field(strict=True, ge=3, le=60)] = DAYS
    place: Line
    contact: Line = Field(description="Whom to tell an objection; everybody reads it.")

    def as_posting(self, by: str) -> Posting:
        """Return the same in the words of the rules."""
        return Posting(by=by, **dict(self))


class AidSettlementIn(Body):
    """Whether an objection was right, and why."""

    model_config = ConfigDict(json_schema_extra=shown({"upheld": False, "words": "经复核属实，异议不成立"}))

    upheld: Flag
    words: Words = Field(repr=False, description="Kept under the person's seal.")

    def as_settlement(self, by: str) -> Settlement:
        """Return the same in the words of the rules."""
        return Settlement(by=by, upheld=self.upheld, words=self.words)


class AidDisbursementIn(Body):
    """Out of which fund a released case is paid."""

    model_config = ConfigDict(json_schema_extra=shown({"fund_id": examples.OTHER}))

    fund_id: UUID


class AidFollowUpIn(Body):
    """How a person fares who was helped."""

    model_config = ConfigDict(
        json_schema_extra=shown({"asked_on": "2026-07-01", "way": "电话", "words": "恢复良好"})
    )

    asked_on: Day
    way: Line
    words: Words = Field(repr=False, description="Kept under the person's seal.")

    def as_asked(self, by: str) -> Asked:
        """Return the same in the words of the rules."""
        return Asked(on=self.asked_on, way=self.way, words=self.words, by=by)
