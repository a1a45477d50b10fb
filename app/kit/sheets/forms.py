"""Forms: sheets to fill in: what each column wants, and the template to download."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.kit.sheets import workbooks
from app.kit.sheets.cells import Column, Kind
from app.kit.sheets.workbooks import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column of a form: its headers in both languages and others' words for it, and what it wants."""

    name: str
    zh: str
    en: str
    kind: Kind = Kind.text
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: Mapping[str, str] | None = None
    """The words that may stand here, each with what it means; None: any."""

    hint_zh: str = ""
    hint_en: str = ""
    example: str = ""
    length_max: int = 200
    """So many characters a text may have: those of a line, as in the bodies of requests."""

    read: Callable[[str], object] | None = None
    """Reads a text further; a ValueError's words are told as the fault."""

    @property
    def headers(self) -> frozenset[str]:
        """Return the headers under which the column is recognised."""
        return frozenset(folded(word) for word in (self.zh, self.en, self.name, *self.aliases))


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A sheet to fill in, found by either of its names."""

    name: str
    zh: str
    en: str
    fields: Sequence[Field]
    required: bool = True

    @property
    def names(self) -> frozenset[str]:
        """Return the names under which the sheet is recognised."""
        return frozenset(folded(word) for word in (self.zh, self.en, self.name))


def folded(word: str) -> str:
    """Return a header's spelling for comparison: no blanks, no star or brackets' content, lower case."""
    bare = word.replace("（", "(").partition("(")[0]
    return "".join(bare.split()).strip("*＊:：").casefold()


def template(forms: Sequence[Form], language: str, *, notes: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return a workbook to fill in: a sheet per form with its header, behind one that explains them all.

    `notes` stand above the explanations, each in Chinese and English.
    """
    zh = language == "zh"
    sheets = [
        Sheet(
            form.zh if zh else form.en,
            [
                Column(f"{'*' if one.required else ''}{one.zh if zh else one.en}", one.kind)
                for one in form.fields
            ],
        )
        for form in forms
    ]
    said = [note[0 if zh else 1] for note in notes]
    return workbooks.write([_explanation(forms, said, zh=zh), *sheets])


_TOLD = {
    Kind.text: ("文本", "text"),
    Kind.integer: ("整数", "whole number"),
    Kind.money: ("金额（元，最多两位小数）", "amount in yuan, at most two decimals"),
    Kind.day: ("日期，如 2026-05-01", "day, such as 2026-05-01"),
    Kind.moment: (
        "时间，如 2026-05-01 08:30:00（北京时间）",
        "moment, such as 2026-05-01 08:30:00 (Beijing)",
    ),
    Kind.flag: ("是／否", "yes or no"),
}


def _explanation(forms: Sequence[Form], notes: Sequence[str], *, zh: bool) -> Sheet:
    at = 0 if zh else 1
    titles = (
        ("工作表", "Sheet"),
        ("列", "Column"),
        ("必填", "Required"),
        ("类型", "Kind"),
        ("说明", "Meaning"),
        ("示例", "Example"),
    )
    widths = (18, 22, 8, 30, 60, 24)
    rows: list[list[object]] = []
    for form in forms:
        for one in form.fields:
            choices = "、".join(one.choices or ())
            hint = one.hint_zh if zh else one.hint_en
            rows.append(
                [
                    form.zh if zh else form.en,
                    one.zh if zh else one.en,
                    (("是", "yes") if one.required else ("否", "no"))[at],
                    _TOLD[one.kind][at],
                    "；".join(part for part in (hint, choices) if part),
                    one.example,
                ]
            )
    columns = [Column(title[at], width=width) for title, width in zip(titles, widths, strict=True)]
    return Sheet("填写说明" if zh else "How to fill in", columns, rows, titles=notes)
