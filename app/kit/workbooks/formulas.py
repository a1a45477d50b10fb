"""Formulas: cells that say how their value is computed; the value itself has to be in the file too."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

_BLOCK_BYTES = 1 << 20
_OVERLAP_BYTES = 64
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s>/]")


def not_computed(file: Path | BinaryIO) -> str | None:
    """Return the first cell with a formula and without its value, if any (ECMA-376 part 1, 18.3.1.40).

    A program that writes workbooks may leave computing to whoever opens them; the cell would then read as
    empty, and a row of such cells as no row at all. Only sheets in which formulas stand are looked through
    cell by cell, one row of them at a time in memory.
    """
    with ZipFile(file) as archive:
        sheets = [name for name in archive.namelist() if _SHEET.fullmatch(name)]
        cells = (cell for name in sheets if _has_formulas(archive, name) for cell in _open(archive, name))
        return next(cells, None)


def _has_formulas(archive: ZipFile, name: str) -> bool:
    with archive.open(name) as sheet:
        rest = b""
        while block := sheet.read(_BLOCK_BYTES):
            if _FORMULA.search(rest + block):
                return True
            rest = block[-_OVERLAP_BYTES:]
    return False


def _open(archive: ZipFile, name: str) -> Iterator[str]:
    with archive.open(name) as sheet:
        # The library that reads the values goes through the same file in the same way, and expat bounds what
        # entities may unfold to.
        for _, element in iterparse(sheet):  # noqa: S314
            match _local(element):
                case "c" if not _computed(element):
                    yield element.get("r", "?")
                case "row":
                    element.clear()
                case _:
                    pass


def _computed(cell: Element) -> bool:
    parts = {_local(part): part.text for part in cell}
    # A text that is empty has been computed; a number can't be empty.
    return "f" not in parts or cell.get("t") == "str" or bool(parts.get("v"))


def _local(element: Element) -> str:
    # Of the two namespaces in which the standard writes sheets, strict and transitional, either will do.
    return element.tag.rpartition("}")[2]
