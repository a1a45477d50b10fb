"""Tables of chart changes: from which day on an organization's books stand on another chart of accounts."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class ChartChange(Record, Base):
    """That the books were carried over, with the balances of the day before."""

    __tablename__ = "chart_changes"
    __table_args__ = (
        UniqueConstraint("organization_id", "from_chart"),
        CheckConstraint("from_chart <> to_chart", name="charts"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    changed_on: Mapped[date]
    from_chart: Mapped[str]
    to_chart: Mapped[str]
    actor: Mapped[str]
