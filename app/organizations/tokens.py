"""Tokens: what people and machines show to say who they are, and how it is recognised."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import jwt

from app.kit.clock import now
from app.organizations.errors import TokenInvalid

ACCESS_LIFETIME_SECONDS = 15 * 60
KEY_MARK = "zxl_"
SECRET_BYTES_MIN = 32
STAFF = "staff"
_ALGORITHM = "HS256"
_AUDIENCE = "zhengxinlu"


@dataclass(frozen=True, slots=True)
class Claim:
    """What an access token says: this person, in this stay. What they may do is asked of the database."""

    staff_id: UUID
    login_id: UUID
    kind: str = STAFF


class Issuer:
    """What signs this installation's access tokens and recognises them again."""

    def __init__(self, secret: bytes, lifetime_seconds: int = ACCESS_LIFETIME_SECONDS) -> None:
        if len(secret) < SECRET_BYTES_MIN:
            raise ValueError(f"the secret of the access tokens has at least {SECRET_BYTES_MIN} bytes")
        self._secret = secret
        self.lifetime_seconds = lifetime_seconds

    def issue(self, staff_id: UUID, login_id: UUID, kind: str = STAFF) -> str:
        """Return an access token for a person's stay, good for `lifetime_seconds`."""
        made_at = now()
        claims = {
            "aud": _AUDIENCE,
            "sub": str(staff_id),
            "sid": str(login_id),
            "iat": made_at,
            "exp": made_at + timedelta(seconds=self.lifetime_seconds),
        }
        if kind != STAFF:
            claims["kind"] = kind
        return jwt.encode(claims, self._secret, _ALGORITHM)

    def read(self, token: str) -> Claim:
        """Return what a token of ours says; refuse one that is forged, expired or of another installation."""
        try:
            claims = jwt.decode(
                token,
                self._secret,
                [_ALGORITHM],
                audience=_AUDIENCE,
                options={"require": ["aud", "sub", "sid", "iat", "exp"]},
            )
            return Claim(UUID(claims["sub"]), UUID(claims["sid"]), str(claims.get("kind", STAFF)))
        except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError):
            raise TokenInvalid from None

    def seal(self, purpose: str, claims: dict[str, str], lifetime_seconds: int) -> tuple[str, datetime]:
        """Return a signed note for one purpose, and until when it is good; it opens no door by itself."""
        expires_at = now() + timedelta(seconds=lifetime_seconds)
        said = claims | {"aud": f"{_AUDIENCE}/{purpose}", "exp": expires_at}
        return jwt.encode(said, self._secret, _ALGORITHM), expires_at

    def unseal(self, purpose: str, note: str) -> dict[str, str]:
        """Return what a note of ours says; refuse one that is forged, expired or for another purpose."""
        try:
            return jwt.decode(
                note,
                self._secret,
                [_ALGORITHM],
                audience=f"{_AUDIENCE}/{purpose}",
                options={"require": ["aud", "exp"]},
            )
        except jwt.InvalidTokenError:
            raise TokenInvalid from None


def new_token() -> str:
    """Return a fresh opaque token with 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> bytes:
    """Return what is kept of an opaque token. It is random and long: a plain hash can't be tried out."""
    return hashlib.sha256(token.encode()).digest()
