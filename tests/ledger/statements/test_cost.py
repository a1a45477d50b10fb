"""A statement costs the same however many gifts a month has seen."""

import pytest
from sqlalchemy import text

from app.kit.database import WriteSession
from app.ledger import journal
from app.ledger.statements import cash, drawing, terms
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


_READ = "select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'postings'"


@pytest.mark.parametrize("disliked", ["nestloop", "hashjoin"])
async def test_cash_reads_no_gift_whichever_join_the_planner_dislikes(
    session: WriteSession, disliked: str
) -> None:
    books = await make.books(session)
    fund = await make.fund(session, books)
    given = await make.gift(session, books, fund, 1_000)
    await make.spend(session, books, fund, 400)
    await make.refund(session, books, given, 50)
    # A scan of what is small yet would be of everything once it has grown.
    for setting in ("seqscan", disliked):
        await session.execute(text(f"set local enable_{setting} = off"))
    read: list[int] = []

    for _ in range(2):
        before = (await session.execute(text(_READ))).scalar_one()
        await cash.moved(session, books.organization_id, "2026", terms.read("2026"))
        read.append((await session.execute(text(_READ))).scalar_one() - before)
        drafts = [await make.gift_draft(session, books, fund, 10) for _ in range(300)]
        await journal.post(session, drafts)

    assert read[0] == read[1] < 50
