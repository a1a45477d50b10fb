"""Ratios of several years: each by its own law and class, all read at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import event, update

from app.disclosure.ratios import annual
from app.fundraising.models import FundraisingCertificate
from app.kit.database import ReadSession, WriteSession
from app.ledger import periods
from app.organizations.models import Organization
from tests.disclosure.figures.test_annual import books
from tests.disclosure.ratios.test_ratios_api import charity, given

FIRST, LAST = 2018, 2025


async def closed(session: WriteSession) -> Organization:
    """A charity that was given the same each year, and has closed them all."""
    province, _ = await charity(session, books_from=date(FIRST, 1, 1))
    mine = await books(session, province)
    for year in range(FIRST, LAST + 1):
        await given(session, mine, mine.general, 1_000_00, datetime(year, 5, 1, 4, tzinfo=UTC))
    for year in range(FIRST, LAST + 1):
        for month in range(1, 13):
            await periods.open_books(session, province.id, date(year, month, 1))
            await periods.close(session, province.id, date(year, month, 1))
    return province


@contextmanager
def heard(session: ReadSession, words: str) -> Iterator[list[str]]:
    """The statements with some words that a session sends meanwhile."""
    found: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if words in statement:
            found.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", hear)
    yield found
    event.remove(engine, "before_cursor_execute", hear)


async def test_five_years_are_read_at_once_and_come_out_as_each_alone(session: WriteSession) -> None:
    province = await closed(session)

    with heard(session, "ours as materialized") as walks:
        five = await annual.published(session, province, 5)
    alone = [await annual.of(session, province.id, one.year) for one in five]

    assert [one.year for one in five] == [2025, 2024, 2023, 2022, 2021]
    assert len(walks) == 1
    for one, again in zip(five, alone, strict=True):
        assert (one.ratios, one.inputs, one.final, one.as_of) == (
            again.ratios,
            again.inputs,
            again.final,
            again.as_of,
        )


async def test_the_class_is_that_of_the_years_end(session: WriteSession) -> None:
    province = await closed(session)
    gone = {"revoked_on": date(2025, 6, 30), "revoked_reason": "被吊销", "revoked_by": "test"}
    await session.execute(update(FundraisingCertificate).values(gone))

    found = {one.year: one for one in await annual.published(session, province, 3)}

    classes = {year: (one.qualified, one.of.id if one.of else None) for year, one in found.items()}
    # It held the certificate from 2024 to June 2025. Net assets were 7,000.00 at most: the smallest.
    assert classes == {
        2025: (False, "association_below_1m"),
        2024: (True, "qualified_association"),
        2023: (False, "association_below_1m"),
    }
