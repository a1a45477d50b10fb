"""Prior years: what corrects a gift of an earlier year leaves this year's income alone.

What counts is the year in which it is booked: behind a closed December that is the next one.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.fundraising import campaigns, corrections, donations, refunds, suspense
from app.fundraising.campaigns import NewDesignation
from app.fundraising.models import Donation, RefundReason
from app.kit.clock import legal_day, now
from app.kit.database import WriteSession
from app.ledger import balances, periods
from app.ledger.models import Account, Entry, Period, Posting
from app.ledger.models.accounts import PeriodState
from tests.factories import fundraising as make
from tests.fundraising.desk import books_agree
from tests.fundraising.test_donations import left

THIS_YEAR = legal_day(now()).year
LAST_YEAR = datetime(THIS_YEAR - 1, 6, 1, tzinfo=UTC)
LAST_DECEMBER = datetime(THIS_YEAR - 1, 12, 10, tzinfo=UTC)
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


async def close_december(session: WriteSession, organization_id: UUID) -> None:
    """Close last year's books, each month in which something was booked."""
    months = select(Period.month).where(
        Period.organization_id == organization_id, Period.month < date(THIS_YEAR, 1, 1)
    )
    for month in (await session.scalars(months.order_by(Period.month))).all():
        await periods.close(session, organization_id, month)


async def ties(session: WriteSession, organization_id: UUID) -> None:
    """Look that debits and credits come to the same, and that no promise of the books is broken."""
    await books_agree(session)
    rows = await balances.trial_balance(session, [organization_id])
    assert sum(row.debit for row in rows) == sum(row.credit for row in rows) > 0


async def this_year(session: WriteSession, organization_id: UUID, since: int = THIS_YEAR) -> dict[str, int]:
    """What the entries since then left on each account, credits above zero; nothing where it is nothing."""
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
                Entry.booked_on >= date(since, 1, 1),
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


async def test_a_refund_told_after_december_was_closed_adjusts_the_year_of_its_gift(
    session: WriteSession, appeal: make.Appeal
) -> None:
    """Made on 30 December, told in January: the entry is January's, its gift's income December's."""
    gift = make.gift(appeal, 100, donated_at=LAST_DECEMBER)
    await donations.receive(session, [gift])
    await close_december(session, appeal.organization_id)
    back = make.given_back(appeal, gift, 30, refunded_at=LAST_DECEMBER + timedelta(days=20))

    [outcome] = await refunds.receive(session, [back])

    entry = await session.get_one(Entry, outcome.entry_id)
    assert (legal_day(back.refunded_at).year, entry.booked_on) == (THIS_YEAR - 1, date(THIS_YEAR, 1, 1))
    moved = await this_year(session, appeal.organization_id)
    assert moved == {"3201/FA": -27, "3201/GENERAL": -3, "1009/tencent": 30}
    await ties(session, appeal.organization_id)


async def test_a_refund_within_the_open_year_takes_back_its_income(
    session: WriteSession, appeal: make.Appeal
) -> None:
    """Also of a gift that itself came late: it is income of the year in which it was booked."""
    gift = make.gift(appeal, 100, donated_at=LAST_DECEMBER)
    await donations.receive(session, [gift])
    soon = make.given_back(appeal, gift, 10, refunded_at=LAST_DECEMBER + timedelta(days=20))
    [outcome] = await refunds.receive(session, [soon])
    await close_december(session, appeal.organization_id)
    late = make.gift(appeal, 100, donated_at=LAST_DECEMBER)
    await donations.receive(session, [late])

    await refunds.receive(session, [make.given_back(appeal, late, 10, refunded_at=soon.refunded_at)])

    labels = select(Account.label).join(Posting, Posting.debit_account_id == Account.id)
    debited = set(await session.scalars(labels.where(Posting.entry_id == outcome.entry_id)))
    assert debited == {"4101/FA", "4101/GENERAL", "2209/refunds/tencent"}
    moved = await this_year(session, appeal.organization_id)
    assert moved == {"4101/FA": 81, "4101/GENERAL": 9, "1009/tencent": -90}
    await ties(session, appeal.organization_id)


async def test_a_correction_behind_a_closed_december_adjusts_the_year_that_is_over(
    session: WriteSession, appeal: make.Appeal
) -> None:
    """Both its entries are of next year then, whatever the day on which somebody decides it."""
    donation = await given(session, appeal, donated_at=now(), designation="b")
    # Not by `periods.close`: for most of the year December is still to come.
    months = {date(THIS_YEAR, 12, 1), legal_day(now()).replace(day=1)}
    for month in months:
        closed = {"state": PeriodState.closed, "closed_at": now()}
        await session.merge(Period(organization_id=appeal.organization_id, month=month, **closed))

    await corrections.change_amount(session, donation, 150, **WHY)

    moved = await this_year(session, appeal.organization_id, since=THIS_YEAR + 1)
    assert moved == {"3201/FB": 50, "1009/tencent": -50}
    await ties(session, appeal.organization_id)
