"""The demo's aid case: a generated person whose case was looked at, granted, put up and paid by a bank."""

from datetime import timedelta

from app.accounting.models import Channel
from app.cli.samples import helping
from app.cli.samples.paying.disbursing import People, approve
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.approvals import rights
from app.organizations.models import Organization, Role
from app.projects.aid_cases import cases, decisions, notices, payments, steps, verifications
from app.projects.aid_cases.decisions import Verdict
from app.projects.aid_cases.notices import Posting
from app.projects.aid_cases.payments import Asked
from app.projects.claims import aid
from app.projects.disbursements import orders, requests, results
from app.projects.disbursements.payment_files import Told
from app.projects.models import (
    AidCase,
    AidCasePerson,
    AidCaseState,
    AidTask,
    AidVerification,
    PaymentOutcome,
)
from app.projects.register.projects import NewProject

ACTOR, DECIDER = helping.ACTOR, "demo-decider"
LOOKED = ("demo-verifier-1", "demo-verifier-2")
GRANTED = 3_000_00
PERSON = 60
"""The generated person's number, beside those of the county's project."""

FIRST = timedelta(days=40)


async def load(session: WriteSession, place: Organization, fund: Fund, bank: Channel, people: People) -> None:
    """Carry a case from its application to the bank's word that it was paid, and ask how the person fares."""
    project = await helping.relieving(session, _illness(place))
    await funds.allow(session, fund, project.id)
    who = await helping.person(session, place, PERSON)
    applied_on = max(today() - FIRST, helping.TOLD_ON)
    application = helping.application(who, applied_on)
    case = await cases.apply(session, project, application, by=ACTOR)
    await _decide(session, case)
    posting = Posting(starts_on=case.applied_on, days=3, place="村务公开栏", contact="029-00000000", by=ACTOR)
    await notices.post(session, case, posting)
    await notices.release(session, case, by=ACTOR)
    disbursement = await aid.ask(session, case, fund.id, by=ACTOR)
    await approve(session, requests.KIND, disbursement.id, people[Role.reviewer])
    cashier = rights.label(people[Role.cashier].id)
    order = await orders.order(session, bank, [disbursement.id], actor=cashier)
    told = [Told(line=2, reference=disbursement.code, outcome=PaymentOutcome.paid)]
    await results.take_in(session, order, told, b"demo aid", actor=cashier)
    asked = Asked(on=today(), way="电话", words="恢复良好（演示）", by=ACTOR)
    await payments.follow_up(session, case, asked)


async def _decide(session: WriteSession, case: AidCase) -> None:
    """Let two look and one grant; a demo has no papers, so the verifications are written down as they are."""
    tasks = dict.fromkeys(LOOKED, AidTask.verify) | {DECIDER: AidTask.decide}
    for person, task in tasks.items():
        session.add(AidCasePerson(case_id=case.id, person=person, task=task, added_by=ACTOR))
    await session.flush()
    for number, person in enumerate(LOOKED, 1):
        row = AidVerification(
            case_id=case.id,
            number=number,
            verified_by=person,
            verified_on=case.applied_on,
            way="入户走访",
            supported=True,
        )
        session.add(row)
        await cases.seal(session, case, f"verification:{number}", {"words": "情况属实（演示）"})
    await steps.move(session, case, AidCaseState.verified, by=LOOKED[-1])
    await verifications.check(session, case, by=ACTOR)
    verdict = Verdict(by=DECIDER, on=case.applied_on, words="按资助标准核定", amount_minor=GRANTED)
    await decisions.decide(session, case, verdict)


def _illness(place: Organization) -> NewProject:
    return helping.illness(place, code="610900-2026-DB-0001", title="大病救助（演示）")
