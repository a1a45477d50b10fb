"""The demo's agency money: what came in to be handed on, what was, and what that cost."""

from datetime import date

from app.accounting.models import AgencyMandate, Channel, CounterpartyKind
from app.accounting.parties import counterparties, mandates
from app.accounting.parties.counterparties import NewCounterparty
from app.accounting.parties.mandates import MandateWay, Movement
from app.cli.samples import bookkeeping
from app.kit.database import WriteSession
from app.organizations.models import Staff

TAKEN_IN, HANDED_ON = 2_000_00, 1_500_00


async def hand_on(session: WriteSession, bank: Channel, office: list[Staff], first: date) -> AgencyMandate:
    """Take in a company's money for named pupils, and hand most of it on; the rest waits."""
    actor = f"staff:{office[0].id}"
    company = NewCounterparty(
        organization_id=bank.organization_id,
        code="company-01",
        kind=CounterpartyKind.partner,
        name="某企业（演示）",
    )
    whom = await counterparties.create(session, company, actor=actor)
    mandate = AgencyMandate(
        organization_id=bank.organization_id,
        counterparty_id=whom.id,
        code="DL-DEMO-01",
        title="定向资助学生，委托转付（演示）",
        document="委托转付协议（演示）",
        signed_on=first,
        made_by=actor,
    )
    await mandates.make(session, mandate)
    for day, way, amount, summary in (
        (12, MandateWay.taken_in, TAKEN_IN, "收到委托转付助学款"),
        (19, MandateWay.handed_on, HANDED_ON, "转付助学款"),
    ):
        moved = Movement(
            way=way, amount=amount, channel_id=bank.id, happened_on=first.replace(day=day), summary=summary
        )
        voucher = await mandates.draft(session, mandate, moved, actor=actor)
        await bookkeeping.carry(session, office, voucher)
    return mandate
