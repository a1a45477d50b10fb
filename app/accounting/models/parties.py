"""Tables of those with whom money is exchanged: counterparties, agency mandates, platforms' terms."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record


class CounterpartyKind(enum.StrEnum):
    """What stands on the other side of a payment and keeps no books here."""

    supplier = "supplier"
    partner = "partner"
    village_collective = "village_collective"
    hospital = "hospital"
    school = "school"
    government = "government"
    person = "person"
    other = "other"


class Counterparty(Base):
    """What is known of a counterparty besides its code in the books; a person's name is in the vault.

    The vault keeps it, and what is noted of a person, under the counterparty's own id. Its code stands in
    published leaves, and says nobody's name.
    """

    __tablename__ = "counterparties"
    __table_args__ = (
        CheckConstraint("(kind = 'person') = (name is null)", name="person"),
        CheckConstraint("credit_code is null or kind <> 'person'", name="credit_code"),
        CheckConstraint("note is null or kind <> 'person'", name="note"),
        UniqueConstraint("organization_id", "credit_code"),
    )

    id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    kind: Mapped[CounterpartyKind]
    name: Mapped[str | None]
    made_by: Mapped[str]
    credit_code: Mapped[str | None] = mapped_column(default=None)
    note: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(default=1)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)


class AgencyMandate(Record, Base):
    """Whose money an organization hands on, to whom, and by which agreement (受托代理, 会计制度 art. 58).

    Its code is the own sub-account of 2601: what was handed on is never more than what came in for it.
    """

    __tablename__ = "agency_mandates"
    __table_args__ = (
        UniqueConstraint("organization_id", "code"),
        UniqueConstraint("id", "organization_id"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("document <> ''", name="document"),
        CheckConstraint("num_nulls(ended_at, ended_by) in (0, 2)", name="ended"),
        Index("agency_mandates_organization_id_idx", "organization_id", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    counterparty_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    code: Mapped[str]
    title: Mapped[str]
    document: Mapped[str]
    signed_on: Mapped[date]
    made_by: Mapped[str]
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    ended_by: Mapped[str | None] = mapped_column(default=None)


class MerchantTerms(Record, Base):
    """On which terms a platform collects for a merchant account, from a day on; earlier ones stay."""

    __tablename__ = "merchant_terms"
    __table_args__ = (
        ForeignKeyConstraint(["channel_id", "organization_id"], ["channels.id", "channels.organization_id"]),
        ForeignKeyConstraint(
            ["settlement_channel_id", "organization_id"], ["channels.id", "channels.organization_id"]
        ),
        UniqueConstraint("channel_id", "valid_from"),
        CheckConstraint("fee_rate_basis_points between 0 and 10000", name="fee_rate"),
        CheckConstraint("settlement_days between 0 and 366", name="settlement_days"),
    )

    organization_id: Mapped[UUID]
    channel_id: Mapped[UUID]
    valid_from: Mapped[date]
    settlement_channel_id: Mapped[UUID]
    fee_rate_basis_points: Mapped[int]
    settlement_days: Mapped[int]
    made_by: Mapped[str]
