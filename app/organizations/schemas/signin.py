"""Signing in, in JSON and as the form of OAuth 2."""

from collections.abc import Iterable
from typing import Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import wrong
from app.organizations.access import Caller, CallerKind, Permission
from app.organizations.models import Organization
from app.organizations.schemas.words import FactorCode, Password, Said, Token, Username, example


class SignInForm(BaseModel):
    """The form of OAuth 2, password grant."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {"grant_type": "password", "username": "accountant", "password": "correct horse battery staple"}
        )
    )

    grant_type: Literal["password"] = "password"
    username: str = Field(max_length=100)
    password: Password = Field(repr=False)
    scope: str = ""
    code: FactorCode | None = Field(
        default=None, repr=False, description="Of the authenticator app, or a recovery code, if enrolled."
    )


class RefreshIn(Said):
    """The refresh token of the answer before."""

    model_config = ConfigDict(
        json_schema_extra=example({"refresh_token": "q5nI3u0Xy1m1mA8l5XyW0f3n1m3p1k6xQy8cV9bR2aE"})
    )

    refresh_token: Token = Field(repr=False)


class TokensOut(BaseModel):
    """An access token for the next minutes, and the refresh token that gets the next pair, once."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {
                "access_token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x",
                "token_type": "bearer",
                "expires_in": 900,
                "refresh_token": "q5nI3u0Xy1m1mA8l5XyW0f3n1m3p1k6xQy8cV9bR2aE",
                "must_enrol": False,
            }
        )
    )

    access_token: str
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - what OAuth 2 calls it
    expires_in: int = Field(description="Seconds.")
    refresh_token: str
    must_enrol: bool = Field(
        default=False, description="Whether these tokens reach nothing but the enrolment of a second factor."
    )


class PasswordIn(Said):
    """A new password, and what entitles to it: the token of a link, or username and old password."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {
                "token": "q5nI3u0Xy1m1mA8l5XyW0f3n1m3p1k6xQy8cV9bR2aE",
                "new_password": "correct horse battery staple",
            }
        )
    )

    new_password: Password = Field(repr=False)
    token: Token | None = Field(default=None, repr=False)
    username: Username | None = None
    old_password: Password | None = Field(default=None, repr=False)
    code: FactorCode | None = Field(
        default=None, repr=False, description="With the old password, of who has a second factor."
    )

    @model_validator(mode="after")
    def _entitled(self) -> Self:
        by_link = self.token is not None
        by_password = self.username is not None and self.old_password is not None
        if by_link == by_password:
            raise wrong(
                "either the token of a link, or username and old_password",
                "须填写链接中的 token，或 username 与 old_password",
            )
        return self


class LinkIn(Said):
    """Whose password is to be chosen anew."""

    model_config = ConfigDict(json_schema_extra=example({"username": "accountant"}))

    username: Username


class PlaceOut(BaseModel):
    """An organization, and what the caller is and may do there. Reading reaches everything below it too."""

    id: UUID
    code: str
    name: str
    roles: list[str]
    permissions: list[Permission]


class MeOut(BaseModel):
    """Who is asking."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {
                "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
                "kind": "staff",
                "label": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
                "name": "会计",
                "platform_id": None,
                "organizations": [
                    {
                        "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
                        "code": "610100",
                        "name": "西安市慈善会",
                        "roles": ["viewer"],
                        "permissions": ["organizations_read"],
                    }
                ],
            }
        )
    )

    id: UUID
    kind: CallerKind
    label: str = Field(description="How the records name this caller.")
    name: str
    platform_id: UUID | None
    organizations: list[PlaceOut]

    @classmethod
    def of(cls, caller: Caller, organizations: Iterable[Organization]) -> Self:
        """Return a caller as they are told to themselves."""
        own = caller.own()
        may = {
            at: {permission for reach in caller.reaches if reach.at == at for permission in reach.permissions}
            for at in own
        }
        return cls(
            id=caller.id,
            kind=caller.kind,
            label=caller.label,
            name=caller.name,
            platform_id=caller.platform_id,
            organizations=[
                PlaceOut(
                    id=one.id,
                    code=one.code,
                    name=one.name,
                    roles=sorted(own[one.id]),
                    permissions=sorted(may[one.id]),
                )
                for one in organizations
            ],
        )
