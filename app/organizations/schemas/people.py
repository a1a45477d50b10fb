"""People in JSON."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from app.kit.http.pages import PageQuery
from app.organizations.schemas.words import Line, Password, Said, Search, Told, Username, example

_PERSON = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "username": "wang.accountant",
    "name": "会计",
    "must_change_password": False,
    "disabled_at": None,
    "created_at": "2026-05-01T00:00:00Z",
}
_LINK = {"token": "q5nI3u0Xy1m1mA8l5XyW0f3n1m3p1k6xQy8cV9bR2aE", "expires_at": "2026-05-02T00:00:00Z"}


class PersonIn(Said):
    """A person who gets an account, with a link for choosing a password unless an initial one is given."""

    model_config = ConfigDict(json_schema_extra=example({"username": "wang.accountant", "name": "会计"}))

    username: Username
    name: Line = Field(description="A work name, as colleagues know the person.")
    initial_password: Password | None = Field(
        default=None, repr=False, description="Opens nothing until the person has replaced it."
    )


class PersonOut(Told):
    """A person with an account."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(_PERSON))

    id: UUID
    organization_id: UUID = Field(description="The member that looks after the account.")
    username: str
    name: str
    must_change_password: bool
    disabled_at: datetime | None
    created_at: datetime


class LinkOut(Told):
    """The token of a link for choosing a password: shown once, good once, for 24 hours."""

    model_config = ConfigDict(json_schema_extra=example(_LINK))

    token: str
    expires_at: datetime


class PersonMade(Told):
    """A person with a new account, and the link that was made for them."""

    model_config = ConfigDict(json_schema_extra=example({"person": _PERSON, "password_link": _LINK}))

    person: PersonOut
    password_link: LinkOut | None


class PeopleQuery(PageQuery):
    """Which people."""

    q: Search | None = Field(default=None, description="Part of a username or name.")
    disabled: bool | None = None
    sort: Literal["username", "-username", "name", "-name", "created_at", "-created_at"] = "username"
