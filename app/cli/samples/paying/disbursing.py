"""The demo's disbursements: a village paid by its agreement, of which most arrived, and money on its way."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from app.accounting.models import Channel, CounterpartyKind
from app.accounting.parties import counterparties
from app.accounting.parties.counterparties import NewCounterparty
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.models import Fund
from app.ledger.movements.transfers import Nature
from app.organizations import approvals
from app.organizations.access import Caller, CallerKind
from app.organizations.approvals import rights
from app.organizations.models import Organization, Role, Staff, Verdict
from app.projects.disbursements import accounts, agreements, orders, reports, requests, results
from app.projects.disbursements.accounts import Details
from app.projects.disbursements.payment_files import Told
from app.projects.disbursements.requests import NewDisbursement
from app.projects.models import (
    CostKind,
    DisbursementKind,
    PayeeAgreement,
    PayeeReport,
    PaymentOutcome,
    Project,
    ProjectCategory,
    ProjectState,
)
from app.projects.register import projects, steps
from app.projects.register.projects import NewProject
from app.projects.register.steps import Move
from app.projects.transfers import requests as transfers
from app.projects.transfers import sending
from app.projects.transfers.requests import NewTransfer

PAID, REACHED, SENT = 20_000_00, 15_000_00, 10_000_00
People = Mapping[Role, Staff]


async def load(
    session: WriteSession,
    fund: Fund,
    places: tuple[Organization, Organization],
    bank: Channel,
    people: People,
) -> None:
    """Pay a village from a fund and take in its report; send money that is still on its way."""
    by = {role: rights.label(person.id) for role, person in people.items()}
    project = await _carry_out(session, places[0], by[Role.accountant])
    await funds.allow(session, fund, project.id)
    agreement = await _agree(session, project, by)
    new = NewDisbursement(
        project=project,
        counterparty_id=agreement.counterparty_id,
        fund_id=fund.id,
        kind=DisbursementKind.collective,
        cost=CostKind.aid,
        amount=PAID,
        purpose="困难家庭帮扶款（演示）",
        agreement_id=agreement.id,
    )
    disbursement = await requests.ask(session, new, by=by[Role.accountant])
    await approve(session, requests.KIND, disbursement.id, people[Role.reviewer])
    cashier = by[Role.cashier]
    order = await orders.order(session, bank, [disbursement.id], actor=cashier)
    told = [Told(line=2, reference=disbursement.code, outcome=PaymentOutcome.paid)]
    await results.take_in(session, order, told, b"demo", actor=cashier)
    report = PayeeReport(
        disbursement_id=disbursement.id,
        number=1,
        reached_minor=REACHED,
        reported_on=today(),
        content="已发放十五户，其余五户待发放（演示）",
        submitted_by=by[Role.accountant],
    )
    await reports.submit(session, disbursement, report, [])
    await reports.decide(
        session, disbursement, report, accept=True, reason="与签收表一致", by=by[Role.reviewer]
    )
    await _send(session, fund, places, bank, people)


async def _carry_out(session: WriteSession, province: Organization, by: str) -> Project:
    new = NewProject(
        organization_id=province.id,
        code="610000-2026-BFK-0001",
        title="慈善幸福家园帮扶（演示）",
        category=ProjectCategory.community,
        content="由村集体向困难家庭发放帮扶款",
        region_code="610924",
        village="示例村",
        planned_from=today() - timedelta(days=30),
        planned_to=today() + timedelta(days=180),
        beneficiary_rule="村民代表会议评议的困难家庭",
    )
    project = await projects.create(session, new, by=by)
    for state in (ProjectState.proposed, ProjectState.approved, ProjectState.running):
        await steps.move(session, project, Move(to=state, by=by, reason="演示数据"))
    return project


async def _agree(session: WriteSession, project: Project, by: dict[Role, str]) -> PayeeAgreement:
    village = NewCounterparty(
        organization_id=project.organization_id,
        code="village-demo",
        kind=CounterpartyKind.village_collective,
        name="示例村股份经济合作社（演示）",
    )
    payee = await counterparties.create(session, village, actor=by[Role.accountant])
    details = Details(holder="示例村股份经济合作社", number="6200000000000000", bank="某银行（演示）")
    account = await accounts.propose(session, payee.id, details, reason="首次登记", actor=by[Role.accountant])
    await accounts.decide(session, account, confirm=True, actor=by[Role.reviewer])
    agreement = PayeeAgreement(
        organization_id=project.organization_id,
        project_id=project.id,
        counterparty_id=payee.id,
        code="XY-DEMO-01",
        purpose="向困难家庭发放帮扶款并报告",
        signed_on=today() - timedelta(days=30),
        valid_from=today() - timedelta(days=30),
        valid_to=today() + timedelta(days=180),
        reports_due=True,
        made_by=by[Role.accountant],
    )
    return await agreements.make(session, agreement, [])


async def _send(
    session: WriteSession,
    fund: Fund,
    places: tuple[Organization, Organization],
    bank: Channel,
    people: People,
) -> None:
    new = NewTransfer(
        sender_id=places[0].id,
        receiver_id=places[1].id,
        nature=Nature.grant,
        amount=SENT,
        purpose="慈安桥维护款（演示，收款方尚未确认）",
        fund_id=fund.id,
    )
    transfer = await transfers.ask(session, new, by=rights.label(people[Role.accountant].id))
    await approve(session, transfers.KIND, transfer.id, people[Role.reviewer])
    cashier = rights.label(people[Role.cashier].id)
    await sending.send(session, transfer, bank, on=today() - timedelta(days=2), actor=cashier)


async def approve(session: WriteSession, kind: str, subject_id: UUID, reviewer: Staff) -> None:
    """Decide a request for approval, as a reviewer with a second factor does."""
    asked = await approvals.of(session, kind, subject_id)
    assert asked is not None  # noqa: S101 - it was asked for a line above
    label = rights.label(reviewer.id)
    caller = Caller(
        id=reviewer.id,
        kind=CallerKind.staff,
        label=label,
        name=reviewer.name,
        reaches=(),
        second_factor=True,
    )
    await approvals.decide(session, asked.id, caller, Verdict.approve)
    await session.flush()
