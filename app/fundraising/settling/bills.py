"""Bills: a settlement file read as a stream, with the sums that it tells of itself."""

import hashlib
import re
import shutil
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from app.fundraising.models import BillKind, BillLayout
from app.fundraising.settling.errors import BillUnsound
from app.fundraising.settling.layouts import LAYOUTS, BillRead, Layout
from app.kit import tables
from app.kit.cells.headers import spelling
from app.kit.cells.values import amount, plain, tidy
from app.kit.chinese import faults
from app.kit.tables import Cell, Table

FAULTS_MAX = 20
BLOCK_BYTES = 1 << 20

_WECHAT_SUMS = {
    "总交易单数": "line_count",
    "手续费总金额": "fee",
    "订单总金额": "gross",
    "申请退款总金额": "refunded",
}
_ALIPAY_COUNT = re.compile(r"#(?P<kind>交易|退款)合计：\s*(?P<count>\d+)\s*笔")


@dataclass(slots=True)
class Sums:
    """Counts, and amounts in fen, as they are declared or found; what is None was not said."""

    line_count: int | None = None
    payments: int | None = None
    refunds: int | None = None
    gross: int | None = None
    refunded: int | None = None
    fee: int | None = None
    net: int | None = None

    def differing(self, found: "Sums") -> list[str]:
        """Return the names of what was declared and found otherwise."""
        return [
            name
            for name in self.__slots__
            if getattr(self, name) is not None and getattr(self, name) != getattr(found, name)
        ]


@dataclass(slots=True)
class Bill:
    """A file set aside on disk: its layout and hash, and after it was read its sums and its own words."""

    table: Table
    layout: Layout
    places: Mapping[str, int]
    digest: bytes
    found: Sums = field(default_factory=Sums)
    told: Sums = field(default_factory=Sums)
    faults: list[dict[str, object]] = field(default_factory=list[dict[str, object]])
    left_out: int = 0

    @property
    def name(self) -> BillLayout:
        """Whose columns it has."""
        return self.layout.name

    def lines(self) -> Iterator[BillRead]:
        """Yield the lines in their order, one in memory at a time; sums and faults are known afterwards."""
        found = self.found = Sums(0, 0, 0, 0, 0, 0, 0)
        with self.table.rows() as rows:
            footer: dict[int, str] | None = None
            for number, cells in rows:
                first = tidy(plain(cells[0] if cells else None))
                if first.startswith("#"):
                    self._comment(",".join(plain(cell) for cell in cells))
                elif spelling(first) in _WECHAT_SUMS and self.name is BillLayout.wechat_pay:
                    footer = {place: spelling(tidy(plain(cell))) for place, cell in enumerate(cells)}
                elif footer is not None:
                    self._summary(footer, cells)
                else:
                    read = self._read(number, cells)
                    if read is not None:
                        _add(found, read)
                        yield read

    def _read(self, number: int, cells: Sequence[Cell]) -> BillRead | None:
        told = {name: cells[place] if place < len(cells) else None for name, place in self.places.items()}
        try:
            read = self.layout.read(number, told)
            if read is not None and read.amount <= 0:
                raise ValueError("total: an amount is more than nothing")  # noqa: TRY301
        except ValueError as error:
            if len(self.faults) < FAULTS_MAX:
                where, _, why = str(error).partition(": ")
                said: dict[str, object] = {"detail": why, "detail_zh": faults.CELLS.get(why, faults.UNFIT)}
                self.faults.append(said | {"line": number, "field": where})
            return None
        if read is None:
            self.left_out += 1
        return read

    def _summary(self, footer: Mapping[int, str], cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells):
            name = _WECHAT_SUMS.get(footer.get(place, ""))
            said = tidy(plain(cell)).removeprefix("`")
            # Refunds that are not done are counted there and left out here.
            if name and said and not self.left_out:
                setattr(self.told, name, int(said) if name == "line_count" else amount(said))

    def _comment(self, text: str) -> None:
        said = _ALIPAY_COUNT.search(text)
        if said:
            setattr(self.told, "payments" if said["kind"] == "交易" else "refunds", int(said["count"]))

    def must_be_sound(self) -> None:
        """Refuse a file of which some line could not be read."""
        if self.faults:
            raise BillUnsound(errors=self.faults)


def _add(found: Sums, read: BillRead) -> None:
    assert found.line_count is not None and found.payments is not None  # noqa: S101, PT018 - begun at zero
    assert found.refunds is not None and found.gross is not None  # noqa: S101, PT018
    assert found.refunded is not None and found.fee is not None and found.net is not None  # noqa: S101, PT018
    found.line_count += 1
    found.fee += read.fee
    if read.kind is BillKind.payment:
        found.payments, found.gross = found.payments + 1, found.gross + read.amount
    else:
        found.refunds, found.refunded = found.refunds + 1, found.refunded + read.amount
    found.net = found.gross - found.refunded - found.fee


@contextmanager
def aside(source: BinaryIO) -> Generator[Path]:
    """Set a file that was sent aside on disk while it is read."""
    with NamedTemporaryFile(prefix="settlement-") as file:
        shutil.copyfileobj(source, file, BLOCK_BYTES)
        file.flush()
        yield Path(file.name)


def find(path: Path) -> Bill:
    """Return the bill in a file, or refuse: HeaderNotFound, TableUnreadable."""
    for layout in LAYOUTS[:-1]:
        try:
            return _found(path, layout)
        except tables.HeaderNotFound:
            continue
    return _found(path, LAYOUTS[-1])


def _found(path: Path, layout: Layout) -> Bill:
    table = tables.find(path, lambda header: layout.places(header) is not None)
    places = layout.places(table.header)
    assert places is not None, "the header was found by its places"  # noqa: S101
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    return Bill(table, layout, places, digest)
