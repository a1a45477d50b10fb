"""A match waits at the desk of the side that has not answered, and nowhere once it has, or all is over."""

from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.organizations.desk import notifications
from tests.factories import organizations as make
from tests.fundraising.legal.test_needs import Side, side


async def waiting(at: Side) -> list[tuple[str, str, str]]:
    answer = await at.client.get("/v1/me/tasks", headers=at.headers)
    assert answer.status_code == 200, answer.text
    found = answer.json()["items"]
    return [(one["title"], one["organization_id"], one["subject_id"]) for one in found]


async def test_the_other_side_is_asked_until_it_answers(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    place, giver = await side(app, client, session), await side(app, client, session)
    viewer = await make.sign_in(app, session, Role.viewer, giver.organization)
    need, offer = await place.need(), await giver.offer()
    first = await place.proposed(need, offer, 5)

    asked = [("供需对接待答复：村小学冬季取暖设备", str(giver.organization.id), first["id"])]
    assert (await waiting(giver), await waiting(place)) == (asked, [])
    assert (await client.get("/v1/me/tasks", headers=viewer)).json()["items"] == []
    assert (await giver.match(first, "agreement")).status_code == 200
    assert await waiting(giver) == []

    other = await giver.offer(quantity="3台")
    second = await giver.proposed(need, other, 3)
    assert [one[1:] for one in await waiting(place)] == [(str(place.organization.id), second["id"])]
    assert (await place.match(second, "end", {"reason": "规格不符"})).status_code == 200
    assert (await waiting(place), await waiting(giver)) == ([], [])


async def test_what_is_over_waits_for_nobody_though_nobody_answered(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    place, giver = await side(app, client, session), await side(app, client, session)
    need, kept, withdrawn = await place.need(), await giver.offer(), await giver.offer()
    await place.proposed(need, kept, 1)
    await giver.proposed(await place.need(), withdrawn, 1)
    both = await side(app, client, session)
    await both.proposed(await both.need(), await both.offer(), 1)
    assert [len(await waiting(one)) for one in (place, giver, both)] == [1, 1, 0]

    await giver.made(f"/goods-offers/{withdrawn['id']}/withdrawal")
    await place.made(f"/needs/{need['id']}/end", {})

    assert [await waiting(one) for one in (place, giver)] == [[], []]


async def test_people_are_told_what_the_other_side_says(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        place = await side(committed_app, committed_client, session)
        giver = await side(committed_app, committed_client, session)

    async def heard(at: Side) -> list[str]:
        async with committed.writing() as session:
            await notifications.spread(session)
        headers = at.headers | {"Accept-Language": "zh"}
        answer = await at.client.get("/v1/me/notifications", headers=headers)
        found: list[dict[str, Any]] = answer.json()["items"]
        return sorted(one["title"] for one in found)

    need, offer = await place.need(), await giver.offer()
    match = await place.proposed(need, offer, 5)
    asked = "有一项供需对接待您答复"
    assert (await heard(giver), await heard(place)) == ([asked], [])
    await giver.match(match, "agreement")
    assert (await heard(giver), await heard(place)) == ([asked], ["您提出的供需对接已获确认"])
    await giver.match(match, "end", {"reason": "货源中断"})
    told = ["已约定的供需对接未能履行", "您提出的供需对接已获确认"]
    assert (await heard(giver), await heard(place)) == ([asked], sorted(told))
    # Answered before anybody could be told: there is nothing to ask any more.
    quick = await giver.proposed(need, await giver.offer(), 1)
    await place.match(quick, "end", {"reason": "规格不符"})
    assert await heard(place) == sorted(told)
    assert await heard(giver) == sorted([asked, "您提出的供需对接被谢绝"])
