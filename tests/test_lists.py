"""Lists: each also as a workbook, with the same filters for the same callers."""

import io
import re
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from openpyxl import load_workbook

from app.kit.database import WriteSession
from app.kit.http import spreadsheets
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.organizations import grants
from app.organizations.access import Role
from app.organizations.models import Scope
from app.webhooks.outward import subscriptions
from app.webhooks.outward.subscriptions import Terms
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk
from tests.webhooks.operators import platform_key
from tests.webhooks.platforms import Partner, partner

XLSX = {"Accept": MEDIA_TYPE}


def lines(answer: Response) -> list[list[Any]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


@pytest.fixture
async def here(session: WriteSession, client: AsyncClient) -> Partner:
    """A platform that has told of a gift, one for a closed campaign, and a refund."""
    here = await partner(session)
    gift = here.event()
    for event in (gift, here.event(campaign="UNKNOWN"), here.refund(gift, 100)):
        assert (await here.post(client, event)).status_code == 200
    return here


async def callers(app: FastAPI, session: WriteSession, here: Partner) -> list[dict[str, str]]:
    """Nobody, a person for every role, an auditor's key, the platform itself."""
    roles = [await members.sign_in(app, session, role, here.organization) for role in Role]
    _, auditor = await members.key(session, here.organization, Scope.audit)
    return [{}, *roles, auditor, await platform_key(session, here)]


async def test_every_list_is_also_a_workbook_with_the_same_rows_for_the_same_callers(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    known = {
        "organization_id": here.organization.id,
        "platform_id": here.platform.id,
        "code": here.campaign.code,
    }
    everybody = await callers(app, session, here)
    compared, filled, odd = 0, 0, []
    for path, leaves in spreadsheets.leaves_of(app).items():
        if not path.startswith("/v1"):
            continue
        address = re.sub(r"\{(\w+)\}", lambda one: str(known.get(one[1], here.organization.id)), path)
        for headers in everybody:
            plain = await client.get(address, params={"limit": 200}, headers=headers)
            sheet = await client.get(address, headers=headers | XLSX)
            if plain.status_code != sheet.status_code:
                odd.append(f"{path}: {plain.status_code} as JSON, {sheet.status_code} as a workbook")
            if plain.status_code != 200:
                continue
            compared += 1
            rows = lines(sheet)[1:]
            filled += bool(rows)
            if len(rows) != len(plain.json()["items"]) or any(len(row) != len(leaves) for row in rows):
                odd.append(f"{path}: {len(rows)} rows for {len(plain.json()['items'])} items")
    assert odd == []
    assert compared > 80
    assert filled > 50


async def test_a_sheet_says_what_the_list_says(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at: Desk = await desk(app, client, session)
    await at.give(123_456_78, giver={"name": "=王小明"}, message="加油")
    await at.give(1)
    reader = await members.staff(session, at.organization, Role.fundraising_officer)
    await grants.give(session, reader, at.organization, role=Role.disclosure_officer, given_by="test")
    headers = await members.headers(app, session, reader) | XLSX
    asked = {"amount_from": 2}

    chinese = await client.get(
        "/v1/fundraising/donations", params=asked, headers=headers | {"Accept-Language": "zh"}
    )
    english = await client.get("/v1/fundraising/donations", params=asked, headers=headers)

    header, row = lines(chinese)
    said = dict(zip(header, row, strict=True))
    assert said["金额（元）"] == 123_456.78
    assert said["捐赠人·名称"] == "=王小明"
    assert said["捐赠人·类型"] == "个人"
    assert said["捐赠人·匿名"] == "否"
    assert said["状态"] == "已入账"
    assert str(said["捐赠时间"]) == "2026-05-01 10:30:00"
    assert dict(zip(*lines(english), strict=True))["Giver·Kind"] == "Individual"
    assert chinese.headers["content-language"] == "zh"
    assert re.fullmatch(
        r'attachment; filename="donations-\d{4}-\d\d-\d\d.xlsx"', chinese.headers["content-disposition"]
    )


async def test_a_wrong_filter_is_refused_whatever_is_accepted(client: AsyncClient) -> None:
    answer = await client.get(
        "/v1/regions", params={"levle": "city"}, headers=XLSX | {"Accept-Language": "zh"}
    )

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_caches_keep_the_two_forms_apart(client: AsyncClient) -> None:
    plain = await client.get("/v1/regions")
    sheet = await client.get("/v1/regions", headers=XLSX)

    assert "Accept" in plain.headers["vary"]
    assert "Accept" in sheet.headers["vary"]
    assert (await client.get("/v1/regions", headers={"Accept": "*/*"})).json() == plain.json()


async def test_a_sheet_holds_every_page(client: AsyncClient, session: WriteSession, app: FastAPI) -> None:
    first = await client.get("/v1/regions", params={"limit": 1})
    all_of_them: list[str] = []
    cursor = None
    while True:
        page = (
            await client.get("/v1/regions", params={"limit": 50} | ({"cursor": cursor} if cursor else {}))
        ).json()
        all_of_them += [one["code"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert first.json()["next_cursor"]

    sheet = await client.get("/v1/regions", params={"limit": 1}, headers=XLSX)

    assert [row[0] for row in lines(sheet)[1:]] == all_of_them


async def test_code_lists_tell_what_every_code_is_called(client: AsyncClient) -> None:
    answer = await client.get("/v1/code-lists")

    lists = {one["name"]: one["codes"] for one in answer.json()["code_lists"]}
    assert lists["Tier"][0] == {"code": "province", "zh": "省级", "en": "Province"}
    assert {one["code"] for one in lists["Role"]} == set(Role)
    assert (
        await client.get("/v1/code-lists", headers={"If-None-Match": answer.headers["etag"]})
    ).status_code == 304


async def everything(client: AsyncClient, address: str, headers: dict[str, str], **params: Any) -> list[Any]:
    """Every item of a list, fetched two at a time."""
    items: list[Any] = []
    cursor = None
    while True:
        asked = params | {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = await client.get(address, params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return items


def sorted_lists(document: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, item in document["paths"].items():
        for one in item.get("get", {}).get("parameters", []):
            if one["name"] == "sort":
                found[path] = one["schema"]["enum"]
    return found


async def test_every_order_of_every_list_shows_the_same_rows_in_that_order(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    for minor in (3, 1, 2, 2):
        await here.post(client, here.event(amount=minor, donated_at=f"2026-05-0{minor}T00:00:00Z"))
    everybody = await callers(app, session, here)
    terms = Terms(name="公示平台", url="https://events.example.org/")
    told, _ = await subscriptions.create(session, here.organization, terms, made_by="test")
    known = {
        "organization_id": here.organization.id,
        "platform_id": here.platform.id,
        "subscription_id": told.id,
    }
    lists, sorts, odd = 0, 0, []
    for path, orders in sorted_lists(app.openapi()).items():
        address = path.format(**known) if path.count("{") <= 1 else path
        for headers in everybody:
            if (await client.get(address, headers=headers)).status_code == 200:
                break
        else:
            continue
        lists += 1
        rows = {one["id"]: one for one in await everything(client, address, headers) if "id" in one}
        for order in orders:
            shown = await everything(client, address, headers, sort=order)
            key = order.removeprefix("-")
            values = [_plain(one[key]) for one in shown if key in one]
            sorts += len(values) > 1
            if values != sorted(values, reverse=order.startswith("-")):
                odd.append(f"{path} {order}: {values}")
            if (rows and {one["id"] for one in shown} != rows.keys()) or len(shown) < len(rows):
                odd.append(f"{path} {order}: other rows")
    assert odd == []
    assert lists >= 10
    assert sorts > 12


def _plain(value: Any) -> Any:
    return value["amount"] if isinstance(value, dict) else value


async def test_a_place_in_one_order_is_no_place_in_another(
    client: AsyncClient, session: WriteSession
) -> None:
    for _ in range(2):
        await make_public(session)
    first = await client.get("/v1/disclosure/campaigns", params={"limit": 1, "sort": "starts_on"})
    cursor = first.json()["next_cursor"]

    turned = await client.get("/v1/disclosure/campaigns", params={"cursor": cursor, "sort": "-starts_on"})

    assert turned.status_code == 422
    assert turned.json()["code"] == "cursor-unreadable"


async def make_public(session: WriteSession) -> None:
    from tests.factories import fundraising as make

    member = await members.organization(session)
    await make.campaign(session, member.id)


async def test_every_list_counts_what_it_finds_for_whoever_asks(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    known = {
        "account": "1009",
        "month": "2026-05-01",
        "organization_id": here.organization.id,
        "platform_id": here.platform.id,
        "code": here.campaign.code,
    }
    clerk = await members.staff(session, here.organization, Role.accountant)
    for role in set(Role) - {Role.accountant, Role.reviewer, Role.cashier}:
        await grants.give(session, clerk, here.organization, role=role, given_by="test")
    _, auditor = await members.key(session, here.organization, Scope.audit)
    everybody = [await members.headers(app, session, clerk), auditor, await platform_key(session, here), {}]
    lists, counted, filled, odd = 0, 0, 0, []
    for path, asked in listing(app.openapi()).items():
        lists += 1
        if "include" not in asked:
            odd.append(f"{path} cannot be asked for its summary")
        address = re.sub(r"\{(\w+)\}", lambda one: str(known.get(one[1], here.organization.id)), path)
        params = {"limit": 200} | {name: known[name] for name, needed in asked.items() if needed}
        for headers in everybody:
            summed = await client.get(address, params=params | {"include": "summary"}, headers=headers)
            if summed.status_code != 200:
                continue
            plain = (await client.get(address, params=params, headers=headers)).json()
            counted += 1
            filled += bool(plain["items"])
            if summed.json()["summary"]["count"] != len(plain["items"]) or plain.pop("summary") is not None:
                odd.append(f"{path}: {summed.text}")
            if summed.json()["items"]:
                break
    assert odd == []
    assert lists > 240
    assert counted > 100
    assert filled > 10


def listing(document: dict[str, Any]) -> dict[str, dict[str, bool]]:
    """The lists that go on from a cursor: what each can be asked, and whether it must be."""
    found: dict[str, dict[str, bool]] = {}
    for path, item in document["paths"].items():
        asked = {
            one["name"]: one.get("required", False)
            for one in item.get("get", {}).get("parameters", [])
            if one["in"] == "query"
        }
        if "cursor" in asked:
            found[path] = asked
    return found


async def test_a_summary_is_of_everything_that_the_filters_find(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Partner
) -> None:
    for minor in (100, 200, 300):
        await here.post(client, here.event(amount=minor))
    headers = await members.sign_in(app, session, Role.accountant, here.organization)
    asked = {"include": "summary", "limit": 1}

    async def summed(path: str, **params: Any) -> Any:
        return (await client.get(path, params=asked | params, headers=headers)).json()["summary"]

    some = await summed("/v1/fundraising/donations", amount_to=200)
    assert some == {"count": 2, "amount": {"amount": 300, "currency": "CNY"}}
    assert (await summed("/v1/fundraising/suspense"))["amount"]["amount"] == 5000
    assert (await summed("/v1/fundraising/refunds")) == {
        "count": 1,
        "amount": {"amount": 100, "currency": "CNY"},
    }
    assert (await summed("/v1/fundraising/campaigns")) == {"count": 1, "amount": None}
    assert (await summed("/v1/accounting/channels"))["count"] == 1
    assert (await summed("/v1/deliveries", outcome="posted"))["count"] == 5
    assert (await summed("/v1/organizations"))["count"] == 1


@pytest.mark.parametrize("q", ["慈安", "安桥", "慈安桥 修", "ＳＸ", "sx-2026", "桥 慈"])
async def test_chinese_is_found_by_any_part_of_it(
    app: FastAPI, client: AsyncClient, session: WriteSession, q: str
) -> None:
    from tests.factories import fundraising as make

    member = await members.organization(session)
    wanted = await make.campaign(session, member.id, code="SX-2026-BRIDGE", title="慈安桥修建")
    await make.campaign(session, member.id, code="OTHER", title="助学金")
    headers = await members.sign_in(app, session, Role.viewer, member)

    found = await client.get("/v1/fundraising/campaigns", params={"q": q}, headers=headers)
    public = await client.get("/v1/disclosure/campaigns", params={"q": q})

    assert [one["id"] for one in found.json()["items"]] == [str(wanted.id)]
    assert [one["code"] for one in public.json()["items"]] == ["SX-2026-BRIDGE"]


@pytest.mark.parametrize("q", ["慈 学", "%", "_", "桥桥"])
async def test_what_is_not_there_is_not_found(client: AsyncClient, session: WriteSession, q: str) -> None:
    from tests.factories import fundraising as make

    member = await members.organization(session)
    await make.campaign(session, member.id, code="SX-2026-BRIDGE", title="慈安桥修建")

    assert (await client.get("/v1/disclosure/campaigns", params={"q": q})).json()["items"] == []
