"""Tables of Happy Home villages: the checklist, the fund's public book, requests, statements, supervision."""

import enum
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kit.clock import now
from app.kit.database import Base, Record


class VillagePhase(enum.StrEnum):
    """How far a village is: trying it out, carrying it on with all five items, or no longer."""

    pilot = "pilot"
    established = "established"
    ended = "ended"


class VillageItem(enum.StrEnum):
    """The five things that make a Happy Home (五个一)."""

    station = "station"
    fund = "fund"
    care_centre = "care_centre"
    covenant = "covenant"
    volunteer_team = "volunteer_team"


class BookKind(enum.StrEnum):
    """Whether money came into a village's fund or left it."""

    income = "income"
    expense = "expense"


class VillageRequestState(enum.StrEnum):
    """The life of a village's request for money."""

    asked = "asked"
    approved = "approved"
    refused = "refused"
    paid = "paid"


_AMOUNT = "between 1 and 1000000000000000"


class Village(Base):
    """A village or community that runs a Happy Home; its collective is a counterparty of the books."""

    __tablename__ = "villages"
    __table_args__ = (
        UniqueConstraint("id", "organization_id"),
        UniqueConstraint("organization_id", "town", "name"),
        CheckConstraint("code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'", name="code"),
        CheckConstraint("pilot_phase between 1 and 99", name="pilot_phase"),
        CheckConstraint("(phase = 'pilot') = (established_on is null and ended_on is null)", name="phase"),
        CheckConstraint("(phase = 'ended') = (ended_on is not null)", name="ended"),
        CheckConstraint("established_on >= started_on and ended_on >= started_on", name="days"),
    )

    # Its dimension's: a counterparty of the county's books.
    id: Mapped[UUID] = mapped_column(ForeignKey("dimensions.id"), primary_key=True)
    # The county's association, which supervises it.
    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"))
    code: Mapped[str] = mapped_column(unique=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"))
    town: Mapped[str]
    name: Mapped[str]
    pilot_phase: Mapped[int]
    started_on: Mapped[date]
    made_by: Mapped[str]
    phase: Mapped[VillagePhase] = mapped_column(default=VillagePhase.pilot)
    established_on: Mapped[date | None] = mapped_column(default=None)
    ended_on: Mapped[date | None] = mapped_column(default=None)
    created_at: Mapped[datetime] = mapped_column(init=False, default_factory=now, insert_default=now)


class VillageItemDone(Record, Base):
    """That a village has one of the five items, since when and as what."""

    __tablename__ = "village_items"
    __table_args__ = (UniqueConstraint("village_id", "item"),)

    village_id: Mapped[UUID] = mapped_column(ForeignKey(Village.id))
    item: Mapped[VillageItem]
    done_on: Mapped[date]
    note: Mapped[str]
    recorded_by: Mapped[str]


class VillageFund(Base):
    """What a village's fund holds. It never holds less than nothing, whoever books at the same moment."""

    __tablename__ = "village_funds"
    __table_args__ = (CheckConstraint("balance_minor >= 0", name="balance"),)

    village_id: Mapped[UUID] = mapped_column(ForeignKey(Village.id), primary_key=True)
    balance_minor: Mapped[int]
    line_count: Mapped[int]
    # The last day of the last statement: what was told stays as it was told.
    closed_to: Mapped[date | None] = mapped_column(default=None)


class VillageDrawdown(Record, Base):
    """A village's request for money, by a resolution of its committee."""

    __tablename__ = "village_requests"
    __table_args__ = (
        UniqueConstraint("village_id", "number"),
        UniqueConstraint("id", "village_id"),
        UniqueConstraint("payment_reference"),
        CheckConstraint(f"amount_minor {_AMOUNT}", name="amount"),
        CheckConstraint("spent_minor between 0 and amount_minor", name="spent"),
        CheckConstraint("spent_minor = 0 or state = 'paid'", name="spending"),
        # More than half of those who were there.
        CheckConstraint("for_count <= present_count and for_count * 2 > present_count", name="majority"),
        CheckConstraint("(state = 'asked') = (decided_by is null)", name="decided"),
        CheckConstraint("(decided_by is null) = (decided_at is null)", name="decision"),
        # Who asks for money does not decide about it.
        CheckConstraint("decided_by <> asked_by", name="another"),
        CheckConstraint("(state = 'refused') = (refusal_reason is not null)", name="refusal"),
        CheckConstraint(
            "(state = 'paid') = (paid_on is not null) and (paid_on is null) = (payment_reference is null)",
            name="paid",
        ),
    )

    village_id: Mapped[UUID] = mapped_column(ForeignKey(Village.id))
    number: Mapped[int]
    amount_minor: Mapped[int]
    purpose: Mapped[str]
    resolved_on: Mapped[date]
    resolution: Mapped[str]
    present_count: Mapped[int]
    for_count: Mapped[int]
    asked_by: Mapped[str]
    state: Mapped[VillageRequestState] = mapped_column(default=VillageRequestState.asked)
    spent_minor: Mapped[int] = mapped_column(default=0)
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    refusal_reason: Mapped[str | None] = mapped_column(default=None)
    paid_on: Mapped[date | None] = mapped_column(default=None)
    payment_reference: Mapped[str | None] = mapped_column(default=None)


class VillageBookLine(Record, Base):
    """One line of a village's public book: money in or out, on which day, and what for."""

    __tablename__ = "village_book_lines"
    __table_args__ = (
        UniqueConstraint("village_id", "number"),
        UniqueConstraint("reverses_id"),
        ForeignKeyConstraint(
            ["request_id", "village_id"],
            ["village_requests.id", "village_requests.village_id"],
            name="village_book_lines_request_fkey",
        ),
        CheckConstraint("amount_minor <> 0 and abs(amount_minor) <= 1000000000000000", name="amount"),
        # Only what takes a line back is negative.
        CheckConstraint("(amount_minor < 0) = (reverses_id is not null)", name="reversal"),
        # What a bank has moved is no slip of the pen.
        CheckConstraint("disbursement_id is null or reverses_id is null", name="moved"),
        Index("village_book_lines_day_idx", "village_id", "booked_on"),
    )

    village_id: Mapped[UUID] = mapped_column(ForeignKey(VillageFund.village_id))
    number: Mapped[int]
    kind: Mapped[BookKind]
    booked_on: Mapped[date]
    amount_minor: Mapped[int]
    balance_minor: Mapped[int]
    words: Mapped[str]
    recorded_by: Mapped[str]
    request_id: Mapped[UUID | None] = mapped_column(default=None)
    # By which disbursement of the county the money came, or went back.
    disbursement_id: Mapped[UUID | None] = mapped_column(ForeignKey("disbursements.id"), default=None)
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("village_book_lines.id"), default=None)


class VillageStatement(Record, Base):
    """What a village's fund took in and spent in a quarter, told to everybody."""

    __tablename__ = "village_statements"
    __table_args__ = (
        UniqueConstraint("village_id", "year", "quarter"),
        CheckConstraint("quarter between 1 and 4", name="quarter"),
        CheckConstraint("opening_minor + income_minor - expense_minor = closing_minor", name="sums"),
        CheckConstraint("received_minor >= 0 and given_back_minor >= 0", name="moved"),
    )

    village_id: Mapped[UUID] = mapped_column(ForeignKey(Village.id))
    year: Mapped[int]
    quarter: Mapped[int]
    opening_minor: Mapped[int]
    income_minor: Mapped[int]
    expense_minor: Mapped[int]
    closing_minor: Mapped[int]
    # Of the income what the county paid, of the expense what went back to it.
    received_minor: Mapped[int]
    given_back_minor: Mapped[int]
    line_count: Mapped[int]
    published_by: Mapped[str]


class VillageInspection(Record, Base):
    """That the county looked at a village: what it found, and by when it is to be set right."""

    __tablename__ = "village_inspections"
    __table_args__ = (
        CheckConstraint("due_on >= inspected_on", name="due"),
        CheckConstraint("num_nulls(remedied_on, remedy, remedied_by) in (0, 3)", name="remedied"),
        CheckConstraint("remedied_on is null or due_on is not null", name="remedy"),
        Index("village_inspections_village_id_idx", "village_id", "id"),
    )

    village_id: Mapped[UUID] = mapped_column(ForeignKey(Village.id))
    inspected_on: Mapped[date]
    findings: Mapped[str]
    inspected_by: Mapped[str]
    due_on: Mapped[date | None] = mapped_column(default=None)
    remedied_on: Mapped[date | None] = mapped_column(default=None)
    remedy: Mapped[str | None] = mapped_column(default=None)
    remedied_by: Mapped[str | None] = mapped_column(default=None)
