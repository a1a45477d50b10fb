"""Requests that arrive together share a transaction, and nobody waits for a clock."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar

import pytest

from app.kit import group_commit
from app.kit.errors import Unavailable
from app.kit.group_commit import Closing, GroupCommit, QueueFull

WHO: ContextVar[str | None] = ContextVar("who", default=None)


class Books:
    """Somewhere to commit to, whose commits take until the test lets them."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.begun = asyncio.Event()
        self.fail: BaseException | None = None

    async def commit(self, items: Sequence[int]) -> list[str | BaseException]:
        self.begun.set()
        await self.open.wait()
        if self.fail is not None:
            raise self.fail
        self.batches.append(list(items))
        return [ValueError(item) if item < 0 else f"booked {item}" for item in items]


@pytest.fixture
def books() -> Books:
    return Books()


@pytest.fixture
def group(books: Books) -> GroupCommit[int, str]:
    return GroupCommit(books.commit, batch_max=10, queue_max=25, seconds_max=300)


def background() -> set[asyncio.Task[object]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_everyone_gets_the_answer_to_their_own_item(group: GroupCommit[int, str], books: Books) -> None:
    answers = await asyncio.gather(*(group.submit(n) for n in range(25)))

    assert answers == [f"booked {n}" for n in range(25)]
    assert books.batches == [[*range(10)], [*range(10, 20)], [*range(20, 25)]]


async def test_a_lone_item_is_committed_at_once(group: GroupCommit[int, str], books: Books) -> None:
    sender = asyncio.create_task(group.submit(1))
    await settle()
    # No clock has moved: only turns of the loop were given.
    assert sender.done()
    assert books.batches == [[1]]


async def test_while_one_batch_commits_the_next_one_collects(
    group: GroupCommit[int, str], books: Books
) -> None:
    books.open.clear()
    first = asyncio.create_task(group.submit(1))
    await books.begun.wait()
    later = [asyncio.create_task(group.submit(n)) for n in (2, 3, 4)]
    await settle()
    assert group.waiting == 3
    assert not first.done()

    books.open.set()
    await asyncio.gather(first, *later)

    assert books.batches == [[1], [2, 3, 4]]
    assert group.waiting == 0


async def test_nothing_runs_while_nothing_waits(group: GroupCommit[int, str]) -> None:
    before = background()
    await group.submit(1)
    await settle()
    assert background() == before
    assert await group.submit(2) == "booked 2"


async def test_an_items_own_error_reaches_it_alone(group: GroupCommit[int, str]) -> None:
    one, bad, other = await asyncio.gather(*map(group.submit, (1, -2, 3)), return_exceptions=True)

    assert (one, other) == ("booked 1", "booked 3")
    assert isinstance(bad, ValueError)
    assert bad.args == (-2,)


async def test_a_failed_commit_reaches_its_whole_batch_and_no_other(
    group: GroupCommit[int, str], books: Books
) -> None:
    books.fail = ConnectionError("gone")
    lost = await asyncio.gather(*map(group.submit, (1, 2)), return_exceptions=True)
    assert [type(answer) for answer in lost] == [ConnectionError, ConnectionError]

    books.fail = None
    assert await group.submit(3) == "booked 3"


async def test_a_commit_that_forgets_an_item_answers_nobody_with_anothers_answer() -> None:
    async def forgetful(items: Sequence[int]) -> list[str]:
        return [f"booked {n}" for n in items[1:]]

    group = GroupCommit(forgetful, batch_max=10, queue_max=10, seconds_max=300)
    answers = await asyncio.gather(*map(group.submit, (1, 2)), return_exceptions=True)
    assert [type(answer) for answer in answers] == [RuntimeError, RuntimeError]


async def test_a_sender_who_leaves_takes_nobody_along(group: GroupCommit[int, str], books: Books) -> None:
    books.open.clear()
    in_flight = [asyncio.create_task(group.submit(n)) for n in (1, 2)]
    await books.begun.wait()
    queued = [asyncio.create_task(group.submit(n)) for n in (3, 4)]
    await settle()
    in_flight[0].cancel()
    queued[0].cancel()
    await settle()
    books.open.set()

    assert await in_flight[1] == "booked 2"
    assert await queued[1] == "booked 4"
    assert books.batches == [[1, 2], [3, 4]]
    assert in_flight[0].cancelled()


async def test_a_full_queue_refuses_and_recovers(group: GroupCommit[int, str], books: Books) -> None:
    books.open.clear()
    first = asyncio.create_task(group.submit(0))
    await books.begun.wait()
    queued = [asyncio.create_task(group.submit(n)) for n in range(1, 26)]
    await settle()

    with pytest.raises(QueueFull) as refusal:
        await group.submit(99)
    assert refusal.value.facts == {"retry_after_seconds": 1}

    books.open.set()
    assert len(await asyncio.gather(first, *queued)) == 26
    assert await group.submit(99) == "booked 99"


async def test_closing_answers_what_was_accepted_and_refuses_the_rest(
    group: GroupCommit[int, str], books: Books
) -> None:
    books.open.clear()
    accepted = [asyncio.create_task(group.submit(n)) for n in range(15)]
    await books.begun.wait()
    closing = asyncio.create_task(group.close())
    await settle()
    with pytest.raises(Closing):
        await group.submit(99)
    assert not closing.done()

    books.open.set()
    await closing

    assert [task.result() for task in accepted] == [f"booked {n}" for n in range(15)]
    await group.close()
    with pytest.raises(Closing):
        await group.submit(99)


async def test_a_cancelled_committer_leaves_nobody_waiting(
    group: GroupCommit[int, str], books: Books
) -> None:
    before = background()
    books.open.clear()
    senders = [asyncio.create_task(group.submit(n)) for n in range(12)]
    await books.begun.wait()
    [committer] = background() - before - set(senders)
    committer.cancel()

    answers = await asyncio.wait_for(asyncio.gather(*senders, return_exceptions=True), 5)

    assert {type(answer) for answer in answers} == {Closing}
    books.open.set()
    assert await group.submit(1) == "booked 1"


async def test_a_batch_does_not_run_under_the_request_of_its_first_sender() -> None:
    seen: list[str | None] = []

    async def commit(items: Sequence[int]) -> list[int]:
        seen.append(WHO.get())
        return list(items)

    token = WHO.set("someone")
    await GroupCommit(commit, batch_max=1, queue_max=1, seconds_max=300).submit(1)
    WHO.reset(token)
    assert seen == [None]


async def test_those_just_answered_share_the_next_batch_and_wait_for_no_clock(
    group: GroupCommit[int, str], books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "GATHERING_SECONDS", 60.0)

    async def sender(number: int) -> None:
        await group.submit(number)
        for _ in range(number):  # each comes again in its own time
            await asyncio.sleep(0)
        await group.submit(100 + number)

    async with asyncio.timeout(10):
        # The last batch is of all who came before: after it there is nobody to wait for.
        await asyncio.gather(*(sender(number) for number in range(10)))
    assert books.batches == [[*range(10)], [*range(100, 110)]]


async def test_a_batch_that_hangs_holds_nobody_and_goes_on(books: Books) -> None:
    group = GroupCommit(books.commit, batch_max=10, queue_max=25, seconds_max=0.05)
    before = background()
    books.open.clear()
    answers = await asyncio.gather(*map(group.submit, range(15)), return_exceptions=True)
    with pytest.raises(Unavailable) as late:
        await group.submit(98)

    refusals = [*answers, late.value]
    assert {type(refusal) for refusal in refusals} == {Unavailable}
    assert [refusal.facts for refusal in refusals] == [{"retry_after_seconds": 2}] * 16
    assert group.waiting == 0

    books.open.set()
    await asyncio.gather(*(background() - before))
    # What had begun is committed, and those who come again are answered; what only waited was sent away.
    assert books.batches == [[*range(10)]]
    assert await group.submit(99) == "booked 99"


async def test_a_batch_that_hangs_and_fails_in_the_end_lets_the_next_one_in(books: Books) -> None:
    group = GroupCommit(books.commit, batch_max=10, queue_max=25, seconds_max=0.05)
    before = background()
    books.open.clear()
    books.fail = ConnectionError("gone")
    with pytest.raises(Unavailable):
        await group.submit(1)
    books.open.set()
    await asyncio.gather(*(background() - before))

    books.fail = None
    assert await group.submit(2) == "booked 2"


async def test_closing_does_not_wait_for_a_batch_that_hangs(books: Books) -> None:
    group = GroupCommit(books.commit, batch_max=10, queue_max=25, seconds_max=0.05)
    before = background()
    books.open.clear()
    sender = asyncio.create_task(group.submit(1))
    await books.begun.wait()

    await group.close()
    await settle()

    assert isinstance(sender.exception(), Unavailable)
    [committer] = background() - before
    assert not committer.done()
    books.open.set()
    await committer
