"""Returns: money that a payee gives back, the end of what it was paid (J10)."""

from dataclasses import dataclass
from datetime import date, datetime, time

from app.accounting.models import Channel
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import arrivals
from app.ledger.events import Event
from app.ledger.movements import spending
from app.ledger.movements.spending import Return
from app.projects.disbursements import explanations, occasions
from app.projects.disbursements.errors import (
    DayToCome,
    DisbursementNotInState,
    OrderOfAnotherOrganization,
)
from app.projects.disbursements.orders import CASH
from app.projects.disbursements.ways import WAYS, Way
from app.projects.models import Disbursement, DisbursementReturn


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """What a payee gave back: how much, into which channel, when and why."""

    channel: Channel
    amount: int
    on: date
    reason: str


async def take_back(
    session: WriteSession, disbursement: Disbursement, given: GivenBack, *, actor: str
) -> DisbursementReturn:
    """Book what came back of a paid disbursement (locked by the caller): its fund has it again.

    Raises NothingToReturn if more comes back than is out, ArrivalUnfit if it has reached a beneficiary.
    """
    if disbursement.posting_id is None or disbursement.paid_on is None:
        raise DisbursementNotInState(disbursement=disbursement.code, state=disbursement.state)
    if given.channel.organization_id != disbursement.organization_id or given.channel.kind not in CASH:
        raise OrderOfAnotherOrganization(channel=given.channel.code)
    if not disbursement.paid_on <= given.on <= today():
        raise DayToCome(day=given.on)
    back = Return(
        reference=f"disbursement-return:{new_id()}",
        posting_id=disbursement.posting_id,
        amount=given.amount,
        into=given.channel.id,
        into_code=CASH[given.channel.kind],
    )
    # What counted because it was paid had not arrived, as far as it comes back.
    if WAYS[disbursement.kind] is not Way.routed:
        await arrivals.take_back(
            session, disbursement.posting_id, given.amount, on=given.on, evidence=back.reference
        )
    # Money of a day before today is booked at that day's noon, as a bank tells the day alone.
    at = datetime.combine(given.on, time(12), LEGAL_ZONE)
    event = Event(
        occurred_at=at, actor=actor, chart=given.channel.chart, summary=f"退回拨付款 {disbursement.code}"
    )
    receipt = await spending.take_back(session, back, event)
    disbursement.returned_minor += given.amount
    made = DisbursementReturn(
        disbursement_id=disbursement.id,
        amount=given.amount,
        returned_on=given.on,
        entry_id=receipt.entry_id,
        recorded_by=actor,
    )
    session.add(made)
    await session.flush()
    await occasions.came_back(session, disbursement, given.amount, on=given.on, reason=given.reason, by=actor)
    await explanations.keep(session, made, disbursement, given.reason)
    return made
