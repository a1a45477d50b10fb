"""Told: a figure as it comes out, with what it is made of, or with the reason why nobody knows it."""

import enum
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.disclosure.figures.definitions import FigureUnit, Missing
from app.kit.facts import fact
from app.kit.money import yuan

PER_MILLE = 1000
GRAMS_A_TONNE = 1_000_000


class PartGroup(enum.StrEnum):
    """By what a figure is divided. The parts of one group are the whole, but for the last two."""

    nature = "nature"
    channel = "channel"
    organization = "organization"
    emergency = "emergency"
    category = "category"
    basis = "basis"
    item = "item"
    programme = "programme"
    honour = "honour"
    beside = "beside"
    left_out = "left_out"


@fact(kw_only=True)
class Part:
    """A part of a figure, in its unit unless it has one of its own; of a target also what was aimed at."""

    group: PartGroup
    key: str
    title_zh: str
    title: str
    value: int
    target: int | None = None
    unit: FigureUnit | None = None


@fact(kw_only=True)
class Told:
    """A figure of one year: a value, or why there is none."""

    value: int | None = None
    missing: Missing | None = None
    parts: Sequence[Part] = ()
    target: int | None = None


def part(group: PartGroup, named: tuple[str, str, str], value: int, unit: FigureUnit | None = None) -> Part:
    """Return a part under its key and its titles in Chinese and English."""
    return Part(group=group, key=named[0], title_zh=named[1], title=named[2], value=value, unit=unit)


def unknown(missing: Missing) -> Told:
    """Return a figure that is not known."""
    return Told(missing=missing)


def growth(now: int | None, before: int | None) -> int | None:
    """Return the growth in thousandths, half up; None where it can't be told: from nothing, or not known."""
    if now is None or before is None or before <= 0:
        return None
    share = Decimal((now - before) * PER_MILLE) / Decimal(before)
    return int(share.quantize(Decimal(1), ROUND_HALF_UP))


def percent(per_mille: int) -> str:
    """Write thousandths as a percentage: 66 -> "6.6%"."""
    sign = "-" if per_mille < 0 else ""
    return f"{sign}{abs(per_mille) // 10}.{abs(per_mille) % 10}%"


_WORDS = {
    FigureUnit.projects: ("个", "projects", "project"),
    FigureUnit.persons: ("人", "people", "person"),
    FigureUnit.person_times: ("人次", "times", "time"),
    FigureUnit.categories: ("类", "categories", "category"),
    FigureUnit.counties: ("个县（市、区）", "counties", "county"),
    FigureUnit.sites: ("个", "sites", "site"),
    FigureUnit.villages: ("个村（社区）", "villages", "village"),
    FigureUnit.items: ("项", "items", "item"),
}


def written(value: int, unit: FigureUnit) -> tuple[str, str]:
    """Return a value as a person reads it, in Chinese and in English; exact, never rounded."""
    if unit is FigureUnit.fen:
        return f"{yuan(value)} 元", f"CNY {yuan(value)}"
    if unit is FigureUnit.per_mille:
        return percent(value), percent(value)
    if unit is FigureUnit.grams:
        tonnes = f"{Decimal(value) / GRAMS_A_TONNE:,f}"
        return f"{tonnes} 吨", f"{tonnes} t"
    zh, en, of_one = _WORDS[unit]
    return f"{value:,} {zh}", f"{value:,} {of_one if value == 1 else en}"
