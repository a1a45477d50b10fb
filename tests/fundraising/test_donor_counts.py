"""Donor counts: a donor counts to a campaign while a gift of theirs stands in it, whatever meets at once."""

import asyncio
from datetime import timedelta

from fastapi import FastAPI
from httpx import AsyncClient

from app.fundraising import corrections, donations
from app.fundraising.campaigns import NewDesignation
from app.fundraising.gifts import Giver, Outcome
from app.fundraising.models import Donation
from app.kit import batches
from app.kit.database import Database, WriteSession
from tests.factories import fundraising as make
from tests.fundraising.desk import Desk, books_agree, desk
from tests.fundraising.test_corrections import correct

USES = (
    NewDesignation(code="a", title="A", fund_code="FA"),
    NewDesignation(code="b", title="B", fund_code="FB"),
)
WANG = Giver(external_id="u_wang")
ELSEWHERE = {"designation": "b", "donated_at": make.GIVEN + timedelta(days=1)}
"""Another fund and another day: only the campaign itself can hold such a gift and a void apart."""


async def give(session: WriteSession, at: Desk, *, giver: Giver = WANG, **over: object) -> Outcome:
    gift = make.gift(at.appeal, 100, giver=giver, **{"designation": "a"} | over)
    [outcome] = await donations.receive(session, [gift])
    return outcome


async def void(session: WriteSession, outcome: Outcome) -> None:
    donation = await session.get_one(Donation, outcome.donation_id)
    await corrections.void(session, donation, reason="重复录入", actor="t")


async def donor_count(at: Desk) -> int:
    return (await at.totals())["donor_count"]


async def test_a_donor_counts_until_their_last_gift_is_voided(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session, *USES)
    first, second = await give(session, at), await give(session, at)
    await give(session, at, giver=Giver(external_id="u_li"))
    seen = [await donor_count(at)]

    for outcome in (first, second):
        answer = await correct(at, {"id": str(outcome.donation_id)}, "void")
        assert answer.status_code == 201, answer.text
        seen.append(await donor_count(at))
        await books_agree(session)
    await give(session, at)

    assert [*seen, await donor_count(at)] == [2, 2, 1, 2]
    await books_agree(session)


async def test_a_void_waits_for_a_gift_of_the_same_donor(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session, *USES)
        first = await give(session, at)

    async with committed.writing() as giving:
        await give(giving, at, **ELSEWHERE)
        voiding = asyncio.create_task(correct(at, {"id": str(first.donation_id)}, "void"))
        _, waiting = await asyncio.wait({voiding}, timeout=0.5)
        assert waiting
    answer = await voiding

    assert answer.status_code == 201, answer.text
    assert await donor_count(at) == 1
    async with committed.reading() as session:
        await books_agree(session)


async def test_a_gift_waits_for_a_void_of_the_same_donor(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session, *USES)
        first = await give(session, at)

    async def give_again() -> None:
        async with committed.writing() as session:
            await give(session, at, **ELSEWHERE)

    async with committed.writing() as voiding:
        await void(voiding, first)
        giving = asyncio.create_task(give_again())
        _, waiting = await asyncio.wait({giving}, timeout=0.5)
        assert waiting
    await giving

    assert await donor_count(at) == 1
    async with committed.reading() as session:
        await books_agree(session)


async def test_voids_and_gifts_at_once_leave_every_donor_counted_once(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    givers = [Giver(external_id=f"u_{number}") for number in range(6)]
    async with committed.writing() as session:
        at = await desk(committed_app, committed_client, session, *USES)
        given = [await give(session, at, giver=giver) for giver in givers for _ in range(2)]

    voids = [correct(at, {"id": str(outcome.donation_id)}, "void") for outcome in given]
    again = [
        batches.commit(committed, [make.gift(at.appeal, 10, giver=giver, designation="b")], donations.receive)
        for giver in givers[:2]
    ]
    *answers, _, _ = await asyncio.gather(*voids, *again)

    assert {answer.status_code for answer in answers} == {201}
    assert await donor_count(at) == 2
    async with committed.reading() as session:
        await books_agree(session)
