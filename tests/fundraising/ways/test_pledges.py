"""Pledges: promises in instalments; only the gifts that pay them are money."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.fundraising import donations
from app.fundraising.models import Donation, Pledge, PledgePayment
from app.fundraising.ways import pledges
from app.fundraising.ways.errors import GiftPaysAnother, PledgeOver
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code, new_id
from app.ledger.models import Entry
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk, fen

NAME = "陕西某某集团"


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


def wish(at: Desk, **over: Any) -> dict[str, Any]:
    past, ahead = today() - timedelta(days=10), today() + timedelta(days=90)
    return {
        "campaign_id": str(at.campaign.id),
        "number": f"RJ-{new_code(6)}",
        "name": NAME,
        "donor_kind": "organization",
        "amount": fen(1000),
        "promised_on": "2026-03-01",
        "instalments": [
            {"due_on": ahead.isoformat(), "amount": fen(600)},
            {"due_on": past.isoformat(), "amount": fen(400)},
        ],
    } | over


async def test_a_pledge_is_paid_by_gifts_its_earliest_instalment_first(
    clerk: Desk, session: WriteSession
) -> None:
    made = (await clerk.post("/pledges", wish(clerk))).json()
    booked = await session.scalar(select(func.count()).select_from(Entry))
    first = (await clerk.give(450)).json()
    path = f"/pledges/{made['id']}"

    paid = (await clerk.post(f"{path}/payments", {"donation_id": first["id"]})).json()
    second = (await clerk.give(700)).json()
    full = (await clerk.post(f"{path}/payments", {"donation_id": second["id"]})).json()
    over = await clerk.post(f"{path}/payments", {"donation_id": (await clerk.give(1)).json()["id"]})

    assert (made["state"], booked) == ("open", 0)
    assert [(one["paid"]["amount"], one["overdue"]) for one in made["instalments"]] == [(0, True), (0, False)]
    assert [one["paid"]["amount"] for one in paid["instalments"]] == [400, 50]
    assert [one["overdue"] for one in paid["instalments"]] == [False, False]
    assert (full["state"], full["paid"]) == ("fulfilled", fen(1150))
    assert [one["paid"]["amount"] for one in full["instalments"]] == [400, 600]
    assert (over.status_code, over.json()["code"]) == (409, "pledge-over")


async def test_a_refund_opens_a_pledge_again(clerk: Desk) -> None:
    made = (await clerk.post("/pledges", wish(clerk))).json()
    gift = (await clerk.give(1000)).json()
    path = f"/pledges/{made['id']}"
    full = (await clerk.post(f"{path}/payments", {"donation_id": gift["id"]})).json()
    back = {"amount": fen(700), "reason": "donor_request"}
    refund = await clerk.post(f"/donations/{gift['id']}/refunds", back)

    after = (await clerk.get(path)).json()

    assert refund.status_code == 201, refund.text
    assert (full["state"], after["state"], after["paid"]) == ("fulfilled", "open", fen(300))
    assert [one["overdue"] for one in after["instalments"]] == [True, False]


async def test_what_can_be_demanded_is_given_up_in_reported_hardship_only(clerk: Desk) -> None:
    plain = (await clerk.post("/pledges", wish(clerk))).json()
    public = (await clerk.post("/pledges", wish(clerk, ground="public_media"))).json()

    given_up = await clerk.post(f"/pledges/{plain['id']}/write-off", {"reason": "企业已注销"})
    silent = await clerk.post(f"/pledges/{public['id']}/write-off", {"reason": "经营困难"})
    hardship = {"reason": "经济状况显著恶化", "reported_on": today().isoformat()}
    reported = await clerk.post(f"/pledges/{public['id']}/write-off", hardship)
    twice = await clerk.post(f"/pledges/{public['id']}/write-off", hardship)
    bare = await clerk.post(f"/pledges/{public['id']}/write-off", {"reason": ""})

    assert (plain["enforceable"], public["enforceable"]) == (False, True)
    shown = given_up.json()
    assert (shown["state"], shown["written_off_reason"]) == ("written_off", "企业已注销")
    assert not any(one["overdue"] for one in shown["instalments"])
    assert (silent.status_code, silent.json()["code"]) == (409, "hardship-not-reported")
    assert (reported.status_code, reported.json()["reported_on"]) == (200, today().isoformat())
    assert (twice.json()["code"], bare.status_code) == ("pledge-over", 422)


async def test_what_does_not_fit_is_refused(clerk: Desk, session: WriteSession) -> None:
    new = wish(clerk)
    made = await clerk.post("/pledges", new)
    same = await clerk.post("/pledges", new)
    uneven = await clerk.post("/pledges", wish(clerk, amount=fen(999)))
    other = await make.campaign(session, clerk.organization.id)
    elsewhere = (await clerk.give(10, campaign=other)).json()
    wrong = await clerk.post(f"/pledges/{made.json()['id']}/payments", {"donation_id": elsewhere["id"]})

    assert (same.status_code, same.json()["code"]) == (409, "pledge-number-taken")
    assert (uneven.status_code, uneven.json()["code"]) == (422, "instalments-unequal")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "payment-not-for-pledge")


async def test_lists_tell_the_overdue_and_hide_names(
    app: FastAPI, client: AsyncClient, session: WriteSession, clerk: Desk
) -> None:
    made = (await clerk.post("/pledges", wish(clerk))).json()
    gift = (await clerk.give(400)).json()
    late = (await clerk.get("/pledges", overdue=True)).json()["items"]
    await clerk.post(f"/pledges/{made['id']}/payments", {"donation_id": gift["id"]})
    auditor = await members.sign_in(app, session, Role.auditor, clerk.organization)
    seen = await client.get("/v1/fundraising/pledges", headers=auditor)

    assert [one["name"] for one in late] == [NAME]
    assert (await clerk.get("/pledges", overdue=True)).json()["items"] == []
    assert [one["state"] for one in (await clerk.get("/pledges", state="open")).json()["items"]] == ["open"]
    assert (await clerk.get("/pledges", state="fulfilled")).json()["items"] == []
    assert [one["name"] for one in seen.json()["items"]] == ["陕**"]
    assert NAME not in seen.text


async def test_a_gift_pays_one_of_two_pledges_and_a_pledge_is_ended_once(committed: Database) -> None:
    async with committed.writing() as session:
        at = await make.appeal(session)
        gift = make.gift(at, 500)
        await donations.receive(session, [gift])
        made = [
            Pledge(
                organization_id=at.organization_id,
                campaign_id=at.campaign.id,
                number=f"RJ-{place}",
                person_id=new_id(),
                amount=500,
                promised_on=today(),
                actor="test",
            )
            for place in range(2)
        ]
        for pledge in made:
            await pledges.promise(session, pledge, [(today(), 500)], name=NAME)

    async def pay(place: int) -> str:
        try:
            async with committed.writing() as session:
                pledge = await pledges.get(session, made[place % 2].id, lock=True)
                donation = (await session.scalars(select(Donation))).one()
                await pledges.pay(session, pledge, donation, actor="test")
        except (GiftPaysAnother, PledgeOver) as refusal:
            return type(refusal).__name__
        return "paid"

    async def give_up() -> str:
        try:
            async with committed.writing() as session:
                pledge = await pledges.get(session, made[0].id, lock=True)
                await pledges.write_off(session, pledge, reason="test", actor="test", reported_on=None)
        except PledgeOver:
            return "over"
        return "given up"

    told = await asyncio.gather(*(pay(place) for place in range(8)), *(give_up() for _ in range(4)))

    assert told.count("paid") == 1
    assert told.count("given up") <= 1
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(PledgePayment)) == 1
