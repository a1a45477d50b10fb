"""Samples, cut-off tests and exceptions as auditors hear them."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.audit.exceptions import Matter, Open
from app.audit.samples import Drawn, Method
from app.audit.schemas.journal import Span
from app.kit.fields import Day, MoneyOut, shown
from app.ledger.models import EntryKind

_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0007"
_DRAWN = {
    "index": 7,
    "entry_id": _ID,
    "kind": "donation",
    "reference": f"donation:{_ID}",
    "occurred_on": "2026-05-01",
    "booked_on": "2026-05-01",
    "created_on": "2026-05-01",
    "amount": {"amount": 12300, "currency": "CNY"},
    "late": False,
}
_OPEN = {
    "matter": "suspense",
    "since": "2026-05-01",
    "age_days": 12,
    "subject": _ID,
    "amount": {"amount": 12300, "currency": "CNY"},
    "account": None,
    "entry_id": _ID,
}
COUNT_MAX = 1000


class SampleQuery(Span):
    """How a sample is drawn."""

    seed: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x20-\x7e]+$", examples=["2026-07"])]
    count: int = Field(default=25, ge=1, le=COUNT_MAX)
    method: Method = Method.plain
    as_of_index: int | None = Field(default=None, ge=0, le=10**15, description="The first so many leaves.")


class CutOffQuery(BaseModel):
    """Around which day, and how far."""

    model_config = ConfigDict(extra="forbid")

    date: Day
    days: int = Field(default=10, ge=0, le=62)


class DrawnOut(BaseModel):
    """An entry with its index in the public log and the days by which it is judged."""

    index: int
    entry_id: UUID
    kind: EntryKind
    reference: str
    occurred_on: date
    booked_on: date
    created_on: date
    amount: MoneyOut
    late: bool = Field(description="Booked in another month than it happened in.")

    @classmethod
    def of(cls, one: Drawn) -> "DrawnOut":
        """Return an entry as JSON says it."""
        return cls(
            index=one.index,
            entry_id=one.entry_id,
            kind=one.kind,
            reference=one.reference,
            occurred_on=one.occurred_on,
            booked_on=one.booked_on,
            created_on=one.created_on,
            amount=MoneyOut.of(one.amount),
            late=one.late,
        )


class SampleOut(BaseModel):
    """A sample, and all that it takes to draw it again."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"seed": "2026-07", "method": "plain", "as_of_index": 73895, "entries": [_DRAWN]}
        )
    )

    seed: str
    method: Method
    as_of_index: int
    entries: list[DrawnOut]


class CutOffOut(BaseModel):
    """The entries around a day."""

    model_config = ConfigDict(
        json_schema_extra=shown({"date": "2026-12-31", "days": 10, "entries": [_DRAWN]})
    )

    date: date
    days: int
    entries: list[DrawnOut]


class OpenOut(BaseModel):
    """A matter that stands open."""

    matter: Matter
    since: date
    age_days: int
    subject: str = Field(description="What it is about: a gift, a posting, an account, a refund, a message.")
    amount: MoneyOut
    account: str | None
    entry_id: UUID | None

    @classmethod
    def of(cls, one: Open, on: date) -> "OpenOut":
        """Return a matter with its age on a day."""
        return cls(
            matter=one.matter,
            since=one.since,
            age_days=one.age_days(on),
            subject=one.subject,
            amount=MoneyOut.of(one.amount),
            account=one.account,
            entry_id=one.entry_id,
        )


class ExceptionsOut(BaseModel):
    """What stands open at a member, the oldest first."""

    model_config = ConfigDict(json_schema_extra=shown({"on": "2026-05-13", "matters": [_OPEN]}))

    on: date
    matters: list[OpenOut]
