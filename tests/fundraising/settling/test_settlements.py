"""A bill is held against the books: what they know is matched, what they do not is booked, once."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import func, select, text

from app.fundraising.models import BillLine, Donation, Settlement
from app.fundraising.settling import balances, comparing
from app.kit.database import Transactions, WriteSession
from app.kit.ids import new_code
from app.ledger.models import Entry
from app.organizations.access import Role
from tests.factories.organizations import sign_in
from tests.fundraising.desk import books_agree
from tests.fundraising.settling.files import Item, alipay, table, wechat, workbook
from tests.fundraising.test_reasons import places_in_clear
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import Partner, partner

Headers = dict[str, str]


@pytest.fixture
async def at(session: WriteSession) -> Partner:
    return await partner(session)


@pytest.fixture
async def clerk(app: Any, session: WriteSession, at: Partner) -> Headers:
    return await sign_in(app, session, Role.accountant, at.organization)


async def send(client: AsyncClient, at: Partner, clerk: Headers, content: bytes, **declared: Any) -> Response:
    asked = {"channel_id": str(at.channel.id)} | declared
    return await client.post(
        "/v1/fundraising/settlements", params=asked, files={"file": ("b.csv", content)}, headers=clerk
    )


async def settled(
    client: AsyncClient, app: Any, at: Partner, clerk: Headers, content: bytes
) -> tuple[dict[str, Any], dict[str, int]]:
    """Send a file, run its job; return the settlement and the count of lines by state."""
    answer = await send(client, at, clerk, content)
    assert answer.status_code == 202, answer.text
    taken = answer.json()["settlement"]
    database: Transactions = app.state.database
    counts = await comparing.settle(database, taken["id"])
    read = await client.get(f"/v1/fundraising/settlements/{taken['id']}", headers=clerk)
    return read.json(), dict(counts)


async def balance(session: WriteSession, code: str) -> int:
    query = text(
        "select coalesce(sum(b.debit - b.credit), 0)::bigint from balances b"
        " join accounts a on a.id = b.account_id where a.code = :code"
    )
    return await session.scalar(query, {"code": code}) or 0


async def test_what_the_books_know_is_matched_and_the_rest_is_booked_now(
    client: AsyncClient, app: Any, session: WriteSession, at: Partner, clerk: Headers
) -> None:
    known, odd, silent = (at.event(donation_id=f"T-{n}", amount=1000 * n) for n in (1, 2, 3))
    for event in (known, odd, silent):
        assert (await at.post(client, event)).status_code == 200
    assert (await at.post(client, at.refund(known, 300, refund_id="R-1"))).status_code == 200
    content = table(
        Item(their_id="T-1", amount=1000, fee=6),
        Item(their_id="T-1", amount=300, refund_id="R-1", at="2026-05-02 08:00:00"),
        Item(their_id="T-2", amount=2001, fee=12),
        Item(their_id="T-4", amount=4000, fee=24, remark=at.campaign.code),
        Item(their_id="T-5", amount=5000, fee=30),
        Item(their_id="T-4", amount=100, refund_id="R-4", at="2026-05-02 09:00:00"),
        Item(their_id="T-9", amount=100, refund_id="R-9"),
    )

    settlement, counts = await settled(client, app, at, clerk, content)

    assert counts == {"matched": 2, "differs": 1, "booked": 3, "unknown": 1}
    assert (settlement["state"], settlement["new_count"]) == ("settled", 7)
    assert settlement["net"]["amount"] == 12001 - 500 - 72
    gifts = {one.their_id: one for one in await session.scalars(select(Donation))}
    assert (gifts["T-4"].state, gifts["T-5"].state) == ("posted", "suspense")
    assert gifts["T-4"].refunded == 100
    # Gross: the income is what was given, and the fee a cost of its own, which the empty general fund owes.
    assert await balance(session, "1122") == 72
    await books_agree(session)
    late = at.event(donation_id="T-4", amount=4000, campaign=at.campaign.code)
    unnamed = at.event(donation_id="T-5", amount=5000)
    for event in (late, unnamed):
        assert (await at.post(client, event)).json()["outcome"] == "duplicate"
    days = await client.get(
        "/v1/fundraising/settlement-days",
        params={"channel_id": str(at.channel.id), "day_from": "2026-05-01", "day_to": "2026-05-03"},
        headers=clerk,
    )
    first, second, third = days.json()["days"]
    assert (first["billed_count"], first["booked_count"], first["odd_count"]) == (4, 5, 2)
    assert first["difference"]["amount"] == 12001 - 100 - (15000 - 0)
    assert (second["agrees"], third["agrees"]) == (True, True)
    waiting = await client.get("/v1/fundraising/unsettled-donations", headers=clerk)
    [only] = waiting.json()["items"]
    assert (only["their_id"], only["age_days"] > 100) == ("T-3", True)
    lines = await client.get(
        "/v1/fundraising/settlement-lines",
        params={"settlement_id": settlement["id"], "state": "differs", "include": "summary"},
        headers=clerk,
    )
    assert [one["their_id"] for one in lines.json()["items"]] == ["T-2"]
    assert lines.json()["summary"]["amount"]["amount"] == 2001


@pytest.mark.parametrize("write", [wechat, alipay, table, workbook])
async def test_a_name_in_a_bills_remark_is_kept_nowhere(
    client: AsyncClient,
    app: Any,
    session: WriteSession,
    at: Partner,
    clerk: Headers,
    write: Callable[..., bytes],
) -> None:
    words = "金丝雀王先生 13577778888"
    told = (words, f"campaign={words}", f"campaign={at.campaign.code}&fundraiser={words}")
    items = [Item(their_id=f"T-{n}", amount=100, remark=remark) for n, remark in enumerate(told)]

    settlement, counts = await settled(client, app, at, clerk, write(*items))

    assert counts == {"booked": 3}
    gifts = (await session.scalars(select(Donation).order_by(Donation.their_id))).all()
    assert [gift.state for gift in gifts] == ["suspense", "suspense", "posted"]
    path, asked = "/v1/fundraising/settlement-lines", {"settlement_id": settlement["id"]}
    lines = await client.get(path, params=asked, headers=clerk)
    assert [one["remark"] for one in lines.json()["items"]] == [None, None, at.campaign.code]
    await session.flush()
    assert await places_in_clear(session) == []


@pytest.mark.parametrize("write", [wechat, alipay, table, workbook])
async def test_importing_twice_has_no_effect(
    client: AsyncClient,
    app: Any,
    session: WriteSession,
    at: Partner,
    clerk: Headers,
    write: Callable[..., bytes],
) -> None:
    items = [Item(their_id=f"42000{n}", amount=100 * n, fee=n, remark=at.campaign.code) for n in range(1, 8)]
    content = write(*items)
    first, counts = await settled(client, app, at, clerk, content)
    entries = await session.scalar(select(func.count()).select_from(Entry))

    again = (await send(client, at, clerk, content)).json()
    counted = await comparing.settle(app.state.database, again["settlement"]["id"])
    other, _ = await settled(client, app, at, clerk, write(*reversed(items)))
    more, _ = await settled(client, app, at, clerk, write(*items, Item(their_id="9", amount=1)))

    assert counts == counted == {"booked": 7}
    assert (again["repeated"], again["job_id"], again["settlement"]["id"]) == (True, None, first["id"])
    assert (other["new_count"], other["fee"]["amount"], other["state"]) == (0, 0, "settled")
    assert (more["new_count"], more["gross"]["amount"]) == (1, 1)
    # Seven gifts and one fee, and then one gift more.
    assert (entries, await session.scalar(select(func.count()).select_from(Entry))) == (8, 9)


async def test_nothing_is_kept_of_a_file_that_is_not_what_was_declared(
    client: AsyncClient, session: WriteSession, at: Partner, clerk: Headers
) -> None:
    paid = Item(their_id="T-1", amount=1000, fee=6)
    content = wechat(paid)
    digest = hashlib.sha256(content).hexdigest()
    sound = {"sha256": digest, "line_count": 1, "gross": 1000, "refunded": 0, "fee": 6, "net": 994}
    lies: list[dict[str, Any]] = [{"sha256": "0" * 64}]
    lies += [{name: value + 1} for name, value in sound.items() if isinstance(value, int)]
    for lie in lies:
        answer = await send(client, at, clerk, content, **(sound | lie))
        assert (answer.status_code, answer.json()["code"]) == (422, "bill-differs-from-declared")
        assert answer.json()["differing"] == list(lie)
    refused = {
        "bill-differs-from-declared": wechat(paid, lie=1),
        "bill-unsound": table(replace(paid, at="?")),
        "bill-empty": table(),
        "header-not-found": b"a,b\n1,2\n",
        "table-unreadable": b"\xff\xfe\x00\x00",
    }
    for code, bad in refused.items():
        answer = await send(client, at, clerk, bad)
        assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    twice = await send(client, at, clerk, table(paid, replace(paid, amount=1001)))
    assert (twice.status_code, twice.json()["code"]) == (409, "bill-contradicts")
    assert await session.scalar(select(func.count()).select_from(Settlement)) == 0
    assert await session.scalar(select(func.count()).select_from(BillLine)) == 0
    assert (await send(client, at, clerk, content, **sound)).status_code == 202
    other = await send(client, at, clerk, wechat(replace(paid, amount=1001)))
    assert (other.status_code, other.json()["code"]) == (409, "bill-contradicts")


async def test_a_gift_and_its_full_refund_leave_only_the_fees(
    client: AsyncClient, app: Any, session: WriteSession, at: Partner, clerk: Headers
) -> None:
    gifts = [at.event(donation_id=f"T-{n}", amount=10_00 * n) for n in range(1, 6)]
    for event in gifts[:3]:
        await at.post(client, event)
    items = [
        Item(
            their_id=one["data"]["donation_id"], amount=one["data"]["amount"], fee=6, remark=at.campaign.code
        )
        for one in gifts
    ]
    backs = [replace(one, refund_id=f"R-{one.their_id}", fee=0, at="2026-05-02 08:00:00") for one in items]

    _, counts = await settled(client, app, at, clerk, wechat(*items, *backs))

    assert counts == {"matched": 3, "booked": 7}
    left = await session.execute(
        text(
            "select a.code, sum(b.debit - b.credit)::bigint from balances b"
            " join accounts a on a.id = b.account_id group by a.code having sum(b.debit - b.credit) <> 0"
        )
    )
    standing = dict(left.all())
    # The fee is what the platform kept; the general fund, which has nothing, owes it (1122 stands for 5401).
    assert standing.pop("1009") == -30
    assert standing == {"1122": 30}
    assert sum(standing.values()) == 30
    await books_agree(session)


async def test_a_platform_sends_its_own_settlement(
    client: AsyncClient, app: Any, session: WriteSession, at: Partner, clerk: Headers
) -> None:
    key = await platform_key(session, at)
    content = table(Item(their_id="T-1", amount=1000, remark=at.campaign.code), english=False)
    answer = await client.post("/v1/partner/settlements", files={"file": ("b.csv", content)}, headers=key)

    assert answer.status_code == 202, answer.text
    taken = answer.json()
    assert taken["settlement"]["channel_id"] == str(at.channel.id)
    job = await client.get(f"/v1/jobs/{taken['job_id']}", headers=key)
    assert (job.status_code, job.json()["kind"]) == (200, "compare_settlement")
    assert await comparing.settle(app.state.database, taken["settlement"]["id"]) == {"booked": 1}
    seen = await client.get(f"/v1/fundraising/settlements/{taken['settlement']['id']}", headers=clerk)
    assert seen.json()["actor"].startswith("key:") or seen.json()["actor"]


async def test_a_months_statement_is_compared_with_the_books(
    client: AsyncClient, session: WriteSession, at: Partner, clerk: Headers
) -> None:
    await at.post(client, at.event(amount=5000))
    month = date(2026, 5, 1)
    told = {"channel_id": str(at.channel.id), "month": "2026-05"}

    before = await balances.look(session, at.organization.id, month)
    for amount in (4999, 5000):
        body = told | {"balance": {"amount": amount, "currency": "CNY"}}
        answer = await client.post(
            "/v1/fundraising/merchant-balances",
            json=body,
            headers=clerk | {"Idempotency-Key": new_code()},
        )
        assert answer.status_code == 201, answer.text
        found = await balances.look(session, at.organization.id, month)
        assert (found.done, found.facts["amount_minor"]) == (amount == 5000, amount - 5000)

    assert (before.done, before.facts["missing"]) == (True, 1)
    assert (await balances.look(session, at.organization.id, date(2026, 4, 1))).done
    listed = await client.get("/v1/fundraising/merchant-balances", headers=clerk)
    assert [one["balance"]["amount"] for one in listed.json()["items"]] == [5000, 4999]
    assert json.loads(listed.text)["items"][0]["month"] == "2026-05"
