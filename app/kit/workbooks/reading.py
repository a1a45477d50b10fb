"""Reading: how a workbook of somebody else's is opened."""

import warnings
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from app.kit.workbooks import formulas


class WorkbookUnreadableError(ValueError):
    """The file is no workbook, or a damaged one."""


def workbook(file: Path | BinaryIO) -> Any:  # noqa: ANN401 - openpyxl declares its read-only sheets nowhere
    """Open a workbook that somebody else wrote; WorkbookUnreadableError if it can't be.

    FormulasNotComputed if it leaves to its reader what its cells hold.
    """
    # Here and not above: most processes never read a workbook.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        if isinstance(file, Path):
            with file.open("rb") as opened:
                formulas.insist_on_values(opened)
        else:
            formulas.insist_on_values(file)
        with warnings.catch_warnings():
            # A workbook without default styles is still a workbook.
            warnings.simplefilter("ignore", UserWarning)
            return load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, OSError) as error:
        raise WorkbookUnreadableError(str(error)) from None
