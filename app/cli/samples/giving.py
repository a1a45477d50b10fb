"""The demo's ways of giving: an order that was paid and one that waits."""

from app.accounting.models import Channel
from app.cli.samples import appeals
from app.fundraising import donations
from app.fundraising.gifts import Gift, Giver
from app.fundraising.models import DonorKind
from app.fundraising.ways import orders
from app.fundraising.ways.orders import NewOrder
from app.kit.clock import now
from app.kit.database import WriteSession

ACTOR = "demo"
TERMS = "2026-01"


async def load(session: WriteSession, merchant: Channel) -> None:
    """Show each way of giving once at the province's sandbox platform."""
    await _order(session, merchant)


async def _order(session: WriteSession, merchant: Channel) -> None:
    giver = Giver(name="爱心企业（演示）", kind=DonorKind.organization, show_name=True)
    wish = NewOrder(
        campaign=appeals.BRIDGE,
        platform=appeals.PLATFORM,
        amount=200_000,
        terms_version=TERMS,
        giver=giver,
        message="愿桥早日建成",
        receipt={"title": "爱心企业（演示）"},
    )
    paid = await orders.place(session, wish)
    await orders.place(session, wish)
    gift = Gift(
        source_id=paid.order.platform_id,
        channel=merchant,
        their_id=paid.order.number,
        campaign=appeals.BRIDGE,
        amount=paid.order.amount,
        donated_at=now(),
        actor=ACTOR,
        source=merchant.code,
        giver=giver,
        message="愿桥早日建成",
    )
    await donations.receive(session, [gift])
