"""Whatever meets at one gift or one fund at the same moment, the books end as if it had come one by one."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from app.fundraising import campaigns, corrections, donations, refunds
from app.fundraising.errors import DonationRefunded, DonationVoided, RefundExceedsGift
from app.fundraising.gifts import OutcomeKind
from app.fundraising.models import Campaign, Donation, DonationState, Refund, RefundReason, RefundState
from app.fundraising.receipts import requests
from app.fundraising.receipts.words import Payer
from app.kit import vault
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.kit.errors import Refusal
from app.kit.models import VaultValue
from app.ledger import dimensions, funds
from app.ledger.errors import FundShort
from app.ledger.models import DimensionKind, Fund
from app.ledger.movements import dues
from app.webhooks import erasures
from tests.factories import fundraising as make
from tests.factories import ledger as books_of
from tests.fundraising.desk import books_agree

Work = Callable[[WriteSession], Awaitable[object]]


async def at_once(database: Database, *works: Work) -> list[object]:
    """Do each in a transaction of its own; what is refused answers with the refusal."""

    async def one(work: Work) -> object:
        try:
            async with database.writing() as session:
                return await work(session)
        except Refusal as refusal:
            return refusal

    return await asyncio.gather(*(one(work) for work in works))


async def given(database: Database, amount: int) -> tuple[make.Appeal, make.Gift, Donation]:
    async with database.writing() as session:
        appeal = await make.appeal(session)
        gift = make.gift(appeal, amount)
        [outcome] = await donations.receive(session, [gift])
        return appeal, gift, await session.get_one(Donation, outcome.donation_id)


async def waiting(database: Database, count: int) -> None:
    """Return when so many transactions wait for another one's lock."""
    look = text(
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    found = 0
    while found < count:
        # Each look has a transaction of its own: within one, PostgreSQL shows its first look again.
        async with database.reading() as session:
            found = await session.scalar(look) or 0
        await asyncio.sleep(0.01)


async def spending(database: Database, appeal: make.Appeal) -> tuple[books_of.Books, Fund]:
    """The member's books, and its campaign's fund with a project that it may pay for."""
    async with database.writing() as session:
        here = {"organization_id": appeal.organization_id}
        [general] = await session.scalars(select(Fund).where(Fund.general))
        [fund] = await session.scalars(select(Fund).where(~Fund.general))
        project = await dimensions.declare(session, DimensionKind.project, "P1", **here)
        bank = await dimensions.declare(session, DimensionKind.channel, "bank", **here)
        await funds.allow(session, fund, project.id)
    books = books_of.Books(
        general=general, channel_id=appeal.channel.id, bank_id=bank.id, project_id=project.id, **here
    )
    return books, fund


@pytest.mark.parametrize("void", [True, False])
async def test_a_platforms_refunds_and_a_correction_of_one_gift(committed: Database, *, void: bool) -> None:
    appeal, gift, donation = await given(committed, 1000)

    async def correct(session: WriteSession) -> object:
        row = await session.get_one(Donation, donation.id)
        if void:
            return await corrections.void(session, row, reason="test", actor="test")
        return await corrections.change_amount(session, row, 500, reason="test", actor="test")

    async def refund(session: WriteSession) -> object:
        [outcome] = await donations.receive(session, [make.given_back(appeal, gift, 100)])
        return outcome.kind

    answers = await at_once(committed, *[refund] * 4, correct, *[refund] * 8)

    told = Counter(answer for answer in answers if isinstance(answer, OutcomeKind))
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert all(isinstance(one, DonationRefunded) for one in refused)
    async with committed.writing() as session:
        row = await session.get_one(Donation, donation.id)
        # Either the correction came first, or it was refused because of a refund before it.
        left = 1000 if refused else 0 if void else 500
        assert told[OutcomeKind.posted] * 100 == row.refunded == min(left, 1200)
        assert told.total() == 12
        assert (row.state is DonationState.voided) == (void and not refused)
        await books_agree(session)


async def test_our_own_refunds_and_payments_of_one_fund(committed: Database) -> None:
    appeal, _, donation = await given(committed, 1000)
    books, fund = await spending(committed, appeal)

    async def decide(session: WriteSession) -> object:
        row = await session.get_one(Donation, donation.id)
        why = RefundReason.donor_request
        return await refunds.decide(session, row, amount=100, reason=why, actor="test")

    async def spend(session: WriteSession) -> object:
        return await books_of.spend(session, books, fund, 100)

    answers = await at_once(committed, *[decide, spend] * 10)

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert len(refused) == 10
    assert {type(one) for one in refused} <= {FundShort, RefundExceedsGift}
    async with committed.writing() as session:
        assert await funds.left(session, [fund.id]) == {fund.id: 0}
        await books_agree(session)


async def test_a_platforms_refunds_are_facts_whatever_is_paid_meanwhile(committed: Database) -> None:
    appeal, gift, _ = await given(committed, 1000)
    books, fund = await spending(committed, appeal)

    async def refund(session: WriteSession) -> object:
        [outcome] = await donations.receive(session, [make.given_back(appeal, gift, 100)])
        return outcome.kind

    async def spend(session: WriteSession) -> object:
        return await books_of.spend(session, books, fund, 100)

    answers = await at_once(committed, *[refund, spend] * 10)

    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    assert answers.count(OutcomeKind.posted) == 10
    assert {type(one) for one in refused} <= {FundShort}
    async with committed.writing() as session:
        assert await funds.left(session, [fund.id]) == {fund.id: 0}
        due = sum(one.amount for one in await dues.waiting(session, [appeal.organization_id]))
        # What was paid and what went back is what the fund had, and what it owes.
        assert due == (10 - len(refused)) * 100
        assert await session.scalar(select(func.sum(Refund.amount))) == 1000
        await books_agree(session)


async def test_gifts_while_their_campaign_closes(committed: Database) -> None:
    appeal, _, _ = await given(committed, 1000)
    moment = now()

    async def close(session: WriteSession) -> object:
        campaign = await session.get_one(Campaign, appeal.campaign.id)
        await campaigns.close(session, campaign, at=moment)
        return None

    def give(at_seconds: int) -> Work:
        async def work(session: WriteSession) -> object:
            gift = make.gift(appeal, 100, donated_at=moment + timedelta(seconds=at_seconds))
            [outcome] = await donations.receive(session, [gift])
            return at_seconds, outcome.kind

        return work

    answers = await at_once(committed, *[give(-1), give(1)] * 5, close, *[give(-1), give(1)] * 5)
    later = await at_once(committed, give(-1), give(1))

    # Given before it closed, a gift is the campaign's whenever it is told; after it, once that is known.
    told = Counter(answer for answer in answers if answer is not None)
    assert told[(-1, OutcomeKind.posted)] == 10
    assert told[(1, OutcomeKind.posted)] + told[(1, OutcomeKind.suspense)] == 10
    assert later == [(-1, OutcomeKind.posted), (1, OutcomeKind.suspense)]
    async with committed.writing() as session:
        await books_agree(session)


async def test_a_refund_told_twice_at_once_goes_back_once(committed: Database) -> None:
    appeal, gift, donation = await given(committed, 1000)
    told = make.given_back(appeal, gift, 300)

    async def refund(session: WriteSession) -> object:
        [outcome] = await donations.receive(session, [told])
        return outcome.kind

    answers = Counter(await at_once(committed, *[refund] * 20))

    assert answers == {OutcomeKind.posted: 1, OutcomeKind.duplicate: 19}
    async with committed.writing() as session:
        assert (await session.get_one(Donation, donation.id)).refunded == 300
        posted = select(func.count()).where(Refund.state == RefundState.posted)
        assert await session.scalar(posted) == 1
        await books_agree(session)


async def test_of_two_voids_at_once_one_wins(committed: Database) -> None:
    _, _, donation = await given(committed, 1000)

    async def void(session: WriteSession) -> object:
        row = await session.get_one(Donation, donation.id)
        await corrections.void(session, row, reason="test", actor="test")
        return "voided"

    answers = await at_once(committed, void, void, void)

    assert answers.count("voided") == 1
    assert [type(one) for one in answers if one != "voided"] == [DonationVoided] * 2
    async with committed.writing() as session:
        await books_agree(session)


async def test_a_receipt_is_asked_for_while_its_giver_is_erased(committed: Database) -> None:
    _, _, donation = await given(committed, 1000)

    async def ask(session: WriteSession) -> object:
        held = await requests.hold(session, [donation.id])
        return await requests.request(session, held, Payer(title="示例有限公司"), actor="test")

    async def erase(session: WriteSession) -> object:
        return await erasures.erase(session, donation.person_id)

    async with committed.writing() as session:
        await vault.keep(session, donation.person_id, {"phone": "1"})
    async with committed.writing() as session:
        # The erasure has its giver, and waits here before it comes to the gift.
        await session.execute(select(VaultValue).where(VaultValue.field == "phone").with_for_update())
        erasing = asyncio.create_task(at_once(committed, erase))
        await waiting(committed, 1)
        asking = asyncio.create_task(at_once(committed, ask))
        await waiting(committed, 2)

    assert await erasing == [None]
    [refused] = await asking
    assert isinstance(refused, vault.PersonErased)
