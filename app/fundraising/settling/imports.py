"""Imports: a bill that was sent, taken in, and the job that holds its lines against the books."""

from typing import BinaryIO
from uuid import UUID

from app.accounting.models import Channel
from app.fundraising.models import SettlementState
from app.fundraising.settling import bills, comparing, files
from app.fundraising.settling.files import Declared, Taken
from app.kit import runs
from app.kit.database import WriteSession


async def begin(
    session: WriteSession, channel: Channel, source: BinaryIO, declared: Declared, *, actor: str
) -> tuple[Taken, UUID | None]:
    """Take in a file and ask for the job behind it; without one if it has no line that is new."""
    with bills.aside(source) as path:
        taken = await files.take_in(session, channel, path, declared, actor=actor)
    settlement = taken.settlement
    if settlement.state is SettlementState.settled:
        return taken, None
    run = await runs.begin(
        session,
        comparing.compare_settlement,
        caller=actor,
        organization_id=settlement.organization_id,
        settlement_id=settlement.id,
    )
    return taken, run.id
