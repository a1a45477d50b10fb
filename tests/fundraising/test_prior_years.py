"""Prior years: what corrects a gift of an earlier year leaves this year's income alone."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.fundraising import campaigns, corrections, donations, refunds, suspense
from app.fundraising.campaigns import NewDesignation
from app.fundraising.models import Donation, RefundReason
from app.kit.clock import legal_day, now
from app.kit.database import WriteSession
from app.ledger.models import Account, Entry, Posting
from tests.factories import fundraising as make
from tests.fundraising.desk import books_agree
from tests.fundraising.test_donations import left

LAST_YEAR = datetime(now().year - 1, 6, 1, tzinfo=UTC)
USES = (
    NewDesignation(code="a", title="A", fund_code="FA", cost_share_basis_points=1000),
    NewDesignation(code="b", title="B", fund_code="FB"),
)
WHY = {"reason": "重复录入", "actor": "t"}


@pytest.fixture
async def appeal(session: WriteSession) -> make.Appeal:
    organization_id = await make.member(session, books_from=date(LAST_YEAR.year, 1, 1))
    channel = await make.merchant(session, organization_id)
    campaign = await make.campaign(session, organization_id, *USES, publish=False)
    await campaigns.publish(session, campaign, at=datetime(LAST_YEAR.year, 1, 1, tzinfo=UTC))
    assert channel.platform_id is not None
    return make.Appeal(
        organization_id=organization_id, platform_id=channel.platform_id, channel=channel, campaign=campaign
    )


async def given(session: WriteSession, appeal: make.Appeal, amount: int = 100, **over: object) -> Donation:
    gift = make.gift(appeal, amount, **{"donated_at": LAST_YEAR} | over)
    [outcome] = await donations.receive(session, [gift])
    return await session.get_one(Donation, outcome.donation_id)


async def this_year(session: WriteSession, organization_id: UUID) -> dict[str, int]:
    """What this year's entries left on each account, credits above zero; nothing where it is nothing."""
    sides = (
        (Posting.credit_account_id, Posting.amount),
        (Posting.debit_account_id, -Posting.amount),
    )
    sums: dict[str, int] = {}
    for side, amount in sides:
        rows = await session.execute(
            select(Account.label, func.sum(amount))
            .join(Account, Account.id == side)
            .join(Entry, Entry.id == Posting.entry_id)
            .where(
                Posting.organization_id == organization_id,
                Entry.booked_on >= date(legal_day(now()).year, 1, 1),
            )
            .group_by(Account.label)
        )
        for label, total in rows:
            sums[label] = sums.get(label, 0) + int(total)
    return {label: total for label, total in sums.items() if total}


async def test_a_void_takes_last_years_income_from_the_adjustments(
    session: WriteSession, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal)

    await corrections.void(session, donation, **WHY)

    moved = await this_year(session, appeal.organization_id)
    assert moved == {"3201/FA": -90, "3201/GENERAL": -10, "1009/tencent": 100}
    assert await left(session, appeal.campaign) == [0, 0]
    await books_agree(session)


async def test_another_amount_adjusts_the_earlier_year_by_the_difference(
    session: WriteSession, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal)

    await corrections.change_amount(session, donation, 150, **WHY)

    moved = await this_year(session, appeal.organization_id)
    assert moved == {"3201/FA": 45, "3201/GENERAL": 5, "1009/tencent": -50}
    await books_agree(session)


async def test_a_gift_corrected_twice_and_given_back_never_becomes_this_years_income(
    session: WriteSession, appeal: make.Appeal
) -> None:
    """What stands in the books is of this year then; what it was income of is not."""
    donation = await given(session, appeal)

    await corrections.change_amount(session, donation, 150, **WHY)
    await corrections.move(session, donation, appeal.campaign, "b", **WHY)
    moved = await this_year(session, appeal.organization_id)
    await refunds.decide(session, donation, amount=50, reason=RefundReason.other, actor="t")

    assert moved == {"3201/FA": -90, "3201/GENERAL": -10, "3201/FB": 150, "1009/tencent": -50}
    after = await this_year(session, appeal.organization_id)
    assert after == {"3201/FA": -90, "3201/GENERAL": -10, "3201/FB": 100}
    assert await left(session, appeal.campaign) == [0, 100]
    await books_agree(session)


async def test_a_gift_of_this_year_is_corrected_within_its_income(
    session: WriteSession, appeal: make.Appeal
) -> None:
    donation = await given(session, appeal, donated_at=now(), designation="b")

    await corrections.change_amount(session, donation, 150, **WHY)

    assert await this_year(session, appeal.organization_id) == {"4101/FB": 150, "1009/tencent": -150}
    await books_agree(session)


async def test_a_late_claim_is_income_of_its_own_year(session: WriteSession, appeal: make.Appeal) -> None:
    """The money came last year, and waited; nobody's income before, it is corrected as this year's."""
    donation = await given(session, appeal, campaign="NOBODY-KNOWS")
    await suspense.claim(session, donation, appeal.campaign, "b", actor="t")
    claimed = await this_year(session, appeal.organization_id)

    await corrections.void(session, donation, **WHY)

    assert claimed == {"2209/suspense/tencent": -100, "4101/FB": 100}
    assert await this_year(session, appeal.organization_id) == {
        "2209/suspense/tencent": -100,
        "1009/tencent": 100,
    }
    await books_agree(session)
