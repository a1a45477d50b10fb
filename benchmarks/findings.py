"""Findings: what one measurement says, and whether it reaches its floor."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

from rich.console import Console
from rich.table import Table

Measured = TypeVar("Measured")
Said = Callable[[str], None]
"""Is told what is measured now, so that whoever waits sees it move."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One line of the report: a figure beside the one it is held against."""

    what: str
    figures: str
    against: str
    compared: str
    ratio: str
    floor: str
    reached: bool


def rate(
    what: str,
    ours: float,
    against: str,
    theirs: float,
    *,
    floor: float | None = None,
    more: str = "",
    unit: str = "gifts",
) -> Finding:
    """A pace, which must be at least `floor` times the other one if it is held to a floor."""
    return Finding(
        what=what,
        figures=f"{ours:,.0f} {unit}/s{more}",
        against=against,
        compared=f"{theirs:,.0f}/s",
        ratio=f"{ours / theirs:.2f}",
        floor=f"at least {floor:g}" if floor else "none",
        reached=ours / theirs >= (floor or 0),
    )


def wait(what: str, ours: float, against: str, theirs: float, *, most: float, within_ms: float) -> Finding:
    """A waiting time in ms, at most `most` times the other one, or longer by no more than `within_ms`."""
    return Finding(
        what=what,
        figures=f"p50 {ours:.1f} ms",
        against=against,
        compared=f"p50 {theirs:.1f} ms",
        ratio=f"{ours / theirs:.2f}",
        floor=f"at most {most:g}, or within {within_ms:g} ms",
        reached=ours / theirs <= most or ours - theirs <= within_ms,
    )


def alternated(
    sides: Mapping[str, Callable[[], Measured]], rounds: int, said: Said
) -> dict[str, list[Measured]]:
    """Measure every side once a round: what else the machine does then weighs on all of them alike."""
    seen: dict[str, list[Measured]] = {name: [] for name in sides}
    for number in range(rounds):
        for name, measure in sides.items():
            said(f"{name}, round {number + 1} of {rounds}")
            seen[name].append(measure())
    return seen


def middle(values: list[Measured], figure: Callable[[Measured], float]) -> float:
    """The median of one figure over the rounds."""
    return median(figure(value) for value in values)


def show(findings: list[Finding], machine: str) -> None:
    """Print the findings, the missed floors by name."""
    table = Table(title="benchmarks", caption=machine, title_justify="left", caption_justify="left")
    for column in ("what", "figures", "against", "its figures", "ratio", "floor", "reached"):
        table.add_column(column, justify="right" if column == "ratio" else "left", overflow="fold")
    for one in findings:
        verdict = "[green]yes[/green]" if one.reached else "[bold red]NO[/bold red]"
        table.add_row(one.what, one.figures, one.against, one.compared, one.ratio, one.floor, verdict)
    console = Console(width=None if Console().is_terminal else 150)
    console.print(table)
    missed = [one.what for one in findings if not one.reached]
    if missed:
        console.print(
            f"[bold red]Missed {len(missed)} of {len(findings)} floors:[/bold red] {'; '.join(missed)}"
        )
    else:
        console.print(f"All {len(findings)} floors reached.")
