"""Payments: a case hears that it was paid, and counts as help; or that all of it came back."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit.clock import today
from app.kit.database import WriteSession
from app.projects.aid_cases import cases, steps
from app.projects.aid_cases.errors import AidCaseNotInState, AidDayAhead
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.models import AidCase, AidCaseState, AidFollowUp, BenefitKind
from app.projects.register import projects

TITLE = "大病救助金"


@dataclass(frozen=True, slots=True)
class Paid:
    """On which day a case was paid, and by which disbursement's code."""

    on: date
    reference: str


async def mark_paid(session: WriteSession, paid: Mapping[UUID, Paid], *, by: str) -> None:
    """Mark cases as paid, all of a bank's file at once, and count the help that their people received.

    It is a fact: what a bank has paid is counted, whatever became of the project or the person meanwhile.
    """
    given: dict[UUID, list[Given]] = defaultdict(list)
    found = await cases.held(session, paid)
    for case in found:
        told = paid[case.id]
        facts = {"paid_on": told.on, "payment_reference": told.reference}
        await steps.move(session, case, AidCaseState.paid, by=by, **facts)
        given[case.project_id].append(_given(case, told))
    # Everybody of all projects before the first of them: two files never wait for each other crosswise.
    await benefits.hold(session, {case.beneficiary_id for case in found})
    for project_id in sorted(given):
        project = await projects.get(session, project_id)
        await benefits.record(session, project, given[project_id], by=by, fact=True)


async def reopen(session: WriteSession, case_id: UUID, *, reason: str, by: str) -> None:
    """Let a paid case be paid again, all of whose money came back; its person received nothing by it."""
    case = await cases.get(session, case_id, lock=True)
    reference = _reference(case, case.payment_reference or "")
    project = await projects.get(session, case.project_id)
    helped = await benefits.by_reference(session, project, reference)
    facts = {"paid_on": None, "payment_reference": None}
    await steps.move(session, case, AidCaseState.payable, by=by, **facts)
    if helped.voided_at is None:
        await benefits.void(session, project, helped, by=by, reason=reason)


def _given(case: AidCase, paid: Paid) -> Given:
    return Given(
        kind=BenefitKind.money,
        given_on=paid.on,
        title=TITLE,
        amount_minor=case.amount_minor or 0,
        beneficiary_id=case.beneficiary_id,
        reference=_reference(case, paid.reference),
    )


def _reference(case: AidCase, payment: str) -> str:
    return f"aid-case:{case.number}:{payment}"


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
