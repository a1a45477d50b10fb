"""Refunds and disputes as JSON."""

from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Dispute, DisputeState, Refund, RefundReason, RefundState
from app.fundraising.schemas import examples
from app.kit.fields import Body, Code, MoneyIn, MoneyOut
from app.kit.http.pages import PageQuery


class RefundIn(Body):
    """How much of a gift goes back to its giver, and why; own fault is our expense, not the fund's."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"amount": {"amount": 5000, "currency": "CNY"}, "reason": "donor_request"},
                {
                    "amount": {"amount": 5000, "currency": "CNY"},
                    "reason": "donor_request",
                    "designation": "bridge",
                },
            ]
        }
    )

    amount: MoneyIn
    reason: RefundReason
    designation: Code | None = Field(
        default=None,
        description="Give back of the gift's part for this designation alone, with its share of the costs; "
        "without it of all parts in proportion to what is left of each.",
    )


class RefundQuery(PageQuery):
    """Which refunds to list; `pending` ones wait for their gift, `excess` ones ask for more than it."""

    organization_id: UUID | None = None
    state: RefundState | None = None
    sort: Literal["created_at", "-created_at", "refunded_at", "-refunded_at", "amount", "-amount"] = (
        "-created_at"
    )


class DisputeQuery(PageQuery):
    """Which disputes to list; the open ones are exceptions."""

    organization_id: UUID | None = None
    state: DisputeState | None = None
    sort: Literal["created_at", "-created_at", "disputed_at", "-disputed_at", "amount", "-amount"] = (
        "-created_at"
    )


class RefundOut(BaseModel):
    """Money that goes, or went, back to its giver."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.REFUND))

    id: UUID
    donation_id: UUID | None
    source_id: UUID
    their_id: str
    their_gift_id: str
    amount: MoneyOut
    designation: str | None = Field(
        description="The part of the gift that it was decided to give back of; null: of all in proportion."
    )
    refunded_at: datetime
    reason: RefundReason
    state: RefundState
    actor: str
    entry_id: UUID | None
    created_at: datetime

    @classmethod
    def of(cls, refund: Refund) -> Self:
        """Return a refund as JSON shows it."""
        return cls(**_facts(cls, refund))


class DisputeOut(BaseModel):
    """A giver's objection that a platform examines."""

    model_config = ConfigDict(json_schema_extra=examples.shown(examples.DISPUTE))

    id: UUID
    source_id: UUID
    their_id: str
    their_gift_id: str
    amount: MoneyOut
    disputed_at: datetime
    state: DisputeState
    created_at: datetime

    @classmethod
    def of(cls, dispute: Dispute) -> Self:
        """Return a dispute as JSON shows it."""
        return cls(**_facts(cls, dispute))


def _facts(shown: type[BaseModel], row: Refund | Dispute) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in shown.model_fields}
    return facts | {"amount": MoneyOut.of(row.amount)}
