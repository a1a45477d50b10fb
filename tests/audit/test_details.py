"""What an auditor tests in detail: samples that repeat, cut-off, open matters, messages, old balances."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.bank import matches
from app.accounting.bank.matches import Pair
from app.accounting.models import BankLine
from app.fundraising import donations
from app.kit.clock import today
from app.kit.database import Database
from app.ledger.models import Posting
from app.transparency import balances, heads
from tests.accounting.banking import line_of
from tests.audit.books import Audited, audited
from tests.factories import fundraising
from tests.fundraising.desk import bank


@pytest.fixture
async def books(committed: Database, tmp_path: Path) -> Audited:
    made = await audited(committed, tmp_path)
    await made.give(made.ours, *range(1_00, 60_00, 1_00))
    await made.give(made.theirs, 9_00)
    await made.sign()
    return made


async def read(client: AsyncClient, books: Audited, path: str, status: int = 200, **asked: object) -> dict:
    answer = await client.get(
        f"/v1/audit/organizations/{books.organization.id}/{path}", params=asked, headers=books.headers
    )
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.mark.parametrize("method", ["plain", "amount"])
async def test_a_sample_is_the_same_for_whoever_knows_its_seed(
    books: Audited, committed_client: AsyncClient, method: str
) -> None:
    asked = {"seed": "2026-07", "count": 10, "method": method}
    first = await read(committed_client, books, "samples", **asked)
    assert len({item["index"] for item in first["entries"]}) == 10
    assert all(item["index"] != 59 for item in first["entries"]), "another member's entry"
    other = await read(committed_client, books, "samples", **asked | {"seed": "2026-08"})
    assert other["entries"] != first["entries"]
    # The books go on; the sample of then is drawn again by its index.
    await books.give(books.ours, 500_00)
    await books.sign()
    again = await read(committed_client, books, "samples", **asked, as_of_index=first["as_of_index"])
    assert again == first


async def test_amount_weighted_samples_favour_what_is_large(
    books: Audited, committed_client: AsyncClient
) -> None:
    await books.give(books.ours, 100_000_00)
    await books.sign()
    drawn: Counter[int] = Counter()
    for seed in range(12):
        asked = {"seed": str(seed), "count": 5}
        weighted = await read(committed_client, books, "samples", **asked, method="amount")
        drawn["weighted"] += max(item["amount"]["amount"] for item in weighted["entries"]) == 100_000_00
        plain = await read(committed_client, books, "samples", **asked)
        drawn["plain"] += max(item["amount"]["amount"] for item in plain["entries"]) == 100_000_00
    assert drawn["weighted"] == 12
    assert drawn["plain"] < 6


async def test_an_index_that_nobody_signed_has_no_sample_and_no_balance(
    books: Audited, committed_client: AsyncClient
) -> None:
    for path, asked in (("samples", {"seed": "x"}), ("trial-balance", {})):
        problem = await read(committed_client, books, path, 404, **asked, as_of_index=10_000)
        assert problem["code"] == "index-not-signed"


async def test_cut_off_shows_when_it_happened_was_booked_and_recorded(
    books: Audited, committed_client: AsyncClient
) -> None:
    moment = fundraising.GIVEN + timedelta(days=40)
    await books.give(books.ours, 7_77, donated_at=moment)
    await books.sign()
    found = await read(committed_client, books, "cut-off", date="2026-06-10", days=3)
    [item] = found["entries"]
    assert (item["amount"]["amount"], item["occurred_on"], item["booked_on"]) == (
        777,
        "2026-06-10",
        "2026-06-10",
    )
    assert not item["late"]
    assert (await read(committed_client, books, "cut-off", date="2026-08-10", days=3))["entries"] == []


async def test_open_matters_are_told_with_their_age(books: Audited, committed_client: AsyncClient) -> None:
    assert (await read(committed_client, books, "exceptions"))["matters"] == []
    await books.give(books.ours, 55_00, campaign="NOBODYS")
    event = books.ours.event(donation_id="T-1")
    for amount, status in ((5000, 200), (6000, 409)):
        event["data"]["amount"] = amount
        assert (await books.ours.post(committed_client, event)).status_code == status
    found = await read(committed_client, books, "exceptions")
    kinds = {item["matter"]: item for item in found["matters"]}
    assert kinds["suspense"]["amount"]["amount"] == 55_00
    assert kinds["suspense"]["since"] == "2026-05-01"
    assert kinds["suspense"]["age_days"] > 30
    assert kinds["conflict"]["age_days"] == 0


async def test_a_trial_balance_by_index_is_the_same_bytes_for_ever(
    books: Audited, committed_client: AsyncClient
) -> None:
    path = f"/v1/audit/organizations/{books.organization.id}/trial-balance"

    async def ask(index: int, **more: str):
        return await committed_client.get(path, params={"as_of_index": index}, headers=books.headers | more)

    first = await ask(20)
    await books.give(books.ours, 123_00)
    await books.sign()
    again = await ask(20)
    assert again.content == first.content
    assert again.headers["etag"] == first.headers["etag"]
    assert "immutable" in again.headers["cache-control"]
    assert (await ask(20, **{"if-none-match": first.headers["etag"]})).status_code == 304
    said = first.json()
    assert said["as_of_index"] == 20
    assert said["debit"]["amount"] == sum(range(1_00, 21_00, 1_00))
    assert said["balance"]["amount"] == 0
    assert (await ask(21)).json()["debit"]["amount"] == sum(range(1_00, 22_00, 1_00))
    async with books.database.reading() as session:
        log = await heads.current(session)
        lines = await balances.as_of(session, log.id, 20, [books.organization.id])
    assert said["digest"] == balances.digest(books.organization.code, lines).hex()


async def test_contradictory_wishes_are_refused(books: Audited, committed_client: AsyncClient) -> None:
    for more in ({"as_of": "2026-05-01"}, {"since": "2026-05-01"}, {"basis": "consolidated"}):
        await read(committed_client, books, "trial-balance", 422, as_of_index=3, **more)


async def test_messages_are_listed_with_what_became_of_them(
    books: Audited, committed_client: AsyncClient
) -> None:
    assert (await read(committed_client, books, "deliveries"))["items"] == []
    for at in (books.ours, books.theirs):
        assert (await at.post(committed_client, at.event(), event_id="msg_1")).status_code == 200
    [item] = (await read(committed_client, books, "deliveries"))["items"]
    assert (item["event_id"], item["outcome"], len(item["body_mac"])) == ("msg_1", "posted", 64)
    assert item["platform_id"] == str(books.ours.platform.id)
    assert item["entry_id"]


async def test_a_banks_line_that_nothing_in_the_books_matches_is_told_with_its_age(
    books: Audited, committed_client: AsyncClient
) -> None:
    async with books.database.writing() as session:
        account = await bank(session, books.organization)
        paid = await line_of(session, account, 70_00, -30_00, day=date(2026, 5, 3))
        came = (await session.scalars(select(BankLine).where(BankLine.amount == 70_00))).one()
        # A part of what came in is in the books, as a gift; the rest stands open.
        appeal = replace(books.appeal(books.ours), channel=account, platform_id=account.id)
        [outcome] = await donations.receive(session, [fundraising.gift(appeal, 45_00)])
        posting = await session.scalar(select(Posting.id).where(Posting.entry_id == outcome.entry_id))
        assert posting
        await matches.make(
            session, [came], [Pair(line_id=came.id, posting_id=posting, amount=45_00)], actor="test"
        )
    found = (await read(committed_client, books, "exceptions"))["matters"]
    told = {item["subject"]: item for item in found if item["matter"] == "unmatched"}
    assert {item["amount"]["amount"] for item in told.values()} == {25_00, -30_00}
    assert told[str(paid.id)]["since"] == "2026-05-03"
    assert told[str(paid.id)]["age_days"] == (today() - date(2026, 5, 3)).days
