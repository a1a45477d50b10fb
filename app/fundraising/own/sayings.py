"""Sayings: when a giver last said each thing of a gift, so that an older word never undoes a newer one.

The moments stand among the gift's sealed words: they are erased with them, and a gift of which nobody spoke
again pays nothing for them.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import orjson

from app.fundraising.givers import SAID_AT
from app.fundraising.models import Donation
from app.kit import vault
from app.kit.database import ReadSession, WriteSession


async def newest(
    session: ReadSession, gift: Donation, told: Mapping[str, str | bool], *, at: datetime
) -> set[str]:
    """Return the names of what was not overtaken by anything said later; the gift is locked by the caller.

    Of two words of one moment the one that comes last holds, but none then shows what the other hides. Of
    whom was erased no moments are left: only what hides is followed.
    """
    key = (await vault.keys(session, [gift.person_id])).get(gift.person_id)
    if key is None:
        return {name for name, value in told.items() if value is False}
    said_at = _opened(vault.of(session), key, gift).get(SAID_AT, {})
    return {name for name, value in told.items() if _holds(value, at, said_at.get(name))}


async def note(
    session: WriteSession,
    gift: Donation,
    names: Iterable[str],
    *,
    at: datetime,
    words: Mapping[str, str] | None = None,
) -> None:
    """Keep when these were said, with the words themselves; an empty word goes, and the moment stays.

    Of whom was erased nothing is kept any more.
    """
    key = (await vault.keys(session, [gift.person_id])).get(gift.person_id)
    if key is None:
        return
    secrets = vault.of(session)
    opened = _opened(secrets, key, gift)
    said_at = opened.get(SAID_AT, {}) | dict.fromkeys(names, at.isoformat())
    kept = {name: value for name, value in (opened | dict(words or {})).items() if value != ""}
    after = kept | {SAID_AT: said_at}
    gift.sealed = secrets.seal(key, gift.person_id, "gift", orjson.dumps(after))
    await session.flush()


def _opened(secrets: vault.Vault, key: bytes, gift: Donation) -> dict[str, Any]:
    return orjson.loads(secrets.open(key, gift.person_id, "gift", gift.sealed)) if gift.sealed else {}


def _holds(value: str | bool, at: datetime, last: str | None) -> bool:
    if last is None:
        return True
    before = datetime.fromisoformat(last)
    return at > before or (at == before and value is not True)
