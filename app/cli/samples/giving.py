"""The demo's ways of giving: orders paid and waiting, a monthly plan, gifts matched, a pledge, a team."""

from datetime import timedelta

from app.accounting.models import Channel
from app.cli.samples import appeals
from app.fundraising import campaigns, donations
from app.fundraising.gifts import Gift, Giver, PlanTold
from app.fundraising.models import (
    DonorKind,
    EnforceableGround,
    Fundraiser,
    FundraiserKind,
    FundraisingTarget,
    GivingPlanStep,
    MatchingPool,
    Pledge,
    PoolKind,
)
from app.fundraising.ways import attributions, fundraisers, matches, orders, pledges, pools
from app.fundraising.ways.orders import NewOrder
from app.kit.clock import now, today
from app.kit.database import WriteSession
from app.kit.ids import new_id

ACTOR = "demo"
TERMS = "2026-01"


async def load(session: WriteSession, merchant: Channel) -> None:
    """Show each way of giving once at the province's sandbox platform."""
    await _order(session, merchant)
    await _plan(session, merchant)
    await _matching(session)
    await _pledge(session)
    await _team(session, merchant)


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


async def _plan(session: WriteSession, merchant: Channel) -> None:
    """Let somebody give every month, cancel, and be charged once more by mistake."""
    assert merchant.platform_id is not None  # noqa: S101 - a merchant account is a platform's
    begun = now() - timedelta(days=50)
    plan = "DEMO-PLAN-0001"
    steps = {GivingPlanStep.activated: begun, GivingPlanStep.cancelled: begun + timedelta(days=35)}
    told = [
        PlanTold(
            source_id=merchant.platform_id,
            organization_id=merchant.organization_id,
            their_id=plan,
            campaign=appeals.BRIDGE,
            step=step,
            at=at,
            actor=ACTOR,
            amount=3000,
            charge_day=begun.day,
        )
        for step, at in steps.items()
    ]
    charges = [
        Gift(
            source_id=merchant.platform_id,
            channel=merchant,
            their_id=f"{plan}-{number}",
            campaign=appeals.BRIDGE,
            amount=3000,
            donated_at=begun + timedelta(days=days),
            actor=ACTOR,
            source=merchant.code,
            giver=Giver(external_id="monthly-demo", name="月捐人（演示）"),
            details={"plan": plan},
        )
        for number, days in enumerate((1, 31, 48), 1)
    ]
    await donations.receive(session, [*told, *charges])


async def _matching(session: WriteSession) -> None:
    """Let a company promise to add as much to each gift of the last week, up to 5,000 yuan."""
    campaign = await campaigns.by_code(session, appeals.BRIDGE)
    pool = MatchingPool(
        organization_id=campaign.organization_id,
        campaign_id=campaign.id,
        code="MATCH-DEMO-01",
        title="爱心企业一比一配捐（演示）",
        kind=PoolKind.promised,
        budget=500_000,
        ratio_basis_points=10_000,
        starts_at=now() - timedelta(days=7),
        ends_at=now() + timedelta(days=7),
        cap_per_gift=20_000,
    )
    await pools.create(session, campaign, pool)
    await matches.run(session, pool.id, actor=ACTOR)


async def _pledge(session: WriteSession) -> None:
    """Record what a company has promised in public: half of it is overdue."""
    campaign = await campaigns.by_code(session, appeals.BRIDGE)
    pledge = Pledge(
        organization_id=campaign.organization_id,
        campaign_id=campaign.id,
        number="RJ-DEMO-001",
        person_id=new_id(),
        amount=10_000_000,
        promised_on=today() - timedelta(days=40),
        actor=ACTOR,
        donor_kind=DonorKind.organization,
        ground=EnforceableGround.public_media,
    )
    halves = [(today() + timedelta(days=days), 5_000_000) for days in (-5, 60)]
    await pledges.promise(session, pledge, halves, name="承诺企业（演示）")


async def _team(session: WriteSession, merchant: Channel) -> None:
    """Let a team of two ask, with a target for the year, and bring in a few gifts."""
    at = merchant.organization_id
    team = Fundraiser(organization_id=at, kind=FundraiserKind.team, code="QY-TEAM-1")
    await fundraisers.create(session, team, name="募捐部一队（演示）")
    year = today().replace(month=1, day=1)
    target = FundraisingTarget(
        fundraiser_id=team.id,
        starts_on=year,
        ends_on=year.replace(month=12, day=31),
        amount=5_000_000,
        actor=ACTOR,
    )
    await fundraisers.aim(session, target)
    for number in (1, 2):
        code = f"QY-000{number}"
        person = Fundraiser(organization_id=at, kind=FundraiserKind.person, code=code, parent_id=team.id)
        await fundraisers.create(session, person, name=f"劝募员{number}（演示）")
        gift = Gift(
            source_id=merchant.platform_id or merchant.id,
            channel=merchant,
            their_id=f"DEMO-{code}",
            campaign=appeals.BRIDGE,
            amount=8_000 * number,
            donated_at=now(),
            actor=ACTOR,
            source=merchant.code,
            details={"fundraiser": code},
        )
        await donations.receive(session, [gift])
    await attributions.fold(session)
