"""Vouchers on paper: one PDF for a voucher or for a range of a month."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.accounting.models import Side
from app.accounting.vouchers.register import Printed, PrintedLine
from app.kit.typesetting import papers
from app.kit.typesetting.amounts import capitals

TEMPLATE = Path(__file__).parent / "voucher.typ"
LINES_A_SHEET = 6
DETAIL_LENGTH_MAX = 44


async def pdf(issuer: str, printed: Sequence[Printed]) -> bytes:
    """Return the vouchers as PDF, a sheet of six lines each; one with more lines goes on overleaf."""
    sheets = [sheet for one in printed for sheet in _sheets(one)]
    title = printed[0].number.label
    if len(printed) > 1:
        title += f" — {printed[-1].number.label}"
    made_at = max(one.number.created_at for one in printed)
    data = {"title": title, "issuer": issuer, "sheets": sheets}
    return await papers.pdf(TEMPLATE, data, made_at=made_at)


def _sheets(one: Printed) -> Iterator[dict[str, object]]:
    pages = [one.lines[at : at + LINES_A_SHEET] for at in range(0, len(one.lines), LINES_A_SHEET)]
    totals = {side: sum(line.amount for line in one.lines if line.side is side) for side in Side}
    for at, lines in enumerate(pages, 1):
        last = at == len(pages)
        yield {
            "number": one.number.label + (f"（{at}/{len(pages)}）" if len(pages) > 1 else ""),
            "day": f"{one.number.day.year}年{one.number.day.month}月{one.number.day.day}日",
            "lines": [_row(line) for line in lines],
            # Only the last sheet carries the sums: the others go on overleaf.
            "words": capitals(totals[Side.debit]) if last else "转下页",
            "debit": totals[Side.debit] if last else None,
            "credit": totals[Side.credit] if last else None,
            "attachments": one.attachment_count,
            "prepared": one.prepared,
            "reviewed": one.reviewed,
            "posted": one.posted,
        }


def _row(line: PrintedLine) -> dict[str, object]:
    return {
        "summary": line.summary,
        "account": f"{line.code} {line.name_zh}",
        # One line on paper, however long the codes of the dimensions are: the rest stands in the books.
        "detail": line.detail[:DETAIL_LENGTH_MAX],
        "debit": line.amount if line.side is Side.debit else None,
        "credit": line.amount if line.side is Side.credit else None,
    }
