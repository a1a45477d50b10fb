"""A row says who gave what and when, or what is wrong with it."""

import tracemalloc
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.fundraising.gifts import Original
from app.fundraising.imports import columns, givers, parts, rows
from app.fundraising.imports.columns import Columns
from app.fundraising.imports.givers import Names
from app.fundraising.imports.spool import Spool
from app.fundraising.models import DonorKind
from app.kit.clock import LEGAL_ZONE, now
from app.kit.vault import Vault
from tests.fundraising.imports.lists import gifts, write

FIELDS = (
    *("number", "donated_on", "name", "payer", "amount", "remark", "kind"),
    *("original_currency", "original_amount", "currency"),
)
COLUMNS = Columns({field: place for place, field in enumerate(FIELDS)}, FIELDS)
NOON = datetime(2020, 1, 22, 12, tzinfo=LEGAL_ZONE)


def read(**cells: object) -> rows.Row:
    values = {"donated_on": "2020-01-22", "name": "王*", "amount": "100.00"} | cells
    return rows.read(5, [values.get(field) for field in FIELDS], COLUMNS)


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("100.00", 100_00),
        ("0.01", 1),
        ("50,000,000", 50_000_000_00),
        ("￥12.5", 12_50),
        ("20元", 20_00),
        (" 3 ", 3_00),
        ("１，２３４．５０", 1_234_50),
        ("￥８８元", 88_00),
        ("9,999,999,999,999.99", 999_999_999_999_999),
        ("0012", 12_00),
        (100, 100_00),
        (0.1 + 0.2, 30),
        (50_000_000.0, 50_000_000_00),
    ],
)
def test_amounts_are_read_to_the_fen(written: object, fen: int) -> None:
    assert read(amount=written).amount == fen
    assert read(amount=written).fault is None


@pytest.mark.parametrize(
    "written",
    [
        *("", None, "1.005", "abc", "1e3", "NaN", True, 0, "-5", "0.00", 10.005, float("inf"), 1e300),
        # A comma that stands between no thousands may be a decimal one: then 12.50 would be booked as 1,250.
        *("12,50", "1,2345", "1,,000", ",100", "1000,000", "1,234.5,6", "1.234,56"),
        *("(100.00)", "100-", "－５", "99999999999999", "1０²", "①", "½", "٣"),
    ],
)
def test_what_is_no_gift_is_a_fault_of_the_amount(written: object) -> None:
    fault = read(amount=written).fault

    assert fault is not None
    assert fault.field == "amount"


@pytest.mark.parametrize(
    "written",
    [
        *(
            "2020-01-22",
            "2020/1/22",
            "2020.01.22",
            "2020年1月22日",
            "20200122",
            "43852",
            "2020-01-22 12:00:00",
        ),
        *(43852, 43852.0, datetime(2020, 1, 22), date(2020, 1, 22), datetime(2020, 1, 22, 12)),  # noqa: DTZ001
    ],
)
def test_a_day_is_noon_in_the_legal_zone(written: object) -> None:
    assert read(donated_on=written).donated_at == NOON


@pytest.mark.parametrize("written", ["2020-01-22 9:05", "2020-01-22T09:05:00", 43852 + (9 * 60 + 5) / 1440])
def test_a_time_that_is_told_counts(written: object) -> None:
    told = read(donated_on=written).donated_at

    assert told is not None
    assert abs(told - datetime(2020, 1, 22, 9, 5, tzinfo=LEGAL_ZONE)) < timedelta(seconds=1)


@pytest.mark.parametrize("written", ["", None, "22.1.2020", "2020-02-30", "合计", "nan", "99999", 3.5, True])
def test_what_is_no_day_is_a_fault_of_the_date(written: object) -> None:
    fault = read(donated_on=written).fault

    assert fault is not None
    assert fault.field == "donated_on"


def test_a_day_to_come_is_a_fault() -> None:
    fault = read(donated_on=(now() + timedelta(days=3)).date()).fault

    assert fault is not None
    assert fault.reason == "the day has not come yet"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("王*\t", Names("王*", None, anonymous=False)),
        ("\u3000湖北沧军起重吊装有限公司\u3000\t", Names("湖北沧军起重吊装有限公司", None, anonymous=False)),
        ("王\u3000伟", Names("王伟", None, anonymous=False)),
        ("王\u200b伟", Names("王伟", None, anonymous=False)),
        ("张\U0002ebf0\ue863", Names("张\U0002ebf0\ue863", None, anonymous=False)),
        ("Red  Cross", Names("Red Cross", None, anonymous=False)),
        ("张三\u3000李四", Names("张三 李四", None, anonymous=False)),
        ("匿名", Names(None, None, anonymous=True)),
        ("（匿名）\t", Names(None, None, anonymous=True)),
        ("", Names(None, None, anonymous=False)),
        ("林** 转来 西藏湖北商会 捐款", Names("西藏湖北商会", "林**", anonymous=False)),
        ("林**转入西藏湖北商会捐款", Names("西藏湖北商会", "林**", anonymous=False)),
        ("林**转来匿名捐款", Names(None, "林**", anonymous=True)),
    ],
)
def test_names_come_through_right(written: str, names: Names) -> None:
    assert read(name=written).names == names


def test_a_payer_may_have_a_column() -> None:
    assert read(name="王*", payer="李*\t").names == Names("王*", "李*", anonymous=False)


def test_a_name_that_is_too_long_is_a_fault() -> None:
    fault = read(name="王" * (givers.NAME_CHARACTERS_MAX + 1)).fault

    assert fault is not None
    assert fault.field == "name"


def test_a_number_that_a_spreadsheet_has_rounded_is_a_fault() -> None:
    fault = read(number=4.2000012345678901e27).fault

    assert fault is not None
    assert fault.field == "number"
    assert read(number="4200001234567890123456789012").number == "4200001234567890123456789012"
    assert read(number=12345.0).number == "12345"


def test_kinds_are_told_in_chinese_and_english() -> None:
    assert read(kind="单位").kind is DonorKind.organization
    assert read(kind="organisation").kind is DonorKind.organization
    assert read(kind="relayed").kind is DonorKind.individual


def test_more_cells_than_columns_are_a_fault() -> None:
    row = rows.read(5, ["", "2020-01-22", "王*", "", "1", "", "", "", "", "a", "b"], COLUMNS)

    assert row.fault is not None
    assert row.fault.field == "line"


def test_equal_rows_have_equal_marks_whatever_their_spelling_and_remark(vault: Vault) -> None:
    first = read(name="ＡＢＣ公司\t", amount="100")
    second = read(name="abc公司", amount=100.0, remark="用于采购")

    assert first.macs(vault) == second.macs(vault)
    assert read(amount="100").macs(vault) != read(amount="101").macs(vault)
    other_day = read(donated_on="2020-01-23").macs(vault)
    assert other_day[0] != read().macs(vault)[0]
    assert other_day[1] == read().macs(vault)[1]
    other_key = Vault({"test": bytes(32)}, current="test", index_key=bytes(range(32)))
    assert read().macs(other_key) != read().macs(vault)


def test_memory_does_not_grow_with_the_rows(vault: Vault, tmp_path: Path) -> None:
    count = 60_000
    path = write(tmp_path / "a.csv", gifts(*[f"{n}.00" for n in range(1, count + 1)]))
    table, found = columns.find(path, {})
    tracemalloc.start()

    with Spool() as spool:
        [part] = parts.survey(table, found, vault, spool, lambda *_: None)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert part.row_count == count
    # What is read at once takes 4 MB; 60,000 rows kept in memory would take 30 more.
    assert peak < 6 << 20


@pytest.mark.parametrize(
    ("currency", "amount", "original"),
    [
        ("USD", "100", Original("USD", "100.00")),
        ("美元", "1,000.5", Original("USD", "1000.50")),
        ("ｊｐｙ", 5000.0, Original("JPY", "5000")),
        ("KWD", 0.125, Original("KWD", "0.125")),
        ("人民币", "100.00", None),
        ("CNY", 100, None),
        ("元", "", None),
        (None, "", None),
    ],
)
def test_what_a_gift_was_in_its_own_currency_is_read_beside_its_yuan(
    currency: object, amount: object, original: Original | None
) -> None:
    row = read(original_currency=currency, original_amount=amount)

    assert (row.original, row.fault, row.amount) == (original, None, 100_00)


@pytest.mark.parametrize(
    ("currency", "amount", "field"),
    [
        ("USD", "", "original_amount"),
        ("USD", "1.005", "original_amount"),
        ("JPY", "0.5", "original_amount"),
        ("", "100", "original_currency"),
        ("贝壳", "100", "original_currency"),
        ("人民币", "100.01", "original_amount"),
        ("CNY", "0", "original_amount"),
        ("元", "约一百", "original_amount"),
    ],
)
def test_half_an_unknown_or_a_contradicting_original_is_a_fault(
    currency: str, amount: str, field: str
) -> None:
    fault = read(original_currency=currency, original_amount=amount).fault

    assert fault is not None
    assert fault.field == field


@pytest.mark.parametrize("written", ["", None, "CNY", "cny", "人民币", "ＲＭＢ", "元"])
def test_an_amount_in_yuan_may_say_so(written: str | None) -> None:
    assert read(currency=written).fault is None


@pytest.mark.parametrize("written", ["USD", "美元", "港币", "贝壳"])
def test_an_amount_in_another_currency_is_no_yuan(written: str) -> None:
    row = read(currency=written)

    assert row.fault is not None
    assert (row.fault.field, row.original) == ("currency", None)


def test_the_one_currency_beside_an_original_amount_is_that_amounts() -> None:
    header = ("donated_on", "amount", "currency", "original_amount")
    places = Columns({field: place for place, field in enumerate(header)}, header)

    row = rows.read(5, ["2020-01-22", "715.20", "USD", "100"], places)

    assert (row.amount, row.original, row.fault) == (715_20, Original("USD", "100.00"), None)
