"""Lines that wait for somebody else to book their money, as JSON."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.bank import waiting
from app.accounting.models import BankLine, LineKind
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.organizations.models import Organization


class BankExceptionQuery(PageQuery):
    """Which lines to list."""

    organization_id: UUID | None = None
    channel_id: UUID | None = None
    kind: Literal[LineKind.member_transfer, LineKind.returned_money] | None = None


class BankExceptionOut(BaseModel):
    """A line that was told to be a member's transfer or returned money, which nobody has booked yet."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "id": examples.LINE_ID,
                "organization_id": examples.ORGANIZATION,
                "channel_id": examples.CHANNEL,
                "kind": "member_transfer",
                "happened_on": "2026-05-30",
                "amount": examples.fen(300000),
                "left": examples.fen(300000),
                "waits_for": "member",
                "member_id": "01997d5d-ac96-774b-bcce-b302099a8002",
                "member_code": "610100",
                "decided_by": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
                "since_at": "2026-05-31T08:00:00Z",
                "days": 12,
            }
        )
    )

    id: UUID
    organization_id: UUID
    channel_id: UUID
    kind: LineKind
    happened_on: date
    amount: MoneyOut
    left: MoneyOut = Field(description="What of it is matched with nothing in the books.")
    waits_for: Literal["member", "project"] = Field(
        description="The member that has to name its transfer, or the project whose money came back."
    )
    member_id: UUID | None = Field(description="The member that the bank's words name.")
    member_code: str | None
    decided_by: str | None
    since_at: datetime | None = Field(description="When somebody said what the line is.")
    days: int = Field(description="For how many days the money has lain at the bank.")

    @classmethod
    def of(cls, line: BankLine, member: Organization | None, today: date) -> Self:
        """Return a waiting line as JSON shows it."""
        return cls(
            id=line.id,
            organization_id=line.organization_id,
            channel_id=line.channel_id,
            kind=line.kind or LineKind.unknown,
            happened_on=line.happened_on,
            amount=MoneyOut.of(line.amount),
            left=MoneyOut.of(abs(line.amount) - line.matched_minor),
            waits_for="member" if line.kind is LineKind.member_transfer else "project",
            member_id=member and member.id,
            member_code=member and member.code,
            decided_by=line.decided_by,
            since_at=line.decided_at,
            days=waiting.days(line, today),
        )
