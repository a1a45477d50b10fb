"""Pages: lists handed out a page at a time, continued from a cursor."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, tuple_

from app.kit.database import ReadSession
from app.kit.errors import Invalid

PAGE_SIZE_MAX = 200

Row = TypeVar("Row")
Item = TypeVar("Item")


class PageQuery(BaseModel):
    """Where to continue and how much to return. A list's own filters are the fields of its subclass.

    Unknown parameters are refused: a mistyped filter must not answer with everything.
    """

    model_config = ConfigDict(extra="forbid")

    cursor: str | None = Field(default=None, max_length=500, description="`next_cursor` of the page before.")
    limit: int = Field(default=50, ge=1, le=PAGE_SIZE_MAX, description="How many items to return.")


Paging = Annotated[PageQuery, Query()]


class CursorUnreadable(Invalid):
    """The cursor is not one that this list handed out."""

    title_zh = "游标无效"


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows of a longer list, and the cursor to continue with while there are more."""

    items: Sequence[Row]
    next_cursor: str | None


class Page(BaseModel, Generic[Item]):
    """A slice as JSON."""

    model_config = ConfigDict(from_attributes=True)

    items: list[Item]
    next_cursor: str | None


async def page(
    session: ReadSession,
    query: Select[Row],
    keys: Sequence[ColumnElement[Any] | Any],
    paging: PageQuery,
    *,
    newest_first: bool = False,
) -> Slice[Row]:
    """Return one slice of `query` in the order of `keys`, the last of which must be unique.

    The keys must be attributes of the selected entity: the cursor is their values in the last row.
    """
    order = tuple_(*keys)
    if paging.cursor is not None:
        values = tuple_(*_decode(paging.cursor, keys))
        query = query.where(order < values if newest_first else order > values)
    query = query.order_by(*(key.desc() if newest_first else key for key in keys)).limit(paging.limit + 1)
    rows = (await session.scalars(query)).all()
    more = len(rows) > paging.limit
    last = rows[paging.limit - 1] if more else None
    return Slice(rows[: paging.limit], encode([getattr(last, _name(key)) for key in keys]) if more else None)


def encode(values: Sequence[object]) -> str:
    """Return a cursor that stands for `values`."""
    return (
        base64.urlsafe_b64encode(json.dumps([str(value) for value in values]).encode()).decode().rstrip("=")
    )


def decode(cursor: str, count: int) -> list[str]:
    """Return the `count` values that a cursor stands for, as text, or refuse."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values: Any = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError):
        raise CursorUnreadable from None
    if not isinstance(values, list) or len(values) != count:  # pyright: ignore[reportUnknownArgumentType]
        raise CursorUnreadable
    texts = [str(value) for value in values]  # pyright: ignore[reportUnknownVariableType,reportUnknownArgumentType]
    if any("\x00" in text or not text.isprintable() for text in texts):
        raise CursorUnreadable
    return texts


def _decode(cursor: str, keys: Sequence[Any]) -> list[Any]:
    texts = decode(cursor, len(keys))
    try:
        return [_read(key, text) for key, text in zip(keys, texts, strict=True)]
    except (ValueError, TypeError, OverflowError):
        raise CursorUnreadable from None


def _name(key: Any) -> str:  # noqa: ANN401 - a column or an attribute of a mapped class
    return str(key.key)


def _read(key: Any, text: str) -> Any:  # noqa: ANN401 - whatever the column holds
    kind: Any = key.type.python_type
    return kind.fromisoformat(text) if hasattr(kind, "fromisoformat") else kind(text)
