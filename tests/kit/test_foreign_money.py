"""An amount in a foreign currency is written with exactly the decimals of its currency."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.kit.money import FOREIGN_DECIMALS, FOREIGN_DIGITS_MAX, read_foreign


@pytest.mark.parametrize(
    ("currency", "written", "spelled"),
    [
        ("USD", "100", "100.00"),
        ("USD", "1,234.5", "1234.50"),
        ("USD", "0.01", "0.01"),
        ("USD", "１，０００．５", "1000.50"),
        ("JPY", "5000", "5000"),
        ("JPY", "5000.00", "5000"),
        ("KRW", "0012", "12"),
        ("KWD", "1.5", "1.500"),
        ("KWD", "0.001", "0.001"),
        ("EUR", "9" * FOREIGN_DIGITS_MAX, "9" * FOREIGN_DIGITS_MAX + ".00"),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(currency: str, written: str, spelled: str) -> None:
    assert read_foreign(currency, written) == spelled


@pytest.mark.parametrize(
    ("currency", "written"),
    [
        *[("USD", text) for text in ("1.005", "0", "0.00", "-1", "", "1e3", "NaN", "12,50", "1.", ".5", "٣")],
        *[("USD", "1" + "0" * FOREIGN_DIGITS_MAX), ("JPY", "0.5"), ("KWD", "0.0001")],
        # Yuan are no foreign currency, gold is none that anybody pays in, and codes are written in capitals.
        *[("CNY", "1.00"), ("XAU", "1.00"), ("usd", "1.00"), ("ABC", "1.00"), ("", "1.00")],
    ],
)
def test_what_no_coins_could_pay_is_refused(currency: str, written: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        read_foreign(currency, written)


@given(
    currency=some.sampled_from(sorted(FOREIGN_DECIMALS)),
    whole=some.integers(0, 10**FOREIGN_DIGITS_MAX - 1),
    part=some.integers(1, 999),
)
def test_an_amount_that_is_spelled_reads_as_itself(currency: str, whole: int, part: int) -> None:
    decimals = FOREIGN_DECIMALS[currency]
    spelled = f"{whole}.{part % 10**decimals:0{decimals}}" if decimals else str(whole)
    if spelled.strip("0."):
        assert read_foreign(currency, spelled) == spelled
        assert read_foreign(currency, spelled + ("0" if decimals else ".0")) == spelled
