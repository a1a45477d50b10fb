"""Disbursements as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.kit.money import AMOUNT_MINOR_MAX
from app.ledger.sources import Source, SourceKind
from app.organizations.access import Caller, Permission
from app.projects.disbursements.requests import NewDisbursement
from app.projects.disbursements.ways import WAYS, Way
from app.projects.models import (
    CostKind,
    Disbursement,
    DisbursementKind,
    DisbursementState,
    DisbursementStep,
    Project,
)
from app.projects.schemas.disbursements import examples
from app.projects.schemas.disbursements.payees import VEILED, Attachments

_ASK, _PAY, _DECIDE = (
    Permission.disbursements_request,
    Permission.payments_execute,
    Permission.disbursements_approve,
)
_AFTER = {"add_evidence": _ASK, "record_arrival": _ASK, "sign": _ASK, "report": _ASK, "return": _PAY}
ACTIONS: dict[DisbursementState, dict[str, Permission]] = {
    DisbursementState.requested: {"withdraw": _ASK},
    DisbursementState.approved: {"order": _PAY, "withdraw": _ASK},
    DisbursementState.failed: {"order": _PAY, "withdraw": _ASK},
    DisbursementState.ordered: {"record_results": _PAY},
    DisbursementState.paid: {"confirm": _ASK} | _AFTER,
    DisbursementState.confirmed: _AFTER,
    DisbursementState.rejected: {},
    DisbursementState.withdrawn: {},
}
"""What each state admits."""


class DisbursementIn(Body):
    """Money that a fund shall pay for a project to somebody outside the federation."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DISBURSEMENT_IN))

    project_id: UUID
    counterparty_id: UUID = Field(description="Who is paid: a counterparty of the project's organization.")
    fund_id: UUID
    kind: DisbursementKind
    cost: CostKind = Field(description="As the project's budget calls it: so the books tell it apart.")
    amount: MoneyIn
    purpose: Words
    agreement_id: UUID | None = Field(
        default=None, description="By which agreement; works, partners and collectives need one."
    )
    item: Line | None = Field(default=None, description="What is bought from poor households.")
    household_count: int | None = Field(default=None, strict=True, ge=1, le=1_000_000)

    @model_validator(mode="after")
    def _names_what_households_sell(self) -> Self:
        told = (self.item is not None, self.household_count is not None)
        if told != ((self.kind is DisbursementKind.household_purchase),) * 2:
            raise wrong(
                "item and household_count belong to a household_purchase, and to nothing else",
                "item 和 household_count 须且仅须用于向农户采购",
            )
        return self

    def as_disbursement(self, project: Project) -> NewDisbursement:
        """Return the same in the words of the rules."""
        names = self.__class__.model_fields.keys() - {"project_id", "amount"}
        told = {name: getattr(self, name) for name in names}
        return NewDisbursement(project=project, amount=self.amount.amount, **told)


class DisbursementQuery(PageQuery):
    """Which disbursements to list."""

    organization_id: UUID | None = None
    project_id: UUID | None = None
    fund_id: UUID | None = None
    counterparty_id: UUID | None = None
    agreement_id: UUID | None = None
    kind: DisbursementKind | None = None
    cost: CostKind | None = None
    aid_case_id: UUID | None = None
    village_request_id: UUID | None = None
    state: DisbursementState | None = None
    paid_on_from: Day | None = None
    paid_on_to: Day | None = None
    sort: Literal["created_at", "-created_at", "amount", "-amount"] = "-created_at"


class DisbursementOut(BaseModel):
    """A disbursement, and how much of it has reached its beneficiaries."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DISBURSEMENT_OUT))

    id: UUID
    organization_id: UUID
    project_id: UUID
    counterparty_id: UUID
    fund_id: UUID
    agreement_id: UUID | None
    code: str
    kind: DisbursementKind
    cost: CostKind
    way: Way
    amount: MoneyOut
    purpose: str
    item: str | None
    household_count: int | None
    aid_case_id: UUID | None = Field(description="The case that it pays.")
    village_request_id: UUID | None = Field(description="The village's request that it pays.")
    state: DisbursementState
    requested_by: str
    paid_on: date | None
    confirmed_on: date | None
    arrived: MoneyOut
    returned: MoneyOut
    created_at: datetime

    @classmethod
    def of(cls, row: Disbursement, arrived: int) -> Self:
        """Return a disbursement as JSON shows it."""
        return cls(**_told(row, arrived))


_COPIED = DisbursementOut.model_fields.keys() - {"way", "amount", "arrived", "returned"}


def _told(row: Disbursement, arrived: int) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _COPIED} | {
        "way": WAYS[row.kind],
        "amount": MoneyOut.of(row.amount),
        "arrived": MoneyOut.of(arrived),
        "returned": MoneyOut.of(row.returned_minor),
    }


class DisbursementDetail(DisbursementOut):
    """A disbursement with its files, and what the caller may do about it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DETAIL))

    attachment_ids: list[UUID]
    allowed_actions: list[str]

    @classmethod
    def whole(cls, row: Disbursement, arrived: int, files: Sequence[UUID], caller: Caller) -> Self:
        """Return everything that is to be read about a disbursement."""
        actions = caller.allowed(ACTIONS[row.state], at=row.organization_id)
        return cls(**_told(row, arrived), attachment_ids=list(files), allowed_actions=actions)


class DisbursementStepOut(BaseModel):
    """A state that a disbursement came into: who brought it there, and why."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STEP))

    id: UUID
    number: int
    from_state: DisbursementState | None
    to_state: DisbursementState
    actor: str
    reason: str | None = Field(description=VEILED)
    created_at: datetime

    @classmethod
    def of(cls, row: DisbursementStep, reason: str | None) -> Self:
        """Return a step as JSON shows it, with why to whoever may read it."""
        names = cls.model_fields.keys() - {"reason"}
        return cls(reason=reason, **{name: getattr(row, name) for name in names})


class DisbursementConfirmationIn(Body):
    """That the payee has told us of the money's arrival, on which day and by what."""

    model_config = ConfigDict(json_schema_extra=shown({"confirmed_on": "2026-05-04", "note": "收款收据"}))

    confirmed_on: Day
    note: Line | None = None


class EvidenceIn(Body):
    """Uploaded files that show what became of the money."""

    model_config = ConfigDict(json_schema_extra=shown({"attachment_ids": [examples.FILE]}))

    attachment_ids: Attachments = Field(min_length=1)


class SourcesQuery(BaseModel):
    """From which fen of a disbursement on its sources are asked for."""

    model_config = ConfigDict(extra="forbid")

    start: int = Field(default=0, ge=0, le=AMOUNT_MINOR_MAX, alias="from", description="In fen.")


class DisbursementSourceOut(BaseModel):
    """Whose gift paid for which part of a disbursement, first in, first out."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SOURCE))

    kind: SourceKind
    at: MoneyOut = Field(description="From which fen of what was paid on.")
    amount: MoneyOut
    entry_id: UUID | None = Field(description="The entry that recorded the gift, as the public log names it.")

    @classmethod
    def of(cls, source: Source) -> Self:
        """Return a source as JSON."""
        return cls(
            kind=source.kind,
            at=MoneyOut.of(source.at),
            amount=MoneyOut.of(source.amount),
            entry_id=source.entry_id,
        )


class DisbursementSourcesOut(BaseModel):
    """Whose gifts paid for a disbursement, in the order of its fen; returned parts are left out."""

    model_config = ConfigDict(json_schema_extra=shown({"sources": [examples.SOURCE], "next_from": None}))

    sources: list[DisbursementSourceOut]
    next_from: MoneyOut | None = Field(description="From which fen on to ask for the rest; null at the end.")
