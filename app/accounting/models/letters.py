"""Tables of letters: an organization's own texts, each change a version of its own."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class LetterText(Record, Base):
    """One version of a text with merge fields. Versions are only added: what was sent can be set again."""

    __tablename__ = "letter_texts"
    __table_args__ = (
        UniqueConstraint("organization_id", "code", "number"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("language in ('zh', 'en')", name="language"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    number: Mapped[int] = mapped_column(SmallInteger)
    title: Mapped[str]
    language: Mapped[str]
    body: Mapped[str]
    made_by: Mapped[str]
