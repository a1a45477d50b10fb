"""Spool: what an import remembers of its rows between two readings, on disk so that memory does not grow.

An unnamed file that vanishes with the process; it holds MACs and amounts, and nothing that tells who gave.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self, cast

ALIKE_PERCENT = 90
ALIKE_ROWS_MIN = 20

_TABLES = """
    create table rows (
        part int, row int, exact blob, giver blob, amount int, numbered int, settled int default 0,
        primary key (part, row)
    ) without rowid;
    create table elsewhere (
        part int, other int, mac blob, count int, primary key (part, mac, other)
    ) without rowid;
    create table suspects (part int, row int, other int, primary key (part, row, other)) without rowid;
"""
_INDEXES = ("create index by_exact on rows (exact)", "create index by_giver on rows (giver)")

_EARLIER = """
    insert into elsewhere
    select :part, o.part, o.{mac}, count(*) from rows o
    where o.{mac} in (select {mac} from rows where part = :part) and o.part < :part
    group by o.part, o.{mac}
"""
# The n-th of equal rows here has its match there if there are n of them: so rows compare as multisets.
_EXACT = """
    insert into suspects
    select :part, mine.row, e.other
    from (
        select row, exact, row_number() over (partition by exact order by row) n from rows where part = :part
    ) mine
    join elsewhere e on e.part = :part and e.mac = mine.exact and mine.n <= e.count
"""
_ALIKE = """
    select e.other, sum(min(mine.count, e.count))
    from (select giver, count(*) count from rows where part = :part group by giver) mine
    join elsewhere e on e.part = :part and e.mac = mine.giver group by e.other
"""
# Rows that are equal to the day are matched first; what is left of a giver's gifts follows in order.
_LOOSE = """
    insert or ignore into suspects
    select :part, mine.row, :other
    from (
        select r.row, r.giver, row_number() over (partition by r.giver order by s.row is null, r.row) n
        from rows r left join suspects s on s.part = :part and s.row = r.row and s.other = :other
        where r.part = :part
    ) mine
    join elsewhere e on e.part = :part and e.other = :other and e.mac = mine.giver and mine.n <= e.count
"""
_OVERLAPS = """
    select s.other, count(*), sum(r.amount) from suspects s
    join rows r on r.part = s.part and r.row = s.row where s.part = :part group by s.other order by s.other
"""
_OPEN = """
    select count(*) from rows r where r.part = :part and not r.numbered and not r.settled
    and exists (select * from suspects s where s.part = r.part and s.row = r.row)
"""
_LOOK = """
    select r.exact, r.giver, (
        select min(s.other) from suspects s
        where s.part = r.part and s.row = r.row and not r.numbered and not r.settled
    ) from rows r where r.part = :part and r.row = :row
"""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A row at the second reading: its two MACs, and the other file that it is suspected to be from."""

    exact: bytes
    giver: bytes
    suspected_of: int | None


class Spool:
    """The rows of one run by part and row number, and what other files have in common with them."""

    def __init__(self) -> None:
        # An empty name makes SQLite take a temporary file that nobody else can open.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.executescript(_TABLES)
        self._db.execute("begin")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def add(self, rows: Iterable[tuple[int, int, bytes, bytes, int, bool]]) -> None:
        """Keep rows given as (part, row, exact MAC, giver MAC, amount, has a number of its own)."""
        self._db.executemany(
            "insert into rows (part, row, exact, giver, amount, numbered) values (?, ?, ?, ?, ?, ?)", rows
        )

    def index(self) -> None:
        """Prepare for comparing, once all rows are there."""
        for statement in _INDEXES:
            self._db.execute(statement)

    def forget(self, part: int) -> None:
        """Forget a part: it is another one again."""
        self._db.execute("delete from rows where part = ?", [part])

    def macs(self, part: int, size: int) -> Iterator[tuple[Sequence[bytes], Sequence[bytes]]]:
        """Return a part's MACs, exact and giver's, by the piece."""
        cursor = self._db.execute("select exact, giver from rows where part = ? order by row", [part])
        while piece := cursor.fetchmany(size):
            yield [row[0] for row in piece], [row[1] for row in piece]

    def settle(self, part: int, rows: Iterable[int]) -> None:
        """Mark rows that have been booked already: they are suspects no more."""
        self._db.executemany(
            "update rows set settled = 1 where part = ? and row = ?", [(part, row) for row in rows]
        )

    def note(self, part: int, counts: Iterable[tuple[int, bytes, int]]) -> None:
        """Note how often another file, by its number, has a MAC of this part."""
        self._db.executemany(
            "insert or replace into elsewhere values (?, ?, ?, ?)", [(part, *one) for one in counts]
        )

    def compare(self, part: int, sizes: Sequence[int]) -> list[tuple[int, int, int]]:
        """Find a part's suspects; return per other file its number, their count and their sum.

        Suspects are the rows equal to rows of an earlier part or a noted file in day, name and amount. Where
        nearly all of the smaller file is found in the larger one by name and amount alone, it has been
        published again with other days or remarks: then that is enough to be suspected. `sizes` are the row
        counts of all files by number.
        """
        for mac in ("exact", "giver"):
            self._db.execute(_EARLIER.format(mac=mac), {"part": part})
        self._db.execute(_EXACT, {"part": part})
        alike = cast("list[tuple[int, int]]", self._db.execute(_ALIKE, {"part": part}).fetchall())
        for other, shared in alike:
            smaller = min(sizes[part], sizes[other])
            if smaller >= ALIKE_ROWS_MIN and shared * 100 >= smaller * ALIKE_PERCENT:
                self._db.execute(_LOOSE, {"part": part, "other": other})
        return self._db.execute(_OVERLAPS, {"part": part}).fetchall()

    def open_suspects(self, part: int) -> int:
        """Return how many suspects of a part have neither a number of their own nor been booked before."""
        return self._db.execute(_OPEN, {"part": part}).fetchone()[0]

    def look(self, part: int, row: int) -> Remembered | None:
        """Return what is remembered of a row; None of one that was not kept."""
        found = self._db.execute(_LOOK, {"part": part, "row": row}).fetchone()
        return Remembered(*found) if found else None
