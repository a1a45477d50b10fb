"""Fates: what became of every row of a file. Nothing is dropped silently."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

Watch = Callable[[str, int], None]
"""Told, as the work goes on, what is being done and to how many more rows."""


class FateKind(enum.StrEnum):
    """What became of a row. `ready`: could be booked, but the import stopped or was dry."""

    posted = "posted"
    suspense = "suspense"
    duplicate = "duplicate"
    suspect = "suspect"
    rejected = "rejected"
    ready = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What became of one row, and why, where that is not plain."""

    part: int
    line: int
    row_number: int
    kind: FateKind
    amount: int
    column: str | None = None
    reason: str | None = None
    donation_id: UUID | None = None


Tell = Callable[[Fate], None]
"""Told the fate of each row, in the order of the file."""
