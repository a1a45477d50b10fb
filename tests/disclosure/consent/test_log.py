"""The public log and a giver's receipt file: what is committed and signed for ever names nobody."""

import json
from pathlib import Path

from httpx import AsyncClient
from sqlalchemy import update

from app.fundraising.gifts import Giver
from app.fundraising.models import Donation
from app.kit.database import Database
from tests.audit.books import audited
from tests.disclosure.consent import birds
from tests.disclosure.consent.test_walk import UNREACHED

NAMED = Giver(external_id="canary-open-id-4711", name=birds.DONOR, show_name=True)
SHY = Giver(external_id="u_thanked", name=birds.THANKED, show_name=False)


async def test_the_log_names_nobody_and_a_receipt_file_only_who_agrees_now(
    committed: Database, committed_client: AsyncClient, tmp_path: Path
) -> None:
    books = await audited(committed, tmp_path)
    [named] = await books.give(books.ours, 123_00, giver=NAMED, their_id="T-1", message=birds.MESSAGE)
    [shy] = await books.give(books.ours, 50_00, giver=SHY, their_id="T-2")
    # A tile is whole with 256 leaves.
    await books.give(books.ours, *range(1_00, 1_00 + 260))
    size = await books.sign()

    read: set[str] = set()

    async def sung(template: str, **filled: str) -> list[str]:
        answer = await committed_client.get(template.format(**filled))
        assert answer.status_code == 200, f"{template}: {answer.text}"
        read.add(template)
        return birds.told(birds.spelled(answer))

    file = "/v1/disclosure/donations/{lookup_code}/receipt-file"
    for template in UNREACHED.keys() - {file}:
        for index in range(2):
            filled = {"index": str(index), "tile": "000", "level": "0"}
            assert await sung(template, **filled) == [], template
    assert await sung("/v1/log/tile/entries/{tile}", tile=f"001.p/{size - 256}") == []
    assert await sung(file, lookup_code=named) == [birds.DONOR]
    assert await sung(file, lookup_code=shy) == []
    assert read == {*UNREACHED}

    async with committed.writing() as session:
        await session.execute(update(Donation).values(show_name=False))
    assert await sung(file, lookup_code=named) == []
    told = json.loads((await committed_client.get(file.format(lookup_code=named))).content)
    assert "donor" not in told["opened"]
