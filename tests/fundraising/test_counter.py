"""Gifts at the counter, and the register in which staff look them up."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import IntegrityError

from app.accounting import channels
from app.accounting.models import ChannelKind
from app.fundraising import campaigns, donations
from app.fundraising.campaigns import NewDesignation
from app.fundraising.gifts import Giver
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import funds
from app.ledger.models import Account, Posting
from app.organizations.access import Role, Scope
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, books_agree, desk, fen


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def test_a_gift_at_the_counter_is_booked_and_answered_with_its_code(
    clerk: Desk, session: WriteSession
) -> None:
    answer = await clerk.give(123_45, giver={"name": "王小明"}, message="加油")

    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert (body["outcome"], body["state"], body["amount"]) == ("posted", "posted", fen(123_45))
    assert len(body["lookup_code"]) == 20
    assert body["their_id"] == body["id"]
    assert (body["giver"]["name"], body["giver"]["show_name"]) == ("王小明", False)
    debit = select(Account.label).join(Posting, Posting.debit_account_id == Account.id)
    [label] = await session.scalars(debit.where(Posting.entry_id == body["entry_id"]))
    assert label == f"1002/{clerk.bank.code}"
    await books_agree(session)


async def test_the_same_request_again_is_answered_as_before(clerk: Desk, session: WriteSession) -> None:
    body = {"channel_id": str(clerk.bank.id), "amount": fen(5), "donated_at": "2026-05-01T00:00:00Z"}
    path = f"/campaigns/{clerk.campaign.id}/donations"

    first = await clerk.post(path, body, key="one")
    again = await clerk.post(path, body, key="one")
    other = await clerk.post(path, body | {"amount": fen(6)}, key="one")
    without = await clerk.client.post(f"/v1/fundraising{path}", json=body, headers=clerk.headers)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (other.status_code, without.status_code) == (422, 422)
    assert await session.scalar(select(func.count()).select_from(Donation)) == 1


async def test_a_number_of_ones_own_is_booked_once(clerk: Desk) -> None:
    first = await clerk.give(100, their_id="收据-1")
    again = await clerk.give(100, their_id="收据-1")
    other = await clerk.give(101, their_id="收据-1")

    assert (first.status_code, again.status_code, again.json()["outcome"]) == (201, 200, "duplicate")
    assert again.json()["id"] == first.json()["id"]
    assert (other.status_code, other.json()["code"]) == (409, "gift-differs")
    assert (await clerk.totals())["raised"] == 100


async def test_a_foreign_gift_keeps_what_it_was_in_its_own_currency(
    clerk: Desk, session: WriteSession
) -> None:
    given = await clerk.give(715_20, original={"currency": "USD", "amount": "100"})
    plain = await clerk.give(100)

    assert given.status_code == 201, given.text
    read = (await clerk.get(f"/donations/{given.json()['id']}")).json()
    assert (read["amount"], read["original"]) == (fen(715_20), {"currency": "USD", "amount": "100.00"})
    assert plain.json()["original"] is None
    await books_agree(session)


@pytest.mark.parametrize(
    ("original", "pointer"),
    [
        ({"currency": "JPY", "amount": "100.5"}, "/original/amount"),
        ({"currency": "KWD", "amount": "0.000"}, "/original/amount"),
        ({"currency": "USD", "amount": 100}, "/original/amount"),
        ({"currency": "USD"}, "/original/amount"),
        ({"currency": "CNY", "amount": "100.00"}, "/original/currency"),
        ({"currency": "XYZ", "amount": "100.00"}, "/original/currency"),
    ],
)
async def test_an_original_that_nobody_could_have_paid_is_refused(
    clerk: Desk, original: dict[str, object], pointer: str
) -> None:
    answer = await clerk.give(715_20, original=original)

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    assert (await clerk.totals())["raised"] == 0


@pytest.mark.parametrize(
    ("currency", "amount"),
    [("USD", None), (None, "1.00"), ("usd", "1.00"), ("CNY", "1.00"), ("USD", "0.00"), ("USD", "1,0")],
)
async def test_the_database_too_refuses_half_an_original(
    clerk: Desk, session: WriteSession, currency: str | None, amount: str | None
) -> None:
    gift = (await clerk.give(100)).json()
    donation = await session.get_one(Donation, UUID(gift["id"]))
    copied = {column.name: getattr(donation, column.name) for column in Donation.__table__.columns}
    copied |= {"id": new_id(), "their_id": "2", "lookup_code": "2"}

    with pytest.raises(IntegrityError, match="donations_original_check"):
        await session.execute(
            insert(Donation).values(copied | {"original_currency": currency, "original_amount": amount})
        )


async def test_a_gift_may_be_divided_among_designations(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    uses = [
        NewDesignation(code="a", title="A", fund_code="FA", cost_share_basis_points=1000),
        NewDesignation(code="b", title="B", fund_code="FB"),
        NewDesignation(code="c", title="C", fund_code="FC", cost_share_basis_points=10_000),
    ]
    at = await desk(app, client, session, *uses)
    parts = [{"designation": "b", "amount": 60}, {"designation": "a", "amount": 40}]

    answer = await at.give(100, allocations=parts)
    default = await at.give(10)
    costs = await at.give(7, designation="c")
    unequal = await at.give(101, allocations=parts)
    unknown = await at.give(100, designation="x")
    both = await at.give(100, designation="a", allocations=parts)

    async def shown(one: Any) -> dict[str, int]:
        read = (await at.get(f"/donations/{one.json()['id']}")).json()
        return {part["designation"]: part["amount"]["amount"] for part in read["allocations"]}

    assert await shown(answer) == {"b": 60, "a": 40}
    assert (await shown(default), await shown(costs)) == ({"a": 10}, {"c": 7})
    codes = ["allocations-unequal", "designation-not-found", "malformed"]
    assert [(one.status_code, one.json()["code"]) for one in (unequal, unknown, both)] == [
        (422, code) for code in codes
    ]
    general = await funds.general(session, at.organization.id)
    assert await funds.left(session, [general.id]) == {general.id: 4 + 1 + 7}
    await books_agree(session)


@pytest.mark.parametrize(
    ("case", "status", "code"),
    [
        ("closed campaign", 409, "campaign-not-open"),
        ("draft", 409, "campaign-not-open"),
        ("before the opening", 409, "campaign-not-open"),
        ("closed channel", 409, "channel-closed"),
        ("platform's channel", 422, "channel-not-at-the-counter"),
        ("another's channel", 422, "channel-of-another-organization"),
    ],
)
async def test_what_could_only_wait_in_suspense_is_refused(
    clerk: Desk, session: WriteSession, case: str, status: int, code: str
) -> None:
    over: dict[str, Any] = {}
    if case == "closed campaign":
        await campaigns.close(session, clerk.campaign, at=make.OPENED)
    if case == "draft":
        over["campaign"] = await make.campaign(session, clerk.organization.id, publish=False)
    if case == "before the opening":
        over["donated_at"] = "2025-12-31T12:00:00+08:00"
    if case == "closed channel":
        await channels.close(session, clerk.bank)
    if case == "platform's channel":
        over["channel_id"] = str(clerk.appeal.channel.id)
    if case == "another's channel":
        over["channel_id"] = str((await bank(session, await members.organization(session))).id)

    answer = await clerk.give(**over)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    if case == "before the opening":
        # It is open today: what is wrong is the day.
        assert answer.json()["detail"] == "it was not open when the gift was given"
    assert await session.scalar(select(func.count()).select_from(Donation)) == 0
    assert await session.scalar(select(func.count()).select_from(Posting)) == 0


@pytest.mark.parametrize(
    "over",
    [
        {"amount": fen(0)},
        {"amount": fen(10**15 + 1)},
        {"amount": {"amount": True, "currency": "CNY"}},
        {"amount": {"amount": "100", "currency": "CNY"}},
        {"amount": 100},
        {"donated_at": "2026-05-01"},
        {"donated_at": "2999-05-01T00:00:00Z"},
        {"giver": {"name": "a\x07"}},
        {"message": "a\x07"},
        {"their_id": ""},
        {"fee": fen(1)},
    ],
)
async def test_a_malformed_gift_is_refused_with_a_pointer(clerk: Desk, over: dict[str, Any]) -> None:
    answer = await clerk.give(**over)

    assert answer.status_code == 422
    [fault, *_] = answer.json()["errors"]
    assert fault["pointer"].startswith(f"/{next(iter(over))}")


async def test_only_who_records_gifts_there_may_record_one(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    codes = []
    for role in (Role.cashier, Role.fundraising_officer, Role.auditor, Role.viewer):
        at = await desk(app, client, session, role=role)
        codes.append((await at.give()).status_code)
    stranger = await desk(app, client, session)
    codes.append((await stranger.give(campaign=at.campaign)).status_code)
    assert codes == [201, 201, 403, 403, 404]


async def test_the_register_is_searched(clerk: Desk, session: WriteSession) -> None:
    from_platform = make.gift(clerk.appeal, 77, their_id="T-77", giver=Giver(external_id="u", name="李四"))
    await donations.receive(session, [from_platform])
    late = (await clerk.give(10, donated_at="2026-05-02T00:30:00+08:00")).json()
    early = (await clerk.give(20, donated_at="2026-05-01T23:30:00+08:00")).json()
    platform = (await clerk.get("/donations", their_id="T-77")).json()["items"][0]

    async def found(**params: Any) -> list[int]:
        answer = await clerk.get("/donations", **params)
        assert answer.status_code == 200, answer.text
        return [item["amount"]["amount"] for item in answer.json()["items"]]

    assert await found() == [20, 10, 77]
    assert await found(donated_on_from="2026-05-02") == [10]
    assert await found(donated_on_from="2026-05-01", donated_on_to="2026-05-01") == [20, 77]
    assert await found(channel_id=str(clerk.bank.id)) == [20, 10]
    assert await found(amount_from=20, amount_to=76) == [20]
    assert await found(campaign_id=str(clerk.campaign.id), state="posted") == [20, 10, 77]
    assert await found(donor_id=platform["giver"]["donor_id"]) == [77]
    assert await found(their_id=early["their_id"]) == [20]
    assert await found(lookup_code=late["lookup_code"].lower()) == [10]
    assert await found(state="suspense") == []
    page = (await clerk.get("/donations", limit=2, include="summary")).json()
    assert page["summary"] == {"count": 3, "amount": fen(107)}
    rest = (await clerk.get("/donations", limit=2, cursor=page["next_cursor"])).json()
    assert ([item["amount"]["amount"] for item in rest["items"]], rest["summary"]) == ([77], None)
    assert (await clerk.get("/donations", amount_form=1)).status_code == 422


async def test_a_giver_is_masked_for_who_may_not_read_donors(clerk: Desk, session: WriteSession) -> None:
    gift = (await clerk.give(giver={"name": "王小明"}, message="我是王小明")).json()
    _, auditor = await members.key(session, clerk.organization, Scope.audit)
    url = f"/v1/fundraising/donations/{gift['id']}"

    seen = (await clerk.client.get(url, headers=auditor)).json()["giver"]
    listed = await clerk.client.get("/v1/fundraising/donations", headers=auditor)
    full = (await clerk.get(f"/donations/{gift['id']}")).json()["giver"]

    assert (seen["name"], seen["message"], seen["masked"]) == ("王**", None, True)
    assert "小明" not in listed.text
    assert (full["name"], full["message"], full["masked"]) == ("王小明", "我是王小明", False)


async def test_an_erased_giver_is_nobody(clerk: Desk, session: WriteSession) -> None:
    gift = (await clerk.give(giver={"name": "王小明"})).json()
    donation = await session.get_one(Donation, UUID(gift["id"]))
    assert await session.scalar(text("select count(*) from idempotency_keys")) == 1

    await vault.erase(session, donation.person_id)

    read = await clerk.get(f"/donations/{gift['id']}")
    assert (read.status_code, read.json()["giver"]["name"]) == (200, None)
    assert await session.scalar(text("select count(*) from idempotency_keys")) == 0


async def test_the_register_shows_what_lies_below_and_nothing_beside(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    province, city, _, beside = await members.tree(session)
    box = await bank(session, city, kind=ChannelKind.cash)
    campaign = await make.campaign(session, city.id)
    clerk = await members.sign_in(app, session, Role.cashier, city) | {"Idempotency-Key": "k"}
    body = {"channel_id": str(box.id), "amount": fen(5), "donated_at": "2026-05-01T00:00:00Z"}
    made = await client.post(f"/v1/fundraising/campaigns/{campaign.id}/donations", json=body, headers=clerk)
    assert made.status_code == 201, made.text
    above = await members.sign_in(app, session, Role.reviewer, province)
    stranger = await members.sign_in(app, session, Role.reviewer, beside)
    url = "/v1/fundraising/donations"

    lists = [(await client.get(url, headers=who)).json()["items"] for who in (above, stranger)]
    by_number = await client.get(url, params={"their_id": made.json()["their_id"]}, headers=stranger)
    reads = [
        (await client.get(f"{url}/{made.json()['id']}", headers=w)).status_code for w in (above, stranger)
    ]

    assert [len(items) for items in lists] == [1, 0]
    assert by_number.json()["items"] == []
    assert reads == [200, 404]
