"""Money: whole minor units of one currency, never a float."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

AMOUNT_MINOR_MAX = 10**15
"""The largest amount of one movement: ten trillion yuan, in fen."""

WHOLE_YUAN_DIGITS_MAX = 13

_YUAN = re.compile(r"(?P<sign>-?)(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]{1,2})0*)?")
# What an input method writes in the width of a Chinese character, and nothing that merely looks like a digit.
_NARROW = str.maketrans("０１２３４５６７８９，．－￥", "0123456789,.-¥")

FOREIGN_DIGITS_MAX = 15

_WRITTEN = re.compile(r"(?P<whole>[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.(?P<part>[0-9]+))?")
_TWO = """
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF COP CRC
    CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
    SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW
    ZWG
    ANG BGN CUC HRK SLL ZWL
"""
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"

FOREIGN_DECIMALS: Mapping[str, int] = {
    code: decimals for decimals, codes in enumerate((_NONE, "", _TWO, _THREE)) for code in codes.split()
}
"""By ISO 4217 code: the currencies that people pay in as of 2026, and those withdrawn since 2020.

Without CNY, and without the codes of funds and metals.
"""


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount such as 12.50 CNY, kept as 1250 and "CNY"."""

    minor: int
    currency: str = "CNY"

    def __add__(self, other: Self) -> Self:
        return type(self)(self.minor + self._same_currency(other).minor, self.currency)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.minor - self._same_currency(other).minor, self.currency)

    def __neg__(self) -> Self:
        return type(self)(-self.minor, self.currency)

    def __str__(self) -> str:
        return f"{self.currency} {yuan(self.minor)}"

    def _same_currency(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise ValueError(f"cannot mix {self.currency} and {other.currency}")
        return other


def yuan(minor: int) -> str:
    """Write fen as yuan with two decimals and grouped thousands: 123456 -> "1,234.56"."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100:,}.{abs(minor) % 100:02d}"


def read_yuan(text: str) -> int:
    """Return the fen in a written amount such as "1,234.5"; ValueError if it is none or finer than fen.

    A comma stands between thousands and nowhere else: who writes "12,50" may mean twelve and a half.
    """
    match = _YUAN.fullmatch(text.translate(_NARROW).strip().removeprefix("¥"))
    whole = match["whole"].replace(",", "") if match else ""
    if match is None or len(whole) > WHOLE_YUAN_DIGITS_MAX:
        raise ValueError(f"not an amount in yuan: {text!r}")
    minor = int(whole) * 100 + int((match["part"] or "0").ljust(2, "0"))
    return -minor if match["sign"] else minor


def read_foreign(currency: str, text: str) -> str:
    """Return a written amount with exactly the decimals of its currency: ("KWD", "1,000.5") -> "1000.500".

    ValueError if we know of no such currency, or if the amount is none, nothing, or finer than its coins.
    """
    if currency not in FOREIGN_DECIMALS:
        raise ValueError("not a foreign currency of ISO 4217")
    decimals = FOREIGN_DECIMALS[currency]
    match = _WRITTEN.fullmatch(text.translate(_NARROW).strip())
    whole = match["whole"].replace(",", "").lstrip("0") if match else ""
    part = (match["part"] or "").rstrip("0") if match else ""
    if not (whole or part) or len(whole) > FOREIGN_DIGITS_MAX or len(part) > decimals:
        raise ValueError(f"not a positive amount with at most {decimals} decimals")
    return f"{whole or '0'}.{part:0<{decimals}}".removesuffix(".")


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Divide `total` in proportion to `weights`, exactly (largest remainder, the first of equals wins)."""
    whole = sum(weights)
    if whole <= 0:
        raise ValueError("nothing to divide by")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
