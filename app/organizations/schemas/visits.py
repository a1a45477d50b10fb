"""The exchange of a proof for a visitor's token, as JSON: the words are those of RFC 8693."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.kit.fields import wrong
from app.organizations.schemas.words import Line, Said, example
from app.organizations.visitors.visits import Proof

GRANT = "urn:ietf:params:oauth:grant-type:token-exchange"
JWT = "urn:ietf:params:oauth:token-type:jwt"
_CODE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0b01"
_TOKEN = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x"  # noqa: S105 - an example
AccessToken = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{20,2000}$")]


class PhoneIn(Said):
    """The telephone to which a code is to be sent."""

    model_config = ConfigDict(json_schema_extra=example({"phone": "13800000001"}))

    phone: Annotated[Line, Field(max_length=30)] = Field(repr=False)


class CodeSentOut(BaseModel):
    """That a code is on its way, the same for every telephone there is."""

    model_config = ConfigDict(
        json_schema_extra=example({"code_id": _CODE, "expires_at": "2026-05-01T08:10:00Z"})
    )

    code_id: UUID = Field(description="Shown again together with the digits.")
    expires_at: datetime


class PhoneProofIn(Said):
    """A code, and the digits that its telephone got."""

    code_id: UUID
    code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")] = Field(repr=False)


class ExchangeIn(Said):
    """What is exchanged: a telephone's code, a user of the platform whose key is shown, both, or a token."""

    model_config = ConfigDict(
        json_schema_extra=example({"grant_type": GRANT, "phone": {"code_id": _CODE, "code": "123456"}})
    )

    grant_type: Literal["urn:ietf:params:oauth:grant-type:token-exchange"] = GRANT
    phone: PhoneProofIn | None = None
    platform_user: Line | None = Field(
        default=None, repr=False, description="As `donor.external_id` in the platform's webhooks."
    )
    access_token: AccessToken | None = Field(
        default=None, repr=False, description="A token that is still good, for the next one, up to 12 hours."
    )

    @model_validator(mode="after")
    def _one(self) -> Self:
        proofs = self.phone is not None or self.platform_user is not None
        if proofs == (self.access_token is not None):
            raise wrong(
                "either access_token, or phone, platform_user or both",
                "须填写 access_token，或 phone、platform_user 之一或两者",
            )
        return self

    def proof(self) -> Proof:
        """Return what proves the person, in the words of the rules."""
        phone = {} if self.phone is None else dict(self.phone)
        return Proof(platform_user=self.platform_user, **phone)


class VisitTokenOut(BaseModel):
    """A short token with which the person asks for their own data."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {
                "access_token": _TOKEN,
                "issued_token_type": "urn:ietf:params:oauth:token-type:jwt",
                "token_type": "Bearer",
                "expires_in": 900,
                "visit_ends_at": "2026-05-01T20:00:00Z",
            }
        )
    )

    access_token: str
    issued_token_type: Literal["urn:ietf:params:oauth:token-type:jwt"] = JWT
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - what OAuth 2 calls it
    expires_in: int = Field(description="Seconds.")
    visit_ends_at: datetime = Field(description="Until then it may be exchanged for the next one.")
