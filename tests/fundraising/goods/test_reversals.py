"""Hand-outs are taken back until somebody has signed: goods and value lie there again, once."""

import asyncio

from sqlalchemy import func, select

from app.fundraising.goods import handouts, lots
from app.fundraising.goods.errors import HandoutSigned, HandoutTakenBack
from app.fundraising.models.goods import GoodsHandout, GoodsLot
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.ledger.models import Entry, EntryKind
from app.webhooks.outward.catalogue import EventType
from tests.fundraising.desk import books_agree
from tests.fundraising.goods.store import Store, line, worth
from tests.fundraising.goods.test_handouts import valued_lot
from tests.webhooks.outward.bodies import told as events

WHY = {"reason": "登记错误，物资未出库"}


async def test_a_handout_that_was_a_mistake_is_taken_back_to_the_piece(
    here: Store, session: WriteSession
) -> None:
    [lot] = await here.stocked(line(quantity=7), campaign_id=str(here.officer.campaign.id))
    assert (await here.value(lot, 10_00)).status_code == 201
    kept = (await here.hand_out(lot, 2, project_id=str(here.project.id))).json()
    wrong = (await here.hand_out(lot, 5, project_id=str(here.project.id))).json()
    assert await here.left(lot) == (0, 0)

    back = await here.officer.post(f"/goods/handouts/{wrong['id']}/reversal", WHY)
    again = await here.officer.post(f"/goods/handouts/{wrong['id']}/reversal", WHY)
    signed = await here.officer.post(f"/goods/handouts/{wrong['id']}/receipt", {"signed_on": str(today())})

    assert back.status_code == 200, back.text
    told = back.json()
    assert (told["reversed_on"], told["reversed_reason"]) == (str(today()), WHY["reason"])
    assert told["allowed_actions"] == []
    [said] = await events(session, EventType.goods_handout_reversed)
    assert said == {"handout_id": wrong["id"], "value": wrong["value"]["amount"]}
    assert await here.left(lot) == (5, wrong["value"]["amount"])
    assert await here.stands(session, "1201") == 10_00 - kept["value"]["amount"]
    assert await worth(session, here.fund) == wrong["value"]["amount"]
    refused = (409, "handout-taken-back")
    assert [(one.status_code, one.json()["code"]) for one in (again, signed)] == [refused] * 2
    listed = (await here.officer.get("/goods/handouts", reversed="true")).json()["items"]
    assert [one["id"] for one in listed] == [wrong["id"]]
    # All of it can be handed out again, and every account is as if the mistake had not been made.
    assert (await here.hand_out(lot, 5, project_id=str(here.project.id))).status_code == 201
    assert await here.left(lot) == (0, 0)
    assert await here.stands(session, "1201") == 0
    await books_agree(session)


async def test_unvalued_goods_are_taken_back_without_an_entry(here: Store, session: WriteSession) -> None:
    [lot] = await here.stocked(line())
    handout = (await here.hand_out(lot, 40)).json()

    back = await here.officer.post(f"/goods/handouts/{handout['id']}/reversal", WHY)

    assert back.status_code == 200, back.text
    assert await here.left(lot) == (100, 0)
    assert await session.scalar(select(func.count()).select_from(Entry)) == 0


async def test_what_was_signed_for_has_arrived_and_stays_there(here: Store) -> None:
    [lot] = await here.stocked(line())
    assert (await here.value(lot, 500_00)).status_code == 201
    handout = (await here.hand_out(lot, 50)).json()
    await here.officer.post(f"/goods/handouts/{handout['id']}/receipt", {"signed_on": str(today())})

    back = await here.officer.post(f"/goods/handouts/{handout['id']}/reversal", WHY)

    assert (back.status_code, back.json()["code"]) == (409, "handout-signed")
    assert await here.left(lot) == (50, 250_00)


async def test_of_many_who_sign_or_take_back_at_once_one_wins(committed: Database) -> None:
    wanted = await valued_lot(committed)
    async with committed.writing() as session:
        handout_id = (await handouts.record(session, wanted, actor="test")).id

    async def end(number: int) -> str:
        async with committed.writing() as session:
            handout = await handouts.get(session, handout_id, lock=True)
            if number % 2:
                await handouts.take_back(session, handout, reason="未出库", actor="test")
                return "taken back"
            await handouts.sign(session, handout, on=today(), attachment_ids=[], actor="test")
            return "signed"

    ended = await asyncio.gather(*(end(number) for number in range(10)), return_exceptions=True)

    won = [one for one in ended if isinstance(one, str)]
    assert len(won) == 1
    assert all(isinstance(one, str | HandoutSigned | HandoutTakenBack) for one in ended), ended
    async with committed.reading() as session:
        lot = (await session.scalars(select(GoodsLot))).one()
        handout = (await session.scalars(select(GoodsHandout))).one()
        reversals = select(func.count()).select_from(Entry).where(Entry.kind == EntryKind.reversal)
        back = won == ["taken back"]
        assert (handout.reversed_on is not None, handout.signed_on is not None) == (back, not back)
        assert (lot.left_count, lot.left_minor) == ((100, 1_000_00) if back else (70, 700_00))
        assert await session.scalar(reversals) == int(back)
        assert (await lots.get(session, lot.id)).id == lot.id
        await books_agree(session)
