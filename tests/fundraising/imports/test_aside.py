"""Work in a thread is over before whoever asked for it goes on, however often they are told to stop."""

import asyncio
import threading

import pytest

from app.fundraising.imports.aside import aside, see_through

SECONDS = 10


async def test_what_is_told_to_stop_twice_waits_for_its_thread_all_the_same() -> None:
    begun, halted, may_end = threading.Event(), threading.Event(), threading.Event()
    over: list[str] = []

    def work() -> None:
        begun.set()
        may_end.wait(SECONDS)
        over.append("over")

    asking = asyncio.create_task(aside(work, halt=halted.set))
    await asyncio.to_thread(begun.wait, SECONDS)
    for _ in range(3):
        asking.cancel()
        await asyncio.sleep(0.02)
        assert not asking.done()
    assert halted.is_set()

    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert over == ["over"]


async def test_what_work_raises_while_it_is_told_to_stop_is_not_heard_of_again() -> None:
    begun, halted = threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        halted.wait(SECONDS)
        raise InterruptedError

    asking = asyncio.create_task(aside(work, halt=halted.set))
    await asyncio.to_thread(begun.wait, SECONDS)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_the_answer_and_the_error_of_work_come_through() -> None:
    def fails() -> int:
        raise LookupError

    assert await aside(lambda: 7) == 7
    with pytest.raises(LookupError):
        await aside(fails)


async def slow(seconds: float) -> str:
    await asyncio.sleep(seconds)
    return "booked"


@pytest.mark.parametrize(("seconds", "told"), [(0.2, ["booked"]), (60, [])])
async def test_work_in_hand_is_told_of_if_it_ends_soon_after_the_stop(
    seconds: float, told: list[str]
) -> None:
    heard: list[str] = []
    asking = asyncio.create_task(see_through(slow(seconds), heard.append, seconds=1))
    await asyncio.sleep(0.05)

    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    assert heard == told
