"""What a line is and what it is matched with, as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.bank.decisions import Decision
from app.accounting.bank.matches import Loose, Pair
from app.accounting.models import BankMatch, LineKind
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery

POSTING = "01997d5d-ac96-774b-bcce-b302099a8007"
_MATCH = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8024",
    "line_id": examples.LINE_ID,
    "posting_id": POSTING,
    "amount": examples.fen(50000),
    "actor": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
    "created_at": "2026-05-31T08:00:00Z",
    "undone_at": None,
    "undone_by": None,
    "undone_because": None,
}


class ClassificationIn(Body):
    """What a line is. Gifts, settlements and agency money have doors of their own, unless booked already."""

    model_config = ConfigDict(json_schema_extra=shown({"kind": "interest"}))

    kind: LineKind
    channel_id: UUID | None = Field(
        default=None, description="The other account of an own transfer, or the cash box that was deposited."
    )
    note: Line | None = None

    def as_decision(self) -> Decision:
        """Return the same in the words of the rules."""
        return Decision(kind=self.kind, channel_id=self.channel_id, note=self.note)


class ClassificationsIn(Body):
    """Lines whose proposals are right as they are."""

    model_config = ConfigDict(json_schema_extra=shown({"line_ids": [examples.LINE_ID]}))

    line_ids: list[UUID] = Field(min_length=1, max_length=200)


class ClassificationOut(BaseModel):
    """What became of one line of a batch: booked, or refused with the reason's code."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "line_id": examples.LINE_ID,
                "kind": "interest",
                "entry_id": examples.ENTRY,
                "refused": None,
            }
        )
    )

    line_id: UUID
    kind: LineKind | None
    entry_id: UUID | None
    refused: str | None


class ClassificationsOut(BaseModel):
    """What became of a batch, in its order."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "outcomes": [
                    {
                        "line_id": examples.LINE_ID,
                        "kind": "fee",
                        "entry_id": examples.ENTRY,
                        "refused": None,
                    }
                ]
            }
        )
    )

    outcomes: list[ClassificationOut]


class LineMatchOut(BaseModel):
    """What became of one line of a batch: how much of it is matched now, or the reason's code."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"line_id": examples.LINE_ID, "matched": examples.fen(50000), "refused": None}
        )
    )

    line_id: UUID
    matched: MoneyOut
    refused: str | None


class LineMatchesOut(BaseModel):
    """What became of a batch, in its order."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "outcomes": [
                    {"line_id": examples.LINE_ID, "matched": examples.fen(0), "refused": "no-proposal"}
                ]
            }
        )
    )

    outcomes: list[LineMatchOut]


class ReasonIn(Body):
    """Why something is taken back."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "归类有误"}))

    reason: Words


class MatchIn(Body):
    """The part of a posting that is this line's money."""

    model_config = ConfigDict(json_schema_extra=shown({"posting_id": POSTING, "amount": examples.fen(50000)}))

    posting_id: UUID
    amount: MoneyIn


class MatchesIn(Body):
    """The postings that are this line's money, all or none."""

    model_config = ConfigDict(
        json_schema_extra=shown({"matches": [{"posting_id": POSTING, "amount": examples.fen(50000)}]})
    )

    matches: list[MatchIn] = Field(min_length=1, max_length=200)

    def pairs(self, line_id: UUID) -> list[Pair]:
        """Return the same in the words of the rules."""
        return [
            Pair(line_id=line_id, posting_id=one.posting_id, amount=one.amount.amount) for one in self.matches
        ]


class MatchQuery(PageQuery):
    """Which matches to list."""

    standing: bool | None = None


class MatchOut(BaseModel):
    """That a part of a line and a part of a posting are the same money, until somebody took it back."""

    model_config = ConfigDict(json_schema_extra=shown(_MATCH))

    id: UUID
    line_id: UUID
    posting_id: UUID
    amount: MoneyOut
    actor: str
    created_at: datetime
    undone_at: datetime | None
    undone_by: str | None
    undone_because: str | None = Field(description="Null without the right to read donors, too.")

    @classmethod
    def of(cls, match: BankMatch, why: str | None) -> Self:
        """Return a match as JSON shows it, with why it was undone to whoever may read it."""
        copied = cls.model_fields.keys() - {"amount", "undone_because"}
        facts = {name: getattr(match, name) for name in copied}
        return cls(amount=MoneyOut.of(match.amount), undone_because=why, **facts)


class CandidateOut(BaseModel):
    """A posting near a line, signed as the bank would; `proposed` is what of it is probably the line's."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "posting_id": POSTING,
                "entry_id": examples.ENTRY,
                "booked_on": "2026-05-01",
                "reference": "donation:01997d5d-ac96-774b-bcce-b302099a8005",
                "amount": examples.fen(50000),
                "left": examples.fen(50000),
                "proposed": examples.fen(50000),
            }
        )
    )

    posting_id: UUID
    entry_id: UUID
    booked_on: date
    reference: str
    amount: MoneyOut
    left: MoneyOut
    proposed: MoneyOut | None

    @classmethod
    def of(cls, loose: Loose, proposed: int | None) -> Self:
        """Return a candidate as JSON shows it."""
        return cls(
            posting_id=loose.posting_id,
            entry_id=loose.entry_id,
            booked_on=loose.booked_on,
            reference=loose.reference,
            amount=MoneyOut.of(loose.amount),
            left=MoneyOut.of(loose.left),
            proposed=None if proposed is None else MoneyOut.of(proposed),
        )


class CandidatesOut(BaseModel):
    """What a line may be matched with."""

    model_config = ConfigDict(json_schema_extra=shown({"candidates": []}))

    candidates: list[CandidateOut]
