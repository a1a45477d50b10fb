"""Settings: everything the environment may decide, read once at start (docs/operations.md)."""

import base64
import enum
import re
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AliasChoices, Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")
_DATABASE = re.compile(r"postgres(ql)?(\+psycopg)?://\S+")
_ADDRESS = r"^https?://[^\s?#]*[^\s?#/]$"
DIFFERENT_BYTES_MIN = 8
"""Thirty-two random bytes hold fewer different ones about never; a placeholder does."""


class Environment(enum.StrEnum):
    """Where the process runs; only `production` insists on everything."""

    production = "production"
    demo = "demo"
    test = "test"


class MailSecurity(enum.StrEnum):
    """How the connection to the mail server is protected."""

    starttls = "starttls"
    tls = "tls"
    none = "none"


class Settings(BaseSettings):
    """Values come from ZHENGXINLU_* variables (DATABASE_URL also without); no secret has a default."""

    # `NAME=` in a file of settings is how people leave a value out.
    model_config = SettingsConfigDict(
        env_prefix="ZHENGXINLU_", env_ignore_empty=True, frozen=True, extra="forbid", populate_by_name=True
    )

    environment: Environment = Environment.production
    database_url: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("ZHENGXINLU_DATABASE_URL", "DATABASE_URL", "database_url")
    )
    migration_database_url: SecretStr | None = None
    database_pool_size: int = Field(default=12, ge=2, le=200)
    token_secret: SecretStr | None = Field(default=None, description="Signs access tokens; base64, 32 bytes.")
    token_lifetime_seconds: int = Field(default=900, ge=60, le=3600)
    vault_keys: SecretStr | None = Field(default=None, description="Master keys, `id:base64[,id:base64...]`.")
    vault_current_key: str | None = Field(
        default=None, description="The id under which new keys are wrapped."
    )
    vault_index_key: SecretStr | None = Field(default=None, description="Blind index; base64, 32 bytes.")
    public_url: str = Field(default="http://127.0.0.1:8000", pattern=_ADDRESS)
    cors_origins: Annotated[list[str], NoDecode] = Field(default_factory=list)
    wechat_pay_url: str = Field(default="https://api.mch.weixin.qq.com", pattern=_ADDRESS)
    alipay_url: str = Field(default="https://openapi.alipay.com/gateway.do", pattern=_ADDRESS)
    payment_timeout_seconds: float = Field(default=8.0, gt=0, le=60)
    webhook_batch_max: int = Field(default=500, ge=1, le=5000)
    webhook_queue_max: int = Field(default=5000, ge=1)
    webhook_answer_seconds_max: float = Field(default=20.0, gt=0, le=300)
    delivery_retention_days: int = Field(default=180, ge=1)
    attachments_url: str | None = Field(
        default=None, description="Where files are kept: file:///folder or s3://bucket/prefix."
    )
    s3_endpoint: str | None = None
    s3_region: str | None = None
    s3_access_key_id: str | None = None
    s3_secret_access_key: SecretStr | None = None
    codes_file: Path | None = Field(default=None, description="Where codes go in a demo, instead of out.")
    log_origin: str | None = Field(default=None, pattern=r"^[^\s+]{1,255}$")
    log_key_file: Path | None = None
    log_memory_file: Path | None = None
    filing_required: bool = Field(
        default=True, description="A public campaign opens only with its filed plan (Charity Law 24)."
    )
    deadline_reminders_roll: bool = Field(
        default=False, description="People are reminded of the day after a holiday, not of the day itself."
    )
    deadline_lateness_rolls: bool = Field(
        default=True, description="Late is what missed the day after a holiday, too (Civil Code 203)."
    )
    complaint_answer_working_days: int | None = Field(
        default=15, ge=1, le=250, description="What is promised; no law names a day. None: nothing is."
    )
    open_data_licence: str | None = Field(
        default=None, max_length=200, description="Under which licence open data may be used."
    )
    unclaimed_bank_money_days: int | None = Field(default=None, ge=1)
    second_factor_required: bool | None = Field(default=None, description="None: in production alone.")
    second_factor_above_yuan: int = Field(default=10_000, ge=0)
    mail_host: str | None = None
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: MailSecurity = MailSecurity.starttls
    mail_username: str | None = None
    mail_password: SecretStr | None = None
    mail_sender: str = "zhengxinlu@localhost"
    mail_folder: Path | None = None
    subscriptions_to_loopback: bool = Field(
        default=False, description="Events may be told to this machine itself; production refuses."
    )

    @field_validator("public_url", mode="before")
    @classmethod
    def _without_slash(cls, value: object) -> object:
        return value.strip().rstrip("/") if isinstance(value, str) else value

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _origins(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("cors_origins")
    @classmethod
    def _exact(cls, origins: list[str]) -> list[str]:
        # An origin with a path or a wildcard matches nothing, or everybody: either is a mistake.
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError("an origin is scheme://host or scheme://host:port, exactly")
        return origins

    def missing(self, *, signing: bool = False) -> list[str]:
        """Return the names of the variables that production needs, where the log is signed too, and lacks."""
        needed: dict[str, object] = {
            "DATABASE_URL": self.database_url,
            "ZHENGXINLU_TOKEN_SECRET": self.token_secret,
            "ZHENGXINLU_VAULT_KEYS": self.vault_keys,
            "ZHENGXINLU_VAULT_CURRENT_KEY": self.vault_current_key,
            "ZHENGXINLU_VAULT_INDEX_KEY": self.vault_index_key,
        }
        if signing:
            needed |= {
                "ZHENGXINLU_LOG_ORIGIN": self.log_origin,
                "ZHENGXINLU_LOG_KEY_FILE": self.log_key_file,
                "ZHENGXINLU_LOG_MEMORY_FILE": self.log_memory_file,
            }
        return [name for name, value in needed.items() if value is None]

    def check_secrets(self) -> None:
        """ValueError that names the first setting which is not what it must be; its value is not told."""
        secrets: dict[str, SecretStr | None] = {
            "ZHENGXINLU_TOKEN_SECRET": self.token_secret,
            "ZHENGXINLU_VAULT_INDEX_KEY": self.vault_index_key,
        }
        url = self.database_url.get_secret_value() if self.database_url else ""
        if not _DATABASE.fullmatch(url):
            raise ValueError("DATABASE_URL is no address of a PostgreSQL database: postgresql://...")
        if self.codes_file is not None and self.environment is Environment.production:
            raise ValueError("ZHENGXINLU_CODES_FILE is for demos: who reads it signs in as anybody")
        if self.subscriptions_to_loopback and self.environment is Environment.production:
            raise ValueError(
                "ZHENGXINLU_SUBSCRIPTIONS_TO_LOOPBACK is for development: it opens our own network"
            )
        for key_id, pair in self._master_keys():
            secrets[f"ZHENGXINLU_VAULT_KEYS ({key_id})"] = SecretStr(pair)
        uses: dict[bytes, str] = {}
        for name, secret in secrets.items():
            raw = _checked(name, secret.get_secret_value() if secret else "")
            if raw in uses:
                raise ValueError(f"{name} is the same secret as {uses[raw]}: each has one of its own")
            uses[raw] = name
        ids = [key_id for key_id, _ in self._master_keys()]
        if twice := next((key_id for key_id in ids if ids.count(key_id) > 1), None):
            raise ValueError(f"ZHENGXINLU_VAULT_KEYS has two keys of the id {twice}")
        if self.vault_current_key not in ids:
            raise ValueError("ZHENGXINLU_VAULT_CURRENT_KEY names no key of ZHENGXINLU_VAULT_KEYS")

    def master_keys(self) -> dict[str, bytes]:
        """Return the vault's master keys by their ids; ValueError if one is not 32 bytes."""
        return {key_id: secret_bytes(value) for key_id, value in self._master_keys()}

    def _master_keys(self) -> list[tuple[str, str]]:
        text = self.vault_keys.get_secret_value() if self.vault_keys else ""
        pairs = [part.partition(":") for part in text.split(",") if part.strip()]
        return [(key_id.strip(), value.strip()) for key_id, _, value in pairs]


def _checked(name: str, value: str) -> bytes:
    try:
        raw = secret_bytes(value)
    except ValueError:
        raise ValueError(f"{name} is not 32 bytes in base64") from None
    if len(set(raw)) < DIFFERENT_BYTES_MIN:
        raise ValueError(f"{name} is no secret: it is all but one byte repeated")
    # Of random bytes a third are letters, digits and the like; that all are is no chance.
    if all(32 <= byte < 127 for byte in raw):
        raise ValueError(f"{name} is no secret: it is a text and not 32 random bytes")
    return raw


def secret_bytes(text: str) -> bytes:
    """Return the 32 bytes of a base64 secret; ValueError if it is anything else."""
    raw = base64.b64decode(text.strip(), validate=True)
    if len(raw) != 32:
        raise ValueError("a secret is 32 bytes in base64")
    return raw


@cache
def settings() -> Settings:
    """Return the one Settings of this process."""
    return Settings()
