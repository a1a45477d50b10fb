"""Faults: what is wrong in a workbook, each with its sheet, line and column."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from app.kit.errors import Invalid, Refusal

TOLD_MAX = 200
"""So many faults are told; whoever has more hears how many there are."""


class Said(NamedTuple):
    """What is wrong, in both languages."""

    en: str
    zh: str


def said(words: object) -> Said:
    """Return what is wrong in both languages, as far as it was told in both."""
    return words if isinstance(words, Said) else Said(str(words), "")


def told_by(refusal: Refusal) -> Said:
    """Return what a refusal says, in both languages."""
    title = (type(refusal).__doc__ or "").strip().partition("\n")[0]
    return Said(f"{title} {refusal.detail}".strip(), f"{refusal.title_zh} {refusal.detail_zh}".strip())


class WorkbookFaulty(Invalid):
    """The workbook holds something that cannot be so; nothing of it was taken over."""

    title_zh = "工作簿内容有误，未导入任何数据"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `line` and `column` are None where a sheet or a line is meant as a whole."""

    sheet: str
    line: int | None
    column: str | None
    code: str
    detail: Said

    @property
    def place(self) -> str:
        """Return where it is, as people say it: `sheet!line column`."""
        where = "" if self.line is None else f"!{self.line}"
        return f"{self.sheet}{where}" + (f" {self.column}" if self.column else "")

    def as_error(self) -> dict[str, str | int]:
        """Return the fault as a member of a problem document's `errors`, told in both languages."""
        told: dict[str, str | int] = {
            "pointer": self.place,
            "in": "workbook",
            "code": self.code,
            "detail": self.detail.en,
            "sheet": self.sheet,
        }
        if self.detail.zh:
            told["detail_zh"] = self.detail.zh
        if self.line is not None:
            told["row"] = self.line
        if self.column is not None:
            told["column"] = self.column
        return told


@dataclass(slots=True)
class Faults:
    """The faults found so far: all are counted, the first ones kept."""

    kept: list[Fault] = field(default_factory=list["Fault"])
    count: int = 0

    def add(self, sheet: str, line: int | None, column: str | None, *, code: str, detail: str | Said) -> None:
        """Note one more."""
        self.count += 1
        if len(self.kept) < TOLD_MAX:
            self.kept.append(Fault(sheet, line, column, code, said(detail)))

    def as_errors(self) -> Sequence[dict[str, str | int]]:
        """Return what a problem document or a report tells of them."""
        return [fault.as_error() for fault in self.kept]

    def refuse(self) -> None:
        """Raise WorkbookFaulty if there is any."""
        if self.count:
            raise WorkbookFaulty(
                f"{self.count} faults",
                f"共 {self.count} 处错误",
                errors=self.as_errors(),
                fault_count=self.count,
            )
