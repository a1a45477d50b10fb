"""Senders: the platforms that may speak to us now, remembered for a moment to spare a look-up."""

import asyncio
import re
from contextlib import nullcontext
from contextvars import Context
from functools import partial
from time import monotonic

from sqlalchemy import select

from app.accounting.models import Channel
from app.kit.database import ReadSession, Transactions
from app.kit.errors import Unavailable
from app.organizations import platforms
from app.organizations.models import Platform
from app.webhooks.events import Known, Sender

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
REMEMBERED_SECONDS = 1.0
"""How long a rotated secret or a disabled platform may go unnoticed."""

STRANGERS_AT_ONCE = 2
READINGS_MAX = 1000
"""From so many on, slugs that we do not know are sent away; those that we know are never."""

RETRY_AFTER_SECONDS = 2


async def sender_of(session: ReadSession, platform: Platform, channel: Channel) -> Sender:
    """Return a platform as the sender of what was kept of it, with all keys that it ever had."""
    return Sender(platform.id, platform.slug, channel, await platforms.keyring(session, platform, ever=True))


class Senders:
    """The platforms by slug, read again from the database at most once a second each.

    Whoever asks for a slug while it is being read hears what that reading finds. A platform that we know
    waits for no other; slugs that we do not know wait for one another, so that whoever guesses names neither
    takes the connections of those who give nor fills our memory. A reading that takes longer than
    `seconds_max` goes on, but until it ends whoever asks for its slug hears that we are unavailable.
    """

    def __init__(self, database: Transactions, *, seconds_max: float) -> None:
        self._database = database
        self._seconds_max = seconds_max
        self._known: dict[str, tuple[float, Known]] = {}
        self._readings: dict[str, tuple[float, asyncio.Task[Known | None]]] = {}
        self._strangers = asyncio.Semaphore(STRANGERS_AT_ONCE)

    async def find(self, slug: str) -> Known | None:
        """Return the platform of this slug; None if it is unknown, disabled or has no merchant account."""
        met = self._known.get(slug)
        if met is not None and monotonic() - met[0] < REMEMBERED_SECONDS:
            return met[1]
        if not _SLUG.fullmatch(slug):
            # Nobody's: whoever guesses names costs no look at the database.
            return None
        begun, reading = self._readings.get(slug) or self._begin(slug, stranger=met is None)
        left = begun + self._seconds_max - monotonic()
        # Watched and not broken off: it is others' reading too, and a driver that breaks off asks the server.
        if left <= 0 or not (await asyncio.wait({reading}, timeout=left))[0]:
            raise Unavailable(retry_after_seconds=RETRY_AFTER_SECONDS)
        return reading.result()

    def _begin(self, slug: str, *, stranger: bool) -> tuple[float, asyncio.Task[Known | None]]:
        if stranger and len(self._readings) >= READINGS_MAX:
            raise Unavailable(retry_after_seconds=RETRY_AFTER_SECONDS)
        # A context of its own: it must not log under the request id of whoever came first.
        reading = asyncio.create_task(self._renew(slug, stranger=stranger), context=Context())
        self._readings[slug] = begun = (monotonic(), reading)
        reading.add_done_callback(partial(self._end, slug))
        return begun

    def _end(self, slug: str, reading: asyncio.Task[Known | None]) -> None:
        del self._readings[slug]
        if not reading.cancelled():
            # Looked at, or it would be logged as a fault where nobody has waited to the end.
            reading.exception()

    async def _renew(self, slug: str, *, stranger: bool) -> Known | None:
        async with self._strangers if stranger else nullcontext():
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
            if platform.disabled_at is not None:
                return None
            secrets = await platforms.live_secrets(session, platform)
            keyring = await platforms.keyring(session, platform)
            session.expunge_all()
        if not secrets and keyring is None:
            return None
        sender = Sender(platform.id, platform.slug, channel, keyring)
        return Known(sender, secrets, platform.rate_per_second)
