"""What docs/auditing.md tells an auditor to type works as it stands there."""

import asyncio
import hashlib
import os
import re
import stat
import sys
import zipfile
from pathlib import Path

from sqlalchemy import func, select

from app.fundraising import corrections, donations
from app.fundraising.models import Donation
from app.kit.database import Database
from app.ledger.models import Entry
from tests.audit.bills import settled
from tests.audit.books import Audited, audited
from tests.databases import ROOT, Cluster
from tests.factories import fundraising
from tests.journeys.services import ENVIRONMENT, Service

PAPER = ROOT / "docs" / "auditing.md"
_SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


async def test_an_auditor_types_what_the_paper_says(
    cluster: Cluster, committed: Database, fresh_database: str, tmp_path: Path
) -> None:
    books = await audited(committed, tmp_path)
    await books.give(books.ours, 100_00, 250_00)
    await books.give(books.theirs, 7_00)
    async with committed.writing() as session:
        [outcome] = await donations.receive(session, [fundraising.gift(books.appeal(books.ours), 9_00)])
        donation = await session.get(Donation, outcome.donation_id)
        # Reversal and correction are kinds whose postings are not public: their commitments are opened.
        await corrections.void(session, donation, reason="test", actor="test")
    bill = await settled(books, tmp_path)
    await books.sign()
    async with committed.reading() as session:
        ours = select(func.count()).where(Entry.organization_id == books.organization.id)
        count = await session.scalar(ours)
    blocks = _SHELL.findall(PAPER.read_text())
    assert len(blocks) == 7
    said = await typed(blocks, Service(cluster.url(fresh_database)), books, tmp_path)
    assert "verified" in said[1]
    assert '"complete":true' in said[2]
    assert f"{count} entries add up" in said[3]
    assert re.search("[1-9][0-9]* commitments opened", said[4])
    assert hashlib.sha256(bill).hexdigest() in said[5]
    assert '"their_id":"50002"' in said[5]
    assert "xl/workbook.xml" in zipfile.ZipFile(tmp_path / "lines.xlsx").namelist()
    assert f"journal.hledger {count} entries" in said[6]


async def typed(blocks: list[str], service: Service, books: Audited, folder: Path) -> list[str]:
    """What each block says in a shell of its own; the program stands in the path as it is installed."""
    program = folder / "zhengxinlu"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -c "from app.cli import main; main()" "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    environment = os.environ | ENVIRONMENT
    environment |= {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "ADDRESS": service.url,
        "KEY": books.headers["Authorization"].removeprefix("Bearer "),
        "ORGANIZATION": str(books.organization.id),
    }
    said: list[str] = []
    await asyncio.to_thread(service.start)
    try:
        for block in blocks:
            shell = await asyncio.create_subprocess_exec(
                *("bash", "-euo", "pipefail", "-c", block),
                cwd=folder,
                env=environment,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            out, err = await shell.communicate()
            assert shell.returncode == 0, f"{block}\n{err.decode()}"
            said.append(out.decode())
    finally:
        await asyncio.to_thread(service.kill)
    return said
