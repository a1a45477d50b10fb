"""Wear: how an asset's cost is spread over the months of its life, by straight line."""

from collections.abc import Iterator
from datetime import date

from app.accounting.models import FixedAsset
from app.ledger.periods import month_of, next_month


def months(asset: FixedAsset, until: date) -> Iterator[tuple[date, int]]:
    """Yield each month of an asset's life up to `until` with the fen that it wears out in it.

    It begins with the month of addition (art. 41) and ends with that of disposal. The parts add up to cost
    less residual value to the fen: each is the difference of two rounded sums.
    """
    whole, month = asset.cost - asset.residual, month_of(asset.in_use_from)
    last = min(until, asset.disposed_on or until)
    for number in range(1, asset.life_months + 1):
        if month > last:
            return
        part = whole * number // asset.life_months - whole * (number - 1) // asset.life_months
        if part:
            yield month, part
        month = next_month(month)
