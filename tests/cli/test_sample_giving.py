"""The demo shows each way of giving once, and its books agree."""

from sqlalchemy import func, select

from app.cli.samples import appeals, giving
from app.fundraising.models import (
    Donation,
    DonationOrder,
    FundraiserDay,
    GiftMatch,
    GivingPlan,
    MatchingPool,
    OrderState,
    PledgeState,
)
from app.fundraising.ways import giving_plans, orders, pledges
from app.kit.database import WriteSession
from app.kit.http.pages import summary
from tests.fundraising.desk import books_agree
from tests.webhooks.platforms import partner


async def test_the_demo_shows_each_way_of_giving(session: WriteSession) -> None:
    here = await partner(session, slug=appeals.PLATFORM, code=appeals.BRIDGE)
    at = {here.organization.id}

    await giving.load(session, here.channel)
    await session.flush()

    placed = (await session.scalars(select(DonationOrder))).all()
    given = await orders.gifts(session, placed)
    states = sorted(orders.state(one, given.get(one.id)) for one in placed)
    assert states == [OrderState.open, OrderState.paid]
    plan = (await session.scalars(select(GivingPlan))).one()
    charged = (await session.scalars(giving_plans.unexpected(at))).all()
    assert (plan.state, [gift.their_plan_id for gift in charged]) == ("cancelled", [plan.their_id])
    pool = (await session.scalars(select(MatchingPool))).one()
    matched = await session.scalar(select(func.sum(GiftMatch.amount)))
    assert pool.used == matched == 20_000 + 3000
    late = pledges.listing(at, campaign_id=None, wanted=PledgeState.open, overdue=True)
    assert (await summary(session, late)).count == 1
    assert await session.scalar(select(func.sum(FundraiserDay.amount))) == 24_000
    assert await session.scalar(select(func.count()).select_from(Donation)) == 6
    await books_agree(session)
