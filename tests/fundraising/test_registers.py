"""Staff find gifts by an index, however many others there are."""

import pytest
from sqlalchemy import select

from app.fundraising import donations, registers
from app.fundraising.gifts import Giver
from app.fundraising.models import Donation
from app.fundraising.registers import Search
from app.kit.database import WriteSession
from tests.factories import fundraising as make
from tests.factories.ledger import rows_read


@pytest.mark.parametrize("asked", ["donor_id", "campaign_id", "lookup_code", "their_id"])
async def test_a_search_reads_what_it_finds_and_no_gifts_of_others(session: WriteSession, asked: str) -> None:
    appeal = await make.appeal(session)
    other = await make.appeal(session)
    crowd = [make.gift(other, 10, giver=Giver(external_id=f"u_{number}")) for number in range(60)]
    [outcome, *_] = await donations.receive(
        session, [make.gift(appeal, 20, giver=Giver(external_id="u")), *crowd]
    )
    told = await session.execute(select(getattr(Donation, asked)).where(Donation.id == outcome.donation_id))
    search = Search(**{asked: told.scalar_one()})
    visible = [appeal.organization_id, other.organization_id]
    before = await rows_read(session, "donations")

    query = registers.donations(visible, search).order_by(Donation.id.desc()).limit(51)
    found = (await session.scalars(query)).all()

    assert [one.amount for one in found] == [20]
    assert await rows_read(session, "donations") - before == 1
