"""Exports: whole books as files, with a manifest by which each of them can be checked."""

from collections.abc import AsyncGenerator, AsyncIterable
from typing import Any

from app.audit import archives, hledger, journal
from app.audit.archives import Listed
from app.audit.journal import Extent, Totals
from app.kit.database import Transactions


async def archive(database: Transactions, extent: Extent, form: str) -> AsyncGenerator[bytes]:
    """Yield a ZIP with the journal in this form and `manifest.json`, made while it is sent."""
    totals = Totals()

    async def files() -> AsyncGenerator[tuple[str, AsyncIterable[bytes]]]:
        lines = journal.lines(database, extent, totals)
        if form == "hledger":
            yield "journal.hledger", hledger.written(lines)
        else:
            yield "journal.ndjson", lines

    def manifest(listed: Listed) -> dict[str, Any]:
        rows = [file | {"rows": totals.count} for file in listed]
        return {"format": form, **told(extent, totals), "files": rows}

    async for chunk in archives.archive(files(), manifest):
        yield chunk


def told(extent: Extent, totals: Totals) -> dict[str, Any]:
    """Return what a manifest says of the journal in its archive: of whom, of which days, and its trailer."""
    mandate, said = extent.mandate, journal.trailer(extent, totals)
    return {
        "organizations": [str(one) for one in mandate.organization_ids],
        "booked_on_from": mandate.first.isoformat(),
        "booked_on_to": mandate.last.isoformat(),
        **{key: said[key] for key in ("count", "first_index", "last_index", "totals", "checkpoint")},
    }
