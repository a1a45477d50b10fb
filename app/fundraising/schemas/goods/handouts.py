"""Hand-outs of goods as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.fundraising.goods.handouts import NewHandout
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsHandout, GoodsHandoutLine, GoodsRequestLine, RecipientKind
from app.fundraising.schemas.goods import examples
from app.fundraising.schemas.goods.gifts import LOTS_MAX, Attachments, Count, Unit
from app.kit.fields import Body, Day, Line, MoneyOut, shown, wrong
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission


class LotPartIn(Body):
    """So much of a lot, in its own unit or in whole packages."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HANDOUT_IN["lots"][0]))

    lot_id: UUID
    quantity: Count
    unit: Unit | None = None


class LotPartsIn(Body):
    """Parts of lots, each lot once."""

    lots: list[LotPartIn] = Field(min_length=1, max_length=LOTS_MAX)

    @model_validator(mode="after")
    def _names_each_lot_once(self) -> Self:
        if len({part.lot_id for part in self.lots}) != len(self.lots):
            raise wrong("a lot stands here twice", "同一批次重复出现")
        return self

    def parts(self) -> list[tuple[UUID, Quantity]]:
        """Return the same in the words of the rules."""
        return [(part.lot_id, Quantity(part.quantity, part.unit)) for part in self.lots]


class GoodsHandoutIn(LotPartsIn):
    """Goods that were given to whom they are meant for."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HANDOUT_IN))

    organization_id: UUID
    handed_on: Day
    recipient_kind: RecipientKind
    recipient: Line
    reference: Line | None = None
    project_id: UUID | None = Field(default=None, description="Needed by goods with a restricted purpose.")
    counterparty_id: UUID | None = None

    def as_handout(self) -> NewHandout:
        """Return the same in the words of the rules."""
        return NewHandout(
            organization_id=self.organization_id,
            handed_on=self.handed_on,
            recipient_kind=self.recipient_kind,
            recipient=self.recipient,
            parts=self.parts(),
            reference=self.reference,
            project_id=self.project_id,
            counterparty_id=self.counterparty_id,
        )


class GoodsReceiptIn(Body):
    """That the recipient has signed, with the signed paper."""

    model_config = ConfigDict(json_schema_extra=shown({"signed_on": "2026-05-03", "attachment_ids": []}))

    signed_on: Day
    attachment_ids: Attachments = Field(default_factory=list[UUID])


class GoodsReversalIn(Body):
    """Why a hand-out is taken back."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "登记错误，物资未出库"}))

    reason: Line


class GoodsHandoutQuery(PageQuery):
    """Which hand-outs to list."""

    organization_id: UUID | None = None
    project_id: UUID | None = None
    lot_id: UUID | None = None
    signed: bool | None = None
    reversed: bool | None = None
    handed_on_from: Day | None = None
    handed_on_to: Day | None = None


class Said(NamedTuple):
    """What is sealed of a hand-out, as its caller may read it: to whom, and why it was taken back."""

    recipient: str | None
    reversed_reason: str | None


class GoodsHandoutOut(BaseModel):
    """A hand-out; a person's name is masked for those who may not read donors."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HANDOUT))

    id: UUID
    organization_id: UUID
    reference: str
    handed_on: date
    recipient_kind: RecipientKind
    recipient: str | None
    project_id: UUID | None
    counterparty_id: UUID | None
    value: MoneyOut
    entry_id: UUID | None
    signed_on: date | None
    reversed_on: date | None
    reversed_reason: str | None = Field(
        description="Of goods to a person null without the right to read donors, and once they are erased."
    )
    actor: str
    created_at: datetime
    allowed_actions: list[str]

    @classmethod
    def of(cls, handout: GoodsHandout, said: Said, caller: Caller) -> Self:
        """Return a hand-out as JSON, with what its caller may do about it."""
        return cls(**_told(handout, said, caller))


_COPIED = GoodsHandoutOut.model_fields.keys() - {*Said._fields, "value", "allowed_actions"}


def _told(handout: GoodsHandout, said: Said, caller: Caller) -> dict[str, Any]:
    record = Permission.goods_record
    done = handout.signed_on is not None or handout.reversed_on is not None
    admitted = {} if done else {"sign": record, "take_back": record}
    return {name: getattr(handout, name) for name in _COPIED} | {
        **said._asdict(),
        "value": MoneyOut.of(handout.value_minor),
        "allowed_actions": caller.allowed(admitted, at=handout.organization_id),
    }


class GoodsHandoutLineOut(BaseModel):
    """A part of a lot that was handed out, with what it was worth in the books."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HANDOUT_LINE))

    lot_id: UUID
    count: int
    value: MoneyOut

    @classmethod
    def of(cls, line: GoodsHandoutLine | GoodsRequestLine) -> Self:
        """Return a line as JSON."""
        return cls(lot_id=line.lot_id, count=line.count, value=MoneyOut.of(line.value_minor))


class GoodsHandoutDetail(GoodsHandoutOut):
    """A hand-out with everything that was handed out."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HANDOUT | {"lines": [examples.HANDOUT_LINE]}))

    lines: list[GoodsHandoutLineOut]

    @classmethod
    def whole(
        cls,
        handout: GoodsHandout,
        lines: Sequence[GoodsHandoutLine],
        said: Said,
        caller: Caller,
    ) -> Self:
        """Return a hand-out with its lines as JSON."""
        told = _told(handout, said, caller)
        return cls(**told, lines=[GoodsHandoutLineOut.of(one) for one in lines])
