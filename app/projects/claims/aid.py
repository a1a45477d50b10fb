"""Aid: a released case is paid by a disbursement that names it, to the account that two people looked at."""

from uuid import UUID

from sqlalchemy import select

from app.accounting.models import CounterpartyKind
from app.accounting.parties import counterparties
from app.accounting.parties.counterparties import NewCounterparty
from app.kit.database import WriteSession
from app.projects.aid_cases import cases, decisions, steps, verifications
from app.projects.beneficiaries.errors import BeneficiaryErased
from app.projects.disbursements import accounts, requests
from app.projects.disbursements.accounts import Details
from app.projects.disbursements.errors import BeingPaid
from app.projects.disbursements.requests import NewDisbursement
from app.projects.models import (
    AidCase,
    AidCasePerson,
    AidCaseState,
    AidTask,
    CostKind,
    Disbursement,
    DisbursementKind,
    DisbursementState,
)
from app.projects.register import projects


async def ask(session: WriteSession, case: AidCase, fund_id: UUID, *, by: str) -> Disbursement:
    """Ask for the disbursement of a case (locked by the caller) whose notice is over: all that was granted.

    The bank's word that it was paid pays the case, in the same transaction (ADR 0057). Raises
    AidCaseNotInState, BeingPaid, BeneficiaryErased, ChecksUnmet, RelatedToPayee.
    """
    steps.must_lead_to(case, AidCaseState.paid)
    new = NewDisbursement(
        project=await projects.get(session, case.project_id),
        counterparty_id=await _payee(session, case),
        fund_id=fund_id,
        kind=DisbursementKind.aid,
        cost=CostKind.aid,
        amount=case.amount_minor or 0,
        purpose=f"大病救助金 {case.number}",
        aid_case_id=case.id,
    )
    return await requests.ask(session, new, by=by)


async def withdraw(session: WriteSession, case: AidCase, *, by: str) -> None:
    """End a case (locked by the caller) that its person no longer wants, also after it was granted.

    What was granted frees its caps, and its notice is no longer shown. Raises AidCaseNotInState; BeingPaid
    while a disbursement stands: that is withdrawn first.
    """
    steps.must_lead_to(case, AidCaseState.withdrawn)
    paying = select(Disbursement.code).where(
        Disbursement.aid_case_id == case.id,
        Disbursement.state.not_in({DisbursementState.rejected, DisbursementState.withdrawn}),
        Disbursement.returned_minor < Disbursement.amount,
    )
    if (code := await session.scalar(paying)) is not None:
        raise BeingPaid(disbursement=code)
    if case.amount_minor is None:
        await steps.move(session, case, AidCaseState.withdrawn, by=by)
    else:
        await decisions.overturn(session, case, to=AidCaseState.withdrawn, by=by)


async def _payee(session: WriteSession, case: AidCase) -> UUID:
    """Return the counterparty that a case is paid to; the first time it is made known with its account."""
    paid_to = select(Disbursement.counterparty_id).where(Disbursement.aid_case_id == case.id).limit(1)
    if (known := await session.scalar(paid_to)) is not None:
        return known
    told = await cases.payee(session, case)
    if not told.account:
        raise BeneficiaryErased(beneficiary=case.beneficiary_id)
    taken_by = await session.scalar(
        select(AidCasePerson.person)
        .where(AidCasePerson.case_id == case.id, AidCasePerson.task == AidTask.handle)
        .order_by(AidCasePerson.id)
        .limit(1)
    )
    looked = [one.verified_by for one in await verifications.of(session, case) if one.verified_by != taken_by]
    new = NewCounterparty(
        organization_id=case.organization_id, code=case.number, kind=CounterpartyKind.person, name=told.name
    )
    payee = await counterparties.create(session, new, actor=taken_by or case.number)
    details = Details(holder=told.name, number=told.account, bank=told.bank)
    # One wrote the account down, and who verified the case last saw its papers: two people, as for any payee.
    account = await accounts.propose(
        session, payee.id, details, reason=f"救助个案 {case.number}", actor=taken_by or case.number
    )
    await accounts.decide(session, account, confirm=True, actor=looked[-1])
    return payee.id
