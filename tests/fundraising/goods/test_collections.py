"""Used-clothing collection: counted in grams, unvalued until it is sold, summed by the year."""

import asyncio
from datetime import date
from typing import Any

from httpx import Response
from sqlalchemy import text

from app.fundraising.goods import clothes, collections
from app.fundraising.goods.clothes import NewDisposal
from app.fundraising.goods.collections import NewPoint, Weighing
from app.fundraising.goods.errors import WeightShort
from app.fundraising.models.goods import CollectedItem, CollectionOutcome, CollectionStock
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.ledger import funds
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree, fen
from tests.fundraising.goods.store import Store

TONNE = 1_000_000


async def a_point(here: Store) -> str:
    body = {"organization_id": str(here.officer.organization.id), "code": "JY-1", "name": "幸福小区东门"}
    answer = await here.officer.post("/collections/points", body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def weigh(here: Store, point: str, grams: int, **over: Any) -> Response:
    body = {
        "point_id": point,
        "collected_on": str(today()),
        "weight_grams": grams,
        "collector": "再生资源公司",
    } | over
    return await here.officer.post("/collections", body)


async def sell(here: Store, grams: int, minor: int, **over: Any) -> Response:
    body = {
        "organization_id": str(here.officer.organization.id),
        "outcome": "sold",
        "disposed_on": str(today()),
        "weight_grams": grams,
        "recipient": "再生资源公司",
        "proceeds": fen(minor),
        "channel_id": str(here.officer.bank.id),
    } | over
    return await here.officer.post("/collections/disposals", body)


async def years(here: Store, **asked: Any) -> list[tuple[int, str, int, int]]:
    items = (await here.officer.get("/collections/years", **asked)).json()["items"]
    return [(one["year"], one["item"], one["weight_grams"], one["collection_count"]) for one in items]


async def test_the_yearly_figure_of_the_article_is_the_sum_of_its_weighings(here: Store) -> None:
    point = await a_point(here)
    for month, tonnes in enumerate((243, 243, 243, 243, 243, 243, 243, 243, 243, 243, 243, 245), 1):
        answer = await weigh(here, point, tonnes * TONNE, collected_on=f"2020-{month:02}-15")
        assert answer.status_code == 201, answer.text
    await weigh(here, point, TONNE, collected_on="2021-01-01", item="shoes")

    assert await years(here, year=2020) == [(2020, "clothing", 2918 * TONNE, 12)]
    assert await years(here) == [(2021, "shoes", TONNE, 1), (2020, "clothing", 2918 * TONNE, 12)]


async def test_what_is_collected_is_not_booked_and_what_it_is_sold_for_is(
    here: Store, session: WriteSession
) -> None:
    point = await a_point(here)
    entries = text("select count(*) from entries")
    before = await session.scalar(entries)
    await weigh(here, point, 10 * TONNE)
    assert await session.scalar(entries) == before

    sold = await sell(here, 4 * TONNE, 3_200_00)

    assert sold.status_code == 201, sold.text
    general = await funds.general(session, here.officer.organization.id)
    assert await here.stands(session, "4501", fund_id=general.id) == -3_200_00
    assert await here.stands(session, "1002", channel_id=here.officer.bank.id) == 3_200_00
    assert (await funds.left(session, [general.id]))[general.id] == 3_200_00
    await books_agree(session)


async def test_no_more_goes_than_was_collected(here: Store) -> None:
    point = await a_point(here)
    await weigh(here, point, TONNE)

    more = await sell(here, TONNE + 1, 1_00)
    none = await sell(here, 1, 1_00, item="shoes")

    assert [(one.status_code, one.json()["code"]) for one in (more, none)] == [(409, "weight-short")] * 2


async def test_only_a_sale_has_proceeds(here: Store) -> None:
    await weigh(here, await a_point(here), TONNE)

    free = await sell(here, 1, 1_00, outcome="donated")
    given = await sell(here, 1, 1_00, outcome="donated", proceeds=None, channel_id=None)

    assert free.status_code == 422
    assert (given.status_code, given.json()["entry_id"]) == (201, None)


async def test_a_slip_counts_once_and_a_mistaken_one_is_taken_back(here: Store) -> None:
    point = await a_point(here)
    slip = (await weigh(here, point, TONNE, reference="磅单-1")).json()
    assert (await weigh(here, point, TONNE, reference="磅单-1")).json()["code"] == "goods-reference-taken"
    path = f"/collections/{slip['id']}/voiding"

    voided = await here.officer.post(path, {"reason": "重复"})

    assert voided.json()["allowed_actions"] == []
    assert await years(here) == [(today().year, "clothing", 0, 0)]
    assert (await here.officer.post(path, {"reason": "重复"})).json()["code"] == "collection-voided"


async def test_what_is_sold_already_cannot_be_taken_back(here: Store) -> None:
    slip = (await weigh(here, await a_point(here), TONNE)).json()
    await sell(here, 1, 1_00)

    answer = await here.officer.post(f"/collections/{slip['id']}/voiding", {"reason": "重复"})

    assert (answer.status_code, answer.json()["code"]) == (409, "weight-short")


async def test_nothing_is_collected_at_a_closed_point(here: Store) -> None:
    point = await a_point(here)

    closed = await here.officer.post(f"/collections/points/{point}/closing")

    assert closed.json()["allowed_actions"] == []
    assert (await weigh(here, point, 1)).json()["code"] == "collection-point-closed"


async def test_ten_who_give_away_at_once_never_give_more_than_there_is(committed: Database) -> None:
    async with committed.writing() as session:
        organization = await members.organization(session, books_from=date(2026, 1, 1))
        new = NewPoint(organization_id=organization.id, code="JY-1", name="东门")
        point = await collections.open_point(session, new)
        weighing = Weighing(
            item=CollectedItem.clothing, collected_on=today(), weight_grams=100, collector="公司"
        )
        await collections.record(session, point, weighing, actor="test")
    part = NewDisposal(
        organization_id=organization.id,
        item=CollectedItem.clothing,
        outcome=CollectionOutcome.recycled,
        disposed_on=today(),
        weight_grams=30,
        recipient="公司",
    )

    async def give_away() -> bool:
        try:
            async with committed.writing() as session:
                await clothes.dispose(session, part, actor="test")
        except WeightShort:
            return False
        return True

    gone = await asyncio.gather(*(give_away() for _ in range(10)))

    assert sum(gone) == 3
    async with committed.reading() as session:
        stock = await session.get_one(CollectionStock, (organization.id, CollectedItem.clothing))
        assert (stock.collected_grams, stock.gone_grams) == (100, 90)
