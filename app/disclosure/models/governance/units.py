"""Tables of units, and of how each keeps its books."""

import enum
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record
from app.organizations.models import Organization


class UnitKind(enum.StrEnum):
    """What a unit is: a part of the office, a branch, or an office that represents."""

    department = "department"
    branch = "branch"
    representative_office = "representative_office"


class OrganizationUnit(Record, Base):
    """A unit of an organization, which is no legal person of its own.

    What was recorded wrongly is replaced by another row and stays to be read; how it keeps its books goes
    along with the row that counts.
    """

    __tablename__ = "organization_units"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        UniqueConstraint("replaces_id"),
        ForeignKeyConstraint(
            ["replaces_id", "organization_id"],
            ["organization_units.id", "organization_units.organization_id"],
        ),
        CheckConstraint("num_nonnulls(replaced_on, replaced_by, replaced_reason) in (0, 3)", name="replaced"),
        Index(
            "organization_units_name_idx",
            *("organization_id", "name", "founded_on"),
            unique=True,
            postgresql_where=text("replaced_on is null"),
        ),
        UniqueConstraint("id", "organization_id", "kind"),
        CheckConstraint("closed_on >= founded_on", name="closed"),
        Index("organization_units_organization_id_idx", "organization_id", "founded_on", "id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey(Organization.id))
    kind: Mapped[UnitKind]
    name: Mapped[str]
    founded_on: Mapped[date]
    scope: Mapped[str]
    recorded_by: Mapped[str]
    closed_on: Mapped[date | None] = mapped_column(default=None)
    replaces_id: Mapped[UUID | None] = mapped_column(default=None)
    replaced_on: Mapped[date | None] = mapped_column(default=None)
    replaced_by: Mapped[str | None] = mapped_column(default=None)
    replaced_reason: Mapped[str | None] = mapped_column(default=None)


class Bookkeeping(enum.StrEnum):
    """How a unit keeps its books: in the organization's, in a fund of them, or in a set of its own."""

    unified = "unified"
    own_fund = "own_fund"
    own_books = "own_books"


class UnitBooks(Record, Base):
    """How a unit keeps its books from a day on. Whichever way, they are part of its organization's."""

    __tablename__ = "unit_books"
    __table_args__ = (
        ForeignKeyConstraint(
            ["unit_id", "organization_id", "unit_kind"],
            [OrganizationUnit.id, OrganizationUnit.organization_id, OrganizationUnit.kind],
        ),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        CheckConstraint("(bookkeeping = 'own_fund') = (fund_id is not null)", name="fund"),
        CheckConstraint("(bookkeeping = 'own_books') = (keeper is not null)", name="keeper"),
        # A part of the office is the office: what it spends, the organization spends.
        CheckConstraint("unit_kind <> 'department' or bookkeeping <> 'own_books'", name="department"),
        CheckConstraint("effective_to >= effective_from", name="dates"),
        ExcludeConstraint(
            ("unit_id", "="),
            (text("daterange(effective_from, effective_to, '[]')"), "&&"),
            using="gist",
            name="unit_books_one_way_excl",
        ),
        # Of two units in one fund nobody could tell whose money it is.
        ExcludeConstraint(
            ("fund_id", "="),
            (text("daterange(effective_from, effective_to, '[]')"), "&&"),
            using="gist",
            where=text("fund_id is not null"),
            name="unit_books_one_unit_excl",
        ),
    )

    organization_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    unit_kind: Mapped[UnitKind]
    bookkeeping: Mapped[Bookkeeping]
    effective_from: Mapped[date]
    recorded_by: Mapped[str]
    fund_id: Mapped[UUID | None] = mapped_column(default=None)
    # Who keeps a set of its own: an office, and no name.
    keeper: Mapped[str | None] = mapped_column(default=None)
    effective_to: Mapped[date | None] = mapped_column(default=None)
