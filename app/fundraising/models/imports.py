"""Tables of imports: which files came in, and which of their rows became which donation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Import(Record, Base):
    """A file, known again by a keyed MAC of its content. Its name is sealed in the vault under its own id."""

    __tablename__ = "imports"
    __table_args__ = (
        UniqueConstraint("channel_id", "file_mac"),
        CheckConstraint("row_count >= 0", name="row_count"),
        Index("imports_organization_id_idx", "organization_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    channel_id: Mapped[UUID] = mapped_column(ForeignKey("channels.id"))
    file_mac: Mapped[bytes]
    row_count: Mapped[int]
    amount: Mapped[int]


class ImportRow(Base):
    """A row of a file with what equal rows have in common, unreadable without our key."""

    __tablename__ = "import_rows"
    __table_args__ = (
        # What is asked of this table is always: who else has rows like these?
        Index("import_rows_row_mac_idx", "row_mac", "import_id"),
        Index("import_rows_giver_mac_idx", "giver_mac", "import_id"),
    )

    import_id: Mapped[UUID] = mapped_column(ForeignKey("imports.id"), primary_key=True)
    row_number: Mapped[int] = mapped_column(primary_key=True)
    row_mac: Mapped[bytes]
    giver_mac: Mapped[bytes]
    donation_id: Mapped[UUID | None] = mapped_column(ForeignKey("donations.id"), default=None)
    recorded_at: Mapped[datetime] = mapped_column(init=False, server_default=func.clock_timestamp())
