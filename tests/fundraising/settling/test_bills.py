"""Bills are read as their platforms write them, or refused with the line and the reason."""

from collections.abc import Callable
from pathlib import Path

import pytest

from app.fundraising.models import BillKind
from app.fundraising.settling import bills
from app.fundraising.settling.errors import BillUnsound
from app.kit.tables import HeaderNotFound
from tests.fundraising.settling.files import Item, alipay, kept, table, wechat, workbook

PAID = Item(their_id="4200001234202605010000000001", amount=100_29, fee=60, remark="SX-1")
BACK = Item(their_id=PAID.their_id, amount=10_01, fee=-6, refund_id="50000001", at="2026-05-02 09:30:00")


@pytest.mark.parametrize("write", [wechat, alipay, table, workbook])
def test_every_layout_says_the_same(write: Callable[..., bytes], tmp_path: Path) -> None:
    bill = bills.find(kept(tmp_path, write(PAID, BACK)))
    paid, back = list(bill.lines())

    assert (paid.kind, paid.their_id, paid.amount, paid.fee) == (BillKind.payment, PAID.their_id, 100_29, 60)
    assert (paid.remark, paid.happened_at.isoformat()) == ("SX-1", "2026-05-01T08:00:00+08:00")
    assert (back.kind, back.gift_id, back.amount, back.fee) == (BillKind.refund, PAID.their_id, 10_01, -6)
    assert back.their_id == (f"{PAID.their_id}/50000001" if write is alipay else "50000001")
    found = bill.found
    assert (found.line_count, found.gross, found.refunded, found.fee) == (2, 100_29, 10_01, 54)
    assert found.net == 100_29 - 10_01 - 54
    assert bill.faults == []
    assert bill.told.differing(found) == []
    assert (bill.told.line_count, bill.told.payments) == {
        wechat: (2, None),
        alipay: (None, 1),
    }.get(write, (None, None))


@pytest.mark.parametrize(
    ("told", "kept_of_it"),
    [
        ("SX-1", "SX-1"),
        ("campaign=SX-1", "SX-1"),
        (
            "campaign=SX-1&designation=road&fundraiser=QY-7&note=张三",
            "campaign=SX-1&designation=road&fundraiser=QY-7",
        ),
        ("campaign%3DSX-1%26fundraiser%3DQY-7", "campaign=SX-1&fundraiser=QY-7"),
        ("campaign=SX-1&designation=给张三", None),
        ("为张三祈福", None),
        ("", None),
    ],
)
def test_of_a_remark_codes_are_kept_and_no_words(told: str, kept_of_it: str | None, tmp_path: Path) -> None:
    [line] = bills.find(kept(tmp_path, table(Item(their_id="T-1", amount=1, remark=told)))).lines()
    assert line.remark == kept_of_it


def test_a_bills_own_sums_are_compared(tmp_path: Path) -> None:
    for content, odd in [(wechat(PAID, lie=1), "gross"), (alipay(PAID, lie=1), "payments")]:
        bill = bills.find(kept(tmp_path, content))
        assert len(list(bill.lines())) == 1
        assert bill.told.differing(bill.found) == [odd]


def test_a_refund_that_is_not_done_is_left_out(tmp_path: Path) -> None:
    content = wechat(PAID, BACK).replace(b"`ORIGINAL,`SUCCESS", b"`ORIGINAL,`PROCESSING")
    bill = bills.find(kept(tmp_path, content))
    assert [read.kind for read in bill.lines()] == ["payment"]
    assert bill.left_out == 1
    assert bill.told.differing(bill.found) == []


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        ("yesterday,T-1,payment,,1.00,,", "happened_at"),
        ("2026-05-01,,payment,,1.00,,", "their_id"),
        ("2026-05-01,4.2E+27,payment,,1.00,,", "their_id"),
        ("2026-05-01,T-1,payment,,1.001,,", "total"),
        ("2026-05-01,T-1,payment,,0.00,,", "total"),
        ("2026-05-01,T-1,payment,,-1.00,,", "total"),
        ("2026-05-01,T-1,refund,,1.00,,", "refund_id"),
        ("2026-05-01,T-1,gift?,,1.00,,", "kind"),
        ("2026-05-01,T-1,payment,,1.00,many,", "fee"),
        (f"2026-05-01,{'9' * 201},payment,,1.00,,", "their_id"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_place(tmp_path: Path, cells: str, field: str) -> None:
    bill = bills.find(kept(tmp_path, table() + cells.encode() + b"\n"))
    assert list(bill.lines()) == []
    with pytest.raises(BillUnsound) as refused:
        bill.must_be_sound()
    [fault] = refused.value.facts["errors"]
    assert (fault["line"], fault["field"]) == (2, field)


def test_what_is_no_bill_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HeaderNotFound):
        bills.find(kept(tmp_path, b"name,colour\nx,red\n"))
