"""Events: what every entry says of what happened, whatever it was: when, by whom, on which chart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from app.kit.clock import legal_day
from app.ledger.accounts import Leaf
from app.ledger.drafts import Draft, Line
from app.ledger.models import EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """When something happened, who records it, why, and the chart that the books are kept on."""

    occurred_at: datetime
    actor: str
    chart: str = "2026"
    summary: str | None = None

    @property
    def day(self) -> date:
        """The legal day on which it happened."""
        return legal_day(self.occurred_at)

    def leaf(self, organization_id: UUID, code: str, **dimensions: UUID | None) -> Leaf:
        """Return the leaf account of that code and those dimensions, on the event's chart."""
        bare = Leaf(organization_id=organization_id, chart=self.chart, code=code)
        return replace(bare, **dimensions)

    def draft(
        self,
        organization_id: UUID,
        kind: EntryKind,
        reference: str,
        lines: Sequence[Line],
        *,
        reverses_id: UUID | None = None,
    ) -> Draft:
        """Return an entry that records this event with these lines."""
        return Draft(
            organization_id=organization_id,
            chart=self.chart,
            kind=kind,
            reference=reference,
            occurred_at=self.occurred_at,
            actor=self.actor,
            lines=lines,
            summary=self.summary,
            reverses_id=reverses_id,
        )
