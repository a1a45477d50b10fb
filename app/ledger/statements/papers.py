"""Papers: a statement as it is handed out, with its lines, its columns and the proofs that it ties."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.ledger.statements.forms import Form, FormLine, Name
from app.ledger.statements.terms import Term


@dataclass(frozen=True, slots=True)
class Column:
    """One column of amounts."""

    key: str
    title_zh: str
    title: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line: its number on our form, its name, and an amount in fen per column."""

    number: int | None
    key: str
    label_zh: str
    label: str
    level: int
    total: bool
    amounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Two sums that must be equal, in fen; a difference is said, never hidden."""

    name: str
    title_zh: str
    title: str
    left: int
    right: int

    @property
    def difference(self) -> int:
        """By how much the left side is more than the right."""
        return self.left - self.right


@dataclass(frozen=True, slots=True)
class Paper:
    """A statement of one organization for a term."""

    name: Name
    form: Form
    term: Term
    columns: tuple[Column, ...]
    lines: tuple[PaperLine, ...]
    proofs: tuple[Proof, ...]

    @property
    def ties(self) -> bool:
        """Whether every proof holds."""
        return not any(proof.difference for proof in self.proofs)

    def amounts(self, key: str) -> tuple[int, ...]:
        """Return the amounts of the line with this key."""
        return next(line.amounts for line in self.lines if line.key == key)


Amounts = Mapping[str, int]
"""One column before it is laid out: fen by the key of the line."""


def add_up(lines: Sequence[FormLine], shown: Callable[[FormLine], int]) -> Amounts:
    """Return one column: `shown` tells the amount of each line that is no total."""
    column: dict[str, int] = {}
    for line in lines:
        if line.total:
            column[line.key] = sum(column[k] for k in line.plus) - sum(column[k] for k in line.minus)
        else:
            column[line.key] = shown(line)
    return column


def laid_out(lines: Sequence[FormLine], columns: Sequence[Amounts]) -> list[PaperLine]:
    """Return the lines with the amounts of these columns, numbered in their order."""
    return [
        PaperLine(
            number,
            line.key,
            line.label_zh,
            line.label,
            line.level,
            line.total,
            tuple(column[line.key] for column in columns),
        )
        for number, line in enumerate(lines, 1)
    ]
