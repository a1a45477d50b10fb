"""Payouts: the money of a settlement as it arrives at the bank, 1009 -> 1002."""

from uuid import UUID

from app.accounting.bank import lines
from app.fundraising import happenings
from app.fundraising.banking import settlements
from app.fundraising.models import Settlement, SettlementState
from app.fundraising.settling.errors import PayoutDiffers, SettlementNotReady, SettlementPaidOut
from app.kit import constraints
from app.kit.database import WriteSession


async def record(session: WriteSession, settlement: Settlement, line_id: UUID, *, actor: str) -> Settlement:
    """Book a line of the bank's statement as the payout of a settlement: Dr 1002 / Cr 1009, net.

    The fee is in the books already, with the settlement. Raises SettlementNotReady, SettlementPaidOut, and
    PayoutDiffers if the bank got another amount.
    """
    await session.refresh(settlement, with_for_update=True)
    if settlement.state is not SettlementState.settled:
        raise SettlementNotReady
    if settlement.payout_line_id is not None:
        raise SettlementPaidOut(line=settlement.payout_line_id)
    line = await lines.get(session, line_id)
    if line.amount != settlement.net_minor:
        raise PayoutDiffers(expected=settlement.net_minor, received=line.amount)
    async with constraints.told(session, {"settlements_payout_line_id_key": SettlementPaidOut()}):
        await settlements.record(session, line_id, settlement.channel_id, fee=0, actor=actor)
        settlement.payout_line_id = line_id
    await happenings.settled(session, settlement, paid_on=line.happened_on)
    return settlement
