"""The demo's receipts: every state is there to be looked at, and no number was made up for a real region."""

from sqlalchemy import select

from app.cli.samples import receipting
from app.fundraising import donations
from app.fundraising.gifts import Giver
from app.fundraising.models import Receipt, ReceiptState
from app.kit.database import WriteSession
from tests.factories import fundraising as make


async def test_a_receipt_in_each_state(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    named = [make.gift(appeal) for _ in range(receipting.NAMED)]
    await donations.receive(session, [*named, make.gift(appeal, giver=Giver(anonymous=True))])

    await receipting.load(session, appeal.campaign.code)

    found = (await session.scalars(select(Receipt))).all()
    assert {one.state for one in found} == set(ReceiptState)
    assert {one.code for one in found if one.code} == {receipting.CODE}
    assert [one.state for one in found if one.reversal_reason and not one.reversal_batch_id] == ["issued"]
    assert len([one for one in found if one.batch_id and one.state is ReceiptState.requested]) == 1
