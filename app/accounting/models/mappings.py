"""Tables of account mappings: our account labels in the words of another bookkeeping program."""

import enum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base


class Program(enum.StrEnum):
    """A bookkeeping program that vouchers go to and come from."""

    kingdee = "kingdee"
    yonyou = "yonyou"


class AccountMapping(Base):
    """What another program calls one of our accounts, in one organization."""

    __tablename__ = "account_mappings"
    __table_args__ = (
        CheckConstraint("their_code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$'", name="their_code"),
        CheckConstraint("label <> ''", name="label"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    program: Mapped[Program] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    their_code: Mapped[str]
