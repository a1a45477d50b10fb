"""How far transfers have reached, as JSON, and the bank lines that tell of them."""

from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.accounting.models import BankLine, LineKind
from app.kit.clock import today
from app.kit.fields import Body, Day, MoneyOut, shown
from app.kit.http.pages import PageQuery
from app.ledger.movements.transfers import Nature
from app.projects.schemas.transfers import examples
from app.projects.transfers.reach import Reach
from app.projects.transfers.stations import Station, StationKind

RULE = (
    "From FY2026 money that passes through members, partners or trustees counts when it has reached the"
    " beneficiary; what an organization spends itself when it is spent; before FY2026 when it was paid."
)
RULE_ZH = (
    "自2026年度起，经会员机构、合作方或受托方转付的款项以到达最终受益人时计入慈善活动支出；"
    "本机构直接支出在支出时计入；2026年度以前在支付时计入。"
)


class TransferReachQuery(PageQuery):
    """Of which transfers to tell how far they have reached."""

    sender_id: UUID | None = None
    receiver_id: UUID | None = None
    sent_on_from: Day | None = None
    sent_on_to: Day | None = None


class TransferReachOut(BaseModel):
    """How much of a transfer has arrived, and how much is where on the way; together what was sent."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REACH))

    id: UUID
    code: str
    sender_id: UUID
    receiver_id: UUID
    nature: Nature
    sent_on: date | None
    amount: MoneyOut
    arrived: MoneyOut
    in_transit: MoneyOut
    unspent: MoneyOut
    paid_on: MoneyOut
    returning: MoneyOut
    returned: MoneyOut
    unclear: MoneyOut
    stuck_since: date | None
    stuck_days: int | None

    @classmethod
    def of(cls, reach: Reach) -> Self:
        """Return how far a transfer has reached as JSON shows it."""
        return cls(**_told(reach))


def _told(reach: Reach) -> dict[str, Any]:
    names = ("id", "code", "sender_id", "receiver_id", "nature", "sent_on")
    since = reach.stuck_since
    return {name: getattr(reach.transfer, name) for name in names} | {
        "amount": MoneyOut.of(reach.transfer.amount),
        **{where.value: MoneyOut.of(reach.at(where)) for where in StationKind},
        "stuck_since": since,
        "stuck_days": _days(since),
    }


def _days(since: date | None) -> int | None:
    return None if since is None else max((today() - since).days, 0)


class StationOut(BaseModel):
    """So much of a transfer in one place, since a day."""

    model_config = ConfigDict(json_schema_extra=shown(examples.STATION))

    where: StationKind
    amount: MoneyOut
    organization_id: UUID
    since: date | None
    days: int | None
    fund_id: UUID | None
    project_id: UUID | None
    counterparty_id: UUID | None
    entry_id: UUID | None

    @classmethod
    def of(cls, station: Station) -> Self:
        """Return a station as JSON."""
        names = cls.model_fields.keys() - {"amount", "days"}
        told = {name: getattr(station, name) for name in names}
        return cls(amount=MoneyOut.of(station.amount), days=_days(station.since), **told)


class TransferReachDetail(TransferReachOut):
    """How far a transfer has reached, station by station, and by which rule it counts."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            examples.REACH | {"stations": [examples.STATION], "rule": RULE, "rule_zh": RULE_ZH}
        )
    )

    stations: list[StationOut]
    rule: str
    rule_zh: str

    @classmethod
    def whole(cls, reach: Reach) -> Self:
        """Return everything that is known of where a transfer's money is."""
        told = [StationOut.of(one) for one in reach.stations]
        return cls(**_told(reach), stations=told, rule=RULE, rule_zh=RULE_ZH)


class LineTransferIn(Body):
    """Which transfer a bank's line is; an arrival names its fund or mandate, money back the return."""

    model_config = ConfigDict(
        json_schema_extra=shown({"transfer_id": examples.TRANSFER_ID, "fund_id": examples.FUND})
    )

    transfer_id: UUID
    fund_id: UUID | None = None
    mandate_id: UUID | None = None
    return_id: UUID | None = None


class LineTakenOut(BaseModel):
    """A bank's line as it is booked now."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LINE_OUT))

    line_id: UUID
    entry_id: UUID | None
    kind: LineKind | None

    @classmethod
    def of(cls, line: BankLine) -> Self:
        """Return a line as JSON."""
        return cls(line_id=line.id, entry_id=line.entry_id, kind=line.kind)
