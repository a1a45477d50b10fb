"""Quantities: how much of something, in which unit, and how packages are counted in pieces."""

import re
import unicodedata

from app.fundraising.goods.errors import UnitUnknown
from app.fundraising.models.goods import GoodsLot
from app.fundraising.models.goods.lots import COUNT_MAX
from app.kit.facts import fact

_SAID = re.compile(r"(?P<count>\d{1,13})(?:\.0+)?\s*(?P<unit>[^\d\s.,][^\d\s]{0,19})?")


@fact()
class Quantity:
    """A count of a unit; without a unit it is in that of the goods themselves."""

    count: int
    unit: str | None = None


def read(text: str) -> Quantity:
    """Return the quantity in a text such as `198件` or `1,000`; ValueError if it is none.

    Goods are counted in whole units: half a box is told in pieces.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    match = _SAID.fullmatch(plain)
    if match is None:
        raise ValueError("a whole number is wanted, with or without its unit, such as 198件")
    count = int(match["count"])
    if not 1 <= count <= COUNT_MAX:
        raise ValueError(f"a number from 1 to {COUNT_MAX} is wanted")
    return Quantity(count, match["unit"])


def pieces(lot: GoodsLot, quantity: Quantity) -> int:
    """Return how many of the lot's own units a quantity is; UnitUnknown if it is told in another."""
    if quantity.unit is None or quantity.unit == lot.unit:
        return quantity.count
    if lot.package_size is not None and quantity.unit == lot.package_unit:
        return quantity.count * lot.package_size
    raise UnitUnknown(lot=lot.id, unit=quantity.unit, known=[lot.unit, lot.package_unit])
