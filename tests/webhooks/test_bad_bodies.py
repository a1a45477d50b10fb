"""A body that can't be is answered as the contract says, and never sinks those that came with it."""

import asyncio
import json
from dataclasses import replace
from typing import Any

import pytest
from httpx import AsyncClient, Response
from sqlalchemy import func, select

from app.fundraising.gifts import Outcome, OutcomeKind
from app.fundraising.models import Donation
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.organizations import platforms
from app.webhooks import deliveries, inbox
from app.webhooks.events import Sender
from app.webhooks.models import Delivery
from tests.webhooks.platforms import Partner, partner

NEIGHBOURS = 255
MARK = '"MARK"'

AMOUNTS = {
    "not a number": "NaN",
    "infinite": "Infinity",
    "beyond a double": "1e309",
    "negative": "-1",
    "zero": "0",
    "negative zero": "-0",
    "a fraction": "0.1",
    "a whole fraction": "100.0",
    "an exponent": "1e2",
    "a text": '"100"',
    "a truth": "true",
    "nothing": "null",
    "two to the 63": str(2**63),
    "above ten to the 15": str(10**15 + 1),
    "five thousand digits": "9" * 5000,
}
TEXTS = {
    "a NUL": '"a\\u0000b"',
    "half a character": '"\\ud800"',
    "halves in the wrong order": '"\\udc00\\ud800"',
    "a raw control character": '"\x01"',
    "a list": "[]",
}
MOMENTS = {
    "no offset": '"2026-05-01T08:00:00"',
    "Unix seconds": "1777622400",
    "a day": '"2026-05-01"',
    "the beginning of the calendar": '"0001-01-01T00:00:00+14:00"',
    "the end of the calendar": '"9999-12-31T23:59:59-12:00"',
    "no day of the calendar": '"2026-02-30T08:00:00+08:00"',
}


def _with(here: Partner, member: str, raw: str) -> bytes:
    """A gift whose member reads exactly so."""
    return json.dumps(here.event(**{member: "MARK"})).replace(MARK, raw).encode()


def _refund_with(here: Partner, member: str, raw: str) -> bytes:
    return json.dumps(here.refund(here.event(), **{member: "MARK"})).replace(MARK, raw).encode()


def _bad(here: Partner) -> dict[str, bytes]:
    twice = json.dumps(here.event()).replace('"amount": 5000', '"amount": 5000, "amount": 1')
    good = json.dumps(here.event(), ensure_ascii=False)
    return {
        **{f"amount is {name}": _with(here, "amount", raw) for name, raw in AMOUNTS.items()},
        **{f"refund is {name}": _refund_with(here, "amount", raw) for name, raw in AMOUNTS.items()},
        **{f"message is {name}": _with(here, "message", raw) for name, raw in TEXTS.items()},
        **{f"number is {name}": _with(here, "donation_id", raw) for name, raw in TEXTS.items()},
        **{f"given at {name}": _with(here, "donated_at", raw) for name, raw in MOMENTS.items()},
        **{f"refunded at {name}": _refund_with(here, "refunded_at", raw) for name, raw in MOMENTS.items()},
        "duplicate members": twice.encode(),
        "invalid UTF-8": good.encode("gb18030"),
        "two texts": f"{good} {good}".encode(),
        "a byte order mark": b"\xef\xbb\xbf" + good.encode(),
        "UTF-16": good.encode("utf-16"),
        "nested arrays": b"[" * 30_000 + b"]" * 30_000,
        "nested arrays inside": _with(here, "message", "[" * 20_000 + "]" * 20_000),
        "a list": b"[]",
        "a text": b'"event"',
        "an empty body": b"",
        "another currency": json.dumps(here.event(currency="USD")).encode(),
        "no amount": json.dumps(here.event() | {"data": {"donation_id": "T-1"}}).encode(),
        "a number too long": json.dumps(here.event(donation_id="x" * 201)).encode(),
    }


def _code(answer: Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


async def test_every_bad_body_gets_its_answer_while_its_neighbours_are_booked(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    bad = _bad(here)
    large = {"ten megabytes": b"x" * 10_000_000, "100,000 nested arrays": b"[" * 100_000 + b"]" * 100_000}
    bodies: list[dict[str, Any] | bytes] = [here.event() for _ in range(NEIGHBOURS)]
    step = max(1, NEIGHBOURS // len(bad))
    for place, body in enumerate([*bad.values(), *large.values()]):
        bodies.insert(place * (step + 1), body)

    answers = await asyncio.gather(*(here.post(committed_client, body) for body in bodies))

    told = {id(body): answer for body, answer in zip(bodies, answers, strict=True)}
    wrong = {name: _code(told[id(body)]) for name, body in bad.items()}
    assert {name: code for name, code in wrong.items() if code != (400, "event-unreadable")} == {}
    # What is larger than any door takes is turned away before it reaches this one.
    assert _code(told[id(large["ten megabytes"])]) == (413, "body-too-long")
    assert _code(told[id(large["100,000 nested arrays"])]) == (413, "body-too-large")
    neighbours = [told[id(body)] for body in bodies if isinstance(body, dict)]
    assert len(neighbours) == NEIGHBOURS
    assert {(one.status_code, one.json()["outcome"]) for one in neighbours} == {(200, "posted")}
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Donation)) == NEIGHBOURS
        kept = (await session.scalars(select(Delivery).where(~Delivery.accepted))).all()
        assert {one.outcome for one in kept} == {"rejected"}
        raw = [await deliveries.body(session, one) for one in kept]
        assert sorted(raw) == sorted(bad.values())


@pytest.mark.parametrize("amount", [1, 10**15])
async def test_the_smallest_and_the_largest_amount_are_booked(
    client: AsyncClient, session: WriteSession, amount: int
) -> None:
    here = await partner(session)
    answer = await here.post(client, here.event(amount=amount))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "posted")


async def test_what_only_looks_strange_is_booked(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    strange = '\\ "{a,b}" \\N NULL \\x00 \t \U0001f389 \u202e %s {} $1 :x'
    event = here.event(donation_id=strange, message=strange, unknown={"deep": [1.5, {"a": None}]})
    event["data"]["donor"] |= {"display_name": strange, "external_id": strange}

    answer = await here.post(client, event, event_id="msg_1")
    again = await here.post(client, event, event_id="msg_2")

    assert [one.json()["outcome"] for one in (answer, again)] == ["posted", "duplicate"]
    assert (await session.scalars(select(Donation))).one().their_id == strange


async def test_the_faults_are_told_by_their_places_and_never_quote_the_body(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    event = here.event(amount="秘密的金额", donated_at="秘密的时间")
    event["data"]["donor"]["kind"] = "秘密的身份"

    answer = await here.post(client, event)

    assert answer.status_code == 400
    faults = {fault["pointer"] for fault in answer.json()["errors"]}
    assert faults == {"/data/amount", "/data/donated_at", "/data/donor/kind"}
    assert "秘密" not in answer.text


async def test_a_refused_event_may_come_again_corrected_under_its_own_id(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    refused = await here.post(client, here.event(amount=0), event_id="msg_1")
    corrected = await here.post(client, here.event(), event_id="msg_1")
    assert (refused.status_code, corrected.status_code) == (400, 200)


async def test_of_a_broken_sender_only_so_much_is_kept_a_day(
    client: AsyncClient, session: WriteSession
) -> None:
    here, other = await partner(session), await partner(session)
    sender = Sender(here.platform.id, here.platform.slug, here.channel)
    broken = inbox.read(sender, b"{", event_id="broken", signed_at=now())
    rejected = Outcome(kind=OutcomeKind.rejected, refusal=broken.refusal)
    await deliveries.write(
        session, [deliveries.Kept(broken, bytes(32), rejected)] * (deliveries.REJECTED_PER_DAY_MAX - 1)
    )

    answers = [await here.post(client, b"{") for _ in range(3)]
    await other.post(client, b"{")
    gift = here.event()
    good = await here.post(client, gift)
    other_amount = await here.post(client, {**gift, "data": gift["data"] | {"amount": 6000}})

    # However much of it can't be read, what contradicts the books is kept: somebody has to look.
    assert other_amount.status_code == 409
    assert {answer.status_code for answer in answers} == {400}
    assert good.status_code == 200
    counts = select(Delivery.platform_id, func.count()).where(~Delivery.accepted)
    kept = dict((await session.execute(counts.group_by(Delivery.platform_id))).all())
    assert kept == {here.platform.id: deliveries.REJECTED_PER_DAY_MAX + 1, other.platform.id: 1}


async def test_a_platform_that_is_unknown_hears_of_nothing_but_its_signature(
    client: AsyncClient, session: WriteSession
) -> None:
    here, disabled = await partner(session), await partner(session)
    stranger = replace(here, secret=bytes(32))
    platforms.disable(disabled.platform)
    await session.flush()
    answers = [await stranger.post(client, body) for body in (b"{", stranger.event(amount=0))]
    answers.append(await disabled.post(client, b"{"))
    assert {_code(answer) for answer in answers} == {(401, "delivery-not-authentic")}
