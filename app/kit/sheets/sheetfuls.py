"""Sheetfuls: lists that came as one filled form (XLSX or CSV), read whole, and what is wrong in them."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.kit.sheets import filled
from app.kit.sheets.faults import Faults, Said, told_by
from app.kit.sheets.filled import Row
from app.kit.sheets.forms import Form

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheetful:
    """The lines of a list that could be read, and the faults of all of them."""

    form: Form
    rows: Sequence[Row]
    faults: Faults

    def wrong(self, row: Row, name: str, *, code: str, detail: Said) -> None:
        """Note that a line cannot be so, at the column of a field, by the name that it has in this sheet."""
        [otherwise] = [field.zh for field in self.form.fields if field.name == name]
        self.faults.add(row.sheet, row.line, row.headers.get(name, otherwise), code=code, detail=detail)

    async def each(
        self,
        session: WriteSession,
        act: Callable[[Row], Awaitable[T]],
        blamed: Mapping[type[Refusal], tuple[str, str]],
    ) -> list[T]:
        """Do what every line asks for, or refuse with every fault at its place; nothing half.

        `blamed` tells of each refusal at which column it is noted, in which word; any other is raised.
        """
        made: list[T] = []
        async with session.begin_nested():
            for row in self.rows:
                try:
                    # Each line stands alone until all were tried: every fault is told, not only the first.
                    async with session.begin_nested():
                        made.append(await act(row))
                except tuple(blamed) as refusal:
                    name, code = blamed[type(refusal)]
                    self.wrong(row, name, code=code, detail=told_by(refusal))
            self.faults.refuse()
        return made


async def read(path: Path, form: Form, *, rows_max: int, text: bool = True) -> Sheetful:
    """Read a list of at most so many lines. Raises TableUnreadable; WorkbookFaulty for a longer one."""
    # In a thread: unfolding a workbook takes seconds, in which nobody else would be answered.
    return await asyncio.to_thread(_read, path, form, rows_max, text)


def _read(path: Path, form: Form, rows_max: int, text: bool) -> Sheetful:
    rows: list[Row] = []
    with filled.opened(path, [form], text=text) as book:
        for row in book.rows(form):
            if len(rows) == rows_max:
                detail = Said(f"at most {rows_max} lines", f"一次最多 {rows_max} 行")
                book.wrong(row, None, code="too_many", detail=detail)
                book.faults.refuse()
            rows.append(row)
        return Sheetful(form, rows, book.faults)
