"""Transfers as JSON."""

from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.clock import today
from app.kit.fields import Body, Day, MoneyIn, MoneyOut, Words, shown
from app.kit.http.pages import PageQuery
from app.ledger.movements.transfers import Nature
from app.organizations.access import Caller, Permission
from app.projects.models import Transfer, TransferReturn, TransferState
from app.projects.schemas.transfers import examples
from app.projects.transfers.requests import NewTransfer

_ASK, _PAY = Permission.disbursements_request, Permission.payments_execute
S = TransferState
OF_SENDER: dict[TransferState, dict[str, Permission]] = {
    S.requested: {"withdraw": _ASK},
    S.approved: {"withdraw": _ASK, "send": _PAY},
    S.accounted: {"settle": Permission.disbursements_approve},
}
OF_RECEIVER: dict[TransferState, dict[str, Permission]] = {
    S.sent: {"receive": _PAY},
    S.received: {"give_back": _PAY},
    S.settled: {"give_back": _PAY},
}


class TransferIn(Body):
    """Money that one member shall send to another."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRANSFER_IN))

    sender_id: UUID
    receiver_id: UUID
    nature: Nature = Field(description="A grant, agency money that is nobody's, or an advance to be settled.")
    amount: MoneyIn
    purpose: Words = Field(description="On what ground, and for what.")
    fund_id: UUID | None = Field(default=None, description="Of the sender; agency money comes from none.")
    mandate_id: UUID | None = Field(default=None, description="By which agency money is handed on.")

    def as_transfer(self) -> NewTransfer:
        """Return the same in the words of the rules."""
        told: dict[str, Any] = dict(self) | {"amount": self.amount.amount}
        return NewTransfer(**told)


class TransferQuery(PageQuery):
    """Which transfers to list."""

    sender_id: UUID | None = None
    receiver_id: UUID | None = None
    nature: Nature | None = None
    state: TransferState | None = None
    sent_on_from: Day | None = None
    sent_on_to: Day | None = None
    sort: Literal["created_at", "-created_at", "amount", "-amount"] = "-created_at"


class TransferOut(BaseModel):
    """A transfer; `days_in_transit` counts while the receiver has not confirmed it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TRANSFER))

    id: UUID
    code: str
    sender_id: UUID
    receiver_id: UUID
    nature: Nature
    amount: MoneyOut
    purpose: str
    fund_id: UUID | None
    mandate_id: UUID | None
    receiver_fund_id: UUID | None
    receiver_mandate_id: UUID | None = Field(description="By which the receiver hands agency money on.")
    state: TransferState
    requested_by: str
    sent_on: date | None
    received_on: date | None
    days_in_transit: int | None
    account: str | None
    returned: MoneyOut
    created_at: datetime

    @classmethod
    def of(cls, row: Transfer) -> Self:
        """Return a transfer as JSON shows it."""
        return cls(**_told(row))


_COPIED = TransferOut.model_fields.keys() - {"amount", "returned", "days_in_transit"}


def _told(row: Transfer) -> dict[str, Any]:
    waiting = row.sent_on is not None and row.received_on is None
    return {name: getattr(row, name) for name in _COPIED} | {
        "amount": MoneyOut.of(row.amount),
        "returned": MoneyOut.of(row.returned_minor),
        "days_in_transit": (today() - row.sent_on).days if waiting and row.sent_on else None,
    }


class TransferDetail(TransferOut):
    """A transfer, and what the caller may do about it on either side."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DETAIL))

    allowed_actions: list[str]

    @classmethod
    def whole(cls, row: Transfer, caller: Caller) -> Self:
        """Return everything that is to be read about a transfer."""
        receiver = dict(OF_RECEIVER.get(row.state, {}))
        if row.state is S.received and row.nature is Nature.advance:
            receiver["account"] = _ASK
        actions = caller.allowed(OF_SENDER.get(row.state, {}), at=row.sender_id)
        return cls(**_told(row), allowed_actions=actions + caller.allowed(receiver, at=row.receiver_id))


class TransferStepOut(BaseModel):
    """A state that a transfer came into: who of which side brought it there, and why."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=shown(
            {
                "number": 3,
                "from_state": "approved",
                "to_state": "sent",
                "actor": examples.OFFICER,
                "reason": None,
                "created_at": examples.MOMENT,
            }
        ),
    )

    number: int
    from_state: TransferState | None
    to_state: TransferState
    actor: str
    reason: str | None
    created_at: datetime


class TransferSendingIn(Body):
    """From which bank account, and when, the sender has paid."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SENDING_IN))

    channel_id: UUID
    sent_on: Day


class TransferReceiptIn(Body):
    """Into which bank account, when, and into which fund or for which mandate the receiver has taken it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RECEIPT_IN))

    channel_id: UUID
    received_on: Day
    fund_id: UUID | None = Field(default=None, description="For a grant, and for nothing else.")
    mandate_id: UUID | None = Field(
        default=None,
        description="Of yours, by which you hand agency money on; else you can only return it.",
    )


class TransferAccountIn(Body):
    """What was done with an advance, and which of the receiver's funds takes it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ACCOUNT_IN))

    fund_id: UUID
    content: Words


class TransferReturnIn(Body):
    """What the receiver gives back, and from which of its bank accounts."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RETURN_IN))

    channel_id: UUID
    amount: MoneyIn
    sent_on: Day
    reason: Words


class TransferReturnReceiptIn(Body):
    """Into which bank account, and when, the sender has its money back."""

    model_config = ConfigDict(
        json_schema_extra=shown({"channel_id": examples.CHANNEL, "received_on": "2026-06-03"})
    )

    channel_id: UUID
    received_on: Day


class TransferReturnOut(BaseModel):
    """What the receiver gave back; on its way until the sender has it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.RETURN))

    id: UUID
    transfer_id: UUID
    amount: MoneyOut
    sent_on: date
    reason: str
    given_by: str
    received_on: date | None
    received_by: str | None
    created_at: datetime

    @classmethod
    def of(cls, row: TransferReturn) -> Self:
        """Return it as JSON shows it."""
        names = cls.model_fields.keys() - {"amount"}
        return cls(amount=MoneyOut.of(row.amount), **{name: getattr(row, name) for name in names})
