"""Columns: a list's items as JSON, laid out as the columns of a sheet."""

import enum
import json
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Union, cast, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from app.kit.fields import MoneyOut
from app.kit.labels import Labels
from app.kit.sheets.cells import Column, Kind

_KINDS: dict[type, Kind] = {
    MoneyOut: Kind.money,
    datetime: Kind.moment,
    date: Kind.day,
    bool: Kind.flag,
    int: Kind.integer,
}
_UNIT = {"zh": "（元）", "en": " (yuan)"}
_YES_NO = {"zh": {True: "是", False: "否"}, "en": {True: "yes", False: "no"}}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One column: where its value stands in an item, and what it is."""

    path: tuple[tuple[str, str], ...]
    """The way down: pairs of a model's name and one of its fields'."""

    kind: Kind
    codes: str | None = None
    """The code list that its values are of."""

    identity: bool = False

    def title(self, labels: Labels, language: str) -> str:
        """Return the column's header: the labels of the way down."""
        words = "·".join(labels.field(model, name, language) for model, name in self.path)
        return words + _UNIT[language] if self.kind is Kind.money else words

    def value(self, item: Mapping[str, Any], labels: Labels, language: str) -> object:
        """Return what the cell holds for an item as JSON says it."""
        found: Any = item
        for _, name in self.path:
            found = cast("Mapping[str, Any]", found).get(name) if isinstance(found, Mapping) else None
        return self._read(found, labels, language)

    def _read(self, found: Any, labels: Labels, language: str) -> object:  # noqa: ANN401 - JSON
        if found is None:
            return None
        if isinstance(found, list):
            every = cast("list[Any]", found)
            return "、".join(str(self._read(one, labels, language)) for one in every)
        if self.codes is not None:
            return labels.code(self.codes, str(found), language)
        match self.kind:
            case Kind.money:
                return found["amount"]
            case Kind.day:
                return date.fromisoformat(found)
            case Kind.moment:
                return datetime.fromisoformat(found)
            case Kind.flag:
                return _YES_NO[language][found]
            case _:
                return json.dumps(found, ensure_ascii=False) if isinstance(found, dict) else found


def leaves(model: type[BaseModel]) -> list[Leaf]:
    """Return the columns of a list of such items; bare ids come last, as a person reads them last.

    Lists of things inside an item are left out: a row is one item.
    """
    return sorted(_walk(model, ()), key=lambda leaf: leaf.identity)


def header(found: list[Leaf], labels: Labels, language: str) -> list[Column]:
    """Return the columns of a sheet; a flag is shown as a word."""
    return [Column(leaf.title(labels, language), leaf.kind) for leaf in found]


def _walk(model: type[BaseModel], above: tuple[tuple[str, str], ...]) -> Iterator[Leaf]:
    for name, field in model.model_fields.items():
        told = field.serialization_alias or field.alias or name
        path = (*above, (model.__name__, told))
        kind = _bare(field.annotation)
        if get_origin(kind) is list:
            inner = _bare(get_args(kind)[0])
            if not (isinstance(inner, type) and issubclass(inner, BaseModel)) and get_origin(inner) is None:
                yield _leaf(path, inner)
        elif isinstance(kind, type) and issubclass(kind, BaseModel) and kind is not MoneyOut:
            yield from _walk(kind, path)
        else:
            yield _leaf(path, kind)


def _leaf(path: tuple[tuple[str, str], ...], kind: Any) -> Leaf:  # noqa: ANN401 - an annotation
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return Leaf(path, Kind.text, codes=kind.__name__)
    return Leaf(path, _KINDS.get(cast("type", kind), Kind.text), identity=kind is UUID)


def _bare(annotation: Any) -> Any:  # noqa: ANN401 - an annotation
    """Return an annotation without `| None` and without what pydantic checks beside the type."""
    if hasattr(annotation, "__metadata__"):
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _bare(parts[0]) if len(parts) == 1 else str
    return annotation
