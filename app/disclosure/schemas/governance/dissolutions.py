"""Dissolutions as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.dissolutions.dissolutions import Remainder
from app.disclosure.models import Dissolution, DissolutionGround, RemainderBasis
from app.disclosure.schemas.governance.examples import BY, ORGANIZATION
from app.kit.fields import Body, Day, Line, MoneyIn, MoneyOut, Words, shown

Example = dict[str, Any]

_IN: Example = {
    "organization_id": ORGANIZATION,
    "ground": "charter",
    "occurred_on": "2026-03-02",
    "decision": "第五届会员代表大会第三次会议决议",
}
_GROUP: Example = {
    "group_formed_on": "2026-03-20",
    "announced_on": "2026-03-22",
    "announced_in": "陕西日报2026年3月22日第4版",
}
_END: Example = {
    "liquidated_on": "2026-09-30",
    "remainder": {"amount": 12_345_600, "currency": "CNY"},
    "remainder_to": "示例市慈善协会",
    "remainder_basis": "charter",
}
_SHOWN: Example = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0071",
    "organization_id": ORGANIZATION,
    "ground": "charter",
    "occurred_on": "2026-03-02",
}
_STRUCK: Example = {"deregistered_on": "2026-10-12", "deregistration_no": "陕民注〔2026〕12号"}


class OrganizationDissolutionIn(Body):
    """Why and since when an organization ends."""

    model_config = ConfigDict(json_schema_extra=shown(_IN))

    organization_id: UUID
    ground: DissolutionGround
    occurred_on: Day = Field(description="The day of the ground: thirty days are counted from it.")
    decision: Line = Field(description="The decision or the document that says so.")

    def as_dissolution(self, by: str) -> Dissolution:
        """Return the same as a row."""
        return Dissolution(recorded_by=by, **dict(self))


class LiquidationGroupIn(Body):
    """When the liquidation group was formed, and when and where that was announced."""

    model_config = ConfigDict(json_schema_extra=shown(_GROUP))

    group_formed_on: Day
    announced_on: Day
    announced_in: Line


class LiquidationEndIn(Body):
    """When the liquidation ended, and where what is left goes."""

    model_config = ConfigDict(json_schema_extra=shown(_END))

    liquidated_on: Day
    remainder: MoneyIn | None = Field(default=None, description="Left out if nothing is left.")
    remainder_to: Line | None = Field(default=None, description="A charity of like purpose.")
    remainder_basis: RemainderBasis | None = None

    def as_remainder(self) -> Remainder:
        """Return what is left in the words of the rules."""
        left = 0 if self.remainder is None else self.remainder.amount
        return Remainder(amount_minor=left, to=self.remainder_to, basis=self.remainder_basis)


class DeregistrationIn(Body):
    """When and under which number an organization was struck off."""

    model_config = ConfigDict(json_schema_extra=shown(_STRUCK))

    deregistered_on: Day
    deregistration_no: Line


class DissolutionWithdrawalIn(Body):
    """Why an organization does not end after all."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "会员代表大会撤销了终止决议"}))

    reason: Words


class PublicDissolutionOut(BaseModel):
    """That an organization ends, as it was announced, and where what is left goes."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN | _GROUP | _END | _STRUCK))

    id: UUID
    organization_id: UUID
    ground: DissolutionGround
    occurred_on: date
    group_formed_on: date | None
    announced_on: date | None
    announced_in: str | None
    liquidated_on: date | None
    remainder: MoneyOut | None
    remainder_to: str | None
    remainder_basis: RemainderBasis | None
    deregistered_on: date | None
    deregistration_no: str | None

    @classmethod
    def of(cls, one: Dissolution) -> Self:
        """Return a dissolution as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "remainder"}
        left = one.remainder_minor
        return cls(remainder=None if left is None else MoneyOut.of(left), **told)


class DissolutionOut(PublicDissolutionOut):
    """That an organization ends, and how far its winding up has come."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                **_SHOWN,
                "decision": _IN["decision"],
                "recorded_by": BY,
                "created_at": "2026-03-03T03:00:00Z",
                **_GROUP,
                **_END,
                **_STRUCK,
                "withdrawn_on": None,
                "withdrawn_reason": None,
            }
        )
    )

    decision: str
    recorded_by: str
    created_at: datetime
    withdrawn_on: date | None
    withdrawn_reason: str | None
