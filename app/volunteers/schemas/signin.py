"""A volunteer's sign-in as JSON."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.kit.fields import Body, shown
from app.organizations.schemas.words import Token
from app.volunteers.schemas import examples
from app.volunteers.schemas.volunteers import Phone


class CodeIn(Body):
    """To which telephone a code is to be sent."""

    model_config = ConfigDict(json_schema_extra=shown({"phone": "13800000001"}))

    phone: Phone = Field(repr=False)


class StayIn(Body):
    """A volunteer's number, and the code that their telephone got."""

    model_config = ConfigDict(json_schema_extra=shown({"number": examples.NUMBER, "code": "123456"}))

    number: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{1,20}$")]
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] = Field(repr=False)


class RefreshingIn(Body):
    """The refresh token of the answer before."""

    model_config = ConfigDict(json_schema_extra=shown({"refresh_token": examples.TOKENS["refresh_token"]}))

    refresh_token: Token = Field(repr=False)


class VolunteerTokensOut(BaseModel):
    """An access token for the next minutes, and the refresh token that gets the next pair, once."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TOKENS))

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - what OAuth 2 calls it
    expires_in: int = Field(description="Seconds.")
    refresh_token: str
