"""A gift is recorded once and booked in full."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from app.fundraising import campaigns, donations, refunds
from app.fundraising.campaigns import NewDesignation
from app.fundraising.errors import GiftDiffers, RefundExceedsGift
from app.fundraising.gifts import Allocation, Giver, OutcomeKind
from app.fundraising.models import (
    CampaignDay,
    CampaignTotal,
    Donation,
    Donor,
    Refund,
    RefundReason,
    RefundState,
)
from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.errors import FundShort
from app.ledger.models import Entry, Posting
from tests.factories import fundraising as make


async def left(session: WriteSession, campaign) -> list[int]:
    rows = [row.fund_id for row in await campaigns.designations(session, campaign)]
    amounts = await funds.left(session, rows)
    return [amounts[row] for row in rows]


async def test_a_gift_is_booked_to_its_campaigns_fund(session: WriteSession) -> None:
    appeal = await make.appeal(session)

    [outcome] = await donations.receive(session, [make.gift(appeal, 123_45)])

    assert outcome.kind is OutcomeKind.posted
    assert await left(session, appeal.campaign) == [123_45]
    donation = await session.get(Donation, outcome.donation_id)
    assert donation.entry_id == outcome.entry_id
    entry = await session.get(Entry, outcome.entry_id)
    assert len(entry.commit_donor) == len(entry.commit_reference) == 32


async def test_a_redelivered_gift_is_booked_once(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    gift = make.gift(appeal)
    [first] = await donations.receive(session, [gift])

    again = make.gift(appeal, their_id=gift.their_id)
    outcomes = await donations.receive(session, [again, again])

    assert [o.kind for o in outcomes] == [OutcomeKind.duplicate] * 2
    assert {o.donation_id for o in outcomes} == {first.donation_id}
    assert {o.lookup_code for o in outcomes} == {first.lookup_code}
    assert await left(session, appeal.campaign) == [100_00]


async def test_the_same_gift_twice_in_one_batch_is_booked_once(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    twins = [make.gift(appeal, their_id="T-1") for _ in range(3)]

    outcomes = await donations.receive(session, twins)

    assert [o.kind for o in outcomes] == [OutcomeKind.posted, OutcomeKind.duplicate, OutcomeKind.duplicate]
    assert len({o.donation_id for o in outcomes}) == 1


async def test_a_number_that_comes_with_other_facts_is_a_conflict(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    gift = make.gift(appeal)
    await donations.receive(session, [gift])

    outcomes = await donations.receive(
        session,
        [
            make.gift(appeal, 1, their_id=gift.their_id),
            make.gift(appeal, their_id=gift.their_id, campaign="OTHER"),
            make.gift(appeal, 7, their_id="twin"),
            make.gift(appeal, 8, their_id="twin"),
        ],
    )

    kinds = [OutcomeKind.conflict, OutcomeKind.conflict, OutcomeKind.posted, OutcomeKind.conflict]
    assert [o.kind for o in outcomes] == kinds
    assert isinstance(outcomes[0].refusal, GiftDiffers)
    assert await left(session, appeal.campaign) == [100_07]


@pytest.mark.parametrize("case", ["unknown", "draft", "closed", "designation", "other member"])
async def test_a_gift_that_can_not_be_placed_waits_in_suspense(session: WriteSession, case: str) -> None:
    appeal = await make.appeal(session)
    over: dict[str, object] = {}
    if case == "unknown":
        over["campaign"] = "NOBODY-KNOWS"
    if case == "draft":
        draft = await make.campaign(session, appeal.organization_id, publish=False)
        over["campaign"] = draft.code
    if case == "closed":
        await campaigns.close(session, appeal.campaign, at=make.GIVEN - timedelta(hours=1))
    if case == "designation":
        over["designation"] = "nothing"
    if case == "other member":
        over["campaign"] = (await make.appeal(session)).campaign.code

    [outcome] = await donations.receive(session, [make.gift(appeal, **over)])

    assert outcome.kind is OutcomeKind.suspense
    assert await left(session, appeal.campaign) == [0]
    query = select(Posting.credit_account_id, Posting.fund_id).where(Posting.entry_id == outcome.entry_id)
    assert (await session.execute(query)).one() == (appeal.channel.suspense_account_id, None)


async def test_a_gift_given_before_the_campaign_closed_is_its_own(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    await campaigns.close(session, appeal.campaign, at=make.GIVEN + timedelta(seconds=1))

    [outcome] = await donations.receive(session, [make.gift(appeal)])

    assert outcome.kind is OutcomeKind.posted


async def test_the_cost_share_goes_to_the_general_fund(session: WriteSession) -> None:
    shared = NewDesignation(code="a", title="A", fund_code="FA", cost_share_basis_points=333)
    appeal = await make.appeal(session, shared)

    await donations.receive(session, [make.gift(appeal, 101)])

    general = await funds.general(session, appeal.organization_id)
    assert await left(session, appeal.campaign) == [98]
    assert await funds.left(session, [general.id]) == {general.id: 3}


async def test_a_gift_may_have_several_designations(session: WriteSession) -> None:
    uses = [NewDesignation(code=c, title=c, fund_code=f"F{c}") for c in "abc"]
    appeal = await make.appeal(session, *uses)

    await donations.receive(
        session,
        [
            make.gift(appeal, 100, allocations=(Allocation("b", 60), Allocation("c", 40))),
            make.gift(appeal, 5, designation="c"),
            make.gift(appeal, 7),
        ],
    )

    assert await left(session, appeal.campaign) == [7, 60, 45]


async def test_totals_count_gifts_and_identified_donors_once(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    same = Giver(external_id="u_1", name="王")
    gifts = [make.gift(appeal, 10, giver=same), make.gift(appeal, 20, giver=same)]
    gifts += [make.gift(appeal, 30, giver=Giver()), make.gift(appeal, 40, giver=Giver(external_id="U_1"))]
    await donations.receive(session, gifts[:1])
    await donations.receive(session, gifts[1:])

    day = (await session.scalars(select(CampaignDay))).one()
    assert (day.raised, day.gift_count, day.refunded, day.refund_count) == (100, 4, 0, 0)
    assert await session.scalar(select(CampaignTotal.donor_count)) == 2
    assert await session.scalar(select(func.count()).select_from(Donor)) == 2


async def test_nothing_personal_stands_in_clear(session: WriteSession) -> None:
    canary = "秦岭雪莲"
    appeal = await make.appeal(session)
    giver = Giver(external_id=f"id-{canary}", name=f"name-{canary}", show_name=True)
    [outcome] = await donations.receive(
        session, [make.gift(appeal, giver=giver, message=f"m-{canary}", details={"payer": canary})]
    )
    for table in ("donations", "donors", "vault_people", "entries", "postings", "partner_gifts"):
        for row in await session.scalars(text(f"select t::text from {table} t")):
            assert canary not in row
            assert canary.encode().hex() not in row
    assert outcome.kind is OutcomeKind.posted


async def test_a_refund_takes_the_gift_out_of_the_fund(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    gift = make.gift(appeal, 100)
    await donations.receive(session, [gift])

    outcomes = await donations.receive(
        session, [make.given_back(appeal, gift, 30), make.given_back(appeal, gift, 50)]
    )

    assert [o.kind for o in outcomes] == [OutcomeKind.posted] * 2
    assert await left(session, appeal.campaign) == [20]
    [too_much] = await donations.receive(session, [make.given_back(appeal, gift, 21)])
    assert isinstance(too_much.refusal, RefundExceedsGift)
    day = (await session.scalars(select(CampaignDay))).one()
    assert (day.raised, day.refunded, day.refund_count) == (100, 80, 2)


async def test_a_refund_before_its_gift_waits_for_it(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    gift = make.gift(appeal, 100)

    [early] = await donations.receive(session, [make.given_back(appeal, gift, 30, their_id="R-1")])
    [outcome] = await donations.receive(session, [gift])
    [again] = await donations.receive(session, [make.given_back(appeal, gift, 30, their_id="R-1")])

    assert (early.kind, outcome.kind, again.kind) == (
        OutcomeKind.pending,
        OutcomeKind.posted,
        OutcomeKind.duplicate,
    )
    assert await left(session, appeal.campaign) == [70]


async def test_a_pending_refund_above_its_gift_becomes_an_exception(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    gift = make.gift(appeal, 100)
    await donations.receive(session, [make.given_back(appeal, gift, 101)])

    await donations.receive(session, [gift])

    assert (await session.scalars(select(Refund.state))).all() == [RefundState.excess]
    assert await left(session, appeal.campaign) == [100]


async def test_our_own_refund_is_a_decision_and_refused_when_the_fund_is_short(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    one, two = make.gift(appeal, 100), make.gift(appeal, 10)
    [first, _] = await donations.receive(session, [one, two])
    await donations.receive(session, [make.given_back(appeal, two, 10)])
    donation = await session.get(Donation, first.donation_id)
    await spend(session, appeal, 95)

    with pytest.raises(FundShort):
        async with session.begin_nested():
            await refunds.decide(session, donation, amount=6, reason=RefundReason.donor_request, actor="t")
    refund = await refunds.decide(session, donation, amount=5, reason=RefundReason.donor_request, actor="t")

    assert refund.state is RefundState.posted
    assert await left(session, appeal.campaign) == [0]


async def test_a_platforms_refund_is_a_fact_even_when_the_money_is_spent(session: WriteSession) -> None:
    appeal = await make.appeal(session)
    gift = make.gift(appeal, 100)
    await donations.receive(session, [gift])
    await spend(session, appeal, 80)

    [outcome] = await donations.receive(session, [make.given_back(appeal, gift, 100)])

    assert outcome.kind is OutcomeKind.posted
    query = select(Posting.amount, Posting.fund_id.is_(None)).where(Posting.entry_id == outcome.entry_id)
    assert (await session.execute(query.order_by(Posting.line))).all() == [
        (20, False),
        (80, True),
        (100, True),
    ]


async def spend(session: WriteSession, appeal, amount: int) -> None:
    from app.ledger import accounts, dimensions, journal
    from app.ledger.accounts import Leaf
    from app.ledger.models import DimensionKind, Direction, EntryKind, Fund

    use, *_ = await campaigns.designations(session, appeal.campaign)
    project = await dimensions.declare(
        session, DimensionKind.project, "P1", organization_id=appeal.organization_id
    )
    await funds.allow(session, await session.get(Fund, use.fund_id), project.id)
    at = {"organization_id": appeal.organization_id, "chart": make.CHART}
    debit = await accounts.open_one(
        session, Leaf(code="5101", fund_id=use.fund_id, project_id=project.id, **at)
    )
    line = journal.Line(
        debit=debit,
        credit=appeal.channel.account_id,
        amount=amount,
        fund_id=use.fund_id,
        direction=Direction.outflow,
    )
    draft = journal.Draft(
        kind=EntryKind.disbursement,
        reference=f"spend:{project.id}",
        occurred_at=make.GIVEN,
        actor="test",
        lines=[line],
        **at,
    )
    await journal.post(session, [draft])
