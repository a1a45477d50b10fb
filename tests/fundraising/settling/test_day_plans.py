"""A merchant account's days are found by an index: they cost no more with every gift of other days."""

import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import TextClause, text

from app.fundraising.payouts import notices
from app.fundraising.settling import differences
from app.kit.database import WriteSession
from app.kit.ids import new_id

GROWS = {"donations", "refunds", "bill_lines"}
DAYS = {"channel": new_id(), "first": date(2026, 5, 1), "last": date(2026, 5, 31)}


@pytest.mark.parametrize(
    ("query", "asked"),
    [(differences.DAYS, DAYS), (notices.BOOKED, {"ids": f"{{{new_id()}}}"})],
    ids=["days", "notices"],
)
async def test_days_are_found_by_an_index(
    session: WriteSession, query: TextClause, asked: dict[str, Any]
) -> None:
    # With nothing to read a whole table is as cheap as an index; it is asked as if it were not.
    await session.execute(text("set local enable_seqscan = off"))

    plan = "\n".join(await session.scalars(text(f"explain {query.text}"), asked))

    assert not GROWS & set(re.findall(r"Seq Scan on (\w+)", plan)), plan
    # By its days, and not by walking through all that the account ever took in.
    assert re.search(r"Index Cond: .*donated_at", plan), plan
