"""What accounting says of the detail ledger and of the chronicle over HTTP."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.schemas import book_examples
from app.accounting.schemas.ledgers import From, To
from app.kit.fields import MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.ledger.ledgers.chronicle import EntryRow
from app.ledger.ledgers.details import DetailRow


class DetailQuery(PageQuery):
    """Which account, from which day to which."""

    account: str = Field(
        pattern=r"^[0-9]{4}(/.+)?$",
        max_length=400,
        description="A code (1009) or the label of one leaf account (1009/tencent).",
        examples=["1009"],
    )
    since: From = None
    until: To = None


class ChronicleQuery(PageQuery):
    """From which day to which."""

    since: From = None
    until: To = None


class DetailOut(BaseModel):
    """A posting as the account sees it (明细账), and the balance behind it; a credit balance is negative."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(book_examples.DETAIL))

    entry_id: UUID
    line: int
    booked_on: date
    occurred_at: datetime
    kind: str
    reference: str
    summary: str | None
    label: str
    other_code: str
    other_label: str
    debit: MoneyOut
    credit: MoneyOut
    balance: MoneyOut

    @classmethod
    def of(cls, row: DetailRow) -> "DetailOut":
        """Return a posting as JSON says it."""
        said: dict[str, Any] = {name: getattr(row, name) for name in cls.model_fields}
        said |= {name: MoneyOut.of(said[name]) for name in ("debit", "credit", "balance")}
        return cls(**said)


class ChroniclePostingOut(BaseModel):
    """One posting of an entry, with the names of its two accounts."""

    model_config = ConfigDict(from_attributes=True)

    line: int
    debit_code: str
    debit_name_zh: str
    debit_label: str
    credit_code: str
    credit_name_zh: str
    credit_label: str
    amount: MoneyOut


class ChronicleOut(BaseModel):
    """An entry with its postings (序时账). `late`: the month in which it happened was closed already."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(book_examples.CHRONICLE))

    id: UUID
    booked_on: date
    occurred_at: datetime
    created_at: datetime
    kind: str
    reference: str
    summary: str | None
    actor: str
    late: bool
    postings: list[ChroniclePostingOut]

    @classmethod
    def of(cls, row: EntryRow) -> "ChronicleOut":
        """Return an entry as JSON says it."""
        said: dict[str, Any] = {name: getattr(row, name) for name in cls.model_fields if name != "postings"}
        names = [name for name in ChroniclePostingOut.model_fields if name != "amount"]
        postings = [
            ChroniclePostingOut(
                **{name: getattr(one, name) for name in names}, amount=MoneyOut.of(one.amount)
            )
            for one in row.postings
        ]
        return cls(**said, postings=postings)
