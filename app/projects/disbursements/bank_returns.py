"""Bank returns: lines of a bank's statement that are money which a payee gave back."""

from uuid import UUID

from app.accounting.bank import decisions
from app.accounting.bank.decisions import Decision
from app.accounting.bank.errors import LineDecided, LineGoesTheOtherWay
from app.accounting.models import BankLine, LineKind
from app.kit.database import WriteSession
from app.projects.disbursements import returns
from app.projects.disbursements.returns import GivenBack
from app.projects.models import Disbursement


async def take(
    session: WriteSession, line_id: UUID, disbursement: Disbursement, *, reason: str, actor: str
) -> BankLine:
    """Book a line as the return of a disbursement (locked by the caller), and match it with what that booked.

    Raises LineDecided, LineMatched, LineGoesTheOtherWay, and what a return refuses.
    """
    line, channel = await decisions.hold(session, line_id)
    if line.kind not in {None, LineKind.returned_money} or line.entry_id is not None:
        raise LineDecided(line=line.id, kind=line.kind, entry=line.entry_id)
    decisions.must_be_unmatched(line)
    if line.amount < 0:
        raise LineGoesTheOtherWay(line=line.id, kind=LineKind.returned_money)
    given = GivenBack(channel=channel, amount=line.amount, on=line.happened_on, reason=reason)
    made = await returns.take_back(session, disbursement, given, actor=actor)
    decision = Decision(kind=LineKind.returned_money, note=disbursement.code)
    await decisions.conclude(session, line, channel, decision, actor=actor, entry_id=made.entry_id)
    return line
