"""Every committed entry gets its leaf, once, in an order without gaps; whatever commits late comes later."""

import asyncio
from uuid import UUID

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database, WriteSession
from app.transparency import heads, leaves, log, tiles, tree
from app.transparency.errors import HeadMoved, LogNotBegun
from app.transparency.models import Leaf, Log
from tests.factories import ledger as make

ORIGIN = "example.org/ledger"


async def seal_all(database: Database, *, batch_max: int = log.BATCH_MAX) -> int:
    total = 0
    while True:
        async with database.writing() as session:
            sealed = await log.seal(session, ORIGIN, batch_max=batch_max)
        if not sealed:
            return total
        total += sealed


async def sealed_entries(database: Database) -> list[UUID | None]:
    async with database.reading() as session:
        rows = await session.execute(select(Leaf.index, Leaf.entry_id).order_by(Leaf.index))
        found = rows.all()
    assert [row.index for row in found] == list(range(len(found)))
    return [row.entry_id for row in found]


async def gifts(database: Database, count: int) -> list[UUID]:
    async with database.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)
        return [(await make.gift(session, books, fund, 100 + one)).entry_id for one in range(count)]


async def test_entries_and_submissions_get_leaves_whose_tree_is_the_head(committed: Database) -> None:
    booked = await gifts(committed, 3)
    async with committed.writing() as session:
        submitted = await log.append(session, "publication", {"number": "P-1", "sha256": "ab"})
    assert await seal_all(committed) == 4
    assert await seal_all(committed) == 0

    async with committed.reading() as session:
        head = await heads.current(session)
        rows = (await session.scalars(select(Leaf).order_by(Leaf.index))).all()
        [root] = await heads.hashes(session, rows[0].log_id, [(0, 4)])
        assert (await heads.leaf_of(session, entry_id=booked[1])).index == 1
        assert (await heads.leaf_of(session, submission_id=submitted)).index == 3
    grown = tiles.grow({}, 0, [tree.leaf_hash(row.body) for row in rows])
    assert head.size == 4
    assert tiles.hashes(grown, [(0, 4)]) == [head.root] == [root]
    assert [row.entry_id for row in rows] == [*booked, None]
    gift, publication = orjson.loads(rows[0].body), orjson.loads(rows[3].body)
    assert gift["postings"] == [
        {"debit": "1009/tencent", "credit": gift["postings"][0]["credit"], "amount": "100"}
    ]
    assert gift.keys() == {
        "v",
        "index",
        "id",
        "org",
        "kind",
        "on",
        "postings",
        "source",
        "commit",
        "reverses",
    }
    assert publication["body"] == {"number": "P-1", "sha256": "ab"}
    assert all(rfc8785.dumps(orjson.loads(row.body)) == row.body for row in rows)


async def test_of_other_kinds_a_leaf_tells_organization_kind_and_month_alone(committed: Database) -> None:
    async with committed.writing() as session:
        books = await make.books(session)
        fund = await make.fund(session, books)
        await make.gift(session, books, fund, 500)
        await make.gift(session, books, books.general, 900)
        await make.move(session, books.general, fund, 20)
    await seal_all(committed)
    async with committed.reading() as session:
        rows = [orjson.loads(body) for body in await session.scalars(select(Leaf.body).order_by(Leaf.index))]
    [closed] = [row for row in rows if row["kind"] == "redesignation"]
    assert closed.keys() == {"v", "index", "org", "kind", "month", "commit"}
    assert closed["commit"].keys() == {"body"}
    assert len(closed["commit"]["body"]) == 64


async def test_a_transaction_that_commits_late_is_sealed_later_and_nothing_is_lost(
    committed: Database,
) -> None:
    async with committed.writing() as late:
        books = await make.books(late)
        fund = await make.fund(late, books)
        first = (await make.gift(late, books, fund, 100)).entry_id
        async with committed.writing() as early:
            other = await make.books(early)
            second = (await make.gift(early, other, other.general, 200)).entry_id
        # The earlier transaction still runs: what committed after it began waits for it.
        assert await seal_all(committed) in {0, 1}
        before = await sealed_entries(committed)
    await seal_all(committed)
    after = await sealed_entries(committed)
    assert after[: len(before)] == before
    assert sorted(map(str, after)) == sorted(map(str, [first, second]))


async def test_two_sealers_and_busy_clerks_leave_no_gap(committed: Database) -> None:
    await seal_all(committed)
    writing = True
    booked: list[UUID] = []

    async def clerk() -> None:
        for _ in range(5):
            booked.extend(await gifts(committed, 2))

    async def sealer() -> None:
        while writing:
            await seal_all(committed, batch_max=3)
            await asyncio.sleep(0)

    sealers = [asyncio.ensure_future(sealer()) for _ in range(2)]
    await asyncio.gather(*(clerk() for _ in range(4)))
    writing = False
    await asyncio.gather(*sealers)
    await seal_all(committed)
    found = await sealed_entries(committed)
    assert sorted(map(str, found)) == sorted(map(str, booked))


@pytest.mark.parametrize("interference", ["a leaf", "the head"])
async def test_a_head_that_moved_meanwhile_is_not_built_upon(committed: Database, interference: str) -> None:
    """The advisory lock is but for liveness: without it the compare-and-swap is the referee."""
    await gifts(committed, 1)
    await seal_all(committed)
    async with committed.writing() as session:
        await log.append(session, "publication", {"number": "P-1"})
    async with committed.writing() as session:
        current = await heads.current(session)
        [waiting] = await log._waiting(session, current, 10)
        if interference == "a leaf":
            assert await seal_all(committed) == 1
        else:
            async with committed.writing() as other:
                await other.execute(text("update logs set size = size + 1, root = sha256('x')"))
        with pytest.raises(HeadMoved):
            await log._seal(session, current, [waiting])
        await session.rollback()


async def test_a_log_under_another_origin_is_not_begun_by_itself(committed: Database) -> None:
    await seal_all(committed)
    async with committed.writing() as session:
        with pytest.raises(LogNotBegun):
            await log.seal(session, "elsewhere.example/ledger")


async def test_what_is_submitted_twice_under_one_reference_is_one(session: WriteSession) -> None:
    first = await log.append(session, "trial_balances", {"day": "2026-05-01"}, reference="trial:2026-05-01")
    second = await log.append(session, "trial_balances", {"day": "2026-05-01"}, reference="trial:2026-05-01")
    assert first == second
    for wrong in ({"amount": 0.5}, {"数": "x"}, {"big": 2**53}, {"when": first}):
        with pytest.raises(TypeError):
            await log.append(session, "publication", wrong)


async def test_nobody_changes_what_was_published(committed: Database) -> None:
    await gifts(committed, 2)
    await seal_all(committed)
    for statement in (
        "update leaves set body = 'x'",
        "delete from leaves",
        "update logs set size = size - 1",
        "update logs set root = sha256('x')",
        "update tiles set hashes = sha256('x')",
        "delete from tiles",
        "delete from log_submissions",
        "truncate log_checkpoints",
    ):
        with pytest.raises(DBAPIError):
            async with committed.writing() as session:
                await session.execute(text(statement))


async def test_a_server_with_another_name_is_searched_for_what_has_no_leaf(committed: Database) -> None:
    """As after a logical restore: the rows' transaction ids mean nothing there, and may lie ahead."""
    booked = await gifts(committed, 3)
    await seal_all(committed)
    later = await gifts(committed, 5)
    async with committed.writing() as session:
        # The cursor of the server before stands far ahead of everything that this one will number.
        await session.execute(
            text("update logs set system_identifier = 1, cursor_xid = '9000000000000000000'::xid8")
        )
    assert await seal_all(committed, batch_max=2) == 5
    last = await gifts(committed, 2)
    assert await seal_all(committed) == 2
    found = await sealed_entries(committed)
    assert found[:3] == booked
    assert sorted(map(str, found)) == sorted(map(str, booked + later + last))
    async with committed.reading() as session:
        assert await session.scalar(select(func.count()).select_from(Log)) == 1


_plain = st.text(st.characters(exclude_categories=["Cs"]))
_values = st.recursive(
    st.none() | _plain | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(max_codepoint=127)), inner),
)


@given(st.dictionaries(st.text(st.characters(max_codepoint=127)), _values))
def test_leaves_are_canonical_as_the_reference_writes_them(value: dict[str, object]) -> None:
    assert leaves.canonical(value) == rfc8785.dumps(value)
