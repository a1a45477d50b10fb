"""Rates: how often somebody may ask, as a bucket of tokens per key that refills with time."""

from time import monotonic

KEYS_MAX = 10_000
"""Beyond it full buckets are forgotten: they say nothing that a new one would not."""


class Rates:
    """The buckets of one process. Each holds at most one second's worth of tokens, or `burst`."""

    def __init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def allows(self, key: str, *, per_second: float, burst: float | None = None) -> bool:
        """Take one token from a key's bucket; return whether there was one."""
        moment, size = monotonic(), max(burst or per_second, 1.0)
        tokens, filled_at = self._buckets.get(key, (size, moment))
        tokens = min(size, tokens + (moment - filled_at) * per_second)
        allowed = tokens >= 1
        if len(self._buckets) >= KEYS_MAX and key not in self._buckets:
            self._buckets.clear()
        self._buckets[key] = (tokens - 1 if allowed else tokens, moment)
        return allowed
