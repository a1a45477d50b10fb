"""Campaigns over HTTP: drafted, changed, opened, closed, and read with their totals."""

from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.fundraising import donations, refunds
from app.fundraising.gifts import Giver
from app.fundraising.models import Donation, RefundReason
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role, Scope
from app.organizations.models import Organization
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk, fen
from tests.fundraising.test_donations import spend


def draft(organization: Organization, **over: Any) -> dict[str, Any]:
    code = f"SX-{new_code(8)}"
    body = {
        "organization_id": str(organization.id),
        "code": code,
        "title": "慈安桥",
        "purpose": "为山区村庄修建便民桥",
        "starts_on": "2026-01-01",
        "target": fen(1_000_000_00),
        "designations": [
            {"code": "main", "title": "建桥", "fund_code": f"F-{code}", "cost_share_basis_points": 500},
            {"code": "care", "title": "养护", "fund_code": f"G-{code}", "restricted": False},
        ],
    }
    return body | over


@pytest.fixture
async def officer(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session, role=Role.fundraising_officer)


async def change(at: Desk, campaign: dict[str, Any], etag: str | None, **body: Any) -> Response:
    headers = at.headers | ({"If-Match": etag} if etag else {})
    return await at.client.patch(f"/v1/fundraising/campaigns/{campaign['id']}", json=body, headers=headers)


async def test_a_campaign_is_drafted_with_its_funds(officer: Desk) -> None:
    answer = await officer.post("/campaigns", draft(officer.organization))

    assert answer.status_code == 201, answer.text
    campaign = answer.json()
    assert (campaign["state"], campaign["target"]) == ("draft", fen(1_000_000_00))
    uses = [(use["code"], use["is_default"], use["restricted"]) for use in campaign["designations"]]
    assert uses == [("main", True, True), ("care", False, False)]
    assert campaign["designations"][0]["cost_share_basis_points"] == 500
    read = await officer.get(f"/campaigns/{campaign['id']}")
    assert read.json() == campaign
    assert read.headers["etag"] == answer.headers["etag"]


@pytest.mark.parametrize(
    ("over", "status", "code"),
    [
        ({"code": "有空格 "}, 422, "malformed"),
        ({"title": "a\x00b"}, 422, "not-strict-json"),
        ({"title": "a\x07b"}, 422, "malformed"),
        ({"designations": []}, 422, "malformed"),
        ({"target": {"amount": 1.5, "currency": "CNY"}}, 422, "malformed"),
        ({"target": {"amount": 100, "currency": "USD"}}, 422, "malformed"),
        ({"state": "open"}, 422, "malformed"),
        ({"ends_on": "2025-12-31"}, 422, "campaign-dates-reversed"),
    ],
)
async def test_a_draft_that_can_not_be_so_is_refused(
    officer: Desk, over: dict[str, Any], status: int, code: str
) -> None:
    answer = await officer.post("/campaigns", draft(officer.organization, **over))

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_which_of_the_codes_is_taken_is_told(officer: Desk) -> None:
    first = draft(officer.organization, filing_no="53610000MJX-1")
    await officer.post("/campaigns", first)
    other = draft(officer.organization)
    use = other["designations"][0]

    answers = [
        await officer.post("/campaigns", other | {"code": first["code"]}),
        await officer.post("/campaigns", other | {"filing_no": first["filing_no"]}),
        await officer.post("/campaigns", other | {"designations": first["designations"]}),
        await officer.post("/campaigns", other | {"designations": [use, use | {"fund_code": "X"}]}),
    ]

    codes = ["campaign-code-taken", "campaign-code-taken", "fund-code-taken", "designation-code-taken"]
    assert [(answer.status_code, answer.json()["code"]) for answer in answers] == [(409, c) for c in codes]


async def test_a_draft_is_changed_only_by_who_has_seen_it(officer: Desk) -> None:
    made = await officer.post("/campaigns", draft(officer.organization))
    campaign, etag = made.json(), made.headers["etag"]

    unseen = await change(officer, campaign, None, title="新名")
    changed = await change(officer, campaign, etag, title="新名", target=None, ends_on="2026-12-31")
    stale = await change(officer, campaign, etag, title="旧名")
    emptied = await change(officer, campaign, changed.headers["etag"], title=None)

    assert [unseen.status_code, changed.status_code, stale.status_code, emptied.status_code] == [
        428,
        200,
        412,
        422,
    ]
    after = (await officer.get(f"/campaigns/{campaign['id']}")).json()
    assert (after["title"], after["target"], after["ends_on"]) == ("新名", None, "2026-12-31")
    assert after["purpose"] == campaign["purpose"]


async def test_a_campaign_opens_once_and_closes_once(officer: Desk) -> None:
    made = await officer.post("/campaigns", draft(officer.organization))
    campaign = made.json()
    path = f"/campaigns/{campaign['id']}"

    closed_draft = await officer.post(f"{path}/closing")
    opened = await officer.post(f"{path}/opening", {"opened_at": "2026-01-02T00:00:00+08:00"})
    again = await officer.post(f"{path}/opening")
    changed = await change(officer, campaign, opened.headers["etag"], title="新名")
    closed = await officer.post(f"{path}/closing")

    assert (closed_draft.status_code, closed_draft.json()["code"]) == (409, "campaign-not-open")
    assert (opened.json()["state"], opened.json()["opened_at"]) == ("open", "2026-01-01T16:00:00Z")
    assert (again.status_code, again.json()["code"]) == (409, "campaign-not-draft")
    assert (changed.status_code, changed.json()["code"]) == (409, "campaign-not-draft")
    assert (closed.status_code, closed.json()["state"]) == (200, "closed")


async def test_a_designation_can_be_added_until_the_campaign_closes(officer: Desk) -> None:
    use = {"code": "road", "title": "引路", "fund_code": "F-ROAD"}
    path = f"/campaigns/{officer.campaign.id}"

    added = await officer.post(f"{path}/designations", use)
    await officer.post(f"{path}/closing")
    late = await officer.post(f"{path}/designations", use | {"code": "late", "fund_code": "F-LATE"})

    assert [one["code"] for one in added.json()["designations"]] == ["main", "road"]
    assert (late.status_code, late.json()["code"]) == (409, "campaign-closed")


async def test_the_totals_tell_gross_refunded_spent_and_what_is_held(
    officer: Desk, session: WriteSession
) -> None:
    same = Giver(external_id="u_1", name="王")
    gifts = [make.gift(officer.appeal, 100_00, giver=same), make.gift(officer.appeal, 50_00, giver=same)]
    outcomes = await donations.receive(session, [*gifts, make.gift(officer.appeal, 20_00, giver=Giver())])
    await donations.receive(session, [make.given_back(officer.appeal, gifts[1], 10_00)])
    await officer.give(30_00)
    first = await session.get_one(Donation, outcomes[0].donation_id)
    await refunds.decide(session, first, amount=5_00, reason=RefundReason.other, actor="t")
    await spend(session, officer.appeal, 60_00)

    totals = await officer.totals()

    by_channel = {part["channel_id"]: part for part in totals.pop("by_channel")}
    assert totals == {
        "raised": 200_00,
        "refunded": 15_00,
        "net": 185_00,
        "spent": 60_00,
        "balance": 125_00,
        "gift_count": 4,
        "donor_count": 1,
    }
    assert by_channel[str(officer.bank.id)]["net"] == fen(30_00)
    platform = by_channel[str(officer.appeal.channel.id)]
    assert (platform["raised"], platform["gift_count"], platform["refund_count"]) == (fen(170_00), 3, 2)


async def test_campaigns_are_listed_filtered_sorted_and_paged(officer: Desk) -> None:
    for number, start in enumerate(["2026-03-01", "2026-01-05", "2026-02-01"]):
        body = draft(officer.organization, starts_on=start, code=f"LIST-{number}", title=f"第{number}号 100%")
        assert (await officer.post("/campaigns", body)).status_code == 201

    async def codes(**params: Any) -> list[str]:
        answer = await officer.get("/campaigns", q="号 100%", **params)
        assert answer.status_code == 200, answer.text
        return [item["code"] for item in answer.json()["items"]]

    assert await codes() == ["LIST-0", "LIST-2", "LIST-1"]
    assert await codes(sort="starts_on") == ["LIST-1", "LIST-2", "LIST-0"]
    assert await codes(sort="code") == ["LIST-0", "LIST-1", "LIST-2"]
    assert await codes(starts_on_from="2026-02-01", starts_on_to="2026-02-28") == ["LIST-2"]
    assert await codes(state="open") == []
    assert await codes(organization_id=str(officer.organization.id)) == ["LIST-0", "LIST-2", "LIST-1"]
    page = (await officer.get("/campaigns", q="LIST-", limit=2)).json()
    rest = await officer.get("/campaigns", q="LIST-", limit=2, cursor=page["next_cursor"])
    assert [item["code"] for item in page["items"] + rest.json()["items"]] == ["LIST-0", "LIST-2", "LIST-1"]
    assert rest.json()["next_cursor"] is None


@pytest.mark.parametrize("params", [{"sate": "open"}, {"q": "\x00"}, {"sort": "title"}, {"cursor": "?"}])
async def test_a_list_refuses_what_it_does_not_know(officer: Desk, params: dict[str, str]) -> None:
    answer = await officer.get("/campaigns", **params)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_looking_reaches_downwards_and_changing_stays(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    province, city, _, beside = await members.tree(session)
    campaign = await make.campaign(session, city.id)
    url = f"/v1/fundraising/campaigns/{campaign.id}"
    above = await members.sign_in(app, session, Role.fundraising_officer, province)
    stranger = await members.sign_in(app, session, Role.fundraising_officer, beside)
    _, auditor = await members.key(session, province, Scope.audit)

    reads = [(await client.get(url, headers=who)).status_code for who in (above, stranger, auditor, {})]
    changes = [(await client.post(f"{url}/closing", headers=who)).status_code for who in (above, stranger)]
    listed = [
        [item["id"] for item in (await client.get(url.rpartition("/")[0], headers=who)).json()["items"]]
        for who in (above, stranger)
    ]

    assert reads == [200, 404, 200, 401]
    assert changes == [403, 404]
    assert listed == [[str(campaign.id)], []]


async def test_channels_are_opened_listed_and_closed(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session)
    url = "/v1/accounting/channels"
    body = {"organization_id": str(at.organization.id), "code": "cash-1", "name": "前台现金", "kind": "cash"}

    made = await client.post(url, json=body, headers=at.headers)
    again = await client.post(url, json=body, headers=at.headers)
    merchant = await client.post(url, json=body | {"code": "m", "kind": "merchant"}, headers=at.headers)
    closed = await client.post(f"{url}/{made.json()['id']}/closing", headers=at.headers)
    kinds = [
        (await client.get(url, params=p, headers=at.headers)).json()["items"] for p in ({}, {"kind": "cash"})
    ]
    still_open = await client.get(url, params={"closed": "false", "q": "前台"}, headers=at.headers)

    assert (made.status_code, made.json()["chart"]) == (201, "2026")
    assert (again.status_code, again.json()["code"]) == (409, "channel-code-taken")
    assert merchant.status_code == 422
    assert closed.json()["closed_at"] is not None
    read = await client.get(f"{url}/{made.json()['id']}", headers=at.headers)
    assert closed.json().items() <= read.json().items()
    assert [len(items) for items in kinds] == [3, 1]
    assert still_open.json()["items"] == []
