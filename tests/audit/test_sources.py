"""What platforms sent, messages and bills, is told with where it is in the books and in the log."""

import hashlib

import orjson
from httpx import AsyncClient

from tests.audit.bills import FEE, GROSS, REFUNDED
from tests.audit.books import Audited, auditor
from tests.audit.registers import AT, read


async def indexes(client: AsyncClient, books: Audited) -> dict[str, int]:
    """At which index of the log each entry is, as the journal tells it."""
    answer = await client.get("/v1/audit/journal", headers=books.headers)
    lines = [line for line in map(orjson.loads, answer.content.splitlines()) if "entry" in line]
    return {line["entry"]["id"]: line["index"] for line in lines}


async def test_a_bill_is_told_with_its_file_its_fee_and_its_payout(
    books: Audited, committed_client: AsyncClient, bill: bytes
) -> None:
    answer = await read(committed_client, books, f"{AT}/settlements", books.headers)
    [told] = answer.json()["items"]
    said = told["settlement"]
    assert told["file_sha256"] == hashlib.sha256(bill).hexdigest()
    assert (said["actor"], said["begins_on"], said["state"]) == ("staff:ann", "2026-05-01", "settled")
    assert (said["gross"]["amount"], said["refunded"]["amount"], said["fee"]["amount"]) == (
        GROSS,
        REFUNDED + 7_00,
        FEE,
    )
    known = await indexes(committed_client, books)
    assert told["fee_log_index"] == known[said["fee_entry_id"]]
    assert told["payout_log_index"] == known[told["payout_entry_id"]]
    proof = await committed_client.get(f"/v1/log/proof/{told['payout_log_index']}")
    assert proof.status_code == 200


async def test_each_line_of_a_bill_is_told_with_the_entry_by_which_the_books_know_it(
    books: Audited, committed_client: AsyncClient, bill: bytes
) -> None:
    answer = await read(committed_client, books, f"{AT}/settlement-lines", books.headers)
    told = {(one["line"]["kind"], one["line"]["their_id"]): one for one in answer.json()["items"]}
    gift, back, unknown = (
        told[key] for key in (("payment", "42001"), ("refund", "50001"), ("refund", "50002"))
    )
    assert [one["line"]["state"] for one in (gift, back, unknown)] == ["booked", "booked", "unknown"]
    known = await indexes(committed_client, books)
    assert gift["log_index"] == known[gift["entry_id"]]
    assert back["log_index"] == known[back["entry_id"]]
    assert gift["entry_id"] != back["entry_id"]
    assert (unknown["entry_id"], unknown["log_index"]) == (None, None)
    asked = {"state": "unknown", "settlement_id": gift["line"]["settlement_id"]}
    only = await read(committed_client, books, f"{AT}/settlement-lines", books.headers, **asked)
    assert only.json()["items"] == [unknown]


async def test_messages_are_told_with_their_index_in_the_log(
    books: Audited, committed_client: AsyncClient
) -> None:
    answer = await read(committed_client, books, f"{AT}/deliveries", books.headers)
    known = await indexes(committed_client, books)
    told = answer.json()["items"]
    assert len(told) == 2
    assert all(one["log_index"] == known[one["entry_id"]] for one in told)


async def test_what_no_checkpoint_holds_yet_has_no_index(
    books: Audited, committed_client: AsyncClient
) -> None:
    assert (await books.ours.post(committed_client, books.ours.event())).status_code == 200
    answer = await read(committed_client, books, f"{AT}/deliveries", books.headers, limit=1)
    [told] = answer.json()["items"]
    assert told["entry_id"]
    assert told["log_index"] is None


async def test_bills_of_another_year_or_member_are_not_told(
    books: Audited, committed_client: AsyncClient, bill: bytes
) -> None:
    other_year = await auditor(books.database, books.organization, years=(2025, 2025))
    their_auditor = await auditor(books.database, books.theirs.organization)
    for register in ("settlements", "settlement-lines"):
        answer = await read(committed_client, books, f"{AT}/{register}", other_year)
        assert answer.json()["items"] == [], register
        address = f"/v1/audit/organizations/{books.theirs.organization.id}/{register}"
        answer = await committed_client.get(address, headers=their_auditor)
        assert answer.json()["items"] == [], register
