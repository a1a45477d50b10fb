"""Labels: what codes and fields are called, in Chinese and English.

Every feature tells its Chinese words in a `labels` module; the English ones are the names themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

Word = str | tuple[str, str]
"""What something is called: in Chinese, or in Chinese and English if its name is not the English word."""

FIELDS: dict[str, Word] = {
    "id": "编号标识",
    "code": "代码",
    "name": "名称",
    "name_zh": "中文名称",
    "title": "标题",
    "kind": "类型",
    "type": "类型",
    "state": "状态",
    "label": "标签",
    "amount": "金额",
    "count": "数量",
    "demo": "演示数据",
    "created_at": "建立时间",
    "created_by": "建立人",
    "reason": "原因",
    "actor": "经办人",
    "version": "版本",
    "expires_at": "失效时间",
    "valid_from": "生效时间",
    "valid_to": "失效时间",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
    "message": "留言",
    "problem": "问题",
    "level": "级别",
}
"""What is called alike everywhere."""


class Words(Protocol):
    """A feature's `labels` module: its code lists by the name of the enumeration, and its fields."""

    @property
    def CODES(self) -> Mapping[str, Mapping[str, Word]]:  # noqa: N802
        """The labels of each code list's codes."""
        ...

    @property
    def FIELDS(self) -> Mapping[str, Word]:  # noqa: N802
        """The labels of fields (`field`, `Model.field`) and of lists (`Sheet.list`)."""
        ...


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels of an application."""

    codes: Mapping[str, Mapping[str, Word]]
    fields: Mapping[str, Word]

    def code(self, name: str, value: str, language: str) -> str:
        """Return what a code of the list `name` is called; one without a label stands for itself."""
        return _said(self.codes.get(name, {}).get(value), value, language)

    def field(self, model: str, name: str, language: str) -> str:
        """Return what a field is called, in this model or anywhere."""
        return _said(self.fields.get(f"{model}.{name}") or self.fields.get(name), name, language)

    def knows(self, model: str, name: str) -> bool:
        """Tell whether a field has a Chinese label."""
        return f"{model}.{name}" in self.fields or name in self.fields


def _said(word: Word | None, name: str, language: str) -> str:
    if word is None:
        return spelled(name)
    if isinstance(word, tuple):
        return word[0 if language == "zh" else 1]
    return word if language == "zh" else spelled(name)


def spelled(name: str) -> str:
    """Return the English label that a name is: `donated_at` -> `Donated at`."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def merged(parts: Sequence[Words]) -> Labels:
    """Return the labels of all features; ValueError if two call the same thing differently."""
    codes: dict[str, Mapping[str, Word]] = {}
    fields = dict(FIELDS)
    for part in parts:
        for name, labels in part.CODES.items():
            if codes.setdefault(name, labels) != labels:
                raise ValueError(f"two code lists are called {name}")
        for name, label in part.FIELDS.items():
            if fields.setdefault(name, label) != label:
                raise ValueError(f"{name} is {fields[name]} elsewhere: say Model.{name} for {label}")
    return Labels(codes, fields)
