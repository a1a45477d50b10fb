"""A cash day: gifts with sheet numbers, a count by two people, a box, a deposit that the bank confirms."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select

from app.accounting import channels
from app.accounting.cash import limits
from app.accounting.models import Channel, ChannelKind
from app.fundraising.models import Donation
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.kit.models import OutboxEvent
from app.ledger import accounts
from app.ledger.models import Entry
from app.organizations.access import Role
from app.organizations.models import Staff
from tests.accounting.banking import Told, lines, send, statement, tell
from tests.accounting.test_decisions import booked
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, books_agree, desk, fen


@dataclass(kw_only=True)
class Counter:
    """A cashier with a colleague and a cash box, beside the accountant's desk."""

    desk: Desk
    box: Channel
    cashier: dict[str, str]
    second: Staff

    async def post(self, path: str, body: dict[str, Any]) -> Response:
        headers = self.cashier | {"Idempotency-Key": new_code()}
        return await self.desk.client.post(f"/v1{path}", json=body, headers=headers)

    async def begin(self, **over: Any) -> str:
        answer = await self.post("/accounting/cash-sessions", {"channel_id": str(self.box.id), **over})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def box_opened(self, **over: Any) -> str:
        both = {"second_id": str(self.second.id), "box_number": "7", "bag_number": "F-0031"}
        return await self.begin(kind="box", **(both | over))

    async def take(self, session_id: str, sheet: str, amount: int, **over: Any) -> Response:
        body = {
            "sheet_number": sheet,
            "amount": fen(amount),
            "campaign_id": str(self.desk.campaign.id),
        } | over
        return await self.post(f"/fundraising/cash-sessions/{session_id}/donations", body)

    async def count(self, session_id: str, second: object = None, **pieces: int) -> Response:
        counted = {name.removeprefix("of"): number for name, number in pieces.items()}
        body = {"second_id": str(second or self.second.id), "denominations": counted}
        return await self.post(f"/accounting/cash-sessions/{session_id}/count", body)


@pytest.fixture
async def counter(app: FastAPI, client: AsyncClient, session: WriteSession) -> Counter:
    at = await desk(app, client, session)
    return Counter(
        desk=at,
        box=await bank(session, at.organization, code="box", kind=ChannelKind.cash),
        cashier=await members.sign_in(app, session, Role.cashier, at.organization),
        second=await members.staff(session, at.organization),
    )


async def test_a_cash_day_from_the_first_gift_to_the_bank(counter: Counter, session: WriteSession) -> None:
    day = await counter.begin()
    one = await counter.take(day, "0001", 100_00, giver={"name": "王小明"})
    again = await counter.take(day, "0001", 100_00, giver={"name": "王小明"})
    other = await counter.take(day, "0001", 99_00)
    free = await counter.take(day, "0002", 50_00, campaign_id=None)
    counted = await counter.count(day, of10000=1, of5000=1)
    late = await counter.take(day, "0003", 1)
    slip = {"box_id": str(counter.box.id), "bank_id": str(counter.desk.bank.id), "slip_number": "JK-1"}
    slip |= {"amount": fen(150_00), "deposited_at": "2026-05-02T10:00:00+08:00"}
    deposit = await counter.post("/accounting/cash-deposits", slip)
    twice = await counter.post("/accounting/cash-deposits", slip)
    await send(counter.desk, statement(Told(amount=150_00, day="2026-05-03", summary="现金存入")))
    [line] = await lines(counter.desk)
    body = {"kind": "cash_deposit", "channel_id": str(counter.box.id)}
    told = await tell(counter.desk, f"/bank-lines/{line['id']}/classification", body)

    assert (one.status_code, again.status_code, free.status_code) == (201, 200, 201), one.text
    assert (other.status_code, other.json()["code"]) == (409, "gift-differs")
    shown = counted.json()
    assert (shown["state"], shown["gift_count"], shown["difference"]) == ("closed", 2, fen(0))
    assert (late.status_code, late.json()["code"]) == (409, "cash-session-not-open")
    assert deposit.status_code == 201, deposit.text
    assert (twice.status_code, twice.json()["code"]) == (409, "slip-taken")
    # The bank's line is the deposit that was booked already, and books nothing more.
    assert told.json()["entry_id"] == deposit.json()["entry_id"]
    assert told.json()["matched"] == fen(150_00)
    stands = await accounts.standing(session, [counter.box.account_id, counter.desk.bank.account_id])
    assert stands == {counter.box.account_id: 0, counter.desk.bank.account_id: 150_00}
    await books_agree(session)


async def waiting(counter: Counter, headers: dict[str, str]) -> list[tuple[str, str, Any]]:
    answer = await counter.desk.client.get("/v1/me/tasks", headers=headers)
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["subject_id"], one["amount"]) for one in answer.json()["items"]]


@pytest.mark.parametrize(
    ("piece", "posting"),
    [(105_00, ("1001/box", "4901/GENERAL", 5_00)), (97_00, ("1122/GENERAL", "1001/box", 3_00))],
)
async def test_a_difference_is_decided_with_its_reason(
    counter: Counter, session: WriteSession, piece: int, posting: tuple[str, str, int]
) -> None:
    day = await counter.begin()
    await counter.take(day, "1", 100_00)
    alone = await counter.count(day, second=counter.box.id, of100=1)
    none = await waiting(counter, counter.desk.headers)
    counted = await counter.count(day, **{f"of{piece}": 1})
    tasks = [await waiting(counter, who) for who in (counter.desk.headers, counter.cashier)]
    path = f"/cash-sessions/{day}/difference"
    decided = await tell(counter.desk, path, {"reason": "找零差错"})
    again = await tell(counter.desk, path, {"reason": "找零差错"})

    assert (alone.status_code, alone.json()["code"]) == (422, "second-person-needed")
    assert counted.json()["state"] == "counted"
    # It waits for those who decide about it, not for who counted.
    assert (none, tasks) == ([], [[("cash_difference", day, fen(piece - 100_00))], []])
    assert await waiting(counter, counter.desk.headers) == []
    assert (decided.json()["state"], decided.json()["reason"]) == ("closed", "找零差错")
    assert await booked(session, decided.json()["entry_id"]) == [posting]
    assert (again.status_code, again.json()["code"]) == (409, "cash-session-not-counted")
    assert await accounts.standing(session, [counter.box.account_id]) == {counter.box.account_id: piece}
    await books_agree(session)


async def test_nobody_counts_alone_and_who_counted_does_not_decide(
    counter: Counter, app: FastAPI, session: WriteSession
) -> None:
    both = await members.staff(session, counter.desk.organization, Role.cashier)
    counter.cashier = await members.headers(app, session, both)
    day = await counter.begin()
    await counter.take(day, "1", 100)
    alone = await counter.count(day, second=both.id, of1=1)
    accountant = (await counter.desk.client.get("/v1/me", headers=counter.desk.headers)).json()["id"]
    counted = await counter.count(day, second=accountant, of1=1)
    decided = await tell(counter.desk, f"/cash-sessions/{day}/difference", {"reason": "x"})

    assert (alone.status_code, counted.status_code) == (422, 200)
    assert (decided.status_code, decided.json()["code"]) == (409, "counters-decide")


async def test_a_donation_box_is_one_gift_without_a_name(counter: Counter, session: WriteSession) -> None:
    opened = await counter.box_opened()
    single = await counter.take(opened, "1", 100)
    path = f"/fundraising/cash-sessions/{opened}/box-donation"
    early = await counter.post(path, {"campaign_id": str(counter.desk.campaign.id)})
    counted = await counter.count(opened, of10000=3, of50=1)
    gift = await counter.post(path, {"campaign_id": str(counter.desk.campaign.id)})
    again = await counter.post(path, {"campaign_id": str(counter.desk.campaign.id)})

    assert (single.json()["code"], early.json()["code"]) == ("box-opened-at-once", "cash-session-not-counted")
    assert counted.json()["counted"] == fen(300_50)
    assert gift.status_code == 201, gift.text
    assert (gift.json()["amount"], gift.json()["giver"]["anonymous"]) == (fen(300_50), True)
    assert again.status_code == 409
    assert len((await session.scalars(select(Donation))).all()) == 1
    assert (await counter.desk.totals())["raised"] == 300_50


async def test_cash_above_the_limit_is_told_when_it_has_been_counted(
    counter: Counter, session: WriteSession
) -> None:
    await channels.change(session, counter.box, cash_limit_minor=100_00)
    for sheet, amount in (("1", 100_00), ("2", 50_00)):
        day = await counter.begin()
        await counter.take(day, sheet, amount)
        assert (await counter.count(day, of5000=amount // 50_00)).json()["state"] == "closed"

    told = (await session.scalars(select(OutboxEvent).where(OutboxEvent.topic == limits.ABOVE))).all()

    box = {"channel_id": str(counter.box.id), "channel": "box"}
    assert [one.payload for one in told] == [box | {"held": 150_00, "limit": 100_00}]
    assert told[0].organization_id == counter.desk.organization.id


async def test_a_box_has_one_session_at_a_time(counter: Counter) -> None:
    await counter.begin()
    second = await counter.post("/accounting/cash-sessions", {"channel_id": str(counter.box.id)})
    no_box = await counter.post("/accounting/cash-sessions", {"channel_id": str(counter.desk.bank.id)})
    nameless = {"channel_id": str(counter.box.id), "kind": "box"}
    numberless = await counter.post("/accounting/cash-sessions", nameless)

    assert (second.status_code, second.json()["code"]) == (409, "cash-session-open")
    assert (no_box.status_code, no_box.json()["code"]) == (422, "channel-is-no-cash-box")
    assert numberless.status_code == 422


async def test_two_people_open_a_box_and_yesterdays_cash_is_yesterdays_gift(
    counter: Counter, session: WriteSession
) -> None:
    box = {"channel_id": str(counter.box.id), "kind": "box", "box_number": "7"}
    alone = await counter.post("/accounting/cash-sessions", box)
    to_come = {"channel_id": str(counter.box.id), "taken_on": (today() + timedelta(days=1)).isoformat()}
    later = await counter.post("/accounting/cash-sessions", to_come)
    day = await counter.begin(taken_on="2026-03-08", second_id=str(counter.second.id))
    gift = await counter.take(day, "1", 100_00)
    await counter.count(day, of5000=1)
    decided = await tell(counter.desk, f"/cash-sessions/{day}/difference", {"reason": "少收一张"})

    assert (alone.status_code, alone.json()["code"]) == (422, "second-person-needed")
    assert (later.status_code, later.json()["code"]) == (422, "cash-taken-later")
    shown = decided.json()
    assert (shown["taken_on"], shown["opened_with"]) == ("2026-03-08", str(counter.second.id))
    assert gift.json()["donated_at"] == "2026-03-08T04:00:00Z"
    missing = await session.get_one(Entry, UUID(shown["entry_id"]))
    assert missing.booked_on == date(2026, 3, 8)
    await books_agree(session)
