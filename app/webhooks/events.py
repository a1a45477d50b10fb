"""Events: messages of platforms, understood."""

from datetime import datetime
from uuid import UUID

from app.accounting.models import Channel
from app.fundraising.gifts import Told
from app.kit.errors import Refusal
from app.kit.facts import fact


@fact()
class Sender:
    """The platform that signed, and the merchant account through which its gifts come in."""

    platform_id: UUID
    slug: str
    channel: Channel

    @property
    def actor(self) -> str:
        """The platform as the records name it."""
        return f"platform:{self.slug}"


@fact()
class Event:
    """A message understood: what it tells about a gift, or why it tells nothing now."""

    type: str
    told: Told | None = None
    later: bool = False


@fact(kw_only=True)
class Message:
    """An authentic message with what it says, or with the reason why it can't be read."""

    sender: Sender
    event_id: str
    body: bytes
    signed_at: datetime
    event: Event | None
    refusal: Refusal | None = None
