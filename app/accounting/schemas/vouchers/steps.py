"""The steps of vouchers as JSON."""

from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.models import VoucherState
from app.accounting.schemas.vouchers import examples
from app.accounting.vouchers.outcomes import Outcome
from app.kit.errors import Refusal
from app.kit.fields import Body, Line, Words
from app.kit.http import problems


class ReturnIn(Body):
    """Why a voucher goes back to whoever prepared it."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"reason": "附件不全"}))

    reason: Words


class ReversalIn(Body):
    """Why a posted voucher is taken back."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"reason": "金额录入错误"}))

    reason: Line


class PostingIn(Body):
    """How a voucher is posted."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"exception_reason": None}))

    exception_reason: Line | None = Field(
        default=None, description="Why no third person posts it: recorded for ever."
    )


class VoucherBatchIn(Body):
    """Vouchers that take the same step."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"voucher_ids": [examples.VOUCHER_ID]}))

    voucher_ids: list[UUID] = Field(min_length=1, max_length=200)


class VoucherOutcomeOut(BaseModel):
    """What became of one voucher of a batch: its state, or the code of the refusal."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {"voucher_id": examples.VOUCHER_ID, "state": "reviewed", "refused": None}
        )
    )

    voucher_id: UUID
    state: VoucherState | None
    refused: str | None

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """Return an outcome as JSON shows it."""
        return cls(
            voucher_id=outcome.voucher_id,
            state=outcome.voucher and outcome.voucher.state,
            refused=_code(outcome.refusal),
        )


class VoucherBatchOut(BaseModel):
    """An outcome for every voucher, in the order asked."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {"outcomes": [{"voucher_id": examples.VOUCHER_ID, "state": "reviewed", "refused": None}]}
        )
    )

    outcomes: list[VoucherOutcomeOut]


def _code(refusal: Refusal | None) -> str | None:
    return problems.slug(type(refusal)) if refusal else None
