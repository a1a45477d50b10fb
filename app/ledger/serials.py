"""Serial numbers: which numbers of a fund's two counters a movement takes. Pure arithmetic, no I/O."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counter:
    """A fund's counters while a batch is allotted: they only grow, and `spent` never passes `received`."""

    received: int
    spent: int

    @property
    def left(self) -> int:
        """What the fund still holds, in fen."""
        return self.received - self.spent

    def take_in(self, amount: int) -> int:
        """Take `amount` in; return the first of its serial numbers."""
        first = self.received
        self.received += amount
        return first

    def take_out(self, amount: int) -> int:
        """Take `amount` out, oldest money first; return the first of its serial numbers."""
        if amount > self.left:
            raise ValueError("a fund can't spend what it does not hold")
        first = self.spent
        self.spent += amount
        return first
