"""Cheques: outstanding until the bank has paid them, and told in the reconciliation by their numbers."""

import asyncio
from datetime import date
from typing import Any
from uuid import UUID

from httpx import Response

from app.accounting.bank import cheques
from app.accounting.bank.cheques import NewCheque
from app.accounting.bank.errors import ChequeUnfit
from app.accounting.models import Channel, ChequeDirection
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.ledger import journal
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import EntryKind
from tests.accounting.banking import Told, statement
from tests.accounting.closers import noon
from tests.accounting.office import DAY, Office, credit, debit
from tests.accounting.test_matching import ground
from tests.fundraising.desk import books_agree, fen

WRITTEN = date(2026, 5, 8)


async def paid(at: Office, minor: int) -> str:
    """The entry of a voucher that paid so much from the bank account."""
    voucher = await at.posted(at.voucher(debit("5301", minor), credit("1002", minor, channel_id=at.bank.id)))
    return voucher["entry_id"]


async def write(at: Office, number: str, minor: int, entry_id: str | None = None) -> Response:
    direction = "drawn" if entry_id else "received"
    body = {"direction": direction, "number": number, "amount": fen(minor), "written_on": DAY}
    return await at.post(f"/v1/accounting/bank-accounts/{at.bank.id}/cheques", body | {"entry_id": entry_id})


async def told(at: Office, *lines: Told) -> list[dict[str, Any]]:
    """Take a statement in that goes on from ten thousand yuan, and return its lines."""
    url = f"/v1/accounting/bank-accounts/{at.bank.id}/statements"
    content = statement(*lines, opening=10_000_00)
    sent = await at.client.post(url, files={"file": ("s.csv", content)}, headers=at.headers["ann"])
    assert sent.status_code == 201, sent.text
    return (await at.get("/v1/accounting/bank-lines")).json()["items"]


async def present(at: Office, cheque: Response, line: dict[str, Any]) -> Response:
    path = f"/v1/accounting/cheques/{cheque.json()['id']}/presentation"
    return await at.post(path, {"line_id": line["id"]})


async def drawn(at: Office) -> dict[str, Any]:
    path = f"/v1/accounting/bank-accounts/{at.bank.id}/reconciliation"
    return (await at.get(path, month="2026-05-01")).json()


async def test_a_drawn_cheque_is_outstanding_until_the_bank_has_paid_it(at: Office) -> None:
    cheque = await write(at, "30108912", 300_00, await paid(at, 300_00))
    received = await write(at, "77", 50_00)
    before = await drawn(at)
    first, second = await told(
        at, Told(amount=-300_00, day="2026-05-12"), Told(amount=50_00, day="2026-05-31")
    )
    wrong = await present(at, cheque, second)
    right = await present(at, cheque, first)
    again = await present(at, cheque, first)
    after = await drawn(at)
    came = await present(at, received, second)

    assert cheque.status_code == 201, cheque.text
    assert [(one["amount"], one["cheque"]) for one in before["paid_in_books"]] == [(fen(300_00), "30108912")]
    # What we received is no money yet: it stands beside the sums.
    assert [(one["about"], one["amount"]) for one in before["cheques_received"]] == [("77", fen(50_00))]
    assert (wrong.status_code, wrong.json()["code"]) == (422, "cheque-unfit")
    assert right.json()["line_id"] == first["id"]
    assert (again.status_code, again.json()["code"]) == (409, "cheque-ended")
    assert after["paid_in_books"] == []
    assert after["difference"] == fen(0)
    assert came.status_code == 200, came.text
    assert (await drawn(at))["cheques_received"] == []
    await books_agree(at.session)


async def test_cheques_are_never_more_than_what_was_paid_and_numbered_once(at: Office) -> None:
    entry = await paid(at, 300_00)
    first = await write(at, "1", 200_00, entry)
    over = await write(at, "2", 100_01, entry)
    same = await write(at, "1", 50_00, entry)
    nowhere = await write(at, "3", 1, str(at.organization.id))
    lost = await at.post(f"/v1/accounting/cheques/{first.json()['id']}/cancellation", {"reason": "遗失"})
    anew = await write(at, "1", 300_00, entry)
    listed = await at.get(f"/v1/accounting/bank-accounts/{at.bank.id}/cheques", outstanding=True)

    assert [one.json()["code"] for one in (over, same, nowhere)] == [
        "cheque-unfit",
        "cheque-number-taken",
        "cheque-unfit",
    ]
    assert lost.json()["cancelled_because"] == "遗失"
    assert [one["id"] for one in listed.json()["items"]] == [anew.json()["id"]]


async def _pay(session: WriteSession, channel: Channel, minor: int) -> UUID:
    """An entry that paid so much from an account to nobody in particular."""
    lines = [Line(debit=channel.suspense_account_id, credit=channel.account_id, amount=minor)]
    event = Event(occurred_at=noon(WRITTEN), actor="t")
    draft = event.draft(channel.organization_id, EntryKind.voucher, f"voucher:{new_code()}", lines)
    [receipt] = await journal.post(session, [draft])
    return receipt.entry_id


async def test_who_writes_cheques_at_once_never_writes_more_than_was_paid(committed: Database) -> None:
    async with committed.writing() as session:
        channel, _ = await ground(session, [100])
        entry_id = await _pay(session, channel, 100)

    async def one(number: int) -> bool:
        new = NewCheque(
            direction=ChequeDirection.drawn,
            number=str(number),
            amount=30,
            written_on=WRITTEN,
            entry_id=entry_id,
        )
        try:
            async with committed.writing() as session:
                here = await session.get_one(Channel, channel.id)
                await cheques.record(session, here, new, actor="t")
        except ChequeUnfit:
            return False
        return True

    assert sum(await asyncio.gather(*map(one, range(8)))) == 3
