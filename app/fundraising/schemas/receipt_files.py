"""What goes to the finance system and what it answers, as JSON."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.models import ReceiptBatch
from app.fundraising.receipts.results import LineFate, Taken
from app.kit.fields import Body, Flag, shown

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_BATCH = "01997d5d-ac96-774b-bcce-b302099a8021"


class ReceiptBatchIn(Body):
    """Whose waiting receipts are put into a batch."""

    model_config = ConfigDict(json_schema_extra=shown({"organization_id": _ORGANIZATION}))

    organization_id: UUID


class ReceiptBatchOut(BaseModel):
    """What was handed to the finance system at one time."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": _BATCH,
                "organization_id": _ORGANIZATION,
                "receipt_count": 12,
                "reversal_count": 1,
                "made_by": "staff:01997d5d-ac96-774b-bcce-b302099a8007",
                "created_at": "2026-05-02T02:30:00Z",
            }
        )
    )

    id: UUID
    organization_id: UUID
    receipt_count: int
    reversal_count: int
    made_by: str
    created_at: datetime

    @classmethod
    def of(cls, batch: ReceiptBatch) -> Self:
        """Return a batch as JSON shows it."""
        return cls(**{name: getattr(batch, name) for name in cls.model_fields})


class UnmatchedLineOut(BaseModel):
    """A line of a result file that took no effect, by its row in the file."""

    model_config = ConfigDict(
        json_schema_extra=shown({"row": 7, "reference": "7ZQ4M0T2V9KX", "fate": "amount_differs"})
    )

    row: int
    reference: str
    fate: LineFate


class ReceiptResultsOut(BaseModel):
    """What a result file did."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "issued": 11,
                "red_reversed": 1,
                "refused": 0,
                "unchanged": 0,
                "unmatched": [{"row": 7, "reference": "7ZQ4M0T2V9KX", "fate": "amount_differs"}],
                "dry_run": False,
            }
        )
    )

    issued: int
    red_reversed: int
    refused: int
    unchanged: int
    unmatched: list[UnmatchedLineOut]
    dry_run: Flag

    @classmethod
    def of(cls, taken: Taken, *, dry_run: bool) -> Self:
        """Return what a result file did as JSON shows it."""
        counted = {fate.value: taken.counts.get(fate, 0) for fate in _COUNTED}
        unmatched = [
            UnmatchedLineOut(row=one.row, reference=one.reference, fate=one.fate) for one in taken.unmatched
        ]
        return cls(unmatched=unmatched, dry_run=dry_run, **counted)


_COUNTED = (LineFate.issued, LineFate.red_reversed, LineFate.refused, LineFate.unchanged)
