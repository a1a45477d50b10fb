"""Credentials: the keys that payment platforms hand out, and how they know us."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from app.kit.database import WriteSession
from app.kit.fields import Body, Line, shown
from app.kit.signing import rsa
from app.organizations import platforms
from app.organizations.models import Platform, PlatformKind, PlatformSecret, SecretPurpose
from app.organizations.platforms import Terms
from app.webhooks import examples
from app.webhooks.errors import CredentialUnusable, PlatformSignsOtherwise

API_V3_KEY_BYTES = 32

Number = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class PublicKeyIn(Body):
    """A public key or certificate with which a platform signs."""

    key: str = Field(
        strict=True,
        min_length=1,
        max_length=8000,
        description="PEM, or the bare base64 that Alipay shows.",
        examples=["-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----"],
    )
    serial: Number | None = Field(
        default=None,
        description="Under which WeChat Pay names it; a certificate brings its own.",
        examples=["PUB_KEY_ID_0119000010000000000000000000000000"],
    )


class PrivateKeyIn(Body):
    """The private key of our merchant account, by which we ask a platform for payments."""

    key: SecretStr = Field(description="PEM without a password, or bare base64.")
    serial: Number | None = Field(
        default=None, description="Of the merchant's certificate, by which WeChat Pay knows the key."
    )


class TermsIn(Body):
    """How a payment platform knows us, and the keys that it takes to believe and to read it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=shown(examples.TERMS))

    kind: Literal[PlatformKind.wechat_pay, PlatformKind.alipay]
    app_id: Number = Field(description="`appid` of WeChat Pay, `app_id` of Alipay.")
    merchant_no: Number = Field(description="`mchid` of WeChat Pay, `seller_id` of Alipay.")
    public_key: PublicKeyIn
    api_v3_key: SecretStr | None = Field(
        default=None, description="32 characters; what WeChat Pay enciphers its notifications with."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.kind is PlatformKind.wechat_pay) is (self.api_v3_key is None):
            raise ValueError("WeChat Pay has an API v3 key, and Alipay has none")
        return self


class CredentialIn(Body):
    """One more key of a payment platform: its public key, what it enciphers with, or our own private key."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=shown(examples.CREDENTIAL_IN))

    public_key: PublicKeyIn | None = None
    api_v3_key: SecretStr | None = None
    private_key: PrivateKeyIn | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.public_key, self.api_v3_key, self.private_key).count(None) != 2:
            raise ValueError("one key at a time")
        return self


class CredentialOut(BaseModel):
    """A key of a payment platform, without the key."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.CREDENTIAL))

    id: UUID
    purpose: SecretPurpose
    serial: str | None
    expires_at: datetime | None
    created_at: datetime


class PaymentTermsOut(BaseModel):
    """How a payment platform knows us."""

    app_id: Line
    merchant_no: Line

    @classmethod
    def of(cls, platform: Platform) -> "PaymentTermsOut | None":
        """Return a platform's terms; None if it signs as our own contract says."""
        if platform.app_id is None or platform.merchant_no is None:
            return None
        return cls(app_id=platform.app_id, merchant_no=platform.merchant_no)


def terms(said: TermsIn) -> Terms:
    """Return how the platform knows us."""
    return Terms(kind=PlatformKind(said.kind), app_id=said.app_id, merchant_no=said.merchant_no)


async def add_all(session: WriteSession, platform: Platform, said: TermsIn) -> None:
    """Keep the keys with which a platform begins."""
    await add(session, platform, CredentialIn(public_key=said.public_key))
    if said.api_v3_key is not None:
        await add(session, platform, CredentialIn(api_v3_key=said.api_v3_key))


async def add(session: WriteSession, platform: Platform, said: CredentialIn) -> PlatformSecret:
    """Keep a key beside those that are live.

    Raises CredentialUnusable if it is none, and PlatformSignsOtherwise if its kind has no such key.
    """
    if said.public_key is not None:
        if platform.kind is PlatformKind.standard:
            raise PlatformSignsOtherwise
        serial, raw = _public_key(platform, said.public_key)
        return await platforms.add_key(session, platform, SecretPurpose.verifies, raw, serial=serial)
    if said.private_key is not None:
        raw = _private_key(platform, said.private_key)
        own = said.private_key.serial
        return await platforms.add_key(session, platform, SecretPurpose.asks, raw, serial=own)
    if platform.kind is not PlatformKind.wechat_pay or said.api_v3_key is None:
        raise PlatformSignsOtherwise
    raw = said.api_v3_key.get_secret_value().encode()
    if len(raw) != API_V3_KEY_BYTES:
        raise CredentialUnusable("An API v3 key has 32 bytes.", "API v3 密钥长 32 字节")
    return await platforms.add_key(session, platform, SecretPurpose.decrypts, raw)


def _public_key(platform: Platform, said: PublicKeyIn) -> tuple[str | None, bytes]:
    try:
        own, raw = rsa.read(said.key)
    except ValueError as error:
        raise CredentialUnusable(str(error), f"应为至少 {rsa.BITS_MIN} 位的 RSA 公钥或证书") from None
    serial = said.serial or own
    if own is not None and serial != own:
        raise CredentialUnusable("The certificate has another serial number.", "证书的序列号与所填不符")
    if platform.kind is PlatformKind.wechat_pay and serial is None:
        raise CredentialUnusable(
            "WeChat Pay names its keys by a serial number.", "微信支付的密钥须填写序列号"
        )
    return serial, raw


def _private_key(platform: Platform, said: PrivateKeyIn) -> bytes:
    if platform.kind is PlatformKind.standard:
        raise PlatformSignsOtherwise
    if (platform.kind is PlatformKind.wechat_pay) is (said.serial is None):
        raise CredentialUnusable(
            "WeChat Pay knows our key by a serial number, Alipay by none.",
            "微信支付以序列号识别我方密钥，支付宝没有序列号",
        )
    try:
        return rsa.read_private(said.key.get_secret_value())
    except ValueError as error:
        raise CredentialUnusable(str(error), f"应为至少 {rsa.BITS_MIN} 位的 RSA 私钥") from None
