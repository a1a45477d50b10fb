"""Imported lists of goods: real ones of 2020, every row accounted for."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from app.fundraising.goods.imports import columns
from app.fundraising.goods.quantities import Quantity, read
from app.fundraising.models.goods import GoodsGift, GoodsHandoutLine, GoodsImportKind, GoodsLot
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from tests.fundraising.goods.store import Store, line

DATA = Path(__file__).parents[2] / "data"
RECEIVED = DATA / "wuhan_redcross_2020_goods_received.csv"
DISTRIBUTED = DATA / "wuhan_redcross_2020_goods_distributed.csv"


async def taken_in(here: Store, kind: str, content: bytes, **over: Any) -> Response:
    asked = {"warehouse_id": str(here.warehouse.id), "kind": kind, "happened_on": str(today())} | over
    headers = here.officer.headers | {"Idempotency-Key": new_code()}
    files = {"file": ("list.csv", content)}
    path = "/v1/fundraising/goods/imports"
    return await here.officer.client.post(path, params=asked, files=files, headers=headers)


async def rows(here: Store, import_id: str, **asked: Any) -> list[dict[str, Any]]:
    path, found = f"/goods/imports/{import_id}/rows", []
    page = (await here.officer.get(path, limit=200, **asked)).json()
    found += page["items"]
    while page["next_cursor"]:
        page = (await here.officer.get(path, limit=200, cursor=page["next_cursor"], **asked)).json()
        found += page["items"]
    return found


def file_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


async def test_every_row_of_two_real_lists_is_accounted_for(here: Store, session: WriteSession) -> None:
    told, handed = file_rows(RECEIVED), file_rows(DISTRIBUTED)

    received = (await taken_in(here, "received", RECEIVED.read_bytes())).json()
    given = (await taken_in(here, "handed_out", DISTRIBUTED.read_bytes())).json()

    # Without a unit nobody can count; and what stands in its place must be one.
    unitless = [
        one for one in told if one["unit"] == "0.5g/支" or (not one["unit"] and one["quantity"].isdigit())
    ]
    assert (received["row_count"], received["faulty_count"]) == (len(told), len(unitless))
    assert received["recorded_count"] == len(told) - len(unitless)
    assert {one["sheet_column"] for one in received["open_rows"]} == {"计量单位"}
    assert await session.scalar(select(func.count()).select_from(GoodsGift)) == received["recorded_count"]

    all_rows = await rows(here, given["id"])
    assert len(all_rows) == given["row_count"] == len(handed)
    outcomes = Counter(one["outcome"] for one in all_rows)
    assert (outcomes["heading"], outcomes["faulty"]) == (1, 2)
    assert outcomes["recorded"] + outcomes["unmatched"] == len(handed) - 3
    assert outcomes["recorded"] > 0
    await _only_what_was_received_was_handed_out(here, session, given["id"], told)


async def _only_what_was_received_was_handed_out(
    here: Store, session: WriteSession, import_id: str, told: list[dict[str, str]]
) -> None:
    items = {"".join(one["item_name"].split()).casefold() for one in told}
    never = [
        one for one in await rows(here, import_id, outcome="unmatched") if one["reason"] == "never_received"
    ]
    assert len(never) > 100
    spelled = {"".join(one["item"].split()).casefold() for one in never}
    assert not {name for name in spelled if name in items and name.isascii()}
    sums = select(func.sum(GoodsLot.accepted_count), func.sum(GoodsLot.left_count))
    accepted, left = (await session.execute(sums)).one()
    assert accepted is not None
    assert left is not None
    assert accepted - left == await session.scalar(select(func.sum(GoodsHandoutLine.count)))


async def test_the_same_list_again_records_nothing(here: Store, session: WriteSession) -> None:
    content = RECEIVED.read_bytes()
    first = (await taken_in(here, "received", content)).json()

    again = (await taken_in(here, "received", content)).json()

    assert (again["recorded_count"], again["duplicate_count"]) == (0, first["recorded_count"])
    assert await session.scalar(select(func.count()).select_from(GoodsGift)) == first["recorded_count"]
    listed = (await here.officer.get("/goods/imports")).json()["items"]
    assert [one["id"] for one in listed] == [again["id"], first["id"]]


async def test_a_dry_run_tells_all_and_keeps_nothing(here: Store, session: WriteSession) -> None:
    tried = (await taken_in(here, "received", RECEIVED.read_bytes(), dry_run="true")).json()

    assert tried["id"] is None
    assert tried["recorded_count"] > 500
    assert await session.scalar(select(func.count()).select_from(GoodsGift)) == 0


async def test_a_list_told_in_a_workbook_is_read_too(here: Store) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["接收物资公示"],
        ["品名", "捐赠单位", "规格", "单位", "数量"],
        ["口罩", "王小明", None, "个", 12],
    ):
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)

    report = (await taken_in(here, "received", content.getvalue())).json()

    assert (report["row_count"], report["recorded_count"]) == (1, 1)
    [lot] = (await here.officer.get("/goods/lots")).json()["items"]
    assert (lot["item"], lot["left_count"], lot["value"]) == ("口罩", 12, None)


async def test_a_row_takes_from_several_lots_those_that_expire_first_first(here: Store) -> None:
    late, soon = await here.stocked(
        line(quantity=50, expires_on="2035-01-01"), line(quantity=50, expires_on="2030-01-01")
    )
    content = (
        "接收单位,品名,单位,数量\n县医院,口 罩,个,70\n县医院,口罩,箱,1\n县医院,口罩,个,31\n县医院,雨衣,件,1\n"
    )

    report = (await taken_in(here, "handed_out", content.encode())).json()

    assert (await here.left(soon), await here.left(late)) == ((0, 0), (30, 0))
    reasons = [one["reason"] for one in report["open_rows"]]
    assert reasons == ["other_unit", "stock_short", "never_received"]
    assert report["recorded_count"] == 1


async def test_a_file_without_the_columns_is_refused(here: Store) -> None:
    answer = await taken_in(here, "handed_out", "甲,乙,丙\n1,2,3\n".encode())

    assert (answer.status_code, answer.json()["code"]) == (422, "header-not-found")


async def test_a_quantity_that_is_none_is_told_with_its_row_and_column(here: Store) -> None:
    content = "品名,捐赠单位,单位,数量\n口罩,王小明,个,若干\n口罩,王小明,个,3箱\n,王小明,个,3\n"

    report = (await taken_in(here, "received", content.encode())).json()

    told = [(one["line"], one["sheet_column"], one["reason"]) for one in report["open_rows"]]
    assert told == [(2, "数量", "refused"), (3, "数量", "unit_differs"), (4, "品名", "missing")]


@pytest.mark.parametrize("kind", GoodsImportKind)
async def test_the_template_has_a_header_that_is_recognised(here: Store, kind: GoodsImportKind) -> None:
    answer = await here.officer.client.get(
        "/v1/fundraising/goods/imports/template", params={"kind": kind, "language": "zh"}
    )

    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[1]
    header = [str(cell.value) for cell in next(sheet.iter_rows())]
    assert columns.is_header(kind, header)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("198件", Quantity(198, "件")), ("１，０００", Quantity(1000)), ("5.0 箱", Quantity(5, "箱"))],
)
def test_quantities_are_read_as_people_write_them(text: str, quantity: Quantity) -> None:
    assert read(text) == quantity


@pytest.mark.parametrize("text", ["若干", "0件", "1.5箱", "-3", "", "10箱20个", "9" * 14])
def test_what_is_no_whole_number_of_units_is_no_quantity(text: str) -> None:
    with pytest.raises(ValueError, match="wanted"):
        read(text)
