"""Formulas: cells that say how their value is computed; the value itself has to be in the file too."""

import re
from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZipFile

from app.kit.errors import Invalid

_BLOCK_BYTES = 1 << 20
_OVERLAP_BYTES = 64
_FORMULA = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?f[\s>/]")


class FormulasNotComputed(Invalid):
    """The workbook holds formulas without their values: open it in a spreadsheet program and save it."""

    title_zh = "工作簿中有未计算的公式，请用电子表格软件打开并保存后再提交"


def insist_on_values(file: BinaryIO) -> None:
    """Refuse a workbook in which a formula stands without its value (ECMA-376 part 1, 18.3.1.40).

    A program that writes workbooks may leave computing to whoever opens them; the cell would then read as
    empty, and a row of such cells as no row at all. Only sheets in which formulas stand are looked through
    cell by cell, one of them at a time in memory.
    """
    file.seek(0)
    with ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml") and _has_formulas(archive, name):
                for cell in _not_computed(archive, name):
                    raise FormulasNotComputed(cell=cell)
    file.seek(0)


def _has_formulas(archive: ZipFile, name: str) -> bool:
    with archive.open(name) as sheet:
        rest = b""
        while block := sheet.read(_BLOCK_BYTES):
            if _FORMULA.search(rest + block):
                return True
            rest = block[-_OVERLAP_BYTES:]
    return False


def _not_computed(archive: ZipFile, name: str) -> Iterator[str]:
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
