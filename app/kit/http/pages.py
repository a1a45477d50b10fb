"""Pages: lists handed out a page at a time, continued from a cursor."""

import base64
import binascii
import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, Self, TypeVar, get_args

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select, tuple_

from app.kit.database import ReadSession
from app.kit.errors import Invalid
from app.kit.fields import MoneyOut

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
    include: Literal["summary"] | None = Field(default=None, description="Adds count and amount of all.")


Paging = Annotated[PageQuery, Query()]
FRAME = {*PageQuery.model_fields, "sort"}
"""What asks how a list is shown; the other fields of a query are its filters."""


class CursorUnreadable(Invalid):
    """The cursor is not one that this list handed out."""

    title_zh = "游标无效"


class Summary(BaseModel):
    """Everything that a list finds, on whatever page; `amount` is null where there is none to add up."""

    model_config = ConfigDict(from_attributes=True)

    count: int
    amount: MoneyOut | None = None

    @classmethod
    def of(cls, count: int, amount_minor: int | Decimal | None) -> Self:
        """Return so many rows, and what their amounts come to."""
        return cls(count=count, amount=None if amount_minor is None else MoneyOut.of(int(amount_minor)))


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """Some rows of a longer list, and the cursor to continue with while there are more."""

    items: Sequence[Row]
    next_cursor: str | None
    summary: Summary | None = None

    def told(self, items: list[Item]) -> "Page[Item]":
        """Return the same slice as JSON, its rows told as `items`."""
        return Page(items=items, next_cursor=self.next_cursor, summary=self.summary)


class Page(BaseModel, Generic[Item]):
    """A slice as JSON, with `summary` if it was asked for."""

    model_config = ConfigDict(from_attributes=True)

    items: list[Item]
    next_cursor: str | None
    summary: Summary | None = None


Orders = Mapping[str, Sequence[Any]]
"""The orders that a list offers: for each value of `sort`, without its minus, the keys to sort by."""


def is_page(model: object) -> bool:
    """Tell whether this is what a list answers: items, and a cursor to the next of them."""
    return isinstance(model, type) and {"items", "next_cursor"} <= getattr(model, "model_fields", {}).keys()


def item_of(model: type[BaseModel]) -> type[BaseModel]:
    """Return the model of the items in a page."""
    [item] = get_args(model.model_fields["items"].annotation)
    return item


async def page(
    session: ReadSession,
    query: Select[Row],
    keys: Sequence[ColumnElement[Any] | Any],
    paging: PageQuery,
    *,
    newest_first: bool = False,
    amount: ColumnElement[int] | Any = None,  # noqa: ANN401 - a column or an attribute of a mapped class
) -> Slice[Row]:
    """Return one slice of `query` in the order of `keys`, the last of which must be unique.

    With the summary of all its rows if that was asked for. The keys must be attributes of the selected
    entity: the cursor is their values in the last row, and the order in which it was handed out.
    """
    order, mark, wanted = tuple_(*keys), str(getattr(paging, "sort", "")), query
    if paging.cursor is not None:
        values = tuple_(*_decode(paging.cursor, keys, mark))
        wanted = wanted.where(order < values if newest_first else order > values)
    wanted = wanted.order_by(*(key.desc() if newest_first else key for key in keys)).limit(paging.limit + 1)
    rows = (await session.scalars(wanted)).all()
    summed = await summary(session, query, amount=amount) if paging.include else None
    if len(rows) <= paging.limit:
        return Slice(rows, None, summed)
    values = [getattr(rows[paging.limit - 1], _name(key)) for key in keys]
    return Slice(rows[: paging.limit], encode([mark, *values] if mark else values), summed)


async def listed(
    session: ReadSession,
    query: Select[Row],
    orders: Orders,
    asked: PageQuery,
    *,
    amount: ColumnElement[int] | Any = None,  # noqa: ANN401
) -> Slice[Row]:
    """Return one slice in the order that `asked.sort` names.

    The last key of every order must be unique and none may be null: a cursor cannot stand at a null.
    """
    sort = str(getattr(asked, "sort"))  # noqa: B009 - every list has its own choice of orders
    keys = orders[sort.removeprefix("-")]
    if any(key.expression.nullable for key in keys):
        raise TypeError(f"{sort} sorts by what may be null")
    return await page(session, query, keys, asked, newest_first=sort.startswith("-"), amount=amount)


def cut(rows: Iterable[Row], key: Callable[[Row], str], paging: PageQuery) -> Slice[Row]:
    """Return one slice of rows that are all at hand, in the order of their `key`, which must be unique."""
    after = decode(paging.cursor, 1)[0] if paging.cursor else ""
    found = sorted(rows, key=key)
    left = [row for row in found if key(row) > after]
    shown = left[: paging.limit]
    more = encode([key(shown[-1])]) if len(left) > len(shown) else None
    return Slice(shown, more, Summary(count=len(found)) if paging.include else None)


async def summary(
    session: ReadSession,
    query: Select[Any],
    *,
    amount: ColumnElement[int] | Any = None,  # noqa: ANN401
) -> Summary:
    """Return how many rows a query finds and, its sum if `amount` is a column of theirs."""
    # Nothing is added up where there is no amount: a column of its own, as a query may tell equal rows apart.
    found = query.add_columns((literal(0) if amount is None else amount).label("summed_minor"))
    rows = found.order_by(None).subquery()
    row = (await session.execute(select(func.count(), func.sum(rows.c.summed_minor)))).one()
    return Summary.of(row[0], None if amount is None else row[1] or 0)


def holding(q: str, *columns: ColumnElement[str] | Any) -> ColumnElement[bool]:  # noqa: ANN401
    """Return the condition that every word of `q` is part of one of the columns, whatever its case or width.

    A plain search through the rows (docs/decisions/0021-*): it finds Chinese in any locale.
    """
    words = unicodedata.normalize("NFKC", q).split() or [q]
    return and_(*(or_(*(column.icontains(word, autoescape=True) for column in columns)) for word in words))


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
    # PostgreSQL has no NUL and UTF-8 no lone surrogate; a name may hold any other character.
    if any("\x00" in text or any("\ud800" <= char <= "\udfff" for char in text) for text in texts):
        raise CursorUnreadable
    return texts


def _decode(cursor: str, keys: Sequence[Any], mark: str) -> list[Any]:
    texts = decode(cursor, len(keys) + bool(mark))
    # A place in one order is no place in another.
    if mark and texts.pop(0) != mark:
        raise CursorUnreadable
    try:
        return [_read(key, text) for key, text in zip(keys, texts, strict=True)]
    except (ValueError, TypeError, OverflowError):
        raise CursorUnreadable from None


def _name(key: Any) -> str:  # noqa: ANN401 - a column or an attribute of a mapped class
    return str(key.key)


def _read(key: Any, text: str) -> Any:  # noqa: ANN401 - whatever the column holds
    kind: Any = key.type.python_type
    return kind.fromisoformat(text) if hasattr(kind, "fromisoformat") else kind(text)
