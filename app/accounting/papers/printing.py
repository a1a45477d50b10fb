"""Printing: more vouchers than are set while somebody waits, by a job whose PDF lies with who asked."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.accounting.papers import vouchers as papers
from app.accounting.vouchers import register
from app.kit import runs
from app.kit.attachments import files, stores
from app.kit.attachments.files import Upload
from app.kit.database import Transactions, WriteSession
from app.kit.models import AccessClass, JobRun
from app.kit.runs import Progress
from app.organizations import organizations

PIECE = 1_000
"""So many vouchers make one PDF; a longer range makes several, so that neither memory nor file grows on."""


@dataclass(frozen=True, slots=True)
class Range:
    """Which numbered vouchers of whose month."""

    organization_id: UUID
    month: date
    first: int
    last: int


async def ask(session: WriteSession, asked: Range, *, by: str) -> JobRun:
    """Ask for a range on paper; the files are read by whoever asked, for a day."""
    return await runs.begin(
        session,
        print_vouchers,
        caller=by,
        organization_id=asked.organization_id,
        at=asked.organization_id,
        month=asked.month.isoformat(),
        numbers=f"{asked.first}-{asked.last}",
        asked_by=by,
    )


@runs.long_job()
async def print_vouchers(
    database: Transactions, progress: Progress, *, asked_by: str, at: str, month: str, numbers: str
) -> dict[str, Any]:
    """Set the vouchers of a range; the result tells where their files are read."""
    first, last = map(int, numbers.split("-"))
    asked = Range(UUID(at), date.fromisoformat(month), first, last)
    kept = await pieces(database, progress, asked, asked_by=asked_by)
    return {"files": kept}


async def pieces(
    database: Transactions, progress: Progress, asked: Range, *, asked_by: str, at_once: int = PIECE
) -> list[dict[str, Any]]:
    """Set a range piece by piece, and keep each as a file that belongs to nothing but its asker.

    Such a file is deleted after a day, and so is what a run that broke off has left.
    """
    at, month, first, last = asked.organization_id, asked.month, asked.first, asked.last
    async with database.reading() as session:
        issuer = (await organizations.get(session, at)).name
        store = stores.of(session)
        total = await register.count(session, at, month, (first, last))
    kept: list[dict[str, Any]] = []
    done = 0
    while done < total:
        async with database.reading() as session:
            numbers = await register.next_of(session, at, month, (first, last), at_once)
            printed = await register.printed(session, numbers)
        content = await papers.pdf(issuer, printed)
        low, high = numbers[0], numbers[-1]
        upload = Upload(
            organization_id=at,
            kind="voucher-print",
            access=AccessClass.internal,
            file_name=f"{low.label}—{high.label}.pdf",
            uploaded_by=asked_by,
        )
        file = await files.receive(database, store, upload, content)
        where = {"attachment_id": str(file.id), "href": f"/v1/attachments/{file.id}/content"}
        kept.append(where | {"number_from": low.number, "number_to": high.number})
        # Numbers are only ever added behind the last one: what was counted is still there.
        first, done = high.number + 1, done + len(numbers)
        await progress.tell(done, max(done, total))
    return kept
