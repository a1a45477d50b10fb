"""Lag: how far the log is behind the books, and who holds it back."""

from dataclasses import dataclass
from typing import Any

from prometheus_client import Gauge
from sqlalchemy import text

from app.kit.clock import now
from app.kit.database import ReadSession
from app.transparency import heads

WAITING_SECONDS_MAX = 60
"""An entry that waits longer than this for its leaf is a finding."""

SIZE = Gauge("zhengxinlu_log_size", "Leaves in the public log")
WAITING = Gauge("zhengxinlu_log_waiting_seconds", "Age of the oldest entry that has no leaf yet")
UNSIGNED = Gauge("zhengxinlu_log_unsigned_seconds", "For how long the log's head has not been signed")
ALARM = Gauge("zhengxinlu_log_alarm", "1 while the log's head is refused a signature")


@dataclass(frozen=True, slots=True)
class Holder:
    """The transaction that keeps everything begun after it from being sealed."""

    pid: int
    role: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Lag:
    """The log's head, its latest public checkpoint, and what waits."""

    size: int
    signed_size: int
    waiting_seconds: float
    unsigned_seconds: float
    alarm: str | None
    held_by: Holder | None


# The oldest entry behind the cursor waits longest; while the sealer catches up, whatever has no leaf.
_OLDEST = text(
    """
    select extract(epoch from now() - created_at)::float from (
      select e.created_at from entries e
      where (e.xid, e.id) > (cast(:xid as xid8), :id)
        and (select l.index from leaves l where l.entry_id = e.id and l.log_id = :log) is null
      order by e.xid, e.id limit 1
    ) w
    """
)
_HOLDER = text(
    """
    select pid, usename, coalesce(extract(epoch from now() - xact_start), 0)::float as seconds
    from pg_stat_activity where backend_xid is not null and pid <> pg_backend_pid()
    order by age(backend_xid) desc limit 1
    """
)


async def measure(session: ReadSession) -> Lag | None:
    """Return how far the current log is behind, and set the gauges; None if none was begun."""
    log = await heads.current(session)
    if log is None or log.cursor_xid is None:
        return None
    where = {"xid": log.cursor_xid, "id": log.cursor_id, "log": log.id}
    waiting = await session.scalar(_OLDEST, where)
    signed = await heads.published(session, log.id)
    late = (signed is None or signed.size < log.size) and log.sealed_at is not None
    holder = (await session.execute(_HOLDER)).one_or_none() if waiting else None
    lag = Lag(
        size=log.size,
        signed_size=signed.size if signed else 0,
        waiting_seconds=round(max(waiting or 0.0, 0.0), 3),
        unsigned_seconds=round((now() - log.sealed_at).total_seconds(), 3) if late and log.sealed_at else 0.0,
        alarm=log.alarm,
        held_by=Holder(holder.pid, holder.usename, round(holder.seconds, 3)) if holder else None,
    )
    SIZE.set(lag.size)
    WAITING.set(lag.waiting_seconds)
    UNSIGNED.set(lag.unsigned_seconds)
    ALARM.set(lag.alarm is not None)
    return lag


async def told(session: ReadSession) -> Any:  # noqa: ANN401 - members of an operator's JSON
    """Return the lag as operators read it."""
    lag = await measure(session)
    if lag is None:
        return "not begun"
    held = lag.held_by
    return {
        "size": lag.size,
        "signed_size": lag.signed_size,
        "waiting_seconds": lag.waiting_seconds,
        "unsigned_seconds": lag.unsigned_seconds,
        "alarm": lag.alarm,
        "held_by": held and {"pid": held.pid, "role": held.role, "seconds": held.seconds},
    }
