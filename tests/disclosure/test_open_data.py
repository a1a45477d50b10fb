"""Open data: whole files with a dictionary, masked, in which nothing is calculated."""

import csv
import io
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, update

from app.disclosure.open_data import rows
from app.disclosure.open_data.dictionary import DATASETS
from app.fundraising.models import Donation
from app.kit.attachments import stores
from app.kit.database import WriteSession
from app.ledger.models import Arrival, ArrivalReturn
from app.settings import Settings
from tests.disclosure.projects.works import budgeted, line, pay
from tests.disclosure.scenes import scene
from tests.factories import fundraising as make
from tests.projects.till import till

BASE = "/v1/disclosure/open-data"


async def lines(client: AsyncClient, dataset: str) -> list[dict[str, Any]]:
    answer = await client.get(f"{BASE}/{dataset}.jsonl")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/jsonl"
    return [orjson.loads(one) for one in answer.text.splitlines()]


async def table(client: AsyncClient, dataset: str) -> list[dict[str, str]]:
    answer = await client.get(f"{BASE}/{dataset}.csv")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="{dataset}.csv"'
    assert answer.content.startswith("\ufeff".encode())
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_the_dictionary_tells_every_column_of_every_file(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    await it.give(it.gift())
    body = (await client.get(BASE)).json()

    assert [one["name"] for one in body["datasets"]] == [
        *("campaigns", "projects", "donations", "disbursements")
    ]
    for told in body["datasets"]:
        names = [column["name"] for column in told["columns"]]
        header = (await client.get(told["csv"])).content.decode("utf-8-sig").splitlines()[0]
        assert header.split(",") == names
        assert len(set(names)) == len(names)
        assert all({"title_zh", "title", "type", "unit", "source"} <= one.keys() for one in told["columns"])
        for row in await lines(client, told["name"]):
            assert list(row) == names
    # Which licence it is, is the organization's to say: none is made up.
    assert body["licence"] is None
    app.state.settings = app.state.settings.model_copy(update={"open_data_licence": "CC BY 4.0"})
    assert (await client.get(BASE)).json()["licence"] == "CC BY 4.0"
    assert Settings.model_fields["open_data_licence"].default is None


async def test_gifts_are_masked_and_nothing_in_them_is_calculated(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session, title="=HYPERLINK(1)")
    await it.give(
        it.gift(1_00, giver={"name": "王小明", "show_name": False}),
        it.gift(
            2_00, giver={"name": "=李小红", "show_name": True, "show_message": True}, message="+加油\n你好"
        ),
        it.gift(3_00, giver={"name": "赵某", "show_name": True, "show_amount": False}),
    )
    draft = await make.campaign(session, it.partner.organization.id, publish=False)

    told, cells = await lines(client, "donations"), await table(client, "donations")

    mine = [one for one in told if one["campaign_code"] == it.campaign.code]
    assert [(one["name"], one["naming"], one["amount_fen"], one["message"]) for one in mine] == [
        ("王*", "masked", 1_00, None),
        ("=李小红", "consented", 2_00, "+加油\n你好"),
        ("赵某", "consented", None, None),
    ]
    shown = [one for one in cells if one["campaign_code"] == it.campaign.code]
    assert [(one["name"], one["amount_fen"], one["message"]) for one in shown] == [
        ("王*", "100", ""),
        ("'=李小红", "200", "'+加油\n你好"),
        ("赵某", "", ""),
    ]
    assert "lookup_code" not in mine[0]
    [campaign] = [one for one in await table(client, "campaigns") if one["code"] == it.campaign.code]
    assert (campaign["title"], campaign["raised_fen"], campaign["demo"]) == ("'=HYPERLINK(1)", "600", "false")
    assert draft.code not in {one["code"] for one in await lines(client, "campaigns")}


async def test_a_withdrawn_consent_holds_in_the_next_file(client: AsyncClient, session: WriteSession) -> None:
    it = await scene(session)
    await it.give(it.gift(giver={"name": "王小明", "show_name": True}))
    before = [one["name"] for one in await lines(client, "donations")]
    mine = select(Donation.id).where(Donation.campaign_id == it.campaign.id)
    await session.execute(update(Donation).where(Donation.id.in_(mine)).values(show_name=False))

    after = [one["name"] for one in await lines(client, "donations")]

    assert (before.count("王小明"), after.count("王小明"), after.count("王*")) == (1, 0, 1)


async def test_projects_and_what_was_paid_for_them(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    at = await till(app, client, session)
    fund = await at.fund(90_000_00)
    project, draft = await budgeted(at, line(80_000_00, fund)), await at.project()
    paid = await pay(at, project, fund, 30_000_00)

    found = {one["code"]: one for one in await lines(client, "projects")}

    told = found[project["code"]]
    assert draft["code"] not in found
    assert (told["region"], told["planned_fen"], told["spent_fen"]) == ("紫阳县", 80_000_00, 30_000_00)
    [one] = [row for row in await lines(client, "disbursements") if row["code"] == paid["code"]]
    assert (one["project_code"], one["fund_code"]) == (project["code"], fund.code)
    assert (one["kind"], one["payee_kind"]) == ("aid", "village_collective")
    assert (one["amount_fen"], one["arrived_fen"], one["returned_fen"]) == (30_000_00, 30_000_00, 0)
    [arrival] = (await session.scalars(select(Arrival))).all()
    back = {"returned_on": arrival.arrived_on, "evidence": "退回凭证"}
    session.add(ArrivalReturn(arrival_id=arrival.id, amount=1_000_00, **back))
    await session.flush()
    [one] = [row for row in await lines(client, "disbursements") if row["code"] == paid["code"]]
    # What came back had not arrived after all.
    assert one["arrived_fen"] == 29_000_00
    assert "示例村合作社" not in (await client.get(f"{BASE}/disbursements.csv")).text


async def test_a_file_is_read_page_by_page(
    client: AsyncClient, session: WriteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    it = await scene(session)
    await it.give(*(it.gift(amount) for amount in range(1, 8)))
    monkeypatch.setattr(rows, "PAGE", 3)
    found = [one for one in await lines(client, "donations") if one["campaign_code"] == it.campaign.code]
    assert [one["amount_fen"] for one in found] == list(range(1, 8))


async def test_there_are_no_other_datasets_and_nobody_takes_all_of_them_all_the_time(
    client: AsyncClient,
) -> None:
    for path in (f"{BASE}/donors.csv", f"{BASE}/donors.jsonl"):
        answer = await client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "dataset-not-found")
    statuses = [(await client.get(f"{BASE}/projects.csv")).status_code for _ in range(20)]
    assert set(statuses) == {200, 429}
    assert len(DATASETS) == 4
