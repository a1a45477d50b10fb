"""Merges: two donors counted as one, taken back, and what meets them at the same moment."""

import asyncio
from collections import Counter

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.fundraising import corrections, donations
from app.fundraising.care import merges
from app.fundraising.models import Donation, Donor, DonorMerge, MergeGround
from app.kit import batches
from app.kit.database import Database, WriteSession
from app.kit.models import OutboxEvent
from tests.factories import fundraising as make
from tests.fundraising.care.circle import LI, WANG, WANG_TOO, circle, donor_count, give, merge, undo
from tests.fundraising.desk import Desk, books_agree


async def test_merged_donors_count_as_one_and_as_two_again(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    first, second = await give(session, at), await give(session, at, WANG_TOO)
    elsewhere = await make.campaign(session, at.organization.id)
    await give(session, at, WANG_TOO, campaign=elsewhere.code)
    before = [(gift.donor_id, gift.person_id, gift.sealed) for gift in (first, second)]
    assert (await donor_count(at), await donor_count(at, elsewhere)) == (2, 1)

    made = await merge(at, first, second)
    assert made.status_code == 201, made.text
    assert (await donor_count(at), await donor_count(at, elsewhere)) == (1, 1)
    await give(session, at, WANG_TOO)
    assert await donor_count(at) == 1
    await books_agree(session)
    for gift in (first, second):
        await session.refresh(gift)
    assert [(gift.donor_id, gift.person_id, gift.sealed) for gift in (first, second)] == before

    undone = await undo(at, made.json()["id"])
    assert (undone.status_code, undone.json()["undone_by"]) == (200, made.json()["merged_by"])
    assert (await donor_count(at), await donor_count(at, elsewhere)) == (2, 1)
    await books_agree(session)
    again = await undo(at, made.json()["id"])
    assert (again.status_code, again.json()["code"]) == (409, "merge-undone")
    [trail] = (await at.get("/donor-merges", donor_id=str(second.donor_id))).json()["items"]
    assert trail == undone.json()


async def test_merges_stand_on_each_other_and_each_is_undone_by_itself(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    one, two, three = await give(session, at), await give(session, at, WANG_TOO), await give(session, at, LI)
    lower = (await merge(at, two, three)).json()
    upper = (await merge(at, one, two)).json()
    assert await donor_count(at) == 1
    shown = (await at.get(f"/donors/{one.donor_id}", organization_id=str(at.organization.id))).json()
    assert sorted(shown["merged_ids"]) == sorted([str(two.donor_id), str(three.donor_id)])
    assert (shown["gift_count"], shown["amount"]["amount"]) == (3, 300)

    assert (await undo(at, upper["id"])).status_code == 200
    assert await donor_count(at) == 2
    taken = await merge(at, one, three)
    assert (taken.status_code, taken.json()["code"]) == (409, "donor-merged")
    upper = (await merge(at, one, two)).json()
    assert (await undo(at, lower["id"])).status_code == 200
    assert await donor_count(at) == 2
    listed = (await at.get("/donors", organization_id=str(at.organization.id))).json()["items"]
    assert {item["id"]: item["merged_count"] for item in listed} == {
        str(one.donor_id): 1,
        str(three.donor_id): 0,
    }
    await books_agree(session)


async def test_a_merge_is_one_organizations_and_needs_two_donors_of_its_own(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at, other = await circle(app, client, session), await circle(app, client, session)
    mine, theirs = await give(session, at), await give(session, other, WANG_TOO)
    assert (await merge(at, mine, mine)).json()["code"] == "donors-the-same"
    assert (await merge(at, mine, theirs)).status_code == 404
    elsewhere = await merge(at, mine, theirs, organization_id=str(other.organization.id))
    assert elsewhere.status_code == 404


async def test_a_voided_gift_leaves_its_merged_donor_counted_while_another_stands(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await circle(app, client, session)
    first, second = await give(session, at), await give(session, at, WANG_TOO)
    await merge(at, first, second)
    seen: list[int] = []
    for gift in (first, second):
        await corrections.void(session, gift, reason="重复录入", actor="t")
        seen.append(await donor_count(at))
        await books_agree(session)
    assert seen == [1, 0]


async def test_of_two_merges_of_one_pair_at_once_one_is_made(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await circle(committed_app, committed_client, session)
        first, second = await give(session, at), await give(session, at, WANG_TOO)

    answers = await asyncio.gather(
        *(merge(at, first, second) for _ in range(4)), *(merge(at, second, first) for _ in range(4))
    )

    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 7}
    assert {answer.json().get("code") for answer in answers} == {None, "donor-merged"}
    async with committed.reading() as session:
        await books_agree(session)
        told = select(func.count()).where(OutboxEvent.topic == "fundraising.donors_merged")
        assert (await session.scalar(told), await session.scalar(select(func.count(DonorMerge.id)))) == (1, 1)
    assert await donor_count(at) == 1


async def test_a_gift_that_arrives_while_its_donor_is_merged_counts_as_who_they_now_are(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await circle(committed_app, committed_client, session)
        first, second = await give(session, at), await give(session, at, WANG_TOO)
        fresh = await make.campaign(session, at.organization.id)
        await give(session, at, WANG, campaign=fresh.code)

    async def arrive() -> None:
        async with committed.writing() as giving:
            await give(giving, at, WANG_TOO, campaign=fresh.code)

    async with committed.writing() as merging:
        await _merge(merging, at, first, second)
        arriving = asyncio.create_task(arrive())
        _, waiting = await asyncio.wait({arriving}, timeout=0.5)
        assert waiting
    await arriving

    assert await donor_count(at, fresh) == 1
    async with committed.reading() as session:
        await books_agree(session)


async def test_a_merge_waits_for_a_gift_that_is_arriving(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await circle(committed_app, committed_client, session)
        first, second = await give(session, at), await give(session, at, WANG_TOO)
        fresh = await make.campaign(session, at.organization.id)
        await give(session, at, WANG, campaign=fresh.code)

    async with committed.writing() as giving:
        await give(giving, at, WANG_TOO, campaign=fresh.code)
        merging = asyncio.create_task(merge(at, first, second))
        _, waiting = await asyncio.wait({merging}, timeout=0.5)
        assert waiting
    assert (await merging).status_code == 201

    assert await donor_count(at, fresh) == 1
    async with committed.reading() as session:
        await books_agree(session)


async def test_gifts_voids_merges_and_undoings_at_once_leave_every_figure_true(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await circle(committed_app, committed_client, session)
        given = [await give(session, at, giver) for giver in (WANG, WANG_TOO, LI) for _ in range(2)]
    first, second, third = given[0], given[2], given[4]

    async def void(gift: Donation) -> None:
        async with committed.writing() as session:
            row = await session.get_one(Donation, gift.id)
            await corrections.void(session, row, reason="重复录入", actor="t")

    async def merge_and_undo(kept: Donation, merged: Donation) -> None:
        made = await merge(at, kept, merged)
        if made.status_code == 201:
            assert (await undo(at, made.json()["id"])).status_code == 200

    gifts = [make.gift(at.appeal, 10, giver=giver) for giver in (WANG, WANG_TOO, LI)]
    await asyncio.gather(
        *(merge_and_undo(kept, merged) for kept, merged in ((first, second), (third, first))),
        merge(at, second, third),
        *(void(gift) for gift in given[1::2]),
        *(batches.commit(committed, [gift], donations.receive) for gift in gifts),
    )

    async with committed.reading() as session:
        await books_agree(session)


async def _merge(session: WriteSession, at: Desk, first: Donation, second: Donation) -> None:
    kept, merged = await session.get_one(Donor, first.donor_id), await session.get_one(Donor, second.donor_id)
    await merges.merge(
        session,
        kept,
        merged,
        organization_id=at.organization.id,
        ground=MergeGround.donor_said,
        actor="t",
    )
