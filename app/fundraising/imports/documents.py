"""Documents: a report as one JSON file, written row by row; it names lines, and nobody who gave."""

import os
from collections.abc import Mapping
from contextlib import suppress
from io import BufferedWriter
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import orjson

from app.fundraising.imports.fates import Fate, FateKind
from app.fundraising.imports.parts import Part
from app.fundraising.imports.reports import Report, Tally


class Document:
    """A report's file: complete under its name, or not there.

    `numbered`: where the name is taken, it is written under the next that is free, and overwrites nothing.
    A row that can't be written stops nobody who books: `finish` tells of it.
    """

    def __init__(self, path: Path, *, numbered: bool = False) -> None:
        self.path = path
        self._numbered = numbered
        self._draft = path.with_name(f".{path.name}.{os.getpid()}")
        self._file: BufferedWriter | None = None
        self._between = b'{"rows":[\n'
        self._broken: OSError | None = None

    def __enter__(self) -> Self:
        self._file = self._draft.open("xb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            # Whatever it could not write has been told by `finish`.
            with suppress(OSError):
                self._file.close()
        self._draft.unlink(missing_ok=True)

    def tell(self, fate: Fate) -> None:
        """Write the fate of a row."""
        told: dict[str, Any] = {
            "file": fate.part,
            "row": fate.row_number,
            "line": fate.line,
            "outcome": fate.kind,
            "amount_minor": fate.amount,
        }
        why = {"column": fate.column, "reason": fate.reason, "donation_id": fate.donation_id}
        try:
            self._write(
                self._between + orjson.dumps(told | {name: word for name, word in why.items() if word})
            )
        except OSError as error:
            self._broken = self._broken or error
        self._between = b",\n"

    def finish(self, report: Report, heading: Mapping[str, object]) -> Path:
        """Write the totals and give the file its name; return that. OSError if any of it can't be written."""
        if self._broken:
            raise self._broken
        opening = b"" if self._between == b",\n" else self._between
        self._write(opening + b"\n]," + orjson.dumps({**heading, **totals(report)})[1:] + b"\n")
        if self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
        path = self._free() if self._numbered else self.path
        self._draft.replace(path)
        return path

    def _free(self) -> Path:
        stem, suffix = self.path.stem, self.path.suffix
        names = (f"{stem}-{number}{suffix}" for number in count(2))
        path = self.path
        while True:
            try:
                # Taken by making it: two imports that end together find two names.
                path.touch(exist_ok=False)
            except FileExistsError:
                path = path.with_name(next(names))
            else:
                return path

    def _write(self, text: bytes) -> None:
        if self._file is None:
            raise ValueError("the document is not open")
        self._file.write(text)


def totals(report: Report) -> dict[str, Any]:
    """Return a report without its rows: what stopped it, what it adds up to, and each file of its own."""
    return {
        "dry_run": report.dry_run,
        "complete": report.complete,
        "clean": report.clean,
        "stops": [{"code": stop.code, "detail": stop.detail} for stop in report.stops],
        "row_count": report.row_count,
        "amount_minor": report.amount,
        "outcomes": {kind.value: _tally(report.total(kind)) for kind in FateKind},
        "untold": _tally(report.untold),
        "files": [_part(report, part) for part in report.parts],
    }


def _part(report: Report, part: Part) -> dict[str, Any]:
    return {
        "file": part.number,
        "name": part.name,
        "row_count": part.row_count,
        "amount_minor": part.amount,
        "repeats": report.repeats(part),
        "overlaps": [
            {
                "with": overlap.with_name,
                "with_row_count": overlap.with_row_count,
                "row_count": overlap.row_count,
                "amount_minor": overlap.amount,
            }
            for overlap in part.overlaps
        ],
        "outcomes": {
            kind.value: _tally(tally)
            for kind, tally in report.tallies[part.number].items()
            if tally.row_count
        },
    }


def _tally(tally: Tally) -> dict[str, int]:
    return {"row_count": tally.row_count, "amount_minor": tally.amount}
