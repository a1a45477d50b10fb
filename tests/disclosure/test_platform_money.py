"""What of a campaign's balance has come to the bank, and what still lies with a platform."""

from datetime import UTC, datetime, timedelta
from typing import Any

from httpx import AsyncClient
from sqlalchemy import event

from app.fundraising.campaigns import NewDesignation
from app.kit.database import WriteSession
from app.ledger import journal
from app.ledger.journal import Line
from app.ledger.models import EntryKind
from app.organizations import keys
from app.organizations.models import KeyKind, Scope
from tests.disclosure.scenes import GIVEN, Scene, scene
from tests.factories import fundraising as make
from tests.factories import ledger

NEXT_DAY = GIVEN + timedelta(days=1)


async def payout(it: Scene, amount: int) -> None:
    """The platform pays out to the bank: Dr 1002 / Cr 1009."""
    bank = await ledger.account(it.session, it.books, "1002", channel_id=it.books.bank_id)
    line = Line(debit=bank, credit=it.partner.channel.account_id, amount=amount)
    await journal.post(it.session, [ledger.draft(it.books, EntryKind.settlement, line)])


async def told(client: AsyncClient, code: str) -> list[int | None]:
    """Balance, settled and unsettled of a campaign, as anybody reads them."""
    answer = await client.get(f"/v1/disclosure/campaigns/{code}")
    assert answer.status_code == 200, answer.text
    return [one and one["amount"] for one in map(answer.json().get, ("balance", "settled", "unsettled"))]


async def test_what_the_platform_has_not_paid_out_is_unsettled(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    await it.give(it.gift(300_00), it.gift(100_00, donated_at=NEXT_DAY))
    assert await told(client, it.campaign.code) == [400_00, 0, 400_00]

    await payout(it, 350_00)
    assert await told(client, it.campaign.code) == [400_00, 350_00, 50_00]

    await it.spend(370_00)
    assert await told(client, it.campaign.code) == [30_00, 0, 30_00]
    await payout(it, 50_00)
    assert await told(client, it.campaign.code) == [30_00, 30_00, 0]


async def test_what_came_in_last_is_what_the_platform_still_holds(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    other = await make.campaign(session, it.partner.organization.id)
    await it.give(
        it.gift(100_00),
        it.gift(50_00, campaign=other.code),
        it.gift(20_00, campaign=other.code, donated_at=NEXT_DAY),
    )

    # A payout that reaches into the first day: a third of it is the other campaign's.
    await payout(it, 120_00)
    assert await told(client, it.campaign.code) == [100_00, 80_00, 20_00]
    assert await told(client, other.code) == [70_00, 40_00, 30_00]

    await payout(it, 30_00)
    assert await told(client, it.campaign.code) == [100_00, 100_00, 0]
    assert await told(client, other.code) == [70_00, 50_00, 20_00]


async def test_what_was_given_back_is_held_for_nobody(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    other = await make.campaign(session, it.partner.organization.id)
    mine = it.gift(100_00)
    await it.give(mine, it.gift(50_00, campaign=other.code))
    await it.refund(mine)

    assert await told(client, it.campaign.code) == [0, 0, 0]
    assert await told(client, other.code) == [50_00, 0, 50_00]


async def test_gifts_nobody_claimed_hold_their_part(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(it.gift(100_00), it.gift(40_00, campaign="NOBODY", donated_at=NEXT_DAY))
    await payout(it, 100_00)

    assert await told(client, it.campaign.code) == [100_00, 100_00, 0]


async def test_with_a_share_of_the_costs_totals_tell_only_when_all_is_paid_out(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    share = NewDesignation(code="main", title="助学", fund_code="F-SHARE", cost_share_basis_points=1000)
    shared = await make.campaign(session, it.partner.organization.id, share)
    await it.give(it.gift(100_00, campaign=shared.code))

    assert await told(client, shared.code) == [90_00, None, None]
    await payout(it, 100_00)
    assert await told(client, shared.code) == [90_00, 90_00, 0]


async def test_auditors_read_the_same_of_each_fund(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    share = NewDesignation(code="main", title="助学", fund_code="F-SHARE", cost_share_basis_points=1000)
    shared = await make.campaign(session, it.partner.organization.id, share)
    await it.give(it.gift(300_00), it.gift(100_00, campaign=shared.code, donated_at=NEXT_DAY))
    terms = keys.Terms(KeyKind.auditor, [Scope.audit])
    _, key = await keys.make(session, it.partner.organization, terms, name="firm", made_by="test")

    async def funds() -> dict[str, list[int | None]]:
        url = f"/v1/audit/organizations/{it.partner.organization.id}/funds"
        answer = await client.get(url, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200, answer.text
        names = ("left", "settled", "unsettled")
        return {
            one["code"]: [amount and amount["amount"] for amount in map(one.get, names)]
            for one in answer.json()["items"]
        }

    mine = (await it.fund()).code
    await payout(it, 260_00)
    assert await funds() == {
        mine: [300_00, 260_00, 40_00],
        "F-SHARE": [90_00, None, None],
        "GENERAL": [10_00, None, None],
    }
    await payout(it, 140_00)
    assert await funds() == {
        mine: [300_00, 300_00, 0],
        "F-SHARE": [90_00, 90_00, 0],
        "GENERAL": [10_00, 10_00, 0],
    }


async def test_settled_money_costs_the_same_however_many_gifts_there_are(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    bind = (await session.connection()).sync_connection
    rows: list[int] = []

    def note(*given: Any) -> None:
        if "with inflows as" in given[2]:
            rows.append(given[1].rowcount)

    event.listen(bind, "after_cursor_execute", note)
    for count in (1, 50):
        await it.give(*(it.gift(donated_at=datetime(2026, 5, 1, 1, n, tzinfo=UTC)) for n in range(count)))
        await told(client, it.campaign.code)
    event.remove(bind, "after_cursor_execute", note)

    # One row for the day of the campaign, not one for each of its gifts.
    assert rows == [1, 1]
