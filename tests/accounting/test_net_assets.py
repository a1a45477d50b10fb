"""Money changes its purpose, or is put to work, only within the law's gate and by two people."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.accounting.models import InvestmentKind
from app.accounting.netassets.investments import PROHIBITED
from app.kit.clock import now, today
from app.kit.ids import new_code
from app.ledger import balances, funds, reversals, tracing
from app.ledger.events import Event
from app.ledger.models import Entry, EntryKind, Fund, Posting
from tests.accounting.closers import Office as Desk
from tests.accounting.office import VOUCHERS, Office, credit, debit
from tests.fundraising.desk import books_agree

MOVES, INVESTMENTS = "/v1/accounting/fund-moves", "/v1/accounting/investments"


async def fund(at: Office, minor: int = 500_00, **over: Any) -> Fund:
    said: dict[str, Any] = {"title": "专项", "restricted": True} | over
    row = Fund(organization_id=at.organization.id, code=f"F{new_code(6)}", **said)
    await funds.open_fund(at.session, row)
    await at.endow(minor, row)
    return row


async def general(at: Office) -> Fund:
    return await funds.general(at.session, at.organization.id)


async def asked(at: Office, source: Fund, target: Fund, minor: int = 200_00, **over: Any) -> Any:
    body = {
        "organization_id": str(at.organization.id),
        "kind": "release",
        "source_fund_id": str(source.id),
        "target_fund_id": str(target.id),
        "amount": {"amount": minor, "currency": "CNY"},
        "ground": "limits_ended",
        "document": "理事会决议",
    }
    return await at.post(MOVES, body | over)


async def by_code(at: Office) -> dict[str, int]:
    rows = await balances.trial_balance(at.session, [at.organization.id])
    return {row.code: row.balance for row in balances.by_code(rows)}


async def test_a_release_moves_restricted_net_assets_to_unrestricted(at: Office) -> None:
    source = await fund(at, usable_until=today() - timedelta(days=1))
    move = (await asked(at, source, await general(at))).json()

    mine = await at.post(f"{MOVES}/{move['id']}/approval", by="ann")
    booked = await at.post(f"{MOVES}/{move['id']}/approval", by="ray")
    twice = await at.post(f"{MOVES}/{move['id']}/approval", by="ray")

    assert mine.status_code == 403
    assert (booked.status_code, booked.json()["state"]) == (200, "booked"), booked.text
    assert (twice.status_code, twice.json()["code"]) == (409, "fund-move-decided")
    found = await by_code(at)
    assert (found["3102"], found["3101"], found["0000"]) == (-300_00, -10_200_00, 0)
    await books_agree(at.session)


async def test_a_release_in_the_year_of_the_gift_moves_income_and_older_money_net_assets(
    at: Office,
) -> None:
    source = await fund(at, 500_00, usable_until=today() - timedelta(days=1))
    free = await general(at)
    desk = Desk(client=at.client, organization=at.organization, fund=source, bank_id=at.bank.account_id)
    desk.accountant = at.headers["ann"]
    await desk.gift(at.session, today(), 300_00)
    grant = at.made("J22", amount=50_00, money_account="1002", channel_id=at.bank.id, fund_id=source.id)
    await at.posted(grant | {"happened_on": str(today())})

    move = (await asked(at, source, free, 840_00)).json()
    booked = await at.post(f"{MOVES}/{move['id']}/approval", by="ray")

    assert booked.status_code == 200, booked.text
    # The oldest first: 500 of the opening balance, then 300 of this year's gifts and 40 of its grant.
    rows = await balances.trial_balance(at.session, [at.organization.id])
    assert {row.label: row.balance for row in rows if row.code in {"0000", "3102", "4101", "4401"}} == {
        f"3102/{source.code}": 0,
        f"4101/{source.code}": 0,
        "4101/GENERAL": -300_00,
        f"4401/{source.code}": -10_00,
        "4401/GENERAL": -40_00,
        "0000": 0,
    }
    period = f"{today():%Y-%m}"
    activities = await desk.read(f"/statements/activities?period={period}")
    shown = {line["key"]: [one["amount"] for one in line["amounts"]][:3] for line in activities["lines"]}
    assert activities["ties"] is True
    assert shown["donations"] == [300_00, 0, 300_00]
    assert shown["released"] == [500_00, -500_00, 0]
    assert (await desk.read(f"/statements/cash-flow?period={period}"))["ties"] is True
    assert (await funds.left(at.session, [source.id, free.id]))[source.id] == 10_00
    walked = await tracing.follow(at.session, [await last_gift(at)])
    assert {place.fund_id for place in walked.places} == {free.id}
    await books_agree(at.session)


async def test_no_more_income_is_released_than_still_stands(at: Office) -> None:
    source = await fund(at, 100_00, usable_until=today() - timedelta(days=1))
    desk = Desk(client=at.client, organization=at.organization, fund=source, bank_id=at.bank.account_id)
    given = await desk.gift(at.session, today(), 500_00)
    # A reversal of part of the gift took its serial numbers from the front, and its amount from the income.
    other = await desk.gift(at.session, today(), 200_00)
    event = Event(occurred_at=now(), actor="test", summary="误记")
    await reversals.reverse(at.session, other.entry_id, event)

    move = (await asked(at, source, await general(at), 600_00)).json()
    booked = await at.post(f"{MOVES}/{move['id']}/approval", by="ray")

    assert booked.status_code == 200, booked.text
    assert given.booked_on == today()
    found = await by_code(at)
    assert (found["4101"], found["3102"], found["3101"]) == (-500_00, 0, -10_100_00)
    await books_agree(at.session)


async def last_gift(at: Office) -> UUID:
    query = (
        select(Posting.id).join(Entry, Entry.id == Posting.entry_id).where(Entry.kind == EntryKind.donation)
    )
    return (await at.session.scalars(query.order_by(Posting.id.desc()).limit(1))).one()


async def test_a_restriction_whose_time_is_to_come_stands(at: Office) -> None:
    source = await fund(at, usable_until=today())
    ended = await asked(at, source, await general(at))
    revoked = await asked(at, source, await general(at), ground="provider_revoked")
    assert (ended.status_code, ended.json()["code"]) == (409, "restriction-stands")
    assert revoked.status_code == 201


async def test_another_purpose_needs_its_ground_and_its_paper(at: Office) -> None:
    source, target = await fund(at), await fund(at)
    consent = {"kind": "redesignation", "ground": "donor_consent"}
    move = await asked(at, source, target, **consent)
    booked = await at.post(f"{MOVES}/{move.json()['id']}/approval", by="ray")
    new_restriction = await asked(at, await general(at), target, kind="redesignation", ground="law")
    declined = await at.post(f"{MOVES}/{new_restriction.json()['id']}/refusal", by="ray")

    assert booked.json()["state"] == "booked"
    left = await funds.left(at.session, [source.id, target.id])
    assert (left[source.id], left[target.id]) == (300_00, 700_00)
    assert (declined.json()["state"], declined.json()["entry_id"]) == ("declined", None)
    listed = (await at.get(MOVES, kind="redesignation", state="booked")).json()["items"]
    assert [one["id"] for one in listed] == [move.json()["id"]]
    assert (await at.get(f"{MOVES}/{move.json()['id']}")).json()["document"] == "理事会决议"
    for source_, target_, over in (
        (source, target, {}),
        (source, target, {"kind": "redesignation", "ground": "limits_ended"}),
        (source, await general(at), consent),
        (await general(at), await general(at), consent),
    ):
        answer = await asked(at, source_, target_, **over)
        assert (answer.status_code, answer.json()["code"]) == (422, "fund-move-unfit")
    await books_agree(at.session)


async def test_no_more_moves_than_a_fund_holds(at: Office) -> None:
    source = await fund(at, 100)
    move = await asked(at, source, await general(at), 101)
    answer = await at.post(f"{MOVES}/{move.json()['id']}/approval", by="ray")
    assert (answer.status_code, answer.json()["code"]) == (409, "fund-short")


async def invest(at: Office, source: Fund, **over: Any) -> Any:
    body = {
        "organization_id": str(at.organization.id),
        "kind": "asset_management_product",
        "title": "购买银行理财产品",
        "amount": {"amount": 1000_00, "currency": "CNY"},
        "fund_id": str(source.id),
        "decided_on": "2026-05-08",
        "resolution": "理事会决议",
        "major": True,
        "votes_for": 8,
        "votes_total": 12,
        "government_funded": False,
        "money_account": "1002",
        "channel_id": str(at.bank.id),
        "investment_account": "1101",
    }
    return await at.post(INVESTMENTS, body | over)


async def test_a_resolved_investment_passes_three_people_into_the_books(at: Office) -> None:
    investment = (await invest(at, await general(at))).json()
    path = f"{VOUCHERS}/{investment['voucher_id']}"
    for step, who, body in (("submission", "ann", None), ("review", "ray", None), ("posting", "bo", {})):
        answer = await at.post(f"{path}/{step}", body, by=who)
        assert answer.status_code == 200, answer.text
    back = at.made(
        "INVESTMENT-BACK",
        amount=1000_00,
        proceeds_amount=30_00,
        money_account="1002",
        channel_id=at.bank.id,
        investment_account="1101",
    )
    await at.posted(back)

    found = await by_code(at)
    assert (found["1101"], found["4601"], found["1002"]) == (0, -30_00, 10_030_00)
    assert [one["id"] for one in (await at.get(INVESTMENTS)).json()["items"]] == [investment["id"]]
    await books_agree(at.session)


@pytest.mark.parametrize("kind", list(PROHIBITED))
async def test_what_the_law_forbids_is_refused_by_name(at: Office, kind: InvestmentKind) -> None:
    answer = await invest(at, await general(at), kind=kind.value)
    assert (answer.status_code, answer.json()["code"]) == (409, "investment-prohibited")
    assert answer.json()["article"].startswith("TZ 7(")


async def test_a_major_plan_takes_two_thirds(at: Office) -> None:
    few = await invest(at, await general(at), votes_for=7)
    minor = await invest(at, await general(at), votes_for=7, major=False)
    assert (few.status_code, few.json()["code"]) == (409, "two-thirds-missing")
    assert minor.status_code == 201
    with pytest.raises(IntegrityError, match="two_thirds"):
        async with at.session.begin_nested():
            await at.session.execute(
                text(
                    "insert into investments select (jsonb_populate_record(i, jsonb_build_object("
                    "'id', gen_random_uuid(), 'major', true))).* from investments i"
                )
            )


async def test_only_free_money_and_money_not_due_yet_is_invested(at: Office) -> None:
    due = await fund(at, 2000_00)
    later = await fund(at, 2000_00, usable_from=today() + timedelta(days=400))
    for source, over in ((due, {}), (await general(at), {"government_funded": True})):
        answer = await invest(at, source, **over)
        assert (answer.status_code, answer.json()["code"]) == (409, "investment-fund-unfit")
    poor = await invest(at, await general(at), amount={"amount": 10_000_01, "currency": "CNY"})
    assert (poor.status_code, poor.json()["code"]) == (409, "fund-short")
    assert (await invest(at, later)).status_code == 201


async def test_no_voucher_invests_around_the_gate(at: Office) -> None:
    bank = {"channel_id": at.bank.id}
    free = await at.post(VOUCHERS, at.voucher(debit("1101", 1), credit("1002", 1, **bank)))
    made = await at.post(VOUCHERS, at.made("INVESTMENT", amount=1))
    assert (free.status_code, free.json()["code"]) == (409, "moved-elsewhere")
    assert (made.status_code, made.json()["code"]) == (409, "moved-elsewhere")
