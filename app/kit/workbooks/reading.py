"""Reading: how a workbook of somebody else's is opened."""

import warnings
import zlib
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from app.kit.workbooks.formulas import not_computed

_DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, ValueError, ParseError, OSError, RuntimeError)


class WorkbookUnreadableError(ValueError):
    """The file is no workbook, a damaged one, or one that leaves to its reader what its cells hold."""

    def __init__(self, detail: str, detail_zh: str, **facts: str) -> None:
        super().__init__(detail)
        self.detail, self.detail_zh, self.facts = detail, detail_zh, facts


def workbook(file: Path | BinaryIO) -> Any:  # noqa: ANN401 - openpyxl declares its read-only sheets nowhere
    """Open a workbook that somebody else wrote; WorkbookUnreadableError if it can't be."""
    # Here and not above: most processes never read a workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        cell = not_computed(file)
        with warnings.catch_warnings():
            # A workbook without default styles is still a workbook.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (*_DAMAGED, InvalidFileException) as error:
        raise WorkbookUnreadableError(f"not a readable workbook: {error}", "不是可读取的工作簿") from None
    if cell is not None:
        book.close()
        raise WorkbookUnreadableError(
            f"the formula in {cell} has no value: open the workbook in a spreadsheet program and save it",
            f"单元格 {cell} 的公式没有计算结果，请用电子表格软件打开并保存后再提交",
            cell=cell,
        )
    return book
