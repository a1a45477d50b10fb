"""Rates: how often somebody may ask, as a bucket of tokens per key that refills with time."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from starlette.requests import Request

from app.kit.errors import TooMany
from app.kit.facts import fact

KEYS_MAX = 10_000
"""Beyond it full buckets are forgotten: they say nothing that a new one would not."""


@fact(kw_only=True)
class Allowance:
    """What a key may still do: whether it may now, how often more, and when again."""

    granted: bool
    limit: int
    remaining: int
    retry_after_seconds: int
    full_after_seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The allowance as an answer tells it."""
        return {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(self.remaining),
            "RateLimit-Reset": str(self.full_after_seconds),
        }


class Rates:
    """The buckets of one process. Each holds at most one second's worth of tokens, or `burst`."""

    def __init__(self, *, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        # Key -> tokens, when they were counted, and when the bucket will be full again.
        self._buckets: dict[str, tuple[float, float, float]] = {}

    def take(self, key: str, *, per_second: float, burst: float | None = None) -> Allowance:
        """Take one token from a key's bucket if there is one; return what is left."""
        moment, size = self._clock(), max(burst or per_second, 1.0)
        tokens, counted_at, _ = self._buckets.get(key) or (size, moment, moment)
        tokens = min(size, tokens + (moment - counted_at) * per_second)
        granted = tokens >= 1
        tokens -= granted
        full_after = (size - tokens) / per_second
        if key not in self._buckets:
            self._make_room(moment)
        self._buckets[key] = (tokens, moment, moment + full_after)
        return Allowance(
            granted=granted,
            limit=int(size),
            remaining=int(tokens),
            retry_after_seconds=0 if granted else max(1, math.ceil((1 - tokens) / per_second)),
            full_after_seconds=math.ceil(full_after),
        )

    def _make_room(self, moment: float) -> None:
        if len(self._buckets) < KEYS_MAX:
            return
        for key in [key for key, (_, _, full_at) in self._buckets.items() if full_at <= moment]:
            del self._buckets[key]
        # Still full of the busy: the first to have come goes, so that a flood of keys cannot fill the memory.
        while len(self._buckets) >= KEYS_MAX:
            del self._buckets[next(iter(self._buckets))]


@dataclass(frozen=True, slots=True)
class RateLimit:
    """A dependency that refuses who asks more than `count` times in `seconds`: `dependencies=[Depends(...)]`.

    The signed-in caller has a bucket of their own, everybody else one per address.
    """

    name: str
    count: int
    seconds: float

    async def __call__(self, request: Request) -> None:
        """Take one token for whoever asks, or refuse."""
        client = request.client.host if request.client else "-"
        who = getattr(request.state, "principal_id", None) or client
        allowance = of(request).take(
            f"{self.name} {who}", per_second=self.count / self.seconds, burst=float(self.count)
        )
        request.state.answer_headers = getattr(request.state, "answer_headers", {}) | allowance.headers
        if not allowance.granted:
            raise TooMany(retry_after_seconds=allowance.retry_after_seconds)


def of(request: Request) -> Rates:
    """Return the buckets of this application."""
    state = request.app.state
    if not hasattr(state, "rates"):
        state.rates = Rates()
    return state.rates
