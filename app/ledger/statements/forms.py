"""Forms: the lines of the three statements of one chart of accounts, as data."""

import enum
from dataclasses import dataclass

CASH = ("1001", "1002", "1009")
"""What the statement of cash flows is about: on hand, in banks, with payment platforms."""


class Name(enum.StrEnum):
    """Which of the three statements."""

    balance_sheet = "balance-sheet"
    activities = "activities"
    cash_flow = "cash-flow"


class Confidence(enum.StrEnum):
    """How sure we are of a form: read in one copy (A1), or remembered and still to be read (C)."""

    a1 = "A1"
    c = "C"


@dataclass(frozen=True, slots=True)
class FormLine:
    """One line: its name, and either the codes whose balances it shows or the lines that it adds up.

    With `credit` a credit balance is shown as positive. A code may name a sub-account ("5401/fundraising").
    Lines in `minus` are taken off a total. A line with `part_of_above` (其中) explains a part of the line
    before it and is in no total.
    """

    key: str
    label_zh: str
    label: str
    codes: tuple[str, ...] = ()
    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    credit: bool = False
    level: int = 1
    part_of_above: bool = False

    @property
    def total(self) -> bool:
        """Whether it adds up other lines."""
        return bool(self.plus)


@dataclass(frozen=True, slots=True)
class Flow:
    """Which line shows cash whose other side is one of these accounts: money that came, money that went."""

    codes: tuple[str, ...]
    came: str
    went: str


@dataclass(frozen=True, slots=True)
class Form:
    """The three statements of one version of the chart."""

    chart: str
    confidence: Confidence
    names: dict[Name, tuple[str, str, str]]
    """The form's number, Chinese and English title."""
    balance_sheet: tuple[FormLine, ...]
    activities: tuple[FormLine, ...]
    cash_flow: tuple[FormLine, ...]
    flows: tuple[Flow, ...]
    expenses_unrestricted: bool = False
    """Whether all costs stand in the unrestricted column, and restricted money is released to bear them."""
    no_prior_year: frozenset[int] = frozenset()
    """Years whose activities and cash flows are shown without the year before."""


def total(key: str, label_zh: str, label: str, plus: str, minus: str = "") -> FormLine:
    """Return a line that adds up others, named by their keys."""
    return FormLine(key, label_zh, label, plus=tuple(plus.split()), minus=tuple(minus.split()), level=0)


def shown(key: str, label_zh: str, label: str, codes: str = "") -> FormLine:
    """Return a line that shows the debit balances of these codes."""
    return FormLine(key, label_zh, label, codes=tuple(codes.split()))


def owed(key: str, label_zh: str, label: str, codes: str) -> FormLine:
    """Return a line that shows the credit balances of these codes."""
    return FormLine(key, label_zh, label, codes=tuple(codes.split()), credit=True)


def part(key: str, label_zh: str, label: str, codes: str = "") -> FormLine:
    """Return a line that explains a part of the line above it."""
    return FormLine(key, label_zh, label, codes=tuple(codes.split()), level=2, part_of_above=True)
