"""In whatever order and however often events arrive, the books end the same; no two can miss each other."""

import asyncio
import json
import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from sqlalchemy import select, text

from app.fundraising.campaigns import NewDesignation
from app.fundraising.gifts import Outcome
from app.fundraising.models import Donation, Refund, RefundState
from app.fundraising.settling import comparing, files
from app.fundraising.settling.bills import Sums
from app.fundraising.settling.files import Declared
from app.kit.clock import now
from app.kit.database import Database, ReadSession, WriteSession
from app.ledger import tracing
from app.webhooks import inbox
from app.webhooks.events import Message, Sender
from tests.conftest import Shared
from tests.factories import fundraising as make
from tests.fundraising.settling.files import Item, table, wechat
from tests.webhooks.platforms import Partner, partner

PERMUTATIONS = 50


def message(here: Partner, event: dict[str, Any], event_id: str) -> Message:
    sender = Sender(here.platform.id, here.platform.slug, here.channel)
    return inbox.read(sender, json.dumps(event).encode(), event_id=event_id, signed_at=now())


async def keep(database: Database, message: Message) -> Outcome:
    async with database.writing() as session:
        [outcome] = await inbox.keep(session, [message])
        return outcome


async def _until_one_waits(database: Database) -> None:
    query = text(
        "select count(*) from pg_stat_activity"
        " where datname = current_database() and wait_event_type = 'Lock'"
    )
    for _ in range(500):
        async with database.reading() as session:
            if await session.scalar(query):
                return
        await asyncio.sleep(0.01)
    raise AssertionError("nobody waits")


@pytest.mark.parametrize("order", [("gift", "refund"), ("refund", "gift")])
async def test_a_refund_and_its_gift_in_two_transactions_meet(
    committed: Database, order: tuple[str, str]
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    gift = here.event()
    messages = {
        "gift": message(here, gift, "gift"),
        "refund": message(here, here.refund(gift, 2000), "refund"),
    }

    async with committed.writing() as session:
        [first] = await inbox.keep(session, [messages[order[0]]])
        later = asyncio.create_task(keep(committed, messages[order[1]]))
        await _until_one_waits(committed)
        assert not later.done()
    second = await later

    assert (first.kind, second.kind) == (("posted" if order[0] == "gift" else "pending"), "posted")
    async with committed.reading() as session:
        assert (await session.scalars(select(Donation))).one().refunded == 2000
        assert (await session.scalars(select(Refund))).one().state is RefundState.posted


async def test_a_refund_that_waited_for_a_gift_that_never_committed_is_pending(committed: Database) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    gift = here.event()
    early = message(here, here.refund(gift, 2000), "refund")

    async with committed.writing() as session:
        await inbox.keep(session, [message(here, gift, "gift")])
        waiting = asyncio.create_task(keep(committed, early))
        await _until_one_waits(committed)
        await session.rollback()
    pending = await waiting
    again = await keep(committed, message(here, gift, "gift"))

    assert (pending.kind, again.kind) == ("pending", "posted")
    async with committed.reading() as session:
        assert (await session.scalars(select(Donation))).one().refunded == 2000


@dataclass
class Script:
    """Two hundred events; some contradict an earlier one, after which alone they may come."""

    here: Partner
    events: list[dict[str, Any]] = field(default_factory=list)
    after: dict[int, tuple[int, ...]] = field(default_factory=dict)
    given: dict[str, int] = field(default_factory=dict)
    returned: dict[str, int] = field(default_factory=dict)

    def add(self, event: dict[str, Any], *, contradicts: tuple[int, ...] = ()) -> int:
        self.events.append(event)
        self.after[len(self.events) - 1] = contradicts
        return len(self.events) - 1

    def gift(self, number: int, **over: Any) -> tuple[int, dict[str, Any]]:
        event = self.here.event(donation_id=f"T-{number}", amount=1000 + 37 * number, **over)
        self.given[f"T-{number}"], self.returned[f"T-{number}"] = 1000 + 37 * number, 0
        return self.add(event), event

    def refund(self, gift: dict[str, Any], amount: int, day: int) -> int:
        self.returned[gift["data"]["donation_id"]] += amount
        return self.add(self._refund(gift, amount, day))

    def excess(self, gift: dict[str, Any], amount: int, *, contradicts: tuple[int, ...]) -> None:
        self.add(self._refund(gift, amount, 9), contradicts=contradicts)

    def dispute(self, gift: dict[str, Any], outcome: str | None, *, contradicts: tuple[int, ...] = ()) -> int:
        number = gift["data"]["donation_id"]
        data = {
            "dispute_id": f"D-{number}",
            "donation_id": number,
            "amount": gift["data"]["amount"] // 2,
            "currency": "CNY",
            "at": "2026-05-05T08:00:00+08:00",
            "outcome": outcome,
        }
        if outcome == "lost" and not contradicts:
            self.returned[number] += data["amount"]
        kind = "donation.dispute_closed" if outcome else "donation.disputed"
        event = {"type": kind, "timestamp": "2026-05-05T08:00:00+08:00", "data": data}
        return self.add(event, contradicts=contradicts)

    def _refund(self, gift: dict[str, Any], amount: int, day: int) -> dict[str, Any]:
        number = f"R-{gift['data']['donation_id']}-{day}"
        return self.here.refund(gift, amount, refund_id=number, refunded_at=f"2026-05-0{day}T08:00:00+08:00")


def _script(here: Partner) -> Script:
    script = Script(here)
    for number in range(80):
        over: dict[str, Any] = {"campaign": "NOWHERE"} if number % 9 == 4 else {}
        if number % 5 == 2:
            over["designation"] = "road"
        place, gift = script.gift(number, **over)
        amount = gift["data"]["amount"]
        if number < 20:
            script.refund(gift, amount, 2)
        elif number < 45:
            first = script.refund(gift, amount // 3, 2)
            if number < 35:
                second = script.refund(gift, amount // 2, 3)
                script.excess(gift, amount // 2, contradicts=(first, second))
        elif number < 55:
            script.dispute(gift, None)
            closed = script.dispute(gift, "lost" if number % 2 else "won")
            if number < 50:
                script.dispute(gift, "won" if number % 2 else "lost", contradicts=(closed,))
        elif number < 65:
            other = gift | {"data": gift["data"] | {"amount": amount + 1}}
            script.add(other, contradicts=(place,))
        elif number < 70:
            refund = script.refund(gift, 700, 4)
            told = script.events[refund]
            script.add(told | {"data": told["data"] | {"amount": 701}}, contradicts=(refund,))
    return script


def _shuffled(script: Script, dice: random.Random) -> list[Message]:
    """The script in another order, with a third of it told again, under the same event id or another."""
    places: dict[int, float] = {}

    def place(event: int) -> float:
        return dice.uniform(max((places[earlier] for earlier in script.after[event]), default=0), 1)

    for event in range(len(script.events)):
        places[event] = place(event)
    queue = [(where, event, f"msg_{event}") for event, where in places.items()]
    again = dice.sample(range(len(script.events)), len(script.events) // 3)
    queue += [(place(event), event, dice.choice([f"msg_{event}", f"again_{event}"])) for event in again]
    return [message(script.here, script.events[event], name) for _, event, name in sorted(queue)]


def _bill(script: Script) -> list[Item]:
    """What the platform's own account says of the script: its gifts and refunds, and what it kept."""
    items: list[Item] = []
    for place, event in enumerate(script.events):
        data, known = event["data"], not script.after[place]
        if known and event["type"] == "donation.succeeded":
            said = {"campaign": data["campaign"], "designation": data.get("designation")}
            remark = urlencode({name: value for name, value in said.items() if value})
            at, fee = _told(data["donated_at"]), data["amount"] // 170
            items.append(
                Item(their_id=data["donation_id"], amount=data["amount"], fee=fee, at=at, remark=remark)
            )
        elif known and event["type"] == "donation.refunded":
            at, number = _told(data["refunded_at"]), data["refund_id"]
            items.append(Item(their_id=data["donation_id"], amount=data["amount"], refund_id=number, at=at))
    return items


def _told(moment: str) -> str:
    return moment[:19].replace("T", " ")


async def _settle(session: WriteSession, here: Partner, path: Path) -> None:
    declared = Declared(sums=Sums())
    taken = await files.take_in(session, here.channel, path, declared, actor="test")
    await comparing.settle(Shared(session), taken.settlement.id)


_BALANCE = text(
    "select a.label, a.sub, sum(x.debit)::bigint, sum(x.credit)::bigint from ("
    " select debit_account_id as id, amount as debit, 0 as credit from postings"
    " union all select credit_account_id, 0, amount from postings) x"
    " join accounts a using (id) group by a.label, a.sub order by 1, 2"
)
_DAYS = text(
    "select day, sum(raised)::bigint, sum(gift_count)::bigint, sum(refunded)::bigint,"
    " sum(refund_count)::bigint from campaign_days group by 1 order by 1"
)
_ENTRIES = text("select id, entry_id from postings where entry_id = any(:entries)")
_INFLOWS = text("select id from postings where entry_id = any(:entries) and direction = 'in'")


async def _books(session: ReadSession) -> tuple[Any, ...]:
    """The trial balance; and of each gift what was posted, what was refunded, what is unspent."""
    balance = [tuple(row) for row in await session.execute(_BALANCE)]
    gifts = (await session.scalars(select(Donation))).all()
    entries = [gift.entry_id for gift in gifts]
    postings = dict((await session.execute(_ENTRIES, {"entries": entries})).all())
    inflows = list(await session.scalars(_INFLOWS, {"entries": entries}))
    trace = await tracing.follow(session, inflows, pieces_max=100_000)
    assert trace.complete
    found: dict[tuple[Any, str], int] = {}
    for place in trace.places:
        key = (postings[place.origin], place.kind.value)
        found[key] = found.get(key, 0) + place.amount
    facts = {
        gift.their_id: (
            *(gift.state.value, gift.amount, gift.refunded),
            *(found.get((gift.entry_id, "unspent"), 0), found.get((gift.entry_id, "refunded"), 0)),
        )
        for gift in gifts
    }
    days = await session.execute(_DAYS)
    return balance, facts, [tuple(row) for row in days]


async def test_two_hundred_events_in_fifty_orders_end_in_the_same_books(
    session: WriteSession, tmp_path: Path
) -> None:
    """A bill of a part of it and one of all of it come in between, wherever it may be."""
    here = await partner(session)
    uses = [
        NewDesignation(code="bridge", title="修桥", fund_code="F-BRIDGE"),
        NewDesignation(code="road", title="修路", fund_code="F-ROAD"),
    ]
    campaign = await make.campaign(session, here.organization.id, *uses)
    await session.flush()
    session.expunge_all()
    here = Partner(**{**vars(here), "campaign": campaign})
    script = _script(here)
    assert len(script.events) == 200
    dice = random.Random(20260501)
    items = _bill(script)
    bills = {"part": table(*items[::2]), "all": wechat(*items)}
    for name, content in bills.items():
        (tmp_path / name).write_bytes(content)

    results = []
    for _ in range(PERMUTATIONS):
        queue = _shuffled(script, dice)
        attempt = await session.begin_nested()
        places = {name: dice.randint(0, len(queue)) for name in bills}
        while queue or places:
            due = [name for name, place in places.items() if place >= len(queue)]
            for name in due:
                del places[name]
                await _settle(session, here, tmp_path / name)
            size = dice.randint(1, 60)
            await inbox.keep(session, queue[:size])
            del queue[:size]
        await session.execute(text("set constraints all immediate"))
        results.append(await _books(session))
        await attempt.rollback()
        session.expunge_all()

    balance, facts, _ = results[0]
    assert all(result == results[0] for result in results)
    assert sum(debit - credit for *_, debit, credit in balance) == 0
    for number, (state, amount, refunded, unspent, ended) in facts.items():
        assert (amount, refunded) == (script.given[number], script.returned[number]), number
        in_fund = (amount - refunded, refunded) if state == "posted" else (0, 0)
        assert (unspent, ended) == in_fund, number
    assert len(facts) == 80
