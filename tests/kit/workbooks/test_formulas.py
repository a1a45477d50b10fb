"""A workbook whose formulas were never computed is refused: their cells would read as empty."""

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from app.kit import tables
from app.kit.tables import TableUnreadable

AMOUNTS = ["=1+2", "=B2*2"]
"""Two formulas, as a program that computes nothing writes them."""


def is_header(cells: object) -> bool:
    return "金额" in list(cells)


def read(path: Path) -> list[tuple[int, list[object]]]:
    with tables.find(path, is_header).rows() as rows:
        return [(line, list(cells)) for line, cells in rows]


def written(path: Path, *, second: bool = False) -> Path:
    book = Workbook()
    sheet = book.active
    if second:
        sheet.append(["说明"])
        sheet = book.create_sheet("明细")
    sheet.append(["姓名", "金额"])
    for amount in AMOUNTS:
        sheet.append([None, amount])
    book.save(path)
    return path


def computed(path: Path, cell: str) -> Path:
    """The same workbook with something in the place where a formula's value belongs."""
    after = path.with_name("computed.xlsx")
    with ZipFile(path) as old, ZipFile(after, "w") as new:
        for member in old.namelist():
            said = old.read(member)
            if member.startswith("xl/worksheets/"):
                said = re.sub(rb'<c r="(\w+)"([^>]*)>(<f>[^<]*</f>)<v ?/>(</c>)', cell.encode(), said)
            new.writestr(member, said)
    return after


@pytest.mark.parametrize("second", [False, True])
def test_a_row_of_formulas_without_values_is_not_left_out_but_told(tmp_path: Path, second: bool) -> None:
    with pytest.raises(TableUnreadable) as refused:
        read(written(tmp_path / "list.xlsx", second=second))

    assert refused.value.facts == {"cell": "B2"}


def test_a_formula_whose_value_was_saved_is_its_value(tmp_path: Path) -> None:
    saved = computed(written(tmp_path / "list.xlsx"), r'<c r="\1"\2>\3<v>12.5</v>\4')

    assert read(saved) == [(2, [None, 12.5]), (3, [None, 12.5])]


def test_a_text_that_was_computed_to_nothing_is_empty(tmp_path: Path) -> None:
    saved = computed(written(tmp_path / "list.xlsx"), r'<c r="\1" t="str">\3<v></v>\4')

    assert read(saved) == []


def test_names_that_begin_like_a_formula_are_none(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "金额"])
    sheet.append(["<f>王</f>", 3])
    book.save(tmp_path / "list.xlsx")

    assert read(tmp_path / "list.xlsx") == [(2, ["<f>王</f>", 3])]


def test_a_workbook_in_the_middle_of_which_bytes_are_wrong_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "list.xlsx")
    with ZipFile(path) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    whole = bytearray(path.read_bytes())
    whole[at : at + 40] = bytes(40)
    path.write_bytes(whole)

    with pytest.raises(TableUnreadable):
        read(path)
