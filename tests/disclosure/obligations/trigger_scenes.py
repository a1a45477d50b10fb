"""A scene for every trigger: what stands in the database when it happens on a day."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from app.accounting.models import Side, Voucher, VoucherLine, VoucherState
from app.disclosure.models import (
    Charter,
    DisclosureThreshold,
    Dissolution,
    DissolutionGround,
    PartyKind,
    RelatedEvent,
    RelatedEventKind,
    RelatedParty,
    RelationKind,
)
from app.disclosure.rules.law import Trigger
from app.fundraising.models import (
    ChangeKind,
    CharitableTrust,
    FundraisingCertificate,
    FundraisingPlan,
    LostReceiptKind,
    PlanChange,
    PlanState,
    ReceiptLoss,
    TrusteeKind,
    Trusteeship,
    TrustRole,
)
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import dimensions, funds
from app.ledger.models import DimensionKind
from app.ledger.movements.transfers import Nature
from app.organizations.models import Organization
from app.projects.models import Transfer, TransferState
from tests.disclosure.obligations.project_scenes import leftover, project
from tests.disclosure.obligations.scenes import campaign, emergency
from tests.factories import ledger
from tests.factories import organizations as members

Scene = Callable[[WriteSession, Organization, date], Awaitable[None]]
MONTH, LONG = timedelta(days=30), timedelta(days=300)


async def run(session: WriteSession, member: Organization, since: date, **over: Any) -> Any:
    return await campaign(session, member, str(since), str(since + LONG), **over)


async def _campaign_start(session: WriteSession, member: Organization, day: date) -> None:
    await run(session, member, day, filing_no=None)


async def _emergency_start(session: WriteSession, member: Organization, day: date) -> None:
    response = await emergency(session, member, str(day))
    await run(session, member, day, filing_no=None, emergency_id=response.id)


async def _plan(session: WriteSession, member: Organization, day: date, **over: Any) -> FundraisingPlan:
    appeal = await run(session, member, day)
    row = FundraisingPlan(
        campaign_id=appeal.id, organization_id=member.id, prepared_by="test", **({"offsite": False} | over)
    )
    session.add(row)
    await session.flush()
    return row


async def _offsite(session: WriteSession, member: Organization, day: date) -> None:
    await _plan(session, member, day, offsite=True, ways=["event"])


async def _plan_returned(session: WriteSession, member: Organization, day: date) -> None:
    await _plan(
        session,
        member,
        day + MONTH,
        state=PlanState.returned,
        submitted_on=day - timedelta(days=1),
        returned_on=day,
        returned_reason="缺评估报告",
    )


async def _plan_changed(session: WriteSession, member: Organization, day: date) -> None:
    filed = {"submitted_on": day - 2 * MONTH, "filed_on": day - 2 * MONTH}
    plan = await _plan(session, member, day - MONTH, state=PlanState.filed, **filed)
    # Another use is filed before it holds: no ten days run for it.
    for kind in ChangeKind:
        session.add(
            PlanChange(
                plan_id=plan.id,
                kind=kind,
                changed_on=day,
                due_on=day,
                reason="x",
                decided_on=day,
                decided_by="理事会",
                changes={},
                consent_needed=False,
                actor="test",
            )
        )


async def _campaign_run(session: WriteSession, member: Organization, day: date) -> None:
    await run(session, member, day)


async def _campaign_end(session: WriteSession, member: Organization, day: date) -> None:
    await campaign(session, member, str(day - MONTH), str(day))


async def _certificate_revoked(session: WriteSession, member: Organization, day: date) -> None:
    query = select(FundraisingCertificate).where(FundraisingCertificate.organization_id == member.id)
    [held] = (await session.scalars(query)).all()
    held.revoked_on, held.revoked_reason = day, "未按规定公开"


async def _founded(session: WriteSession, member: Organization, day: date) -> None:
    member.founded_on = day


async def _changed(session: WriteSession, member: Organization, day: date) -> None:
    session.add(
        Charter(
            organization_id=member.id,
            number=2,
            adopted_by="会员代表大会",
            adopted_on=day,
            authority="民政厅",
            approved_on=day,
            effective_from=day,
            recorded_by="test",
        )
    )


async def _nothing(session: WriteSession, member: Organization, day: date) -> None:
    """Years end by themselves."""


async def _project_created(session: WriteSession, member: Organization, day: date) -> None:
    await project(session, member, None, day + LONG, approved=day)


async def _project_run(session: WriteSession, member: Organization, day: date) -> None:
    await project(session, member, day, day + LONG)


async def _project_end(session: WriteSession, member: Organization, day: date) -> None:
    await project(session, member, day - MONTH, day + LONG, ended=day)


async def _project_remainder(session: WriteSession, member: Organization, day: date) -> None:
    row = await project(session, member, day - MONTH, day + LONG, ended=day)
    await leftover(session, row, 1_000_00, day)


async def _major(session: WriteSession, member: Organization, day: date) -> None:
    session.add(
        DisclosureThreshold(
            organization_id=member.id,
            rule_id="OB-B11",
            amount_minor=50_000_00,
            valid_from=day,
            document="财务制度",
            recorded_by="test",
        )
    )
    for amount in (50_000_00, 49_999_99):
        await voucher(session, member, day, amount)


async def voucher(session: WriteSession, member: Organization, day: date, amount: int) -> Voucher:
    """A voucher that three people took through the books."""
    at = {"organization_id": member.id}
    channel = await dimensions.declare(session, DimensionKind.channel, f"c{new_code(6).lower()}", **at)
    works = await dimensions.declare(session, DimensionKind.project, f"P{new_code(6)}", **at)
    general = await funds.general(session, member.id)
    books = ledger.Books(
        general=general, channel_id=channel.id, bank_id=channel.id, project_id=works.id, **at
    )
    entry = await ledger.gift(session, books, general, amount)
    people = [(await members.staff(session, member)).id for _ in range(3)]
    row = Voucher(chart=ledger.CHART, happened_on=day, summary="购置办公用房", made_by="test", **at)
    session.add(row)
    await session.flush()
    for number, side in enumerate((Side.debit, Side.credit), 1):
        line = {"number": number, "side": side, "code": "1002", "amount": amount}
        session.add(VoucherLine(voucher_id=row.id, chart=ledger.CHART, **line, **at))
    await session.flush()
    row.state, row.prepared_by, row.prepared_at = VoucherState.submitted, people[0], now()
    await session.flush()
    row.state, row.reviewed_by, row.reviewed_at = VoucherState.reviewed, people[1], now()
    await session.flush()
    row.posted_by, row.posted_at, row.entry_id = people[2], now(), entry.entry_id
    row.state = VoucherState.posted
    await session.flush()
    return row


async def _related(session: WriteSession, member: Organization, day: date) -> None:
    party = RelatedParty(
        organization_id=member.id,
        kind=PartyKind.organization,
        relation=RelationKind.investee,
        name="某物业公司",
        starts_on=day - MONTH,
        recorded_by="test",
    )
    session.add(party)
    await session.flush()
    session.add(
        RelatedEvent(
            organization_id=member.id,
            party_id=party.id,
            kind=RelatedEventKind.transaction,
            happened_on=day,
            amount_minor=1,
            matter="租用办公用房",
            recorded_by="test",
        )
    )


async def _partner_paid(session: WriteSession, member: Organization, day: date) -> None:
    below = await members.organization(session, parent=member)
    session.add(
        Transfer(
            sender_id=member.id,
            receiver_id=below.id,
            code=f"T{new_code(10)}",
            nature=Nature.advance,
            amount=1_00,
            purpose="项目款",
            requested_by="test",
            fund_id=(await funds.general(session, member.id)).id,
            state=TransferState.sent,
            sent_on=day,
        )
    )


async def _receipt_lost(session: WriteSession, member: Organization, day: date) -> None:
    loss = {"kind": LostReceiptKind.blank, "code": "61060126", "number": new_code(10), "lost_on": day}
    session.add(ReceiptLoss(organization_id=member.id, recorded_by="test", **loss))


async def _dissolution(session: WriteSession, member: Organization, day: date, **over: Any) -> None:
    about = {"ground": DissolutionGround.charter, "decision": "决议", "recorded_by": "test"}
    session.add(Dissolution(organization_id=member.id, occurred_on=day, **about, **over))


async def _liquidated(session: WriteSession, member: Organization, day: date) -> None:
    formed = {"group_formed_on": day, "announced_on": day, "announced_in": "日报", "formed_by": "test"}
    ended = {"liquidated_on": day, "remainder_minor": 0, "liquidated_by": "test"}
    await _dissolution(session, member, day - MONTH, **formed, **ended)


async def trust(
    session: WriteSession, member: Organization, role: TrustRole, signed: date
) -> CharitableTrust:
    row = CharitableTrust(
        organization_id=member.id,
        code=f"T-{new_code(6)}",
        title="助学信托",
        role=role,
        purpose="助学",
        beneficiary_scope="学生",
        property_minor=1,
        signed_on=signed,
        settlor_public=False,
        actor="test",
    )
    session.add(row)
    await session.flush()
    return row


async def _held(session: WriteSession, member: Organization, *days: date) -> None:
    ours = await trust(session, member, TrustRole.trustee, days[0])
    for starts in days:
        session.add(
            Trusteeship(
                trust_id=ours.id,
                trustee="某慈善会",
                kind=TrusteeKind.charity,
                authority="民政局",
                starts_on=starts,
                due_on=starts,
                actor="test",
            )
        )


async def _trust_signed(session: WriteSession, member: Organization, day: date) -> None:
    await _held(session, member, day)


async def _trustee_changed(session: WriteSession, member: Organization, day: date) -> None:
    await _held(session, member, day - MONTH, day)


async def _trust_settled(session: WriteSession, member: Organization, day: date) -> None:
    await trust(session, member, TrustRole.settlor, day)


async def _trust_year(session: WriteSession, member: Organization, day: date) -> None:
    await trust(session, member, TrustRole.trustee, day - MONTH)


SCENES: Mapping[Trigger, Scene] = {
    Trigger.campaign_start: _campaign_start,
    Trigger.emergency_campaign_start: _emergency_start,
    Trigger.offsite_campaign_start: _offsite,
    Trigger.campaign_run: _campaign_run,
    Trigger.campaign_end: _campaign_end,
    Trigger.emergency_response: _emergency_start,
    Trigger.plan_returned: _plan_returned,
    Trigger.plan_changed: _plan_changed,
    Trigger.certificate_revoked: _certificate_revoked,
    Trigger.organization_founded: _founded,
    Trigger.basic_information_changed: _changed,
    Trigger.year_ended: _nothing,
    Trigger.project_created: _project_created,
    Trigger.project_run: _project_run,
    Trigger.project_end: _project_end,
    Trigger.project_remainder: _project_remainder,
    Trigger.major_event: _major,
    Trigger.related_party_event: _related,
    Trigger.partner_paid: _partner_paid,
    Trigger.receipt_lost: _receipt_lost,
    Trigger.dissolution: _dissolution,
    Trigger.liquidation_ended: _liquidated,
    Trigger.trust_signed: _trust_signed,
    Trigger.trustee_changed: _trustee_changed,
    Trigger.trust_settled: _trust_settled,
    Trigger.trust_year_ended: _trust_year,
}
