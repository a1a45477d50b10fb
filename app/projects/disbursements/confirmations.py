"""Confirmations: that a payee has told us of the money's arrival."""

from datetime import date

from app.kit.clock import today
from app.kit.database import WriteSession
from app.projects.disbursements import explanations, requests
from app.projects.disbursements.errors import DayToCome
from app.projects.models import Disbursement, DisbursementState


async def confirm(
    session: WriteSession, disbursement: Disbursement, *, on: date, note: str | None, by: str
) -> None:
    """Write down when a payee confirmed what it was paid (locked by the caller)."""
    if on > today() or (disbursement.paid_on is not None and on < disbursement.paid_on):
        raise DayToCome(day=on)
    to = DisbursementState.confirmed
    step = await requests.move(session, disbursement, to, by=by, confirmed_on=on)
    await explanations.keep(session, step, disbursement, note)
