"""Tables of audit: who pulled what of whose books, shown to the audited."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class Pull(Record, Base):
    """One member's part in one pull: who asked, at which door, for what."""

    __tablename__ = "audit_pulls"
    __table_args__ = (Index("audit_pulls_organization_id_id_idx", "organization_id", "id"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    caller: Mapped[str]
    caller_name: Mapped[str]
    door: Mapped[str]
    asked: Mapped[str]
