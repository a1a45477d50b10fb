"""Second factors and addresses in JSON."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app.organizations.models import Role
from app.organizations.schemas.words import Email, FactorCode, Line, Said, example


class FactorCodeIn(Said):
    """A code that the authenticator app shows now."""

    model_config = ConfigDict(json_schema_extra=example({"code": "492039"}))

    code: FactorCode = Field(repr=False)


class FactorDemands(Said):
    """The roles whose holders must sign in with a second factor."""

    model_config = ConfigDict(json_schema_extra=example({"roles": ["accountant", "reviewer", "cashier"]}))

    roles: list[Role] = Field(max_length=len(Role))


class FactorEnrolmentOut(BaseModel):
    """What the authenticator app has to know; shown once."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {
                "uri": "otpauth://totp/Zhengxinlu:reviewer?secret=JBSWY3DPEHPK3PXP&issuer=Zhengxinlu",
                "qr_svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
            }
        )
    )

    uri: str
    qr_svg: str = Field(description="The same as a QR code.")


class RecoveryCodesOut(BaseModel):
    """Codes that stand for the app, once each; shown once."""

    model_config = ConfigDict(json_schema_extra=example({"recovery_codes": ["ABCD-EFGH-IJKL-MNOP"]}))

    recovery_codes: list[str]


class FactorOut(BaseModel):
    """Whether the caller has a second factor, and how many recovery codes are left."""

    model_config = ConfigDict(
        json_schema_extra=example(
            {"enrolled": True, "confirmed_at": "2026-05-01T00:00:00Z", "recovery_codes_left": 10}
        )
    )

    enrolled: bool
    confirmed_at: datetime | None
    recovery_codes_left: int


class RemovalIn(Said):
    """Why a person's second factor is removed."""

    model_config = ConfigDict(json_schema_extra=example({"reason": "手机遗失"}))

    reason: Line


class AddressIn(Said):
    """Where a person is written to; null for nowhere."""

    model_config = ConfigDict(json_schema_extra=example({"email": "reviewer@example.org"}))

    email: Email | None = Field(repr=False)


class AddressOut(BaseModel):
    """Where a person is written to."""

    model_config = ConfigDict(json_schema_extra=example({"email": "reviewer@example.org"}))

    email: str | None = Field(repr=False)
