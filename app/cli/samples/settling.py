"""The demo's settlement: a platform's account of one day, which does not agree with the books."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from app.accounting.models import Channel
from app.cli.samples.appeals import BRIDGE
from app.fundraising.models import Donation
from app.fundraising.settling import comparing, files
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from app.kit.clock import LEGAL_ZONE, legal_day, today
from app.kit.database import Database
from app.kit.money import yuan

AGO = timedelta(days=3)
FEE_BASIS_POINTS = 60
HEADER = "交易时间,捐赠号,金额（元）,手续费（元）,募捐活动"


async def settle_a_day(database: Database, merchant: Channel) -> None:
    """Import a bill of one day: a gift is missing there, one has another amount, one is new to us."""
    day = today() - AGO
    begins = datetime.combine(day, datetime.min.time(), LEGAL_ZONE)
    query = select(Donation).where(
        Donation.channel_id == merchant.id,
        Donation.donated_at >= begins,
        Donation.donated_at < begins + timedelta(days=1),
    )
    async with database.reading() as session:
        gifts = (await session.scalars(query.order_by(Donation.donated_at))).all()
    if len(gifts) < 3:
        return
    _, odd, *rest = gifts
    lines = [HEADER, _line(odd, odd.first_amount + 100), *(_line(gift, gift.first_amount) for gift in rest)]
    lines.append(
        f"{begins + timedelta(hours=21):%Y-%m-%d %H:%M:%S},DEMO-UNHEARD-OF-000001,66.00,0.40,{BRIDGE}"
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{legal_day(begins)}.csv"
        path.write_text("\n".join(lines))
        async with database.writing() as session:
            taken = await files.take_in(session, merchant, path, Declared(sums=Sums()), actor="demo")
    await comparing.settle(database, taken.settlement.id)


def _line(gift: Donation, amount: int) -> str:
    fee = amount * FEE_BASIS_POINTS // 10_000
    cells = [yuan(minor).replace(",", "") for minor in (amount, fee)]
    at = gift.donated_at.astimezone(LEGAL_ZONE)
    return ",".join([f"{at:%Y-%m-%d %H:%M:%S}", gift.their_id, *cells, gift.first_campaign_code])
