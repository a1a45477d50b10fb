"""Payment orders and their banks' results as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.projects.disbursements.orders import ITEMS_MAX, Part
from app.projects.models import (
    PaymentOrder,
    PaymentOutcome,
    PaymentResult,
    PaymentResultRow,
    ResultProblem,
)
from app.projects.schemas.disbursements import examples
from app.projects.schemas.disbursements.payees import VEILED


class PaymentOrderIn(Body):
    """Approved disbursements that shall be paid from one bank account or cash box, all or none."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ORDER_IN))

    channel_id: UUID
    disbursement_ids: list[UUID] = Field(min_length=1, max_length=ITEMS_MAX)


class PaymentOrderQuery(PageQuery):
    """Which orders to list."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None


class PaymentOrderOut(BaseModel):
    """An order to pay, booked when it was made."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ORDER_OUT))

    id: UUID
    organization_id: UUID
    channel_id: UUID
    item_count: int
    amount: MoneyOut
    ordered_by: str
    created_at: datetime

    @classmethod
    def of(cls, row: PaymentOrder) -> Self:
        """Return an order as JSON shows it."""
        names = cls.model_fields.keys() - {"amount"}
        return cls(amount=MoneyOut.of(row.amount), **{name: getattr(row, name) for name in names})


class PaymentItemOut(BaseModel):
    """One payment of an order, and what became of it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ITEM))

    number: int
    disbursement_id: UUID
    code: str
    amount: MoneyOut
    number_last: str | None = Field(description="The last digits of the payee's account; null for cash.")
    outcome: PaymentOutcome | None
    outcome_on: date | None
    failure: str | None = Field(description=VEILED)
    entry_id: UUID

    @classmethod
    def of(cls, part: Part, failure: str | None) -> Self:
        """Return a payment as JSON shows it, with why it failed to whoever may read it."""
        names = ("number", "disbursement_id", "outcome", "outcome_on", "entry_id")
        return cls(
            code=part.disbursement.code,
            failure=failure,
            amount=MoneyOut.of(part.disbursement.amount),
            number_last=part.account.number_last if part.account else None,
            **{name: getattr(part.item, name) for name in names},
        )


class PaymentOrderDetail(PaymentOrderOut):
    """An order with all its payments."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ORDER_OUT | {"payments": [examples.ITEM]}))

    payments: list[PaymentItemOut]

    @classmethod
    def whole(cls, row: PaymentOrder, parts: Sequence[Part], failures: Mapping[UUID, str]) -> Self:
        """Return everything that is to be read about an order."""
        told = dict(PaymentOrderOut.of(row))
        payments = [PaymentItemOut.of(part, failures.get(part.item.id)) for part in parts]
        return cls(payments=payments, **told)


class PaymentResultRowOut(BaseModel):
    """A row of a bank's results that had no effect, and why."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.RESULT["unmatched"][0]))

    line: int
    reference: str | None
    problem: ResultProblem


class PaymentResultOut(BaseModel):
    """What a bank's file of results did; `repeated` if this very file had come before and did nothing."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RESULT))

    id: UUID
    order_id: UUID
    paid_count: int
    failed_count: int
    known_count: int = Field(description="Rows that said what was known.")
    unmatched: list[PaymentResultRowOut]
    repeated: bool
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, row: PaymentResult, unmatched: Sequence[PaymentResultRow], *, repeated: bool) -> Self:
        """Return a result as JSON shows it."""
        names = cls.model_fields.keys() - {"unmatched", "repeated"}
        rows = [PaymentResultRowOut.model_validate(one) for one in unmatched]
        return cls(unmatched=rows, repeated=repeated, **{name: getattr(row, name) for name in names})
