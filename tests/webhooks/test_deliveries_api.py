"""Operators see what platforms sent, read it, and have it booked once more when its obstacle is gone."""

import json
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import func, select
from structlog.testing import capture_logs

from app.fundraising.gifts import Outcome, OutcomeKind
from app.fundraising.models import Donation, Refund, RefundReason, RefundState
from app.kit import vault
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger.models import Entry
from app.organizations.access import Role
from app.organizations.models import Scope
from app.webhooks import deliveries, inbox, replays
from app.webhooks.errors import EventUnreadable
from app.webhooks.events import Sender
from app.webhooks.models import Delivery
from tests.conftest import Shared
from tests.factories import organizations as members
from tests.webhooks.operators import Headers, operator
from tests.webhooks.platforms import Partner, partner


async def _refused(session: WriteSession, here: Partner, body: bytes, event_id: str) -> Delivery:
    """A message that was refused when it came, and that we can read today."""
    sender = Sender(here.platform.id, here.platform.slug, here.channel)
    message = inbox.read(sender, body, event_id=event_id, signed_at=now())
    outcome = Outcome(kind=OutcomeKind.rejected, refusal=EventUnreadable())
    await deliveries.write(session, [deliveries.Kept(message, vault.of(session).mac(body), outcome)])
    query = select(Delivery).where(Delivery.event_id == event_id, ~Delivery.accepted)
    return (await session.scalars(query)).one()


async def _replay(client: AsyncClient, delivery: Delivery, headers: Headers) -> Response:
    key = {"Idempotency-Key": new_code()}
    return await client.post(f"/v1/deliveries/{delivery.id}/replay", headers=headers | key)


async def _one(session: WriteSession, **facts: Any) -> Delivery:
    return (await session.scalars(select(Delivery).filter_by(**facts))).one()


async def test_deliveries_are_listed_newest_first_and_by_what_became_of_them(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    gift = here.event()
    await here.post(client, gift, event_id="first")
    await here.post(client, here.refund(here.event()), event_id="waits")
    await here.post(client, b"{", event_id="broken")
    await here.post(client, here.event(), event_id="first")

    async def ids(**asked: Any) -> list[str]:
        answer = await client.get("/v1/deliveries", params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        return [one["event_id"] for one in answer.json()["items"]]

    assert await ids() == ["first", "broken", "waits", "first"]
    assert await ids(outcome="pending") == ["waits"]
    assert await ids(outcome="rejected") == ["broken"]
    assert await ids(type="donation.refunded") == ["waits"]
    assert await ids(accepted=False) == ["first", "broken"]
    assert await ids(event_id="first", accepted=True) == ["first"]
    assert await ids(received_at_from="2999-01-01T00:00:00Z") == []
    assert await ids(received_at_to=now().isoformat(), limit=2) == ["first", "broken"]
    unknown = await client.get("/v1/deliveries", params={"outcom": "posted"}, headers=headers)
    assert unknown.status_code == 422


async def test_one_sees_the_deliveries_of_ones_own_platforms(
    client: AsyncClient, session: WriteSession
) -> None:
    here, there = await partner(session), await partner(session)
    await here.post(client, here.event())
    await there.post(client, there.event())
    headers = await operator(session, here.organization)
    foreign = await _one(session, platform_id=there.platform.id)

    listed = (await client.get("/v1/deliveries", headers=headers)).json()["items"]
    asked = await client.get(f"/v1/deliveries?platform_id={there.platform.id}", headers=headers)
    read = await client.get(f"/v1/deliveries/{foreign.id}", headers=headers)
    replayed = await _replay(client, foreign, headers)

    assert {one["platform_id"] for one in listed} == {str(here.platform.id)}
    assert asked.json()["items"] == []
    assert (read.status_code, read.json()["code"]) == (404, "delivery-not-found")
    assert replayed.status_code == 404


async def test_a_body_is_shown_exactly_as_it_came_and_that_is_logged(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    body = json.dumps(here.event(), ensure_ascii=False, indent=3).encode()
    await here.post(client, body)
    await here.post(client, b"\xff\xfe", event_id="broken")
    headers = await operator(session, here.organization)
    read, broken = await _one(session, outcome="posted"), await _one(session, event_id="broken")

    with capture_logs() as lines:
        shown = (await client.get(f"/v1/deliveries/{read.id}", headers=headers)).json()
        other = (await client.get(f"/v1/deliveries/{broken.id}", headers=headers)).json()

    assert (shown["body"].encode(), shown["body_encoding"]) == (body, "utf-8")
    assert (other["body"], other["body_encoding"]) == ("//4=", "base64")
    told = [line for line in lines if line["event"] == "delivery_shown"]
    assert [line["delivery_id"] for line in told] == [str(read.id), str(broken.id)]
    assert all(line["caller"].startswith("key:") for line in told)
    assert "爱心网友" not in json.dumps(lines, ensure_ascii=False, default=str)


async def test_the_list_never_shows_a_body(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    await here.post(client, here.event())
    headers = await operator(session, here.organization)
    assert "爱心网友" not in (await client.get("/v1/deliveries", headers=headers)).text


async def test_a_refused_message_is_booked_when_it_can_be_read(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    delivery = await _refused(session, here, json.dumps(here.event()).encode(), "msg_1")
    headers = await operator(session, here.organization)

    first = await _replay(client, delivery, headers)
    again = await _replay(client, delivery, headers)

    assert first.status_code == again.status_code == 200, first.text
    assert first.json() == again.json()
    assert (first.json()["outcome"], first.json()["accepted"]) == ("posted", True)
    assert first.json()["problem"] is None
    donation = (await session.scalars(select(Donation))).one()
    assert first.json()["lookup_code"] == donation.lookup_code
    assert await session.scalar(select(func.count()).select_from(Entry)) == 1


async def test_a_replayed_message_claims_its_event_id(client: AsyncClient, session: WriteSession) -> None:
    here = await partner(session)
    event = here.event()
    delivery = await _refused(session, here, json.dumps(event, ensure_ascii=False).encode(), "msg_1")
    await _replay(client, delivery, await operator(session, here.organization))

    same = await here.post(client, event, event_id="msg_1")
    other = await here.post(client, here.event(), event_id="msg_1")

    assert same.json()["outcome"] == "duplicate"
    assert (other.status_code, other.json()["code"]) == (409, "event-differs")


async def test_a_message_whose_event_was_accepted_since_is_not_replayed(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    delivery = await _refused(session, here, json.dumps(here.event()).encode(), "msg_1")
    await here.post(client, here.event(), event_id="msg_1")

    answer = await _replay(client, delivery, await operator(session, here.organization))

    assert (answer.status_code, answer.json()["code"]) == (409, "event-accepted-since")
    assert await session.scalar(select(func.count()).select_from(Donation)) == 1


async def test_a_message_that_still_cannot_be_read_stays_rejected(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    await here.post(client, here.event(amount=-1))
    delivery = await _one(session, outcome="rejected")

    answer = await _replay(client, delivery, await operator(session, here.organization))

    assert answer.status_code == 200
    assert (answer.json()["outcome"], answer.json()["problem"]) == ("rejected", "event-unreadable")


async def test_a_body_is_handed_over_to_its_giver_and_erased_with_them(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    headers = await operator(session, here.organization)
    delivery = await _refused(session, here, json.dumps(here.event()).encode(), "msg_1")
    await _replay(client, delivery, headers)
    donation = (await session.scalars(select(Donation))).one()

    before = await client.get(f"/v1/deliveries/{delivery.id}", headers=headers)
    await vault.erase(session, donation.person_id)
    after = await client.get(f"/v1/deliveries/{delivery.id}", headers=headers)

    assert before.status_code == 200
    assert (after.status_code, after.json()["code"]) == (409, "delivery-body-gone")


async def test_a_waiting_refunds_message_tells_the_truth_after_a_replay(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    gift = here.event()
    refund = here.refund(gift, 2000)
    first = await here.post(client, refund, event_id="early")
    await here.post(client, gift)
    delivery = await _one(session, event_id="early")

    answer = await _replay(client, delivery, await operator(session, here.organization))
    again = await here.post(client, refund, event_id="early")

    assert (first.json()["outcome"], answer.json()["outcome"]) == ("pending", "posted")
    assert again.json()["outcome"] == "duplicate"
    booked = (await session.scalars(select(Refund))).one()
    assert answer.json()["entry_id"] == str(booked.entry_id)
    donation = (await session.scalars(select(Donation))).one()
    assert donation.refunded == 2000


async def test_a_waiting_refund_above_its_gift_stays_accepted_and_says_what_is_wrong(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    gift = here.event()
    await here.post(client, here.refund(gift, 9000), event_id="early")
    await here.post(client, gift)
    delivery = await _one(session, event_id="early")

    answer = await _replay(client, delivery, await operator(session, here.organization))

    told = answer.json()
    assert (told["outcome"], told["accepted"], told["problem"]) == ("pending", True, "refund-exceeds-gift")


async def test_what_nothing_here_answers_to_goes_on_waiting(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    told = {
        "matching_id": "M-1",
        "campaign": "NOWHERE",
        "amount": 5,
        "donations": [{"donation_id": "T-1", "amount": 5}],
    }
    await here.post(client, here.event() | {"type": "matching.result", "data": told})
    delivery = await _one(session, type="matching.result")
    answer = await _replay(client, delivery, await operator(session, here.organization))
    assert (answer.status_code, answer.json()["outcome"]) == (200, "pending")


async def test_the_sweep_applies_what_waits_although_its_gift_is_there(
    client: AsyncClient, session: WriteSession, shared: Shared
) -> None:
    here = await partner(session)
    gift = here.event()
    await here.post(client, gift)
    session.add(
        Refund(
            source_id=here.platform.id,
            their_id="R-1",
            their_gift_id=gift["data"]["donation_id"],
            amount=1500,
            refunded_at=now(),
            reason=RefundReason.donor_request,
            state=RefundState.pending,
            actor="test",
        )
    )
    lonely, early = here.event(), here.event()
    await here.post(client, here.refund(lonely), event_id="lonely")
    await here.post(client, here.refund(early), event_id="early")
    await here.post(client, early)

    moved = [await replays.sweep(shared), await replays.sweep(shared)]

    assert moved == [1, 0]
    states = dict((await session.execute(select(Delivery.event_id, Delivery.outcome))).all())
    assert (states["lonely"], states["early"]) == ("pending", "posted")
    donation = await session.scalar(select(Donation).filter_by(their_id=gift["data"]["donation_id"]))
    assert donation.refunded == 1500
    waiting = await session.scalar(select(func.count()).where(Refund.state == RefundState.pending))
    assert waiting == 1


async def test_one_message_without_its_body_does_not_stop_the_sweep(
    client: AsyncClient, session: WriteSession, shared: Shared
) -> None:
    here = await partner(session)
    gift = here.event()
    await here.post(client, here.refund(gift, 1000), event_id="gone")
    await here.post(client, here.refund(gift, 1000), event_id="kept")
    await here.post(client, gift)
    (await _one(session, event_id="gone")).body_sealed = None

    assert await replays.sweep(shared) == 1
    assert (await _one(session, event_id="kept")).outcome == "posted"


async def test_a_replay_moves_money_and_so_names_itself_and_asks_for_its_permission(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    await here.post(client, here.event())
    delivery = await _one(session, outcome="posted")
    headers = await operator(session, here.organization)
    url = f"/v1/deliveries/{delivery.id}/replay"

    assert (await client.post(url, headers=headers)).status_code == 422
    looking = await operator(session, here.organization, Scope.fundraising)
    assert (await _replay(client, delivery, looking)).status_code == 403


async def test_a_contradiction_is_a_task_until_somebody_has_looked_into_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here, other = await partner(session), await partner(session)
    headers, stranger = [
        await members.sign_in(app, session, Role.accountant, one.organization) for one in (here, other)
    ]
    await here.post(client, here.event(), event_id="first")
    await here.post(client, here.event(), event_id="first")
    good, bad = await _one(session, accepted=True), await _one(session, accepted=False)

    async def waiting(who: Headers) -> list[tuple[str, str]]:
        answer = await client.get("/v1/me/tasks", headers=who)
        assert answer.status_code == 200, answer.text
        return [(one["kind"], one["subject_id"]) for one in answer.json()["items"]]

    async def review(delivery: Delivery, who: Headers) -> Response:
        path, key = f"/v1/deliveries/{delivery.id}/review", {"Idempotency-Key": new_code()}
        return await client.post(path, json={"found": "平台重复使用事件号"}, headers=who | key)

    before = [await waiting(who) for who in (headers, stranger)]
    hidden, needless = await review(bad, stranger), await review(good, headers)
    done, twice = await review(bad, headers), await review(bad, headers)

    assert before == [[("delivery_conflict", str(bad.id))], []]
    assert (hidden.status_code, needless.json()["code"]) == (404, "delivery-not-in-conflict")
    assert (done.status_code, done.json()["found"]) == (201, "平台重复使用事件号"), done.text
    assert (twice.status_code, twice.json()["code"]) == (409, "delivery-reviewed")
    assert await waiting(headers) == []
