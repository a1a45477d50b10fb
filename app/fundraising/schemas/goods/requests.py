"""Requests for hand-outs as JSON."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.goods.handouts import NewHandout
from app.fundraising.models.goods import GoodsRequestLine, GoodsRequestState, RecipientKind, RequestedHandout
from app.fundraising.schemas.goods import examples
from app.fundraising.schemas.goods.handouts import GoodsHandoutLineOut, LotPartsIn
from app.kit.clock import today
from app.kit.fields import Line, MoneyOut, shown
from app.kit.http.pages import PageQuery

_SAID: dict[str, Any] = {
    name: examples.HANDOUT_IN[name]
    for name in ("organization_id", "recipient_kind", "recipient", "reference")
}
_LINE: dict[str, Any] = {"lot_id": examples.LOT_ID, "count": 30_000, "value": examples.fen(15_000_000)}
_REQUEST: dict[str, Any] = _SAID | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8140",
    "approval_id": "01997d5d-ac96-774b-bcce-b302099a8141",
    "project_id": None,
    "counterparty_id": None,
    "value": examples.fen(15_000_000),
    "state": "waiting",
    "rejected_reason": None,
    "handout_id": None,
    "actor": examples.STAFF,
    "created_at": examples.CREATED,
}


class GoodsRequestIn(LotPartsIn):
    """Goods that shall be given to whom they are meant for, once that is approved."""

    model_config = ConfigDict(
        json_schema_extra=shown(_SAID | {"lots": [{"lot_id": examples.LOT_ID, "quantity": 15, "unit": "箱"}]})
    )

    organization_id: UUID
    recipient_kind: RecipientKind
    recipient: Line
    reference: Line | None = None
    project_id: UUID | None = Field(default=None, description="Needed by goods with a restricted purpose.")
    counterparty_id: UUID | None = None

    def as_handout(self) -> NewHandout:
        """Return the same in the words of the rules."""
        return NewHandout(
            organization_id=self.organization_id,
            handed_on=today(),
            recipient_kind=self.recipient_kind,
            recipient=self.recipient,
            parts=self.parts(),
            reference=self.reference,
            project_id=self.project_id,
            counterparty_id=self.counterparty_id,
        )


class GoodsRequestQuery(PageQuery):
    """Which requests to list."""

    organization_id: UUID | None = None
    state: GoodsRequestState | None = None


class AskedFor(NamedTuple):
    """What a caller may read of a request that may name a person: for whom, and why it was rejected."""

    recipient: str | None
    rejected_reason: str | None


class GoodsRequestOut(BaseModel):
    """A request; `approval_id` is where it is decided or withdrawn (`/v1/approvals`)."""

    model_config = ConfigDict(json_schema_extra=shown(_REQUEST))

    id: UUID
    organization_id: UUID
    approval_id: UUID
    reference: str
    recipient_kind: RecipientKind
    recipient: str | None
    project_id: UUID | None
    counterparty_id: UUID | None
    value: MoneyOut
    state: GoodsRequestState
    rejected_reason: str | None = Field(
        description="Of goods for a person null without the right to read donors."
    )
    handout_id: UUID | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, request: RequestedHandout, said: AskedFor) -> Self:
        """Return a request as JSON, with what its caller may read of the recipient."""
        return cls(**_told(request, said))


_COPIED = GoodsRequestOut.model_fields.keys() - {*AskedFor._fields, "value"}


def _told(request: RequestedHandout, said: AskedFor) -> dict[str, Any]:
    told = {name: getattr(request, name) for name in _COPIED}
    return told | said._asdict() | {"value": MoneyOut.of(request.value_minor)}


class GoodsRequestDetail(GoodsRequestOut):
    """A request with everything that is set aside for it, or was."""

    model_config = ConfigDict(json_schema_extra=shown(_REQUEST | {"lines": [_LINE]}))

    lines: list[GoodsHandoutLineOut]

    @classmethod
    def whole(cls, request: RequestedHandout, lines: Sequence[GoodsRequestLine], said: AskedFor) -> Self:
        """Return a request with its lines as JSON."""
        return cls(**_told(request, said), lines=[GoodsHandoutLineOut.of(one) for one in lines])
