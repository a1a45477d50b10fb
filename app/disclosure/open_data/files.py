"""Files: a dataset as CSV and as JSON Lines, made while it is sent."""

import csv
import io
from collections.abc import AsyncGenerator
from datetime import date
from typing import Any

import orjson

from app.disclosure.open_data import rows
from app.disclosure.open_data.dictionary import Dataset
from app.kit.database import Transactions
from app.kit.sheets.cells import looks_like_formula

CSV, JSONL = "text/csv; charset=utf-8", "application/jsonl"
_BOM = "\ufeff"
"""By it spreadsheets read Chinese as UTF-8."""


async def as_csv(database: Transactions, dataset: Dataset) -> AsyncGenerator[bytes]:
    """Yield a dataset as CSV (RFC 4180) in UTF-8 with its mark, the names of the columns first."""
    yield _written([dataset.names], mark=_BOM)
    async for page in rows.of(database, dataset):
        yield _written([[_cell(value) for value in line] for line in page])


async def as_jsonl(database: Transactions, dataset: Dataset) -> AsyncGenerator[bytes]:
    """Yield a dataset as JSON Lines: an object for each row, with every column."""
    async for page in rows.of(database, dataset):
        lines = (orjson.dumps(dict(zip(dataset.names, line, strict=True))) for line in page)
        yield b"".join(line + b"\n" for line in lines)


def _written(lines: list[list[Any]], mark: str = "") -> bytes:
    text = io.StringIO()
    text.write(mark)
    csv.writer(text).writerows(lines)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    # A giver's message that begins like a formula would be calculated by whoever opens the file.
    return f"'{text}" if isinstance(value, str) and looks_like_formula(text) else text
