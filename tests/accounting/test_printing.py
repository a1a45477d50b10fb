"""A long range of vouchers is printed by a job; its PDF is read by whoever asked for it."""

import io
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from pypdf import PdfReader

from app.accounting.papers import printing
from app.accounting.vouchers import numbers
from app.kit import jobs
from app.kit.attachments import stores
from app.kit.database import Database
from app.kit.models import JobRun
from app.kit.vault import Vault
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.journal import Draft, Line
from app.ledger.models import Direction, EntryKind
from app.main import create_app
from app.settings import Settings
from app.wiring import handed_down
from tests.accounting.closers import noon
from tests.accounting.office import Office, office
from tests.databases import Cluster

PATH = "/v1/accounting/numbered-vouchers/pdf"
MANY = 201


@pytest.fixture
async def database(
    cluster: Cluster, fresh_database: str, vault: Vault, tmp_path: Path
) -> AsyncIterator[Database]:
    """A database in which transactions commit, and a folder for files that its jobs know too."""
    info = {"vault": vault, stores.STORE: stores.opened(f"file://{tmp_path}/files")} | handed_down()
    opened = Database(cluster.url(fresh_database), pool_size=10, info=info)
    yield opened
    await opened.close()


@pytest.fixture
def app(database: Database, settings: Settings, tmp_path: Path) -> FastAPI:
    app = create_app(settings, database=database)
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    return app


@pytest.fixture
async def busy(app: FastAPI, database: Database) -> AsyncIterator[Office]:
    """An office with one numbered voucher more in May than is printed at once."""
    async with (
        AsyncClient(transport=ASGITransport(app), base_url="http://test") as client,
        database.writing() as session,
    ):
        at = await office(app, client, session)
        general = await funds.general(session, at.organization.id)
        leaf = Leaf(organization_id=at.organization.id, chart="2026", code="4901", fund_id=general.id)
        other = await accounts.open_one(session, leaf)
        line = Line(
            debit=at.bank.account_id, credit=other, amount=7, fund_id=general.id, direction=Direction.inflow
        )
        drafts = [
            Draft(
                organization_id=at.organization.id,
                chart="2026",
                kind=EntryKind.voucher,
                reference=f"voucher:{number}",
                occurred_at=noon(date(2026, 5, 8)),
                actor="test",
                lines=[line],
            )
            for number in range(MANY)
        ]
        await journal.post(session, drafts)
        await numbers.assign(session, at.organization.id, date(2026, 5, 1), until=date(2026, 5, 31))
        await session.commit()
        yield at


async def asked(at: Office, last: int, **over: Any) -> Any:
    body = {"organization_id": str(at.organization.id), "month": "2026-05-01", "number_to": last}
    return await at.post(PATH, body | over)


async def test_a_short_range_is_printed_at_once_and_a_long_one_by_a_job(
    busy: Office, database: Database
) -> None:
    short, none = await asked(busy, 200), await asked(busy, 10**6, number_from=MANY + 1)
    long = await asked(busy, 10**6)
    waiting = await busy.get(long.headers["location"])
    url = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    await jobs.work(url, database, until_empty=True)
    done = (await busy.get(long.headers["location"])).json()

    assert (short.status_code, short.headers["content-type"]) == (200, "application/pdf")
    assert len(PdfReader(io.BytesIO(short.content)).pages) == 200
    assert (none.status_code, none.json()["code"]) == (404, "voucher-not-found")
    assert (long.status_code, long.json()["kind"], long.json()["state"]) == (202, "print_vouchers", "waiting")
    assert waiting.headers["retry-after"] == "2"
    assert (done["state"], done["progress"]["done"], done["progress"]["total"]) == ("done", MANY, MANY)
    [file] = done["result"]["files"]
    assert (file["number_from"], file["number_to"]) == (1, MANY)
    paper = await busy.get(file["href"])
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(paper.content)).pages
    assert len(pages) == MANY
    assert f"记-202605-0{MANY}" in "".join(pages[-1].extract_text().split())
    # Nobody else finds it, however much of the books they may read.
    assert (await busy.get(file["href"], by="ray")).status_code == 404
    assert (await busy.get(long.headers["location"], by="ray")).status_code == 404


async def test_a_very_long_range_makes_several_files(busy: Office, database: Database) -> None:
    async with database.writing() as session:
        asked = printing.Range(busy.organization.id, date(2026, 5, 1), 2, MANY)
        run = await printing.ask(session, asked, by="staff:1")

    made = await printing.pieces(
        database, printing.Progress(database, run.id), asked, asked_by="staff:1", at_once=120
    )

    assert [(one["number_from"], one["number_to"]) for one in made] == [(2, 121), (122, MANY)]
    assert len({one["attachment_id"] for one in made}) == 2
    async with database.reading() as session:
        told = await session.get_one(JobRun, run.id)
        assert (told.done_count, told.total_count) == (200, 200)
