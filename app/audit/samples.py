"""Samples: entries drawn so that anybody who knows the seed draws the same ones again."""

import enum
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text

from app.audit.mandates import Mandate
from app.kit.database import ReadSession
from app.ledger.models import EntryKind

_ROWS = """
    select l.index, e.id, e.kind, e.reference, e.booked_on, e.occurred_at, e.created_at,
           (select sum(p.amount)::bigint from postings p where p.entry_id = e.id) as amount
    from leaves l join entries e on e.id = l.entry_id
    where l.log_id = :log and l.index < :size and e.organization_id = any(:ids)
      and e.booked_on between :first and :last
"""


class Method(enum.StrEnum):
    """How a sample is drawn: every entry with the same chance, or every fen (monetary unit sampling)."""

    plain = "plain"
    amount = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """An entry that was drawn or looked up, with the three days by which it is judged."""

    index: int
    entry_id: UUID
    kind: EntryKind
    reference: str
    occurred_on: date
    booked_on: date
    created_on: date
    amount: int

    @property
    def late(self) -> bool:
        """Whether it is booked in another month than it happened in."""
        happened, booked = self.occurred_on, self.booked_on
        return (happened.year, happened.month) != (booked.year, booked.month)

    @classmethod
    def of(cls, row: Any) -> "Drawn":  # noqa: ANN401 - a row of the statements below
        """Return an entry as its row says it."""
        return cls(
            index=row.index,
            entry_id=row.id,
            kind=EntryKind(row.kind),
            reference=row.reference,
            occurred_on=row.occurred_on,
            booked_on=row.booked_on,
            created_on=row.created_on,
            amount=row.amount,
        )


_DAYS = """
    select index, id, kind, reference, booked_on, amount,
           (occurred_at at time zone 'Asia/Shanghai')::date as occurred_on,
           (created_at at time zone 'Asia/Shanghai')::date as created_on
"""
_IDS = bindparam("ids", type_=ARRAY(Uuid()))
# Whoever knows the seed and the entries can draw again with a pencil: SHA-256 over seed, colon, entry id.
_PLAIN = text(
    f"{_DAYS} from ({_ROWS}) w"
    " order by sha256(convert_to(cast(:seed as text) || ':' || id::text, 'UTF8')) limit :count"
).bindparams(_IDS)
# Every interval-th fen in the order of the log, from a start that the seed decides.
_AMOUNT = text(
    f"""
    {_DAYS} from (
      select w.*, sum(amount) over (order by index) as upto, sum(amount) over () as total from ({_ROWS}) w
    ) c
    where div(upto + :start_ppm * total / (:count * 1000000), greatest(total / :count, 1))
        > div(upto - amount + :start_ppm * total / (:count * 1000000), greatest(total / :count, 1))
    order by index limit :count
    """  # noqa: S608 - our own words
).bindparams(_IDS)
_AROUND = text(
    f"""
    {_DAYS} from ({_ROWS}) w
    where (occurred_at at time zone 'Asia/Shanghai')::date between :from_day and :to_day
       or booked_on between :from_day and :to_day
    order by booked_on, index limit :count
    """
).bindparams(_IDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """By what a sample is drawn."""

    seed: str
    count: int
    method: Method


async def draw(
    session: ReadSession, mandate: Mandate, head: tuple[int, int], terms: Terms
) -> Sequence[Drawn]:
    """Draw entries among the first leaves of a log, `head` = (its id, how many); the same ones for ever."""
    where = _where(mandate, head) | {"count": terms.count}
    if terms.method is Method.plain:
        rows = await session.execute(_PLAIN, where | {"seed": terms.seed})
    else:
        start = int.from_bytes(hashlib.sha256(terms.seed.encode()).digest()[:8], "big") % 1_000_000
        rows = await session.execute(_AMOUNT, where | {"start_ppm": start})
    return [Drawn.of(row) for row in rows]


async def around(
    session: ReadSession, mandate: Mandate, head: tuple[int, int], *, days: tuple[date, date], count: int
) -> Sequence[Drawn]:
    """Return the entries that happened or were booked between two days, for a cut-off test."""
    where = _where(mandate, head) | {"from_day": days[0], "to_day": days[1], "count": count}
    return [Drawn.of(row) for row in await session.execute(_AROUND, where)]


def _where(mandate: Mandate, head: tuple[int, int]) -> dict[str, Any]:
    return {
        "log": head[0],
        "size": head[1],
        "ids": list(mandate.organization_ids),
        "first": mandate.first,
        "last": mandate.last,
    }
