"""Statements: the three of the law for one organization, to read and as a spreadsheet."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

from app.accounting.books import charts
from app.kit.clock import LEGAL_ZONE
from app.kit.database import ReadSession
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Cells, Sheet
from app.kit.typesetting import papers
from app.ledger.statements import drawing
from app.ledger.statements.forms import Name
from app.ledger.statements.papers import Paper
from app.ledger.statements.terms import Term
from app.organizations.models import Organization

_TEMPLATE = Path(__file__).with_name("statement.typ")


async def draw(session: ReadSession, organization: Organization, name: Name, term: Term) -> Paper:
    """Return a statement of one organization for a month or a year."""
    chart = await charts.in_force(session, organization, term.until)
    return await drawing.draw(session, organization.id, chart, name, term)


def sheet(organization: Organization, paper: Paper) -> Sheet:
    """Return a statement as a sheet in Chinese, in yuan, with its proofs below."""
    number, title, _ = paper.form.names[paper.name]
    columns = [Column("项目", width=44), Column("行次", Kind.integer, 8)]
    columns += [Column(one.title_zh, Kind.money) for one in paper.columns]
    titles = [title, f"编制单位：{organization.name}", f"{number}　期间：{paper.term}　单位：元"]
    if organization.demo:
        titles.append("演示数据，并非真实账目")
    return Sheet(title, columns, list(_rows(paper)), titles)


async def pdf(organization: Organization, paper: Paper) -> bytes:
    """Return a statement as a document in Chinese, in yuan, with its proofs; equal data, equal bytes."""
    number, title, _ = paper.form.names[paper.name]
    below = f"编制单位：{organization.name}　{number}　期间：{paper.term}　单位：元"
    told = {
        "title": title,
        "issuer": organization.name,
        "below": below,
        "note": "演示数据，并非真实账目" if organization.demo else "",
        "columns": [one.title_zh for one in paper.columns],
        "lines": [
            {
                "label": line.label_zh,
                "number": line.number,
                "level": line.level,
                "total": line.total,
                "amounts": list(line.amounts),
            }
            for line in paper.lines
        ],
        "proofs": [{"title": one.title_zh, "difference": one.difference} for one in paper.proofs],
    }
    made_at = datetime.combine(paper.term.until, time(), LEGAL_ZONE)
    return await papers.pdf(_TEMPLATE, told, made_at=made_at)


def _rows(paper: Paper) -> Iterator[Cells]:
    for line in paper.lines:
        row = ["　" * line.level + line.label_zh, line.number, *line.amounts]
        yield Strong(row) if line.total else row
    empty = [None] * (len(paper.columns) - 1)
    for proof in paper.proofs:
        said = "相符" if not proof.difference else "不符，差额："
        yield [f"勾稽：{proof.title_zh}　{said}", None, proof.difference or None, *empty]
