"""The demo's settlement: one line of each kind that somebody has to look at."""

from collections import Counter
from datetime import datetime, time
from itertools import pairwise

from sqlalchemy import select

from app.cli.samples import settling
from app.cli.samples.appeals import BRIDGE
from app.fundraising import donations
from app.fundraising.models import BillLine, Settlement
from app.fundraising.settling import differences
from app.kit.clock import LEGAL_ZONE, today
from app.kit.database import WriteSession
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.fundraising.desk import books_agree


async def test_a_days_settlement_shows_every_difference(session: WriteSession) -> None:
    at = await make.member(session)
    merchant = await make.merchant(session, at)
    campaign = await make.campaign(session, at, code=BRIDGE)
    appeal = make.Appeal(
        organization_id=at, platform_id=merchant.platform_id, channel=merchant, campaign=campaign
    )
    day = today() - settling.AGO
    hours = [datetime.combine(day, time(hour), LEGAL_ZONE) for hour in range(8, 13)]
    await donations.receive(session, [make.gift(appeal, 100_00, donated_at=hour) for hour in hours])

    await settling.settle_a_day(Shared(session), merchant)

    [settlement] = await session.scalars(select(Settlement))
    lines = (await session.scalars(select(BillLine).order_by(BillLine.line_number))).all()
    assert Counter(line.state for line in lines) == {"matched": 3, "differs": 1, "booked": 1}
    assert settlement.fee_minor > 0
    assert all(one.line_number < two.line_number for one, two in pairwise(lines))
    [missing] = await session.scalars(differences.in_the_books_only())
    assert missing.donated_at == hours[0]
    await books_agree(session)
