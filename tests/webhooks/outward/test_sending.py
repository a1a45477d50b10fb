"""Subscribers are told every event in its order, signed, until they take it."""

import asyncio
from datetime import timedelta

from app.kit import jobs
from app.kit.database import Database
from app.webhooks.models import AttemptOutcome, DisabledBecause, DispatchState
from app.webhooks.outward import dispatches, schedule, sending, turns
from app.webhooks.outward.catalogue import EventType
from tests.databases import Cluster
from tests.webhooks.outward.conftest import HOUR, Subscribed, events, happen, subscribe
from tests.webhooks.outward.receivers import Receiver


async def test_events_arrive_in_their_order_as_the_reference_library_verifies_them(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    happened = await subscribed.happen(3)

    assert await subscribed.turn() == 3

    assert receiver.ids == happened
    said = [letter.verified(subscribed.secret) for letter in receiver.letters]
    assert [one["data"]["code"] for one in said] == ["SX-0", "SX-1", "SX-2"]
    assert {one["type"] for one in said} == {"campaign.closed"}
    assert receiver.letters[0].target == "/events?from=zhengxinlu"
    assert receiver.letters[0].headers["host"] == f"127.0.0.1:{receiver.port}"
    assert [one.state for one in await subscribed.dispatches()] == [DispatchState.delivered] * 3


async def test_what_has_been_taken_is_not_told_again(subscribed: Subscribed, receiver: Receiver) -> None:
    await subscribed.happen(2)
    await subscribed.turn()

    assert await subscribed.turn() == 0
    assert len(receiver.letters) == 2


async def test_later_events_wait_while_one_is_refused(subscribed: Subscribed, receiver: Receiver) -> None:
    happened = await subscribed.happen(3)
    receiver.takes(204, 500)

    await subscribed.turn()
    assert receiver.ids == happened[:2]
    await subscribed.turn()
    assert receiver.ids == happened[:2], "its pause of five seconds has not passed"

    subscribed.moment += timedelta(seconds=6)
    await subscribed.turn()
    assert receiver.ids == [*happened[:2], happened[1], happened[2]]
    assert receiver.letters[1].body == receiver.letters[2].body


async def test_the_schedule_is_that_of_the_specification_and_then_the_subscription_is_disabled(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    [event] = await subscribed.happen()
    receiver.answer = lambda _: (500, {})
    began, waited = subscribed.moment, list[timedelta]()

    for _ in range(len(schedule.PAUSES)):
        await subscribed.turn()
        then = (await subscribed.now()).next_attempt_at
        waited.append(then - subscribed.moment)
        subscribed.moment = then
    hours = [timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30)]
    hours += [2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    assert all(said <= was <= said * 1.1 for said, was in zip(hours, waited, strict=True))
    assert (await subscribed.now()).failing_since_at == began

    await subscribed.turn()
    assert receiver.ids == [event] * 10
    end = await subscribed.now()
    assert (end.disabled_because, end.disabled_at) == (DisabledBecause.undeliverable, subscribed.moment)
    assert [one.status_code for one in await subscribed.attempts()] == [500] * 10

    subscribed.moment += 48 * HOUR
    assert await subscribed.turn() == 0
    assert len(receiver.letters) == 10


async def test_410_disables_at_once(subscribed: Subscribed, receiver: Receiver) -> None:
    await subscribed.happen(2)
    receiver.takes(410)

    await subscribed.turn()

    end = await subscribed.now()
    assert (len(receiver.letters), end.disabled_because) == (1, DisabledBecause.gone)
    [attempt] = await subscribed.attempts()
    assert (attempt.outcome, attempt.status_code) == (AttemptOutcome.gone, 410)


async def test_a_redirect_is_a_failure_and_is_not_followed(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    await subscribed.happen()
    elsewhere = f"http://127.0.0.1:{receiver.port}/elsewhere"
    receiver.answer = lambda _: (307, {"location": elsewhere})

    await subscribed.turn()

    assert [letter.target for letter in receiver.letters] == ["/events?from=zhengxinlu"]
    assert [one.outcome for one in await subscribed.attempts()] == [AttemptOutcome.refused]


async def test_retry_after_lengthens_a_pause_and_never_shortens_it(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    await subscribed.happen()
    receiver.answer = lambda _: (429, {"retry-after": "3600"})
    await subscribed.turn()
    assert (await subscribed.now()).next_attempt_at == subscribed.moment + HOUR

    subscribed.moment += HOUR
    receiver.answer = lambda _: (503, {"retry-after": "0"})
    await subscribed.turn()
    assert (await subscribed.now()).next_attempt_at >= subscribed.moment + timedelta(minutes=5)


async def test_only_the_types_asked_for_are_told(database: Database, receiver: Receiver) -> None:
    subscribed = await subscribe(database, receiver, types=(EventType.campaign_opened,))
    await subscribed.happen(1, EventType.campaign_closed)
    await subscribed.happen(1, EventType.campaign_opened)

    await subscribed.turn()

    assert [letter.said["type"] for letter in receiver.letters] == ["campaign.opened"]


async def test_what_is_not_in_the_catalogue_and_what_others_do_is_told_to_nobody(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    other = await subscribe(subscribed.database, receiver)
    await other.happen()
    async with subscribed.database.writing() as session:
        await happen(session, subscribed.organization, topic="approval.asked")

    assert await subscribed.turn() == 0
    assert receiver.letters == []


async def test_of_two_workers_one_has_the_turn_and_the_order_holds(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    happened = await subscribed.happen(12)

    told = await asyncio.gather(*(subscribed.turn() for _ in range(4)))

    assert sorted(told) == [0, 0, 0, 12]
    assert receiver.ids == happened


async def test_a_worker_that_died_loses_nothing_and_the_same_event_comes_again_under_its_id(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    happened = await subscribed.happen(2)
    receiver.stalled = never = asyncio.Event()
    dying = asyncio.ensure_future(subscribed.turn())
    while not receiver.letters:  # noqa: ASYNC110 - the receiver tells nobody else
        await asyncio.sleep(0.01)
    dying.cancel()
    await asyncio.wait([dying])
    receiver.stalled = None
    never.set()

    assert await subscribed.turn() == 0, "the dead one's lease still runs"
    subscribed.moment += turns.LEASE
    assert await subscribed.turn() == 2
    assert receiver.ids == [happened[0], *happened]


async def test_who_comes_back_after_its_lease_changes_nothing(
    subscribed: Subscribed, receiver: Receiver
) -> None:
    happened = await subscribed.happen(2)
    late = asyncio.Event()
    receiver.stalled = late
    slow = asyncio.ensure_future(subscribed.turn())
    while not receiver.letters:  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    receiver.stalled = None
    subscribed.moment += turns.LEASE
    assert await subscribed.turn() == 2

    receiver.answer = lambda _: (500, {})
    late.set()
    await slow

    end = await subscribed.now()
    assert (end.attempt_count, end.cursor) == (0, (await subscribed.dispatches())[1].cursor)
    assert receiver.ids == [happened[0], *happened]
    assert len(await subscribed.attempts()) == 3


async def test_a_job_is_queued_only_for_whom_something_waits(
    subscribed: Subscribed, receiver: Receiver, cluster: Cluster, fresh_database: str
) -> None:
    assert await sending.set_off(subscribed.database) == 0
    await subscribed.happen()
    assert await sending.set_off(subscribed.database) == 1
    assert await sending.set_off(subscribed.database) == 1
    await jobs.work(cluster.url(fresh_database), subscribed.database, until_empty=True)
    assert receiver.ids == await events(subscribed.database)
    assert await sending.set_off(subscribed.database) == 0


async def test_the_log_is_forgotten_when_its_time_is_over(subscribed: Subscribed) -> None:
    await subscribed.happen(2)
    await subscribed.turn()
    [first, second] = await subscribed.dispatches()
    async with subscribed.database.writing() as session:
        assert await dispatches.forget(session, second.created_at) == 1

    assert [one.id for one in await subscribed.dispatches()] == [second.id]
    assert first.id not in {one.dispatch_id for one in await subscribed.attempts()}
