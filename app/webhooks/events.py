"""Events: messages of platforms, understood, and what it takes to understand them."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from starlette.responses import Response

from app.accounting.models import Channel
from app.fundraising.gifts import Told
from app.kit.errors import Refusal
from app.kit.facts import fact
from app.organizations.models import PlatformKind
from app.organizations.platforms import Keyring

EVENT_ID_LENGTH_MAX = 200


@fact()
class Sender:
    """The platform that signed, and the merchant account through which its gifts come in."""

    platform_id: UUID
    slug: str
    channel: Channel
    keyring: Keyring | None = None
    """What it takes to believe and read a payment platform; None if it signs as our contract says."""

    @property
    def actor(self) -> str:
        """The platform as the records name it."""
        return f"platform:{self.slug}"

    @property
    def kind(self) -> PlatformKind:
        """How it signs and writes."""
        return PlatformKind.standard if self.keyring is None else self.keyring.terms.kind


@fact()
class Known:
    """A platform as we last read it: what it signs with if it shares a secret, and how fast it may speak."""

    sender: Sender
    secrets: Sequence[bytes] = field(repr=False)
    rate_per_second: int


@fact()
class Event:
    """A message understood: what it tells about a gift, or nothing that concerns us."""

    type: str
    told: Told | None = None
    essence: bytes | None = field(default=None, repr=False)
    """What is the same when it is told again, if the body is not: a payment platform enciphers it afresh."""


@fact(kw_only=True)
class Message:
    """An authentic message with what it says, or with the reason why it can't be read."""

    sender: Sender
    event_id: str
    body: bytes
    signed_at: datetime
    event: Event | None
    refusal: Refusal | None = None

    @property
    def essence(self) -> bytes:
        """What has to be the same when this comes again under the same event id."""
        said = self.event.essence if self.event is not None else None
        return self.body if said is None else said


class Signed(NamedTuple):
    """What an authentic message is known by, and when it was signed."""

    event_id: str
    signed_at: datetime


class Translator(Protocol):
    """How a kind of platform speaks; each is a module of `translators`."""

    @property
    def UNIT(self) -> str:  # noqa: N802 - a constant of the module
        """The unit in which it writes amounts: `fen` or `yuan`."""
        ...

    def authenticate(
        self, known: Known | None, headers: Mapping[bytes, bytes], body: bytes, /, *, at: datetime
    ) -> Signed:
        """Return what the message is known by; DeliveryNotAuthentic unless the platform has signed it."""
        ...

    def translate(self, sender: Sender, body: bytes) -> Event:
        """Return what a message says; EventUnreadable or Malformed if it can't be read."""
        ...

    def thank(self, answer: bytes, /) -> tuple[bytes, bytes]:
        """Return the media type and the body of the answer to a message that is committed."""
        ...

    def refuse(self, problem: Response) -> Response:
        """Return a refusal, told to whom we know, in the form that the platform expects."""
        ...
