"""Follow the money: a signed webhook is a campaign's figure, a trace and a trial balance within a second."""

import time

from httpx import AsyncClient

from app.kit.database import Database
from app.organizations import keys
from app.organizations.models import KeyKind, Scope
from tests.webhooks.platforms import partner


async def test_a_webhook_becomes_money_that_anyone_can_follow(
    committed: Database, committed_client: AsyncClient
) -> None:
    client = committed_client
    async with committed.writing() as session:
        platform = await partner(session)
        _, key = await keys.make(
            session,
            platform.organization,
            keys.Terms(KeyKind.auditor, [Scope.audit]),
            name="auditor",
            made_by="test",
        )
    url = f"/v1/audit/organizations/{platform.organization.id}/trial-balance"
    # The first to ask a process has it build what it answers with (decision 85): the clock is for all others.
    for first in (f"campaigns/{platform.campaign.code}", f"donations/{'0' * 20}/trace"):
        await client.get(f"/v1/disclosure/{first}")
    await client.get(url, headers={"authorization": f"Bearer {key}"})
    await platform.post(client, platform.event(amount=5000) | {"type": "ping"})
    began = time.monotonic()

    answer = await platform.post(client, platform.event(amount=5000))
    gift = answer.json()
    assert (answer.status_code, gift["outcome"]) == (200, "posted")

    campaign = (await client.get(f"/v1/disclosure/campaigns/{platform.campaign.code}")).json()
    assert campaign["raised"] == {"amount": 5000, "currency": "CNY"}
    assert (campaign["gift_count"], campaign["donor_count"]) == (1, 1)

    trace = (await client.get(f"/v1/disclosure/donations/{gift['lookup_code']}/trace")).json()
    assert trace["entry_id"] == gift["entry_id"]
    assert [part["amount"]["amount"] for part in trace["places"]] == [5000]

    balance = (await client.get(url, headers={"authorization": f"Bearer {key}"})).json()
    lines = {line["label"]: line["balance"]["amount"] for line in balance["lines"]}
    assert lines["1009/tencent"] == 5000
    assert sorted(lines.values()) == [-5000, 5000]
    assert balance["balance"]["amount"] == 0

    assert time.monotonic() - began < 1


async def test_the_auditors_registers_page_and_show_the_same_money(client: AsyncClient, session, app) -> None:
    platform = await partner(session)
    _, key = await keys.make(
        session, platform.organization, keys.Terms(KeyKind.auditor, [Scope.audit]), name="a", made_by="test"
    )
    await platform.post(client, platform.event(amount=700))
    headers = {"authorization": f"Bearer {key}"}
    url = f"/v1/audit/organizations/{platform.organization.id}"

    seen, cursor = [], None
    while True:
        params = {"limit": 1} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(f"{url}/accounts", params=params, headers=headers)).json()
        seen += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert len(seen) == len({row["label"] for row in seen}) >= 5
    assert sum(row["balance"]["amount"] for row in seen) == 0
    funds = (await client.get(f"{url}/funds", headers=headers)).json()["items"]
    assert {row["code"]: row["left"]["amount"] for row in funds}[f"F{platform.campaign.code}"] == 700
    none = await client.get(f"{url}/funds", params={"q": "nothing"}, headers=headers)
    assert none.json()["items"] == []
    for bad in ({"as_of": "yesterday"}, {"level": "x"}, {"basis": "x"}, {"unknown": "1"}):
        assert (await client.get(f"{url}/trial-balance", params=bad, headers=headers)).status_code == 422
    assert (await client.get(f"{url}/trial-balance")).status_code == 401


async def test_a_trial_balance_of_the_whole_province_is_zero(client: AsyncClient, session) -> None:
    platform = await partner(session)
    _, key = await keys.make(
        session, platform.organization, keys.Terms(KeyKind.auditor, [Scope.audit]), name="a", made_by="test"
    )
    await platform.post(client, platform.event(amount=700))
    url = f"/v1/audit/organizations/{platform.organization.id}/trial-balance"
    headers = {"authorization": f"Bearer {key}"}
    for params in (
        {"basis": "consolidated"},
        {"level": "code"},
        {"as_of": "2026-05-01", "since": "2026-05-01"},
    ):
        found = (await client.get(url, params=params, headers=headers)).json()
        assert found["balance"]["amount"] == 0
        assert found["debit"]["amount"] == found["credit"]["amount"] == 700
    empty = (await client.get(url, params={"as_of": "2026-04-30"}, headers=headers)).json()
    assert empty["lines"] == []
