"""Occasions: the aid case or village's request that a disbursement pays, and that hears what became of it."""

from collections.abc import Sequence
from datetime import date

from app.kit.database import WriteSession
from app.projects.aid_cases import payments
from app.projects.aid_cases.payments import Paid
from app.projects.models import Disbursement
from app.projects.villages import homes
from app.projects.villages import requests as drawdowns
from app.projects.villages.requests import Moved


async def paid(session: WriteSession, disbursements: Sequence[Disbursement], *, by: str) -> None:
    """Let cases and requests be paid by their disbursements (locked by the caller), in the same transaction.

    All of a bank's file at once, in the order of ids: two files never wait for each other crosswise.
    """
    cases = {
        one.aid_case_id: Paid(one.paid_on, one.code)
        for one in disbursements
        if one.aid_case_id is not None and one.paid_on is not None
    }
    if cases:
        await payments.mark_paid(session, cases, by=by)
    asked = [one for one in disbursements if one.village_request_id is not None]
    for one in sorted(asked, key=lambda one: (one.counterparty_id, str(one.village_request_id))):
        if one.village_request_id is not None and one.paid_on is not None:
            village = await homes.get(session, one.counterparty_id)
            moved = _moved(one, one.amount, one.paid_on, by)
            await drawdowns.mark_paid(session, village, one.village_request_id, moved)


async def came_back(
    session: WriteSession, disbursement: Disbursement, amount: int, *, on: date, reason: str, by: str
) -> None:
    """Let a case or a request know what came back of its money; once all of it has, it may be paid again."""
    whole = disbursement.returned_minor == disbursement.amount
    if disbursement.aid_case_id is not None and whole:
        await payments.reopen(session, disbursement.aid_case_id, reason=reason, by=by)
    if disbursement.village_request_id is not None:
        village = await homes.get(session, disbursement.counterparty_id)
        moved = _moved(disbursement, amount, on, by)
        request_id = disbursement.village_request_id
        await drawdowns.give_back(session, village, request_id, moved, reopen=whole)


def _moved(disbursement: Disbursement, amount: int, on: date, by: str) -> Moved:
    return Moved(
        amount_minor=amount, on=on, disbursement_id=disbursement.id, reference=disbursement.code, by=by
    )
