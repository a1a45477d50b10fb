"""The demo's lists: an agreement with the fund that bears a donor's name, needs, a love supermarket."""

from datetime import timedelta

from app.fundraising.legal import agreements, registers
from app.fundraising.legal.registers import NewFund
from app.fundraising.models import (
    CommunityNeed,
    Domicile,
    DonationAgreement,
    DonorKind,
    LoveSupermarket,
    NamedFundKind,
)
from app.fundraising.needs.needs import end, tell
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.models import Organization

ACTOR = "demo"
REGION = "610924"


async def load(session: WriteSession, organization: Organization) -> None:
    """Sign an agreement, found a named and a micro fund, tell needs of which one is met, open a shop."""
    signed_on = today() - timedelta(days=60)
    agreement = DonationAgreement(
        organization_id=organization.id,
        number="捐协-2026-001（演示）",
        donor_kind=DonorKind.organization,
        domicile=Domicile.mainland,
        property_kind="货币",
        quantity="100万元，分两次",
        quality="不适用",
        use_of_property="资助乡村学校图书角",
        delivery_on=today() + timedelta(days=30),
        prepared_by=ACTOR,
        amount_minor=1_000_000_00,
        use_agreed=True,
        naming="演示爱心基金",
        naming_consented_on=signed_on,
    )
    await agreements.draft(session, agreement, "演示制造公司")
    await agreements.sign(session, agreement, on=signed_on)
    named = NewFund(
        organization_id=organization.id,
        code="NF-2026-DEMO",
        title="演示爱心基金",
        kind=NamedFundKind.named,
        purpose="乡村学校图书角",
        founded_on=signed_on,
        agreement_id=agreement.id,
    )
    micro = NewFund(
        organization_id=organization.id,
        code="MF-2026-DEMO",
        title="演示志愿队微基金",
        kind=NamedFundKind.micro,
        purpose="志愿服务队能力建设",
        founded_on=signed_on,
    )
    for new in (named, micro):
        await registers.found(session, new, by=ACTOR)
    await _needs(session, organization)


async def _needs(session: WriteSession, organization: Organization) -> None:
    needs = [
        CommunityNeed(
            organization_id=organization.id,
            region_code=REGION,
            title=title,
            quantity=quantity,
            actor=ACTOR,
        )
        for title, quantity in (("村小图书（演示）", "500册"), ("冬衣（演示）", "120件"))
    ]
    for need in needs:
        await tell(session, need)
    await end(session, needs[0], met_by="演示爱心基金")
    shop = LoveSupermarket(
        organization_id=organization.id,
        name="幸福村爱心超市（演示）",
        region_code=REGION,
        address="演示地址",
        household_count=230,
        opened_on=today() - timedelta(days=60),
        actor=ACTOR,
    )
    await registers.open_supermarket(session, shop)
