"""Whatever stands in a column arrives as it was, in the rows' order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from app.kit import bulk
from app.kit.bulk import Statement
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent

MOMENT = datetime(2026, 5, 1, 7, 59, 58, 123456, tzinfo=UTC)
WORDS = [
    "",
    " ",
    "NULL",
    "null",
    '"',
    "\\",
    '\\"',
    "{a,b}",
    "}",
    ",",
    "'; drop table postings; --",
    "爱心\n网友",
    "%s",
]
COLUMNS = {
    "uuid": [UUID(int=1), None, UUID(int=2**128 - 1)],
    "bytea": [b"", b"\x00\xff\\x41", None],
    "bigint": [-1, 10**15, None],
    "boolean": [True, False, None],
    "timestamptz": [MOMENT, MOMENT, None],
    "date": [date(2026, 5, 1), None, date(1900, 1, 1)],
    "text": ["{", None, None],
}  # fmt: skip


async def echoed(session: WriteSession, kind: str, values: list) -> list:
    statement = f"select v from unnest(%(values)s::{kind}[]) with ordinality t (v, n) order by n"
    return [row.v for row in await bulk.run(session, statement, {"values": values})]


@pytest.mark.parametrize("kind", COLUMNS)
async def test_values_arrive_as_they_were(session: WriteSession, kind: str) -> None:
    assert await echoed(session, kind, COLUMNS[kind]) == COLUMNS[kind]


async def test_words_that_look_like_an_array_are_words(session: WriteSession) -> None:
    assert await echoed(session, "text", WORDS) == WORDS


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))))
async def test_any_text_arrives_as_it_was(session: WriteSession, words: list[str | None]) -> None:
    assert await echoed(session, "text", words) == words


async def test_a_refusal_of_the_database_hides_what_it_was_given(session: WriteSession) -> None:
    with pytest.raises(DBAPIError) as raised:
        async with session.begin_nested():
            await bulk.run(session, "select %(names)s::integer[]", {"names": ["王小明"]})
    assert raised.value.orig is not None
    assert raised.value.params is None


async def test_no_rows_are_no_statement(session: WriteSession) -> None:
    assert await bulk.insert(session, OutboxEvent, {"id": [], "topic": []}) == []


async def test_statements_made_while_they_are_sent_answer_in_their_places(session: WriteSession) -> None:
    made: list[str] = []

    def statements() -> Iterator[Statement]:
        for numbers in ([1, 2], [], [3]):
            made.append(f"made for {len(numbers)}")
            yield Statement("select n from unnest(%(numbers)s::bigint[]) n", {"numbers": numbers})

    first, empty, last = await bulk.together(session, statements())
    assert ([row.n for row in first], empty, [row.n for row in last]) == ([1, 2], [], [3])
    assert made == ["made for 2", "made for 0", "made for 1"]


async def test_a_refused_statement_is_told_although_others_were_made_behind_it(session: WriteSession) -> None:
    def statements() -> Iterator[Statement]:
        yield Statement("select 1 / n as n from unnest(%(numbers)s::bigint[]) n", {"numbers": [0]})
        yield Statement("select n from unnest(%(numbers)s::bigint[]) n", {"numbers": [1]})

    with pytest.raises(DBAPIError, match="division by zero"):
        await bulk.together(session, statements())
