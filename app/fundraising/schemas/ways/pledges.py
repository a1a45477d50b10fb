"""Pledges as JSON."""

from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.models import Campaign, DonorKind, EnforceableGround, Pledge, PledgeState
from app.fundraising.ways import pledges
from app.fundraising.ways.pledges import Instalment
from app.kit.fields import Body, Code, Day, Line, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.ids import new_id

_ID = "01997d5d-ac96-774b-bcce-b302099a8041"
_CAMPAIGN = "01997d5d-ac96-774b-bcce-b302099a8002"


def _fen(amount: int) -> dict[str, object]:
    return {"amount": amount, "currency": "CNY"}


_SAID = {
    "campaign_id": _CAMPAIGN,
    "number": "RJ-2026-001",
    "donor_kind": "organization",
    "amount": _fen(10_000_000),
    "promised_on": "2026-03-01",
    "ground": "public_media",
}
_SHOWN = _SAID | {
    "id": _ID,
    "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
    "name": "陕西某企业（演示）",
    "paid": _fen(4_000_000),
    "state": "open",
    "enforceable": True,
    "written_off_on": None,
    "written_off_reason": None,
    "reported_on": None,
    "created_at": "2026-03-01T02:00:00Z",
}
_INSTALMENT = {
    "number": 1,
    "due_on": "2026-06-30",
    "amount": _fen(4_000_000),
    "paid": _fen(4_000_000),
    "overdue": False,
}


class PledgeInstalmentIn(Body):
    """A part of a pledge and the day on which it is due."""

    due_on: Day
    amount: MoneyIn


class PledgeIn(Body):
    """What somebody has promised to give."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            _SAID
            | {
                "name": "陕西某企业（演示）",
                "instalments": [
                    {"due_on": "2026-06-30", "amount": _fen(4_000_000)},
                    {"due_on": "2026-12-31", "amount": _fen(6_000_000)},
                ],
            }
        )
    )

    campaign_id: UUID
    number: Code
    name: Line
    donor_kind: DonorKind = DonorKind.individual
    amount: MoneyIn
    promised_on: Day
    ground: EnforceableGround | None = Field(
        default=None, description="Why it can be demanded (慈善法 art. 41); none if it can't."
    )
    instalments: list[PledgeInstalmentIn] = Field(min_length=1, max_length=120)

    def as_pledge(self, campaign: Campaign, actor: str) -> Pledge:
        """Return the same as a row."""
        return Pledge(
            organization_id=campaign.organization_id,
            campaign_id=campaign.id,
            number=self.number,
            person_id=new_id(),
            amount=self.amount.amount,
            promised_on=self.promised_on,
            actor=actor,
            donor_kind=self.donor_kind,
            ground=self.ground,
        )

    def parts(self) -> list[tuple[date, int]]:
        """Return the instalments in the words of the rules."""
        return [(part.due_on, part.amount.amount) for part in self.instalments]


class PledgePaymentIn(Body):
    """The gift by which a pledge is paid."""

    model_config = ConfigDict(json_schema_extra=shown({"donation_id": _ID}))

    donation_id: UUID


class WriteOffIn(Body):
    """Why what is still owed is given up."""

    model_config = ConfigDict(
        json_schema_extra=shown({"reason": "经济状况显著恶化", "reported_on": "2026-07-01"})
    )

    reason: Words
    reported_on: Day | None = Field(
        default=None,
        description="When the hardship was reported to the authority; an enforceable one needs it.",
    )


class PledgeOut(BaseModel):
    """A pledge as it stands. Without the right to read donors the name is masked, the reason left out."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN))

    id: UUID
    organization_id: UUID
    campaign_id: UUID
    number: str
    name: str | None
    donor_kind: DonorKind
    amount: MoneyOut
    paid: MoneyOut
    state: PledgeState
    promised_on: date
    ground: EnforceableGround | None
    enforceable: bool
    written_off_on: date | None
    written_off_reason: str | None = Field(description="`null` to those who may not read donors.")
    reported_on: date | None
    created_at: datetime

    @classmethod
    def of(cls, pledge: Pledge, name: str | None, paid: int, **more: object) -> Self:
        """Return a pledge as JSON shows it."""
        names = (
            *("id", "organization_id", "campaign_id", "number", "donor_kind", "promised_on", "ground"),
            *("written_off_on", "reported_on", "created_at"),
        )
        told = {
            "name": name,
            "amount": MoneyOut.of(pledge.amount),
            "paid": MoneyOut.of(paid),
            "state": pledges.state(pledge, paid),
            "enforceable": pledge.ground is not None,
        }
        return cls.model_validate({one: getattr(pledge, one) for one in names} | told | more)


class PledgeInstalmentOut(BaseModel):
    """A part of a pledge: due when, and how much of it has been paid."""

    number: int
    due_on: date
    amount: MoneyOut
    paid: MoneyOut
    overdue: bool

    @classmethod
    def of(cls, part: Instalment) -> Self:
        """Return an instalment as JSON shows it."""
        return cls(
            number=part.number,
            due_on=part.due_on,
            amount=MoneyOut.of(part.amount),
            paid=MoneyOut.of(part.paid),
            overdue=part.overdue,
        )


class PledgeDetail(PledgeOut):
    """A pledge with its instalments."""

    model_config = ConfigDict(json_schema_extra=shown(_SHOWN | {"instalments": [_INSTALMENT]}))

    instalments: list[PledgeInstalmentOut]


class PledgeQuery(PageQuery):
    """Which pledges to list; `overdue` ones owe what was due before today."""

    organization_id: UUID | None = None
    campaign_id: UUID | None = None
    state: PledgeState | None = None
    overdue: bool | None = None
    sort: Literal["created_at", "-created_at", "amount", "-amount", "promised_on", "-promised_on"] = (
        "-created_at"
    )
