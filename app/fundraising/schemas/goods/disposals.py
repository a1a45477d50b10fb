"""Disposals of goods as JSON."""

from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.models import Channel
from app.fundraising.goods.disposals import NewDisposal
from app.fundraising.models.goods import DisposalKind, GoodsDisposal
from app.fundraising.schemas.goods import examples
from app.fundraising.schemas.goods.handouts import LotPartsIn
from app.kit.fields import Day, Line, MoneyIn, MoneyOut, Words, shown, wrong
from app.kit.http.pages import PageQuery

_SAID: dict[str, Any] = {
    "organization_id": examples.ORGANIZATION,
    "kind": "sold",
    "disposed_on": "2026-06-01",
    "reason": "临近有效期，不适合继续储存",
    "reference": "处置单-000003",
    "proceeds": examples.fen(30_000),
    "channel_id": "01997d5d-ac96-774b-bcce-b302099a8003",
}


class GoodsDisposalIn(LotPartsIn):
    """Goods that were sold, destroyed or lost; a sale with its proceeds and where they came in."""

    model_config = ConfigDict(
        json_schema_extra=shown(_SAID | {"lots": [{"lot_id": examples.LOT_ID, "quantity": 2000}]})
    )

    organization_id: UUID
    kind: DisposalKind
    disposed_on: Day
    reason: Words
    reference: Line | None = None
    project_id: UUID | None = Field(default=None, description="Needed by goods with a restricted purpose.")
    proceeds: MoneyIn | None = None
    channel_id: UUID | None = None

    @model_validator(mode="after")
    def _tells_money_of_a_sale_only(self) -> Self:
        sold = self.kind is DisposalKind.sold
        if sold != (self.proceeds is not None) or sold != (self.channel_id is not None):
            raise wrong(
                "a sale, and nothing else, has proceeds and a channel",
                "仅变卖须填写所得款项和收款账户",
            )
        return self

    def as_disposal(self, channel: Channel | None) -> NewDisposal:
        """Return the same in the words of the rules."""
        return NewDisposal(
            organization_id=self.organization_id,
            kind=self.kind,
            disposed_on=self.disposed_on,
            reason=self.reason,
            parts=self.parts(),
            reference=self.reference,
            project_id=self.project_id,
            proceeds_minor=self.proceeds.amount if self.proceeds else None,
            channel=channel,
        )


class GoodsDisposalQuery(PageQuery):
    """Which disposals to list."""

    organization_id: UUID | None = None
    kind: DisposalKind | None = None


class GoodsDisposalOut(BaseModel):
    """A disposal, with what the goods were worth in the books and what they brought."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _SAID
            | {
                "id": "01997d5d-ac96-774b-bcce-b302099a8120",
                "value": examples.fen(100_000),
                "project_id": None,
                "entry_id": examples.ENTRY,
                "actor": examples.STAFF,
                "created_at": examples.CREATED,
            }
        )
    )

    id: UUID
    organization_id: UUID
    kind: DisposalKind
    reference: str
    disposed_on: date
    reason: str
    value: MoneyOut
    proceeds: MoneyOut | None
    channel_id: UUID | None
    project_id: UUID | None
    entry_id: UUID | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, disposal: GoodsDisposal) -> Self:
        """Return a disposal as JSON."""
        plain = {name: getattr(disposal, name) for name in cls.model_fields.keys() - {"value", "proceeds"}}
        proceeds = disposal.proceeds_minor
        return cls(
            **plain,
            value=MoneyOut.of(disposal.value_minor),
            proceeds=None if proceeds is None else MoneyOut.of(proceeds),
        )
