"""A campaign's figures, as anybody reads them."""

from datetime import UTC, date, datetime

import pytest
from httpx import AsyncClient
from sqlalchemy import event

from app.disclosure import days
from app.disclosure.days import Span
from app.fundraising import campaigns
from app.fundraising.campaigns import NewDesignation
from app.kit.database import WriteSession
from tests.disclosure.scenes import scene
from tests.factories import fundraising as make

BASE = "/v1/disclosure/campaigns"


async def read(client: AsyncClient, code: str, **asked: str) -> dict:
    answer = await client.get(f"{BASE}/{code}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_figures_after_gifts_a_refund_and_spending(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session, target_minor=1_000_00)
    first, second = it.gift(300_00), it.gift(100_00)
    await it.give(first, second)
    await it.refund(second, 40_00)
    await it.spend(120_00)

    body = await read(client, it.campaign.code)

    names = ("raised", "refunded", "net", "spent", "balance", "elsewhere")
    assert [body[name]["amount"] for name in names] == [400_00, 40_00, 360_00, 120_00, 240_00, 0]
    assert body["target"] == {"amount": 1_000_00, "currency": "CNY"}
    assert (body["gift_count"], body["demo"], body["state"]) == (2, False, "open")
    assert body["organization"]["code"] == it.partner.organization.code
    [channel] = body["by_channel"]
    assert (channel["code"], channel["raised"]["amount"]) == ("tencent", 400_00)
    days = [(day["day"], day["raised"]["amount"], day["refunded"]["amount"]) for day in body["by_day"]]
    assert days == [("2026-05-01", 400_00, 0), ("2026-05-02", 0, 40_00)]
    assert (body["by_day_from"], body["by_day_to"]) == ("2026-02-02", "2026-05-02")


async def test_the_account_adds_up_with_the_share_of_the_costs(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    share = NewDesignation(code="main", title="助学", fund_code="F-SHARE", cost_share_basis_points=1000)
    shared = await make.campaign(session, it.partner.organization.id, share)
    await it.give(it.gift(100_00, campaign=shared.code))

    body = await read(client, shared.code)

    assert (body["net"]["amount"], body["balance"]["amount"]) == (100_00, 90_00)
    assert body["elsewhere"]["amount"] == 10_00
    assert body["cost_share_basis_points"] == 1000
    assert body["purposes"][0]["fund_code"] == "F-SHARE"


async def test_a_draft_is_nobodys_business(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    draft = await make.campaign(session, it.partner.organization.id, publish=False)

    assert (await client.get(f"{BASE}/{draft.code}")).status_code == 404
    assert (await client.get(f"{BASE}/{draft.code}/donations")).status_code == 404
    codes = [item["code"] for item in (await client.get(BASE)).json()["items"]]
    assert it.campaign.code in codes
    assert draft.code not in codes


async def test_campaigns_are_found_by_organization_state_and_words(
    client: AsyncClient, session: WriteSession
) -> None:
    one, other = await scene(session), await scene(session, title="山村_小学")
    await campaigns.close(session, other.campaign, at=datetime(2026, 6, 1, tzinfo=UTC))

    async def found(**asked: str) -> set[str]:
        answer = await client.get(BASE, params=asked)
        assert answer.status_code == 200, answer.text
        return {item["code"] for item in answer.json()["items"]}

    mine, theirs = one.campaign.code, other.campaign.code
    assert await found(organization=one.partner.organization.code) == {mine}
    assert await found(organization="NOBODY") == set()
    assert await found(state="closed") == {theirs}
    assert await found(q="村_小") == {theirs}
    assert await found(q="村%小") == set()
    assert await found(q=mine.lower()) == {mine}
    assert {mine, theirs} <= await found(sort="code")


async def test_campaigns_come_page_by_page(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    for _ in range(4):
        await make.campaign(session, it.partner.organization.id)
    asked = {"organization": it.partner.organization.code, "limit": "2"}
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        body = (await client.get(BASE, params=asked | ({"cursor": cursor} if cursor else {}))).json()
        seen += [item["code"] for item in body["items"]]
        cursor = body["next_cursor"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    "asked",
    [
        {"from": "2026-05-02", "to": "2026-05-01"},
        {"from": "2024-01-01", "to": "2026-01-01"},
        {"to": "1000-01-01"},
        {"form": "2026-01-01"},
    ],
)
async def test_days_that_can_not_be_told_are_refused(
    client: AsyncClient, session: WriteSession, asked: dict[str, str]
) -> None:
    it = await scene(session)
    assert (await client.get(f"{BASE}/{it.campaign.code}", params=asked)).status_code == 422


async def test_the_days_asked_for_are_told(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(it.gift(1_00), it.gift(2_00, donated_at=datetime(2026, 5, 3, 16, 0, tzinfo=UTC)))

    body = await read(client, it.campaign.code, **{"from": "2026-05-02", "to": "2026-05-04"})

    # Four in the afternoon in UTC is past midnight where the law counts its days.
    assert [day["day"] for day in body["by_day"]] == ["2026-05-04"]
    since = await read(client, it.campaign.code, **{"from": "2026-05-01"})
    assert [day["day"] for day in since["by_day"]] == ["2026-05-01", "2026-05-04"]


async def test_no_days_from_before_it_began_are_told_unless_asked_for(session: WriteSession) -> None:
    it = await scene(session)
    given = date(2026, 5, 1)
    it.campaign.starts_on = date(2026, 4, 28)
    await it.give(it.gift(1_00))
    assert await days.span(session, it.campaign) == Span(date(2026, 4, 28), given)
    # Of a gift that was claimed for it, the day counts although it is an earlier one.
    it.campaign.starts_on = date(2026, 5, 9)
    assert await days.span(session, it.campaign) == Span(given, given)
    it.campaign.starts_on = date(2025, 5, 9)
    assert await days.span(session, it.campaign) == Span(date(2026, 2, 1), given)
    asked = Span(date(2026, 1, 1), date(2026, 1, 2))
    assert await days.span(session, it.campaign, first=asked.first, last=asked.last) == asked
    assert await days.span(session, it.campaign, last=asked.last) == Span(date(2025, 10, 5), asked.last)


async def test_figures_cost_the_same_however_many_gifts_there_are(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    statements: list[str] = []
    bind = (await session.connection()).sync_connection

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(bind, "before_cursor_execute", note)

    async def read_with(count: int) -> list[str]:
        await it.give(*(it.gift() for _ in range(count)))
        statements.clear()
        await read(client, it.campaign.code)
        return [one for one in statements if "SAVEPOINT" not in one]

    few, many = await read_with(1), await read_with(50)
    event.remove(bind, "before_cursor_execute", note)
    assert 0 < len(few) == len(many)
    assert not any("from donations" in one.lower() for one in many)


async def test_an_answer_is_not_sent_twice(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    [code] = await it.give(it.gift())
    paths = [
        BASE,
        f"{BASE}/{it.campaign.code}",
        f"{BASE}/{it.campaign.code}/donations",
        f"/v1/disclosure/donations/{code}/trace",
    ]
    for path in paths:
        answer = await client.get(path)
        tag = answer.headers["etag"]
        # What may name somebody is asked for again each time: who takes back their word is gone at once.
        keeping = "public, no-cache" if path.endswith("/donations") else "public, max-age=5"
        assert answer.headers["cache-control"] == keeping
        assert not tag.startswith("W/")
        for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            again = await client.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b""), path
            assert again.headers["etag"] == tag
        assert (await client.get(path, headers={"If-None-Match": '"x"'})).status_code == 200
    tags = {path: (await client.get(path)).headers["etag"] for path in paths}
    await it.spend(1_00)
    assert (await client.get(paths[1])).headers["etag"] != tags[paths[1]]
    assert (await client.get(paths[3])).headers["etag"] != tags[paths[3]]
