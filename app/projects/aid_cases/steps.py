"""Steps: how an aid case comes from one state to the next, each with who and when."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.kit import outbox
from app.kit.database import ReadSession, WriteSession
from app.projects.aid_cases.errors import AidCaseNotInState
from app.projects.models import AidCase, AidCaseState, AidCaseStep

S = AidCaseState
NEXT = {
    S.applied: {S.verified, S.withdrawn},
    S.verified: {S.approved, S.refused, S.withdrawn},
    S.approved: {S.noticed, S.withdrawn},
    S.noticed: {S.payable, S.refused, S.withdrawn},
    S.payable: {S.paid, S.withdrawn},
    S.paid: {S.payable},
    S.refused: {S.appealed},
    S.appealed: {S.approved, S.refused, S.withdrawn},
    S.withdrawn: set[AidCaseState](),
}
"""From each state those that may come next.

From a notice back to a refusal, if an objection was right; from paid back, if all of the money came back.
"""


async def begin(session: WriteSession, case: AidCase, *, by: str) -> None:
    """Write down that a case was opened."""
    session.add(AidCaseStep(case_id=case.id, number=1, state=case.state, actor=by))
    await _tell(session, case)


def must_lead_to(case: AidCase, state: AidCaseState) -> None:
    """Refuse unless a case may come into a state next."""
    if state not in NEXT[case.state]:
        raise AidCaseNotInState(case=case.id, state=case.state, wanted=state)


async def move(
    session: WriteSession,
    case: AidCase,
    state: AidCaseState,
    *,
    by: str,
    **changes: Any,  # noqa: ANN401 - columns of the case
) -> None:
    """Bring a case (locked by the caller) into its next state, and write down who did.

    `changes` go with it in one statement: an amount and the state that has one come together.
    """
    must_lead_to(case, state)
    last = select(func.max(AidCaseStep.number)).where(AidCaseStep.case_id == case.id)
    number = (await session.scalar(last) or 0) + 1
    case.state = state
    for name, value in changes.items():
        setattr(case, name, value)
    session.add(AidCaseStep(case_id=case.id, number=number, state=state, actor=by))
    await _tell(session, case)


async def history(session: ReadSession, case: AidCase) -> Sequence[AidCaseStep]:
    """Return every state that a case came into, the first one first."""
    query = select(AidCaseStep).where(AidCaseStep.case_id == case.id)
    return (await session.scalars(query.order_by(AidCaseStep.number))).all()


async def _tell(session: WriteSession, case: AidCase) -> None:
    await session.flush()
    await outbox.tell(
        session,
        f"aid_case.{case.state}",
        organization_id=case.organization_id,
        subject=f"aid_case:{case.id}",
        payload={"number": case.number, "amount_minor": case.amount_minor},
    )
