"""A statement costs the same however many gifts a month has seen."""

import pytest

from app.kit.database import WriteSession
from app.ledger import journal
from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import Name
from tests.factories import ledger as make


@pytest.mark.parametrize("name", list(Name))
@pytest.mark.parametrize("period", ["2026-05", "2026"])
async def test_no_statement_reads_the_gifts(session: WriteSession, name: Name, period: str) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    given = await make.gift(session, books, fund, 1_000)
    await make.spend(session, books, fund, 400)
    await make.refund(session, books, given, 50)
    read: list[int] = []

    for _ in range(2):
        before = await make.postings_read(session)
        paper = await drawing.draw(session, books.organization_id, "2026", name, terms.read(period))
        read.append(await make.postings_read(session) - before)
        assert paper.ties
        drafts = [await make.gift_draft(session, books, fund, 10) for _ in range(300)]
        await journal.post(session, drafts)

    assert read[0] == read[1] < 50
