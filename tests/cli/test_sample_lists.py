"""The demo's lists: an agreement with its named fund, a need that was met, and a love supermarket."""

from sqlalchemy import select

from app.cli.samples import lists
from app.fundraising.models import (
    AgreementState,
    CommunityNeed,
    DonationAgreement,
    LoveSupermarket,
    NamedFund,
    NeedState,
)
from app.kit.database import WriteSession
from tests.factories import organizations as members


async def test_an_agreement_its_fund_needs_and_a_shop(session: WriteSession) -> None:
    await lists.load(session, await members.organization(session))

    agreement = (await session.scalars(select(DonationAgreement))).one()
    assert (agreement.state, agreement.naming) == (AgreementState.signed, "演示爱心基金")
    founded = (await session.scalars(select(NamedFund).order_by(NamedFund.id))).all()
    assert [(one.kind, one.agreement_id) for one in founded] == [("named", agreement.id), ("micro", None)]
    assert set(await session.scalars(select(CommunityNeed.state))) == {NeedState.met, NeedState.open}
    assert (await session.scalars(select(LoveSupermarket.household_count))).all() == [230]
