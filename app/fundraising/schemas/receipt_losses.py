"""Lost receipts as JSON."""

from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import LostReceiptKind, ReceiptLoss
from app.kit.fields import Body, Day, Line, Words, shown
from app.kit.http.pages import PageQuery

_LOSS_IN: dict[str, Any] = {
    "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
    "kind": "blank",
    "code": "61060126",
    "number": "0000012399",
    "lost_on": "2026-05-01",
    "circumstances": "清点时发现缺号",
}
_DECLARATION: dict[str, Any] = {"declared_on": "2026-05-03", "declared_in": "陕西日报2026年5月3日第4版"}
_WITHDRAWAL: dict[str, Any] = {"reason": "已在档案柜中找回"}


class ReceiptLossIn(Body):
    """That a paper receipt is missing."""

    model_config = ConfigDict(json_schema_extra=shown(_LOSS_IN))

    organization_id: UUID
    kind: LostReceiptKind
    code: Line
    number: Line
    lost_on: Day = Field(description="The day on which it was found missing: three days are counted from it.")
    circumstances: Words

    def as_loss(self, by: str) -> ReceiptLoss:
        """Return the same as a row."""
        return ReceiptLoss(recorded_by=by, **self.model_dump(exclude={"circumstances"}))


class ReceiptLossDeclarationIn(Body):
    """When and where a lost receipt was declared void."""

    model_config = ConfigDict(json_schema_extra=shown(_DECLARATION))

    declared_on: Day
    declared_in: Line


class ReceiptLossWithdrawalIn(Body):
    """Why nothing is lost."""

    model_config = ConfigDict(json_schema_extra=shown(_WITHDRAWAL))

    reason: Words


class ReceiptLossQuery(PageQuery):
    """Which lost receipts to list."""

    organization_id: UUID | None = None
    state: Literal["open"] | None = Field(default=None, description="Neither declared void nor withdrawn.")


class ReceiptLossOut(BaseModel):
    """A lost receipt, and what became of it."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": "01997d5d-ac96-774b-bcce-b302099a8023",
                **_LOSS_IN,
                "receipt_id": None,
                "recorded_by": "staff:01997d5d-ac96-774b-bcce-b302099a8007",
                "created_at": "2026-05-01T02:30:00Z",
                **_DECLARATION,
                "withdrawn_on": None,
                "withdrawn_reason": None,
            }
        ),
    )

    id: UUID
    organization_id: UUID
    kind: LostReceiptKind
    code: str
    number: str
    lost_on: date
    circumstances: str | None = Field(
        description="`null` to those who may not read donors, unless the receipt was blank."
    )
    receipt_id: UUID | None = Field(description="The receipt, if it was asked for here.")
    recorded_by: str
    created_at: datetime
    declared_on: date | None
    declared_in: str | None
    withdrawn_on: date | None
    withdrawn_reason: str | None = Field(description="`null` to whom the circumstances are.")

    @classmethod
    def of(cls, loss: ReceiptLoss, words: tuple[str | None, str | None]) -> Self:
        """Return a lost receipt as JSON shows it, with its words."""
        own = {"circumstances", "withdrawn_reason"}
        facts: dict[str, Any] = {name: getattr(loss, name) for name in cls.model_fields.keys() - own}
        return cls(circumstances=words[0], withdrawn_reason=words[1], **facts)
