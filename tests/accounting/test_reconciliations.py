"""A bank statement's month: taken in, decided, matched, reconciled, signed by one and reviewed by another."""

import io
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from openpyxl import load_workbook
from pypdf import PdfReader

from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.accounting.banking import Told, ask, lines, send, statement, tell
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, books_agree, desk, fen

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


async def drawn(at: Desk, month: str = "2026-05-15") -> dict[str, Any]:
    answer = await ask(at, f"/bank-accounts/{at.bank.id}/reconciliation", month=month)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def month(at: Desk) -> None:
    """May: a gift that both know, one in the books alone, and two lines at the bank alone."""
    await at.give(500, donated_at="2026-05-02T10:00:00+08:00")
    await at.give(70, donated_at="2026-05-30T10:00:00+08:00")
    told = (Told(amount=500, day="2026-05-03"), Told(amount=9, day="2026-05-21", summary="结息"))
    await send(at, statement(*told, Told(amount=40, day="2026-05-31", name="某人")))
    first, _, _ = await lines(at)
    found = (await ask(at, f"/bank-lines/{first['id']}/candidates")).json()["candidates"]
    parts = [{"posting_id": found[0]["posting_id"], "amount": fen(500)}]
    await tell(at, f"/bank-lines/{first['id']}/matches", {"matches": parts})


async def test_bank_and_books_differ_by_what_is_in_transit(clerk: Desk) -> None:
    await month(clerk)
    told = await drawn(clerk)

    assert (told["bank_balance"], told["ledger_balance"]) == (fen(549), fen(570))
    transit = {
        name: [(one["happened_on"], one["amount"]["amount"]) for one in told[name]]
        for name in ("received_by_bank", "paid_by_bank", "received_in_books", "paid_in_books")
    }
    assert transit == {
        "received_by_bank": [("2026-05-21", 9), ("2026-05-31", 40)],
        "paid_by_bank": [],
        "received_in_books": [("2026-05-30", 70)],
        "paid_in_books": [],
    }
    assert (told["adjusted_bank"], told["adjusted_ledger"]) == (fen(619), fen(619))
    assert (told["difference"], told["signed"]) == (fen(0), None)


async def test_what_is_matched_in_the_next_month_was_in_transit_in_this_one(clerk: Desk) -> None:
    await month(clerk)
    await send(clerk, statement(Told(amount=70, day="2026-06-01"), opening=549))
    *_, late = await lines(clerk)
    found = (await ask(clerk, f"/bank-lines/{late['id']}/candidates")).json()["candidates"]
    parts = [{"posting_id": found[0]["posting_id"], "amount": fen(70)}]
    await tell(clerk, f"/bank-lines/{late['id']}/matches", {"matches": parts})

    may, june = await drawn(clerk), await drawn(clerk, "2026-06-30")

    assert [one["amount"] for one in may["received_in_books"]] == [fen(70)]
    assert june["received_in_books"] == []
    assert (may["difference"], june["difference"]) == (fen(0), fen(0))


async def test_a_month_is_signed_once_and_reviewed_by_another(
    clerk: Desk, app: FastAPI, session: WriteSession
) -> None:
    await month(clerk)
    path = f"/bank-accounts/{clerk.bank.id}/reconciliations"
    signed = await tell(clerk, path, {"month": "2026-05-01"})
    again = await tell(clerk, path, {"month": "2026-05-31"})
    not_covered = await tell(clerk, path, {"month": "2026-06-01"})
    before = await drawn(clerk)
    [_, interest, _] = await lines(clerk)
    await tell(clerk, f"/bank-lines/{interest['id']}/classification", {"kind": "interest"})
    after = await drawn(clerk)
    review = f"/bank-reconciliations/{signed.json()['id']}/review"
    accountant = await tell(clerk, review)
    clerk.headers.update(await members.sign_in(app, session, Role.reviewer, clerk.organization))
    reviewed, twice = await tell(clerk, review), await tell(clerk, review)

    assert signed.status_code == 201, signed.text
    assert [one.json()["code"] for one in (again, not_covered)] == [
        "reconciliation-signed",
        "reconciliation-unequal",
    ]
    # What was signed stays as it was, whatever is booked later.
    assert {**after, "signed": None} == {**before, "signed": None}
    assert (accountant.status_code, reviewed.status_code) == (403, 200)
    assert reviewed.json()["reviewed_by"] != reviewed.json()["prepared_by"]
    assert (twice.status_code, twice.json()["code"]) == (409, "reconciliation-reviewed")
    listed = await ask(clerk, path, reviewed=True)
    assert [one["id"] for one in listed.json()["items"]] == [signed.json()["id"]]
    await books_agree(session)


async def test_who_prepared_does_not_review(clerk: Desk, app: FastAPI, session: WriteSession) -> None:
    """By a recorded exception one person may hold both roles; the two names differ all the same."""
    from app.accounting.bank import reconciliations
    from app.accounting.bank.errors import ReviewerPrepared

    await month(clerk)
    signed = await tell(clerk, f"/bank-accounts/{clerk.bank.id}/reconciliations", {"month": "2026-05-01"})
    kept = await reconciliations.get(session, signed.json()["id"])
    with pytest.raises(ReviewerPrepared):
        await reconciliations.review(session, kept, actor=kept.prepared_by)


async def test_an_unexplained_difference_is_not_signed(clerk: Desk) -> None:
    # The account had money before the first statement, of which the books know nothing.
    await send(clerk, statement(Told(amount=1, day="2026-05-31"), opening=100))
    told = await drawn(clerk)
    signed = await tell(clerk, f"/bank-accounts/{clerk.bank.id}/reconciliations", {"month": "2026-05-01"})

    assert told["difference"] == fen(100)
    assert (signed.status_code, signed.json()["code"]) == (409, "reconciliation-unequal")


async def test_it_is_a_spreadsheet_and_a_document_too(clerk: Desk) -> None:
    await month(clerk)
    url = f"/v1/accounting/bank-accounts/{clerk.bank.id}/reconciliation"
    params = {"month": "2026-05-01"}

    sheet = await clerk.client.get(url, params=params, headers=clerk.headers | {"Accept": XLSX})
    paper = await clerk.client.get(url, params=params, headers=clerk.headers | {"Accept": "application/pdf"})

    book = load_workbook(io.BytesIO(sheet.content), read_only=True)
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell]
    assert {"银行存款余额调节表", "银行对账单余额", "调节后账面余额"} <= set(cells)
    assert cells.count(6.19) == 2
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert text.count("6.19") == 2
    assert "调节后银行余额" in text
