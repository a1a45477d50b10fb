"""Agency money lies in our bank account and is not ours: reconciled too, handed on by its mandate."""

from typing import Any

from httpx import Response

from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import Name
from tests.accounting.banking import Told, statement
from tests.accounting.mandating import MANDATES, mandate, moved, post
from tests.accounting.office import VOUCHERS, Office, credit, debit
from tests.fundraising.desk import bank, books_agree, fen

ACCOUNTING = "/v1/accounting"
MAY = "2026-05-31"


async def posted(at: Office, to: dict[str, Any], direction: str, minor: int) -> dict[str, Any]:
    answer = await post(at, await moved(at, to, direction, minor))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def told(at: Office, *lines: Told, opening: int) -> list[dict[str, Any]]:
    path = f"{ACCOUNTING}/bank-accounts/{at.bank.id}/statements"
    files = {"file": ("statement.csv", statement(*lines, opening=opening))}
    taken = await at.client.post(path, files=files, headers=at.headers["ann"])
    assert taken.status_code in (200, 201), taken.text
    return (await at.get(f"{ACCOUNTING}/bank-lines")).json()["items"]


async def drawn(at: Office) -> dict[str, Any]:
    answer = await at.get(f"{ACCOUNTING}/bank-accounts/{at.bank.id}/reconciliation", month=MAY)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def say(at: Office, line: dict[str, Any], kind: str) -> Response:
    return await at.post(f"{ACCOUNTING}/bank-lines/{line['id']}/classification", {"kind": kind})


async def test_a_bank_account_that_holds_agency_money_ties(at: Office) -> None:
    """The bank knows one balance: ours and what we hand on. So do its reconciliation and its close."""
    agreed = await mandate(at)
    await posted(at, agreed, "in", 500_00)
    await posted(at, agreed, "out", 200_00)
    lines = await told(
        at,
        Told(amount=500_00, day="2026-05-08", name="某企业", summary="委托转付"),
        Told(amount=-200_00, day="2026-05-09", name="某学校", summary="转付"),
        Told(amount=3_00, day=MAY, summary="结息"),
        opening=10_000_00,
    )

    before = await drawn(at)
    early = await say(at, lines[0], "agency")
    batch = {"line_ids": [line["id"] for line in lines[:2]]}
    matched = await at.post(f"{ACCOUNTING}/bank-lines/matches/batch", batch)
    named = [await say(at, line, "agency") for line in lines[:2]]
    await say(at, lines[2], "interest")
    after = await drawn(at)

    assert (before["bank_balance"], before["ledger_balance"]) == (fen(10_303_00), fen(10_300_00))
    assert [one["amount"] for one in before["received_in_books"]] == [fen(500_00)]
    assert [one["amount"] for one in before["paid_in_books"]] == [fen(200_00)]
    assert before["difference"] == fen(0)
    assert (early.status_code, early.json()["code"]) == (409, "booked-elsewhere")
    assert [one["matched"] for one in matched.json()["outcomes"]] == [fen(500_00), fen(200_00)]
    assert [(one.json()["kind"], one.json()["entry_id"]) for one in named] == [("agency", None)] * 2
    sides = ("received_by_bank", "paid_by_bank", "received_in_books", "paid_in_books")
    assert [after[side] for side in sides] == [[]] * 4
    assert (after["ledger_balance"], after["difference"]) == (fen(10_303_00), fen(0))

    signed = await at.post(f"{ACCOUNTING}/bank-accounts/{at.bank.id}/reconciliations", {"month": MAY})
    await at.post(f"{ACCOUNTING}/bank-reconciliations/{signed.json()['id']}/review", by="ray")
    month = f"{ACCOUNTING}/organizations/{at.organization.id}/months/2026-05/checklist"
    checks = {one["key"]: one["done"] for one in (await at.get(month)).json()["checks"]}
    assert (checks["banks"], checks["money"], checks["statements"]) == (True, True, True)
    # On the balance sheet it is no money of ours, and as much as we owe.
    term = terms.read("2026-05")
    sheet = await drawing.draw(at.session, at.organization.id, "2026", Name.balance_sheet, term)
    assert sheet.amounts("cash")[1] == 10_003_00
    assert sheet.amounts("agency_assets")[1] == sheet.amounts("agency_liabilities")[1] == 300_00
    await books_agree(at.session)


async def test_what_moves_between_our_money_and_others_the_bank_has_never_seen(at: Office) -> None:
    agreed = await mandate(at)
    await posted(at, agreed, "in", 40_00)
    inside = at.voucher(
        debit("1002", 5_00, channel_id=at.bank.id),
        credit("1002", 5_00, channel_id=at.bank.id, sub="agency"),
    )
    await at.posted(inside)
    lines = await told(
        at, Told(amount=40_00, day="2026-05-08"), Told(amount=5_00, day=MAY), opening=10_000_00
    )

    shown = await drawn(at)
    found = await at.get(f"{ACCOUNTING}/bank-lines/{lines[1]['id']}/candidates")

    assert shown["ledger_balance"] == fen(10_040_00)
    assert [one["amount"] for one in shown["received_in_books"]] == [fen(40_00)]
    assert (shown["paid_in_books"], shown["difference"]) == ([], fen(0))
    assert found.json()["candidates"] == []


async def test_only_money_of_the_same_bank_account_is_matched_with_its_lines(at: Office) -> None:
    other = await bank(at.session, at.organization, code="abc")
    agreed = await mandate(at)
    came = await post(at, await moved(at, agreed, "in", 40_00, channel=other))
    [line] = await told(at, Told(amount=40_00, day="2026-05-08"), opening=10_000_00)

    found = await at.get(f"{ACCOUNTING}/bank-lines/{line['id']}/candidates")

    assert (came.status_code, found.json()["candidates"]) == (200, [])


async def test_a_mandates_money_is_paid_from_the_account_where_it_lies(at: Office) -> None:
    """Handed on from another account it would be our own money that pays."""
    other = await bank(at.session, at.organization, code="abc")
    agreed = await mandate(at)
    await posted(at, agreed, "in", 50_00)

    elsewhere = await post(at, await moved(at, agreed, "out", 50_00, channel=other))
    here = await post(at, await moved(at, agreed, "out", 50_00))

    assert (elsewhere.status_code, elsewhere.json()["code"]) == (409, "account-short")
    assert here.status_code == 200, here.text


async def test_what_handing_on_costs_is_ours_and_names_the_mandate(at: Office) -> None:
    agreed = await mandate(at)
    await posted(at, agreed, "in", 50_00)

    voucher = await posted(at, agreed, "cost", 2_50)
    unnamed = await at.post(
        VOUCHERS,
        at.made("J19", amount=1, channel_id=at.bank.id, counterparty_id=agreed["counterparty_id"]),
    )
    shown = (await at.get(f"{MANDATES}/{agreed['id']}")).json()

    cost, paid = voucher["lines"]
    assert (voucher["template"], cost["code"], cost["sub"]) == ("J19", "5901", "DL-001")
    assert cost["counterparty_id"] == agreed["counterparty_id"]
    assert (paid["code"], paid["sub"]) == ("1002", None)
    assert (unnamed.status_code, unnamed.json()["code"]) == (409, "moved-elsewhere")
    assert {name: shown[name]["amount"] for name in ("taken_in", "handed_on", "left", "own_cost")} == {
        "taken_in": 50_00,
        "handed_on": 0,
        "left": 50_00,
        "own_cost": 2_50,
    }
    await books_agree(at.session)


async def test_one_mandates_money_never_pays_for_another(at: Office) -> None:
    one = await mandate(at)
    whom = one["counterparty_id"]
    said = {"organization_id": str(at.organization.id), "counterparty_id": whom, "code": "DL-002"}
    said |= {"title": "另一委托", "document": "委托协议二号", "signed_on": "2026-05-01"}
    two = (await at.post(MANDATES, said)).json()
    await posted(at, one, "in", 100_00)
    await posted(at, two, "in", 10_00)

    over = await post(at, await moved(at, two, "out", 10_01))
    all_of_it = await post(at, await moved(at, two, "out", 10_00))

    assert (over.json()["code"], all_of_it.status_code) == ("account-short", 200)
    shown = {code: (await at.get(f"{MANDATES}/{code}")).json()["left"] for code in (one["id"], two["id"])}
    assert shown == {one["id"]: fen(100_00), two["id"]: fen(0)}
