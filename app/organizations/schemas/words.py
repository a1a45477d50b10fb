"""Words: the kinds of text that clients may send."""

from collections.abc import Mapping
from typing import Annotated, cast

from pydantic import BaseModel, ConfigDict, JsonValue, StringConstraints

from app.kit import mail

# No control characters and no lone surrogates: PostgreSQL keeps neither, and a name on a page holds none.
_PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_PRINTABLE)
]
Search = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=_PRINTABLE)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")]
RegionCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Username = Annotated[str, StringConstraints(to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,63}$")]
Password = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[^\x00]*$")]
FactorCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z -]{6,32}$")]
Email = Annotated[str, StringConstraints(max_length=254, pattern=mail.ADDRESS)]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{20,100}$")]


class Said(BaseModel):
    """Something a client says; a member that we do not know is refused, as it may be a mistyped one."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """Something we say, read off a row."""

    model_config = ConfigDict(from_attributes=True)


def example(value: Mapping[str, object]) -> dict[str, JsonValue]:
    """Return what puts an example into a model's schema."""
    return {"examples": [cast("JsonValue", value)]}
