"""Senders: the platforms that may speak to us now, remembered for a moment to spare a look-up."""

import asyncio
import re
from time import monotonic

from sqlalchemy import select

from app.accounting.models import Channel
from app.kit.database import ReadSession, Transactions
from app.organizations import platforms
from app.organizations.models import Platform, PlatformKind
from app.webhooks.events import Known, Sender

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
REMEMBERED_SECONDS = 1.0
"""How long a rotated secret or a disabled platform may go unnoticed."""


async def sender_of(session: ReadSession, platform: Platform, channel: Channel) -> Sender:
    """Return a platform as the sender of what was kept of it, with all keys that it ever had."""
    return Sender(platform.id, platform.slug, channel, await platforms.keyring(session, platform, ever=True))


class Senders:
    """The platforms by slug, read again from the database at most once a second each."""

    def __init__(self, database: Transactions) -> None:
        self._database = database
        self._known: dict[str, tuple[float, Known | None]] = {}
        self._reading = asyncio.Lock()

    async def find(self, slug: str) -> Known | None:
        """Return the platform of this slug; None if it is unknown, disabled or has no merchant account."""
        read_at, known = self._known.get(slug, (-REMEMBERED_SECONDS, None))
        if monotonic() - read_at < REMEMBERED_SECONDS:
            return known
        async with self._reading:
            read_at, known = self._known.get(slug, (-REMEMBERED_SECONDS, None))
            if monotonic() - read_at < REMEMBERED_SECONDS:
                return known
            known = await self._read(slug)
            if known is None:
                # Strangers' slugs are not collected: whoever guesses names must not fill our memory.
                self._known.pop(slug, None)
            else:
                self._known[slug] = (monotonic(), known)
            return known

    def kind(self, slug: str) -> PlatformKind:
        """Return how the platform of this slug speaks; a stranger is answered as our contract says."""
        _, known = self._known.get(slug, (0.0, None))
        return known.sender.kind if known else PlatformKind.standard

    async def _read(self, slug: str) -> Known | None:
        if not _SLUG.fullmatch(slug):
            # Nobody's: whoever guesses names costs no look at the database.
            return None
        async with self._database.reading() as session:
            query = select(Platform, Channel).join(Channel, Channel.platform_id == Platform.id)
            row = (await session.execute(query.where(Platform.slug == slug))).one_or_none()
            if row is None:
                return None
            platform, channel = row
            if platform.disabled_at is not None:
                return None
            secrets = await platforms.live_secrets(session, platform)
            keyring = await platforms.keyring(session, platform)
            session.expunge_all()
        if not secrets and keyring is None:
            return None
        sender = Sender(platform.id, platform.slug, channel, keyring)
        return Known(sender, secrets, platform.rate_per_second)
