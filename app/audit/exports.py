"""Exports: whole books as files, with a manifest by which each of them can be checked."""

import hashlib
from collections.abc import AsyncGenerator, AsyncIterable
from stat import S_IFREG
from typing import Any

import orjson
from stream_zip import ZIP_64, async_stream_zip

from app.audit import hledger, journal
from app.audit.journal import Extent, Totals
from app.kit.clock import now
from app.kit.database import Transactions

_MODE = S_IFREG | 0o600


async def archive(database: Transactions, extent: Extent, form: str) -> AsyncGenerator[bytes]:
    """Yield a ZIP with the journal in this form and `manifest.json`, made while it is sent."""
    totals, digest = Totals(), hashlib.sha256()
    name = "journal.hledger" if form == "hledger" else "journal.ndjson"
    moment = now().replace(tzinfo=None)

    async def books() -> AsyncGenerator[bytes]:
        parts = journal.lines(database, extent, totals)
        async for part in hledger.written(parts) if form == "hledger" else parts:
            digest.update(part)
            yield part

    async def manifest() -> AsyncGenerator[bytes]:
        said = journal.trailer(extent, totals)
        file = {"name": name, "rows": totals.count, "sha256": digest.hexdigest()}
        yield orjson.dumps(_manifest(extent, form, file, said), option=orjson.OPT_INDENT_2)

    async def members() -> AsyncGenerator[tuple[str, Any, int, Any, AsyncIterable[bytes]]]:
        yield name, moment, _MODE, ZIP_64, books()
        # Asked for when the journal has been sent: only then is there something to tell.
        yield "manifest.json", moment, _MODE, ZIP_64, manifest()

    async for chunk in async_stream_zip(members()):
        yield chunk


def _manifest(extent: Extent, form: str, file: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    mandate = extent.mandate
    return {
        "format": form,
        "organizations": [str(one) for one in mandate.organization_ids],
        "booked_on_from": mandate.first.isoformat(),
        "booked_on_to": mandate.last.isoformat(),
        "files": [file],
        **{key: said[key] for key in ("count", "first_index", "last_index", "totals", "checkpoint")},
    }
