"""Fields: what bodies and parameters may hold, checked in the same way at every door."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal, LiteralString, cast

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

from app.kit.clock import now
from app.kit.money import AMOUNT_MINOR_MAX, FOREIGN_DECIMALS, read_foreign

AHEAD_MAX = timedelta(hours=24)
YEARS = (1900, 2999)
"""Between these lies every year that anybody may name."""


def _moment(value: object) -> object:
    # Pydantic would also take Unix seconds and plain dates; a moment here is RFC 3339 with an offset.
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or len(value) < len("2026-05-01T08:00:00Z") or value[10] not in "Tt":
        raise PydanticCustomError("rfc3339", "a moment is written as RFC 3339 with an offset")
    return value


def _day(value: object) -> object:
    # Pydantic would also take Unix seconds, in which a mistyped number is some day of 1970.
    if isinstance(value, str) and len(value) == len("2026-05-01") and value[4] == value[7] == "-":
        return value
    if isinstance(value, date):
        return value
    raise PydanticCustomError("iso_day", "a day is written as 2026-05-01")


def _in_utc(value: datetime) -> datetime:
    # The ends of the calendar overflow as soon as they are counted in another zone.
    if not YEARS[0] <= value.year <= YEARS[1]:
        raise PydanticCustomError("year", "the year is out of bounds")
    return value.astimezone(UTC)


def _happened(value: datetime) -> datetime:
    if value > now() + AHEAD_MAX:
        raise PydanticCustomError("ahead", "the moment is more than 24 hours ahead")
    return value


def legible(text: str, *, lines: bool = False) -> bool:
    """Tell whether a text holds only what can be kept and read; with `lines` it may have several of them."""
    if lines:
        text = text.translate({ord(char): None for char in "\n\r\t"})
    # PostgreSQL has no NUL, UTF-8 no lone surrogate; other control characters are nobody's name or title.
    return not any(ord(char) < 32 or ord(char) == 127 or "\ud800" <= char <= "\udfff" for char in text)


def _legible(value: str) -> str:
    if not legible(value):
        raise PydanticCustomError("control_character", "control characters are not allowed here")
    return value


def _readable(value: str) -> str:
    if not legible(value, lines=True):
        raise PydanticCustomError("control_character", "control characters are not allowed here")
    return value


CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
Code = Annotated[str, Field(pattern=CODE, examples=["SX-2026-BRIDGE"])]
"""A code that people print and that appears in published leaves."""

Line = Annotated[str, Field(strict=True, min_length=1, max_length=200), AfterValidator(_legible)]
"""A name, a title, a number that somebody else gave."""

Words = Annotated[str, Field(strict=True, min_length=1, max_length=2000), AfterValidator(_readable)]
"""A text of several lines."""

Day = Annotated[date, BeforeValidator(_day), Field(ge=date(YEARS[0], 1, 1), le=date(YEARS[1], 12, 31))]
"""A day in the zone of the books."""

Moment = Annotated[AwareDatetime, BeforeValidator(_moment), AfterValidator(_in_utc)]
"""A moment as RFC 3339 writes it, with any offset; kept in UTC."""

PastMoment = Annotated[Moment, AfterValidator(_happened)]
"""A moment that has come, give or take a day for clocks and zones."""

Flag = Annotated[bool, Field(strict=True)]
"""True or false, and not a word for it."""

Minor = Annotated[int, Field(strict=True, ge=1, le=AMOUNT_MINOR_MAX)]
"""Fen of one movement."""


def wrong(english: str, chinese: str, *, code: LiteralString = "value_error") -> PydanticCustomError:
    """Return what a body's own rule raises that is not kept, in both languages."""
    # As a context and not as the message: braces in it would be places to fill in.
    return PydanticCustomError(code, "{en}", {"en": english, "zh": chinese})


def shown(example: Mapping[str, object]) -> JsonDict:
    """Return what puts an example into a model's schema, and so into the API's document."""
    return {"examples": [cast("JsonDict", example)]}


class Body(BaseModel):
    """Something a client says; members that we do not know are refused: no wish is lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MoneyIn(Body):
    """An amount of money as a client says it: whole fen."""

    amount: Minor = Field(examples=[5000])
    currency: Literal["CNY"]


def _foreign(code: str) -> str:
    if code not in FOREIGN_DECIMALS:
        raise wrong("not a foreign currency of ISO 4217", "不是 ISO 4217 的外币代码")
    return code


class ForeignMoneyIn(Body):
    """An amount in another currency than the books', as a client says it."""

    currency: Annotated[
        str, Field(strict=True, pattern="^[A-Z]{3}$", examples=["USD"]), AfterValidator(_foreign)
    ]
    amount: str = Field(strict=True, pattern=r"^[0-9]{1,15}(\.[0-9]{1,3})?$", examples=["100.00"])

    @field_validator("amount")
    @classmethod
    def _spelled(cls, amount: str, info: ValidationInfo) -> str:
        currency = info.data.get("currency")
        if currency is None:
            return amount  # it has a fault of its own
        try:
            return read_foreign(currency, amount)
        except ValueError as error:
            decimals = FOREIGN_DECIMALS[currency]
            raise wrong(str(error), f"须为正数，且最多 {decimals} 位小数") from None


class ForeignMoneyOut(BaseModel):
    """An amount in another currency than the books': a fact with all its decimals, and in no sum."""

    currency: str = Field(description="ISO 4217.", examples=["USD"])
    amount: str = Field(examples=["100.00"])


class MoneyOut(BaseModel):
    """An amount of money as we say it: whole fen."""

    amount: int = Field(examples=[5000])
    currency: str = "CNY"

    @classmethod
    def of(cls, minor: int) -> "MoneyOut":
        """Return the amount of this many fen."""
        return cls(amount=minor)
