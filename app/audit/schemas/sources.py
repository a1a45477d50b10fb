"""Messages and bills of platforms as auditors hear them, each with its provenance."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import BillLine, BillState, Settlement
from app.fundraising.schemas.bills import BillLineOut
from app.fundraising.schemas.settlements import PlatformSettlementOut
from app.kit.fields import Day, Moment, shown
from app.kit.http.pages import PageQuery
from app.webhooks.models import Delivery

_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007"
Index = Field(description="Of its entry in the public log; null until a signed checkpoint holds it.")


def _example(model: type[BaseModel]) -> Any:  # noqa: ANN401 - what the other door's document shows
    extra: Any = model.model_config.get("json_schema_extra")
    return extra["examples"][0]


class MessageQuery(PageQuery):
    """Which messages, by when they arrived; absent, all that the mandate's days cover."""

    created_at_from: Moment | None = None
    created_at_to: Moment | None = None


class MessageOut(BaseModel):
    """A message of a platform: what became of it, and where it is in the log."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": _ID,
                "created_at": "2026-05-01T00:00:00Z",
                "platform_id": _ID,
                "event_id": "msg_1",
                "type": "donation.succeeded",
                "outcome": "posted",
                "problem": None,
                "signed_at": "2026-05-01T00:00:00Z",
                "body_mac": "0b" * 32,
                "donation_id": _ID,
                "entry_id": _ID,
                "log_index": 7,
            }
        ),
    )

    id: UUID
    created_at: datetime
    platform_id: UUID
    event_id: str
    type: str
    outcome: str
    problem: str | None
    signed_at: datetime | None
    body_mac: str = Field(description="Keyed: two messages of one body have the same, and it tells no more.")
    donation_id: UUID | None
    entry_id: UUID | None
    log_index: int | None = Index

    @classmethod
    def of(cls, delivery: Delivery, indexes: Mapping[UUID, int]) -> Self:
        """Return a message as JSON says it."""
        plain = cls.model_fields.keys() - {"body_mac", "log_index"}
        said: dict[str, Any] = {name: getattr(delivery, name) for name in plain}
        index = delivery.entry_id and indexes.get(delivery.entry_id)
        return cls.model_validate(said | {"body_mac": delivery.body_mac.hex(), "log_index": index})


class BillQuery(PageQuery):
    """Which bills, by the last day that they tell of; absent, all that the mandate's days cover."""

    ends_on_from: Day | None = None
    ends_on_to: Day | None = None


class AuditedSettlementOut(BaseModel):
    """A platform's bill: its sums, who brought it, the hash of its file, and what it led to in the books."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "settlement": _example(PlatformSettlementOut),
                "file_sha256": "0b" * 32,
                "fee_log_index": 8,
                "payout_entry_id": _ID,
                "payout_log_index": 9,
            }
        ),
    )

    settlement: PlatformSettlementOut
    file_sha256: str = Field(description="Of the file as it was taken in: the platform's own has the same.")
    fee_log_index: int | None = Index
    payout_entry_id: UUID | None = Field(description="The bank's line by which it was paid out, as booked.")
    payout_log_index: int | None = Index

    @classmethod
    def of(cls, settlement: Settlement, payouts: Mapping[UUID, UUID], indexes: Mapping[UUID, int]) -> Self:
        """Return a bill as JSON says it."""
        fee, line = settlement.fee_entry_id, settlement.payout_line_id
        paid = line and payouts.get(line)
        return cls(
            settlement=PlatformSettlementOut.of(settlement),
            file_sha256=settlement.file_hash.hex(),
            fee_log_index=fee and indexes.get(fee),
            payout_entry_id=paid,
            payout_log_index=paid and indexes.get(paid),
        )


class BillLinesQuery(PageQuery):
    """Which lines of bills, by when they happened; absent, all that the mandate's days cover."""

    settlement_id: UUID | None = None
    state: BillState | None = None
    happened_at_from: Moment | None = None
    happened_at_to: Moment | None = None


class AuditedLineOut(BaseModel):
    """A payment or refund that a bill tells of, and where it is in the books and the log."""

    model_config = ConfigDict(
        json_schema_extra=shown({"line": _example(BillLineOut), "entry_id": _ID, "log_index": 7}),
    )

    line: BillLineOut
    entry_id: UUID | None
    log_index: int | None = Index

    @classmethod
    def of(cls, line: BillLine, entries: Mapping[UUID, UUID], indexes: Mapping[UUID, int]) -> Self:
        """Return a line as JSON says it."""
        entry_id = entries.get(line.id)
        return cls(line=BillLineOut.of(line), entry_id=entry_id, log_index=entry_id and indexes.get(entry_id))
