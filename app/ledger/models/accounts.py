"""Accounts: statutory charts, leaf accounts under them, their balances, and the months of the books."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.database import Base, Record


class AccountKind(enum.StrEnum):
    """What an account is in the statements; `clearing` is our own device and is zero in every entry."""

    asset = "asset"
    liability = "liability"
    net_assets = "net_assets"
    income = "income"
    expense = "expense"
    clearing = "clearing"


class ChartAccount(Base):
    """A first-level account of one version of the statutory chart. The same code differs between versions."""

    __tablename__ = "chart_accounts"

    chart: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name: Mapped[str]
    kind: Mapped[AccountKind]
    debit_normal: Mapped[bool]


class Account(Record, Base):
    """A leaf account, what balances are kept for: a statutory code with dimensions in one organization."""

    __tablename__ = "accounts"
    __table_args__ = (
        ForeignKeyConstraint(["chart", "code"], ["chart_accounts.chart", "chart_accounts.code"]),
        ForeignKeyConstraint(["fund_id", "organization_id"], ["funds.id", "funds.organization_id"]),
        UniqueConstraint(
            *("organization_id", "chart", "code", "currency", "sub"),
            *("fund_id", "channel_id", "project_id", "counterparty_id"),
            name="accounts_identity_key",
            postgresql_nulls_not_distinct=True,
        ),
        UniqueConstraint("organization_id", "chart", "currency", "label"),
        # What postings point to: a posting can't reach into other books, another chart or another currency.
        UniqueConstraint("id", "organization_id", "chart", "currency"),
        # What was spent on one project, whoever's books it stands in; few of all accounts have one.
        Index("accounts_project_id_idx", "project_id", postgresql_where=text("project_id is not null")),
        CheckConstraint("currency = 'CNY'", name="currency"),
        Index("accounts_channel_id_idx", "channel_id"),
    )

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"))
    chart: Mapped[str]
    code: Mapped[str]
    label: Mapped[str]
    currency: Mapped[str] = mapped_column(default="CNY")
    sub: Mapped[str | None] = mapped_column(default=None)
    fund_id: Mapped[UUID | None] = mapped_column(default=None)
    channel_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    project_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)
    counterparty_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimensions.id"), default=None)


class Balance(Base):
    """What was debited and credited to an account in a month (by `booked_on`), folded in while recording."""

    __tablename__ = "balances"
    __table_args__ = ({"postgresql_with": {"fillfactor": "50"}},)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    debit: Mapped[int]
    credit: Mapped[int]
    posting_count: Mapped[int]


class AccountFloor(Base):
    """That decisions may not take more from an account than lies there. Apart from it, to be locked alone.

    What lies on an account that is `owed` stands in its credit: others' money, to be handed on.
    """

    __tablename__ = "account_floors"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    active: Mapped[bool] = mapped_column(default=True)
    owed: Mapped[bool] = mapped_column(default=False)


class PeriodState(enum.StrEnum):
    """Whether a month still takes entries."""

    open = "open"
    closed = "closed"


class Period(Base):
    """One month of one organization's books. It comes into being with its first entry."""

    __tablename__ = "periods"
    __table_args__ = (CheckConstraint("extract(day from month) = 1", name="month"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    state: Mapped[PeriodState] = mapped_column(default=PeriodState.open)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    version: Mapped[int] = mapped_column(SmallInteger, default=0)
