"""Tables of imported lists of goods: the file, and what became of each of its rows."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class GoodsImportKind(enum.StrEnum):
    """Whether a list is of goods that came in or of goods that were handed out."""

    received = "received"
    handed_out = "handed_out"


class GoodsRowOutcome(enum.StrEnum):
    """What became of a row. `unmatched` was handed out, and no stock of ours answers to it."""

    recorded = "recorded"
    duplicate = "duplicate"
    unmatched = "unmatched"
    faulty = "faulty"
    heading = "heading"


class GoodsImport(Record, Base):
    """A list that was taken in; its rows add up, whatever became of them."""

    __tablename__ = "goods_imports"
    __table_args__ = (
        ForeignKeyConstraint(
            ["warehouse_id", "organization_id"], ["warehouses.id", "warehouses.organization_id"]
        ),
        CheckConstraint(
            "row_count = recorded_count + duplicate_count + unmatched_count + faulty_count + heading_count",
            name="accounted",
        ),
    )

    organization_id: Mapped[UUID]
    warehouse_id: Mapped[UUID]
    kind: Mapped[GoodsImportKind]
    file_name: Mapped[str]
    sha256: Mapped[bytes]
    happened_on: Mapped[date]
    actor: Mapped[str]
    row_count: Mapped[int]
    recorded_count: Mapped[int]
    duplicate_count: Mapped[int]
    unmatched_count: Mapped[int]
    faulty_count: Mapped[int]
    heading_count: Mapped[int]


class GoodsImportRow(Record, Base):
    """One row of an imported list. Who gave is not here: the vault has it, under the gift's id."""

    __tablename__ = "goods_import_rows"
    __table_args__ = (
        UniqueConstraint("import_id", "line"),
        CheckConstraint("outcome <> 'recorded' or num_nonnulls(gift_id, handout_id) = 1", name="recorded"),
        CheckConstraint("outcome not in ('unmatched', 'faulty') or reason is not null", name="reason"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("goods_imports.id"))
    line: Mapped[int]
    outcome: Mapped[GoodsRowOutcome]
    reference: Mapped[str]
    item: Mapped[str | None] = mapped_column(default=None)
    quantity: Mapped[int | None] = mapped_column(default=None)
    unit: Mapped[str | None] = mapped_column(default=None)
    recipient: Mapped[str | None] = mapped_column(default=None)
    reason: Mapped[str | None] = mapped_column(default=None)
    sheet_column: Mapped[str | None] = mapped_column(default=None)
    detail: Mapped[str | None] = mapped_column(default=None)
    gift_id: Mapped[UUID | None] = mapped_column(ForeignKey("goods_gifts.id"), default=None)
    handout_id: Mapped[UUID | None] = mapped_column(ForeignKey("goods_handouts.id"), default=None)
