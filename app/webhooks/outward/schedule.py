"""Schedule: when an event that was not taken is told again, as Standard Webhooks 1.0 propose."""

import secrets
from datetime import timedelta

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""Between ten attempts, the last of them some 75 hours after the first."""
RETRY_AFTER_MAX = timedelta(hours=24)
_JITTER_PERMILLE = 100


def pause(attempt_count: int, *, asked: timedelta | None = None) -> timedelta | None:
    """Return how long to wait after so many failed attempts, at least as long as the subscriber asked.

    Up to a tenth longer than written, so that those who failed together do not come back together. None
    when the schedule is at its end.
    """
    if attempt_count > len(PAUSES):
        return None
    written = PAUSES[attempt_count - 1]
    longer = written * secrets.randbelow(_JITTER_PERMILLE + 1) / 1000
    return max(written + longer, min(asked or timedelta(), RETRY_AFTER_MAX))
