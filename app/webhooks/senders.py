"""Senders: the platforms that may speak to us now, remembered for a moment to spare a look-up."""

import asyncio
from dataclasses import dataclass, field
from time import monotonic

from sqlalchemy import select

from app.accounting.models import Channel
from app.kit.database import Transactions
from app.organizations import platforms
from app.organizations.models import Platform
from app.webhooks.events import Sender

REMEMBERED_SECONDS = 1.0
"""How long a rotated secret or a disabled platform may go unnoticed."""


@dataclass(frozen=True, slots=True)
class Known:
    """A platform as we last read it: what it signs with, and how fast it may speak."""

    sender: Sender
    secrets: list[bytes] = field(repr=False)
    rate_per_second: int


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

    async def _read(self, slug: str) -> Known | None:
        async with self._database.reading() as session:
            query = select(Platform, Channel).join(Channel, Channel.platform_id == Platform.id)
            row = (await session.execute(query.where(Platform.slug == slug))).one_or_none()
            if row is None:
                return None
            platform, channel = row
            secrets = await platforms.live_secrets(session, platform)
            session.expunge_all()
        if not secrets:
            return None
        return Known(Sender(platform.id, platform.slug, channel), secrets, platform.rate_per_second)
