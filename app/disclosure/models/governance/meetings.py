"""Tables of the meetings that a body holds."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.disclosure.models.governance.councils import CouncilBody, CouncilTerm
from app.kit.database import Base, Record


class CouncilMeeting(Record, Base):
    """That a body met: on which day, how many of how many came, and what was resolved."""

    __tablename__ = "council_meetings"
    __table_args__ = (
        UniqueConstraint("organization_id", "body", "title"),
        ForeignKeyConstraint(
            ["term_id", "organization_id", "body"],
            [CouncilTerm.id, CouncilTerm.organization_id, CouncilTerm.body],
        ),
        CheckConstraint("present_count between 1 and entitled_count", name="present"),
        Index("council_meetings_organization_id_idx", "organization_id", "held_on", "id"),
    )

    organization_id: Mapped[UUID]
    body: Mapped[CouncilBody]
    term_id: Mapped[UUID]
    title: Mapped[str]
    held_on: Mapped[date]
    entitled_count: Mapped[int]
    present_count: Mapped[int]
    resolutions: Mapped[str]
    recorded_by: Mapped[str]
