"""Imported lists of goods as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.fundraising.goods.imports.readings import Verdict
from app.fundraising.goods.imports.runs import Report
from app.fundraising.models.goods import GoodsImport, GoodsImportKind, GoodsImportRow, GoodsRowOutcome
from app.fundraising.schemas.goods import examples
from app.kit.fields import Day, shown
from app.kit.http.pages import PageQuery

TOLD_MAX = 200
_ID = "01997d5d-ac96-774b-bcce-b302099a8107"
CSV = "品名,捐赠单位,规格,计量单位,数量\n医用外科口罩,某某医疗器械有限公司,2000个/箱,箱,10\n"
_COUNTS = {
    "row_count": 3,
    "recorded_count": 1,
    "duplicate_count": 0,
    "unmatched_count": 1,
    "faulty_count": 1,
    "heading_count": 0,
}
_ROW = {
    "line": 3,
    "outcome": "unmatched",
    "reference": "发放物资一览表.xlsx#6",
    "item": "消毒片",
    "quantity": 348,
    "unit": "桶",
    "recipient": "水务集团",
    "reason": "never_received",
    "sheet_column": None,
    "detail": None,
    "gift_id": None,
    "handout_id": None,
}


class GoodsImportOrder(BaseModel):
    """What a list is of, into which warehouse it is taken, and for which day."""

    model_config = ConfigDict(extra="forbid")

    warehouse_id: UUID
    kind: GoodsImportKind
    happened_on: Day
    dry_run: bool = False


class GoodsImportQuery(PageQuery):
    """Which imports to list."""

    organization_id: UUID | None = None
    kind: GoodsImportKind | None = None


class GoodsRowQuery(PageQuery):
    """Which rows of an import to list."""

    outcome: GoodsRowOutcome | None = None


class GoodsRowOut(BaseModel):
    """What became of a row; a fault with its column, an unmatched one with its reason."""

    model_config = ConfigDict(json_schema_extra=shown(_ROW))

    line: int
    outcome: GoodsRowOutcome
    reference: str
    item: str | None
    quantity: int | None
    unit: str | None
    recipient: str | None
    reason: str | None
    sheet_column: str | None
    detail: str | None
    gift_id: UUID | None
    handout_id: UUID | None

    @classmethod
    def of(cls, row: GoodsImportRow) -> Self:
        """Return a row as JSON."""
        return cls(**{name: getattr(row, name) for name in cls.model_fields})

    @classmethod
    def told(cls, one: Verdict) -> Self:
        """Return what a row would become, if it was only tried."""
        row = one.row
        return cls(
            line=one.line,
            outcome=one.outcome,
            reference=one.reference,
            item=row and row.item,
            quantity=row and row.quantity.count,
            unit=row and row.unit,
            recipient=row.values.get("recipient_unit") if row else None,
            reason=one.reason,
            sheet_column=one.column,
            detail=one.detail,
            gift_id=None,
            handout_id=None,
        )


class GoodsImportOut(BaseModel):
    """A list that was taken in, with what became of its rows."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": _ID,
                "organization_id": examples.ORGANIZATION,
                "warehouse_id": examples.WAREHOUSE,
                "kind": "handed_out",
                "file_name": "发放物资一览表.xlsx",
                "happened_on": "2026-02-01",
                "actor": examples.STAFF,
                "created_at": examples.CREATED,
            }
            | _COUNTS
        )
    )

    id: UUID
    organization_id: UUID
    warehouse_id: UUID
    kind: GoodsImportKind
    file_name: str
    happened_on: date
    actor: str
    row_count: int
    recorded_count: int
    duplicate_count: int
    unmatched_count: int
    faulty_count: int
    heading_count: int
    created_at: datetime

    @classmethod
    def of(cls, made: GoodsImport) -> Self:
        """Return an import as JSON."""
        return cls(**{name: getattr(made, name) for name in cls.model_fields})


class GoodsImportReport(BaseModel):
    """What became of a list's rows, and the first of those that need somebody; `id` is null if only tried."""

    model_config = ConfigDict(json_schema_extra=shown({"id": _ID} | _COUNTS | {"open_rows": [_ROW]}))

    id: UUID | None
    row_count: int
    recorded_count: int
    duplicate_count: int
    unmatched_count: int
    faulty_count: int
    heading_count: int
    open_rows: list[GoodsRowOut]

    @classmethod
    def of(cls, report: Report) -> Self:
        """Return a report as JSON."""
        waiting = {GoodsRowOutcome.unmatched, GoodsRowOutcome.faulty}
        rows = [GoodsRowOut.told(one) for one in report.verdicts if one.outcome in waiting]
        counts = {f"{outcome}_count": report.count(outcome) for outcome in GoodsRowOutcome}
        return cls(id=report.import_id, row_count=len(report.verdicts), open_rows=rows[:TOLD_MAX], **counts)
