"""Bulk items: many things in one request, each with an outcome of its own."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, Field

from app.kit.database import WriteSession
from app.kit.errors import Refusal, Unavailable
from app.kit.http import problems

ITEMS_MAX = 200
"""So many items of one request at most."""

Given = TypeVar("Given")
Out = TypeVar("Out")


class ItemOut(BaseModel, Generic[Out]):
    """What became of one item: `result`, or the `problem` for which nothing of it was done."""

    index: int = Field(description="Its place in the request, from 0.")
    status: int = Field(description="What it would have been answered alone.")
    result: Out | None = None
    problem: dict[str, Any] | None = Field(default=None, description="A problem document (RFC 9457).")


class BatchOut(BaseModel, Generic[Out]):
    """The outcomes in the order of the items."""

    done_count: int
    refused_count: int
    outcomes: list[ItemOut[Out]]


async def each(
    session: WriteSession,
    items: Sequence[Given],
    act: Callable[[Given], Awaitable[tuple[int, Out]]],
    *,
    language: str,
) -> BatchOut[Out]:
    """Do every item behind a savepoint: what is refused leaves nothing behind and sinks no neighbour.

    All of it commits with the request, once: its Idempotency-Key stands for the whole. What is away for
    one item is away for all, so that is no outcome but the answer.
    """
    outcomes: list[ItemOut[Out]] = []
    for index, item in enumerate(items):
        try:
            async with session.begin_nested():
                status, result = await act(item)
        except Unavailable:
            raise
        except Refusal as refusal:
            told = problems.document(refusal, language=language)
            outcomes.append(ItemOut(index=index, status=told["status"], problem=told))
        else:
            outcomes.append(ItemOut(index=index, status=status, result=result))
    refused = sum(outcome.problem is not None for outcome in outcomes)
    return BatchOut(done_count=len(outcomes) - refused, refused_count=refused, outcomes=outcomes)
