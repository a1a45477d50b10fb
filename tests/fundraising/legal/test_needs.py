"""Needs and offers: told by members, suggested across the federation, agreed on by both sides, delivered."""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.fundraising.models import CommunityNeed, GoodsOffer
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as make

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Side:
    """A member's officer, who tells what is needed or offered there."""

    client: AsyncClient
    headers: dict[str, str]
    organization: Organization

    async def post(self, path: str, body: Any = None) -> Response:
        return await self.client.post(f"/v1/fundraising{path}", json=body, headers=self.headers)

    async def made(self, path: str, body: Any = None) -> Json:
        answer = await self.post(path, body)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    async def get(self, path: str, **params: Any) -> Any:
        answer = await self.client.get(f"/v1/fundraising{path}", params=params, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def need(self, **over: Any) -> Json:
        body = {"region_code": "610924", "title": "村小学冬季取暖设备", "quantity": "12台"}
        return await self.made("/needs", {"organization_id": str(self.organization.id)} | body | over)

    async def offer(self, **over: Any) -> Json:
        body = {"organization_id": str(self.organization.id), "title": "取暖设备", "quantity": "20台"}
        return await self.made("/goods-offers", body | over)

    async def proposed(self, need: Json, offer: Json, count: int) -> Json:
        return await self.made(
            "/need-matches", {"need_id": need["id"], "offer_id": offer["id"], "count": count}
        )

    async def match(self, found: Json, step: str, body: Any = None) -> Response:
        return await self.post(f"/need-matches/{found['id']}/{step}", body)


async def side(
    app: FastAPI, client: AsyncClient, session: WriteSession, organization: Organization | None = None
) -> Side:
    member = organization or await make.organization(session, books_from=date(2026, 1, 1))
    headers = await make.sign_in(app, session, Role.fundraising_officer, member)
    return Side(client=client, headers=headers, organization=member)


@pytest.fixture
async def sides(app: FastAPI, client: AsyncClient, session: WriteSession) -> tuple[Side, Side]:
    """A county where something is needed, and another member through which something is offered."""
    return await side(app, client, session), await side(app, client, session)


def code(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def left(at: Side, kind: str) -> list[Any]:
    return [one["left_count"] for one in (await at.get(kind))["items"]]


async def test_what_is_offered_meets_what_is_needed_once_both_sides_agree(
    sides: tuple[Side, Side], session: WriteSession
) -> None:
    place, giver = sides
    need, offer = await place.need(), await giver.offer()
    [found] = (await place.get(f"/needs/{need['id']}/suggestions"))["suggestions"]
    assert (found["offer"]["id"], found["count"]) == (offer["id"], 12)
    [back] = (await giver.get(f"/goods-offers/{offer['id']}/suggestions"))["suggestions"]
    assert (back["need"]["id"], back["count"]) == (need["id"], 12)

    match = await place.proposed(need, offer, 12)
    twice = await place.post("/need-matches", {"need_id": need["id"], "offer_id": offer["id"], "count": 1})

    assert (match["state"], match["allowed_actions"]) == ("proposed", ["end"])
    assert (match["need_agreed_at"] is None, match["offer_agreed_at"] is None) == (False, True)
    assert code(twice) == (409, "match-known")
    # Nothing is spoken for while one side alone has agreed.
    assert (await left(place, "/needs"), await left(giver, "/goods-offers")) == ([12], [20])
    early = await place.match(match, "delivery", {"delivered_on": today().isoformat()})
    own = await place.match(match, "agreement")
    assert (code(early), own.json()["state"]) == ((409, "match-not-in-state"), "proposed")

    agreed = await giver.match(match, "agreement")

    assert (agreed.json()["state"], agreed.json()["allowed_actions"]) == ("agreed", ["end"])
    assert (await left(place, "/needs"), await left(giver, "/goods-offers")) == ([0], [8])
    assert code(await place.post(f"/needs/{need['id']}/end", {})) == (409, "matches-stand")
    assert code(await giver.post(f"/goods-offers/{offer['id']}/withdrawal")) == (409, "matches-stand")
    theirs = await giver.match(match, "delivery", {"delivered_on": today().isoformat()})
    ahead = (today() + timedelta(days=1)).isoformat()
    assert theirs.status_code in {403, 404}
    assert code(await place.match(match, "delivery", {"delivered_on": ahead})) == (422, "delivery-day-ahead")
    done = await place.match(match, "delivery", {"delivered_on": today().isoformat()})
    assert (done.json()["state"], done.json()["allowed_actions"]) == ("delivered", [])
    [met] = (await place.get("/needs", state="met"))["items"]
    assert (met["id"], met["met_by"]) == (need["id"], "取暖设备")
    told = select(OutboxEvent.topic, OutboxEvent.organization_id).where(
        OutboxEvent.topic.like("need_match.%")
    )
    heard = {tuple(row) for row in await session.execute(told)}
    both = (place.organization.id, giver.organization.id)
    assert heard == {
        (f"need_match.{state}", who) for state in ("proposed", "agreed", "delivered") for who in both
    }


async def test_a_match_that_is_declined_or_falls_through_frees_its_pieces(sides: tuple[Side, Side]) -> None:
    place, giver = sides
    need, offer = await place.need(), await giver.offer()
    first = await giver.proposed(need, offer, 5)
    declined = await place.match(first, "end", {"reason": "规格不符"})
    second = await giver.proposed(need, offer, 12)
    await place.match(second, "agreement")
    assert await left(giver, "/goods-offers") == [8]

    gone = await giver.match(second, "end", {"reason": "货源中断"})

    assert (declined.json()["state"], gone.json()["state"]) == ("declined", "fallen_through")
    assert gone.json()["ended_reason"] == "货源中断"
    assert (await left(place, "/needs"), await left(giver, "/goods-offers")) == ([12], [20])
    assert code(await place.match(second, "agreement")) == (409, "match-not-in-state")
    assert code(await place.match(second, "end", {"reason": "x"})) == (409, "match-not-in-state")
    await giver.made(f"/goods-offers/{offer['id']}/withdrawal")
    late = await place.post("/need-matches", {"need_id": need["id"], "offer_id": offer["id"], "count": 1})
    assert code(late) == (409, "offer-not-open")
    assert (await place.get(f"/needs/{need['id']}/suggestions"))["suggestions"] == []


async def test_nearer_offers_and_those_that_cover_more_come_first(sides: tuple[Side, Side]) -> None:
    place, giver = sides
    need = await place.need()
    anywhere = await giver.offer(quantity="30台")
    province = await giver.offer(region_code="610000", quantity="30台")
    few = await giver.offer(region_code="610924", quantity="2台")
    enough = await giver.offer(region_code="610924", quantity="15台")
    city = await giver.offer(region_code="610900", quantity="30台")
    for strange in (
        {"region_code": "610800"},
        {"quantity": "12箱"},
        {"title": "冬衣"},
        {"open_until": today().isoformat(), "region_code": "610825"},
    ):
        await giver.offer(**strange)

    found = (await place.get(f"/needs/{need['id']}/suggestions"))["suggestions"]

    wanted = [enough, few, city, province, anywhere]
    assert [one["offer"]["id"] for one in found] == [one["id"] for one in wanted]
    assert [one["count"] for one in found] == [12, 2, 12, 12, 12]
    elsewhere = await place.need(region_code="610825")
    fits = (await giver.get(f"/goods-offers/{city['id']}/suggestions"))["suggestions"]
    assert [one["need"]["id"] for one in fits] == [need["id"]]
    wide = (await giver.get(f"/goods-offers/{anywhere['id']}/suggestions"))["suggestions"]
    assert [one["need"]["id"] for one in wide] == [need["id"], elsewhere["id"]]


@pytest.mark.parametrize(
    ("over", "wanted"),
    [
        ({"quantity": "一批"}, (422, "quantity-unclear")),
        ({"quantity": "12"}, (422, "quantity-unclear")),
        ({"region_code": "999999"}, (422, "region-unknown")),
        ({"open_until": "2026-01-01"}, (409, "offer-not-open")),
    ],
)
async def test_an_offer_says_what_can_be_counted(
    sides: tuple[Side, Side], over: Json, wanted: tuple[int, str]
) -> None:
    giver = sides[1]
    body = {"organization_id": str(giver.organization.id), "title": "取暖设备", "quantity": "20台"}

    assert code(await giver.post("/goods-offers", body | over)) == wanted


async def test_what_does_not_go_together_is_not_matched(
    app: FastAPI, client: AsyncClient, session: WriteSession, sides: tuple[Side, Side]
) -> None:
    place, giver = sides
    need, vague = await place.need(), await place.need(quantity="若干")
    far, boxes = await giver.offer(region_code="610800"), await giver.offer(quantity="3箱")
    offer = await giver.offer()
    for wanted, told, count, refusal in (
        (need, far, 1, (422, "need-and-offer-apart")),
        (need, boxes, 1, (422, "need-and-offer-apart")),
        (need, offer, 13, (409, "nothing-left-of-it")),
        (vague, offer, 1, (409, "need-uncounted")),
    ):
        body = {"need_id": wanted["id"], "offer_id": told["id"], "count": count}
        assert code(await place.post("/need-matches", body)) == refusal
    stranger = await side(app, client, session)
    body = {"need_id": need["id"], "offer_id": offer["id"], "count": 1}
    assert code(await stranger.post("/need-matches", body)) == (404, "out-of-sight")
    match = await place.proposed(need, offer, 1)
    assert code(await stranger.match(match, "agreement")) == (404, "out-of-sight")
    assert (await stranger.get("/need-matches"))["items"] == []
    assert [one["id"] for one in (await giver.get("/need-matches", state="proposed"))["items"]] == [
        match["id"]
    ]


async def test_one_member_with_both_sides_agrees_at_once(sides: tuple[Side, Side]) -> None:
    place = sides[0]
    match = await place.proposed(await place.need(), await place.offer(), 12)

    assert (match["state"], match["allowed_actions"]) == ("agreed", ["deliver", "end"])


async def test_what_was_agreed_the_database_keeps(sides: tuple[Side, Side], session: WriteSession) -> None:
    place, giver = sides
    await place.proposed(await place.need(), await giver.offer(), 12)
    for statement in (
        "update need_matches set count = 1",
        "update need_matches set state = 'agreed'",
        "update need_matches set state = 'declined'",
        "update goods_offers set left_count = -1",
        "update goods_offers set count = 1",
        "delete from need_matches",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_of_many_who_agree_at_once_no_more_is_given_than_there_is(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        places = [await side(committed_app, committed_client, session) for _ in range(4)]
        giver = await side(committed_app, committed_client, session)
    offer = await giver.offer()
    found = [await one.proposed(await one.need(), offer, 8) for one in places]

    answers = await asyncio.gather(*(giver.match(one, "agreement") for one in found))

    assert sorted(one.status_code for one in answers) == [200, 200, 409, 409]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"nothing-left-of-it"}
    async with committed.reading() as session:
        assert list(await session.scalars(select(GoodsOffer.left_count))) == [4]
        assert sorted(await session.scalars(select(CommunityNeed.left_count))) == [4, 4, 12, 12]
