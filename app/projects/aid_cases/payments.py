"""Payments: a case that may be paid has an amount and a payee; that it was paid makes it a benefit."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from app.kit import constraints
from app.kit.clock import today
from app.kit.database import WriteSession
from app.projects.aid_cases import cases, steps
from app.projects.aid_cases.errors import AidCaseNotInState, AidDayAhead, AidPaymentTaken
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.models import AidCase, AidCaseState, AidFollowUp, BenefitKind
from app.projects.register import projects

TITLE = "大病救助金"


async def mark_paid(session: WriteSession, case: AidCase, *, on: date, reference: str, by: str) -> AidCase:
    """Mark a case (locked by the caller) as paid by the payment of this reference, and count the help.

    The payment itself is a disbursement, which calls this when the bank has paid. Raises AidCaseNotInState
    unless the notice is over, AidPaymentTaken for a payment of another case.
    """
    steps.must_lead_to(case, AidCaseState.paid)
    if on > today():
        raise AidDayAhead(day=on)
    async with constraints.told(session, {"aid_cases_payment_reference_key": AidPaymentTaken()}):
        paid = {"paid_on": on, "payment_reference": reference}
        await steps.move(session, case, AidCaseState.paid, by=by, **paid)
    given = Given(
        kind=BenefitKind.money,
        given_on=on,
        title=TITLE,
        amount_minor=case.amount_minor or 0,
        beneficiary_id=case.beneficiary_id,
        reference=f"aid-case:{case.number}",
    )
    project = await projects.get(session, case.project_id)
    await benefits.record(session, project, [given], by=by)
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """On which day and how somebody asked how a person fares, and what they heard."""

    on: date
    way: str
    words: str
    by: str


async def follow_up(session: WriteSession, case: AidCase, asked: Asked) -> AidFollowUp:
    """Write down how a person fares who was helped."""
    if case.state is not AidCaseState.paid or case.paid_on is None:
        raise AidCaseNotInState(case=case.id, state=case.state)
    if not case.paid_on <= asked.on <= today():
        raise AidDayAhead(day=asked.on)
    counted = select(func.count()).where(AidFollowUp.case_id == case.id)
    number = (await session.scalar(counted) or 0) + 1
    row = AidFollowUp(case_id=case.id, number=number, asked_on=asked.on, way=asked.way, recorded_by=asked.by)
    session.add(row)
    await session.flush()
    await cases.seal(session, case, f"follow_up:{number}", {"words": asked.words})
    return row
