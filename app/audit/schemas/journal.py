"""What auditors say and hear of the journal."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Day

LINES = (
    '{"index":7,"entry":{"id":"019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007","organization":"SX","kind":"donation"},'
    '"postings":[{"line":1,"debit":"1009/tencent","credit":"4101/F12","amount":12300}],"leaf":{"v":1}}\n'
    '{"trailer":{"count":1,"first_index":7,"last_index":7,"next_after":8,"complete":true,"totals":[],'
    '"checkpoint":"charity.example/v1/log"}}\n'
)
_INDEX_MAX = 10**15


class Span(BaseModel):
    """The days that are asked for, by `booked_on`; absent, all that the mandate covers."""

    model_config = ConfigDict(extra="forbid")

    booked_on_from: Day | None = None
    booked_on_to: Day | None = None


class JournalQuery(Span):
    """Where a pull begins and how much it takes."""

    after: int = Field(
        default=-1, ge=-1, le=_INDEX_MAX, description="The trailer's `next_after` of last time."
    )
    limit: int | None = Field(default=None, ge=1, le=_INDEX_MAX, description="Entries; all if absent.")
    format: Literal["ndjson"] = "ndjson"


class ExportQuery(Span):
    """Which books, and in which form."""

    since: Day | None = Field(default=None, alias="from", description="The same as `booked_on_from`.")
    until: Day | None = Field(default=None, alias="to", description="The same as `booked_on_to`.")
    format: Literal["hledger", "ndjson"] = "ndjson"
    organization: UUID | None = Field(default=None, description="One member; all of the mandate if absent.")

    @property
    def first(self) -> date | None:
        """The first day, under whichever name it was asked for; of two the later one."""
        return max((day for day in (self.since, self.booked_on_from) if day), default=None)

    @property
    def last(self) -> date | None:
        """The last day, under whichever name it was asked for; of two the earlier one."""
        return min((day for day in (self.until, self.booked_on_to) if day), default=None)
