"""The last mile: money from the province over a county and a village to persons, seen at each step."""

from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.ledger import journal, tracing
from app.ledger.journal import Line
from app.ledger.models import Direction, EntryKind
from app.projects.transfers import stations
from tests.factories import ledger
from tests.factories import organizations as make
from tests.projects.till import DAY, money, till

NAMES = ("arrived", "in_transit", "unspent", "paid_on", "returning", "returned")


async def test_from_the_province_to_persons_in_a_village(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    province = await till(app, client, session)
    county = await till(app, client, session, await make.organization(session, parent=province.organization))
    fund = await province.fund(0)
    gift = await province.gift(fund, 120_00)
    body: dict[str, Any] = {
        "sender_id": str(province.organization.id),
        "receiver_id": str(county.organization.id),
        "nature": "grant",
        "amount": money(100_00),
        "purpose": "村社互助帮扶款",
        "fund_id": str(fund.id),
    }
    transfer = await province.made("/transfers", body)
    path = f"/transfers/{transfer['id']}"
    await province.decide()

    async def where() -> dict[str, int]:
        told = (await province.get(f"{path}/last-mile")).json()
        return {name: told[name]["amount"] for name in NAMES if told[name]["amount"]}

    # The province pays: on its way to the county.
    assert await where() == {}
    bank = {"channel_id": str(province.bank.id), "sent_on": DAY.isoformat()}
    await province.made(f"{path}/sending", bank, by=province.cashier)
    assert await where() == {"in_transit": 100_00}

    # The county has it, and has not used it.
    project = await county.running(region_code="610924")
    theirs = await county.fund(0, project)
    taken = {"channel_id": str(county.bank.id), "received_on": DAY.isoformat(), "fund_id": str(theirs.id)}
    await county.made(f"{path}/receipt", taken, by=county.cashier)
    assert await where() == {"unspent": 100_00}

    # The county pays the village collective, which passes it on: nothing counts yet.
    village = await county.payee()
    await county.account(village)
    agreement = await county.agreement(project, village, reports_due=True)
    asked = county.asked(project, theirs, village, 80_00, kind="collective", agreement_id=agreement["id"])
    paid = await county.paid(asked)
    assert await where() == {"unspent": 20_00, "paid_on": 80_00}
    told = (await province.get(f"{path}/last-mile")).json()
    stuck = {one["where"]: one for one in told["stations"]}
    assert (stuck["paid_on"]["counterparty_id"], stuck["paid_on"]["project_id"]) == (village, project["id"])
    assert (stuck["paid_on"]["since"], stuck["unspent"]["fund_id"]) == (DAY.isoformat(), str(theirs.id))
    assert stuck["unspent"]["organization_id"] == str(county.organization.id)
    assert (told["stuck_since"], told["stuck_days"]) == (DAY.isoformat(), 0)

    # Six of eight households sign for theirs; the village reports the rest, and the county accepts it.
    rows = [{"name": f"户主{number}", "amount": money(10_00)} for number in range(6)]
    signed = {"signed_on": DAY.isoformat(), "attachment_id": await county.file(), "rows": rows}
    await county.made(f"/disbursements/{paid['id']}/signed-lists", signed)
    assert await where() == {"arrived": 60_00, "unspent": 20_00, "paid_on": 20_00}
    report = {"reached": money(20_00), "reported_on": DAY.isoformat(), "content": "其余两户已发放"}
    handed = await county.made(f"/disbursements/{paid['id']}/reports", report)
    accepting = f"/disbursements/{paid['id']}/reports/{handed['id']}/acceptance"
    await county.made(accepting, {}, by=county.reviewer)
    assert await where() == {"arrived": 80_00, "unspent": 20_00}

    # The county needs no more: what is left goes back up.
    rest = {"channel_id": str(county.bank.id), "sent_on": DAY.isoformat(), "reason": "结余"}
    back = await county.made(f"{path}/returns", rest | {"amount": money(20_00)}, by=county.cashier)
    assert await where() == {"arrived": 80_00, "returning": 20_00}
    taken = {"channel_id": str(province.bank.id), "received_on": DAY.isoformat()}
    await province.made(f"{path}/returns/{back['id']}/receipt", taken, by=province.cashier)
    assert await where() == {"arrived": 80_00, "returned": 20_00}
    listed = (await province.get("/last-mile")).json()["items"]
    assert [(one["id"], one["arrived"], one["stuck_since"]) for one in listed] == [
        (transfer["id"], money(80_00), None)
    ]
    both = (await county.get(f"{path}/last-mile")).json()
    assert "2026年度" in both["rule_zh"]

    # The donor's gift is followed to the village, and the village's money back to the donor.
    trace = await tracing.follow(session, [gift.postings[0].id])
    found = sorted((one.kind.value, one.depth, one.amount, one.arrived) for one in trace.places)
    assert found == [("spent", 1, 80_00, 80_00), ("unspent", 0, 20_00, 0), ("unspent", 0, 20_00, 0)]
    sources = (await county.get(f"/disbursements/{paid['id']}/sources")).json()["sources"]
    assert [(one["entry_id"], one["amount"]) for one in sources] == [(str(gift.entry_id), money(80_00))]


async def test_before_2026_paid_money_had_arrived(session: WriteSession) -> None:
    books = await ledger.books(session, books_from=DAY.replace(2025, 1, 1))
    fund = await ledger.fund(session, books)
    draft = await ledger.gift_draft(session, books, fund, 100)
    early = datetime(2025, 3, 1, 4, tzinfo=UTC)
    lines = draft.lines
    [gift] = await journal.post(session, [ledger.draft(books, EntryKind.donation, *lines, occurred_at=early)])
    for amount, at in ((40, datetime(2025, 12, 31, 4, tzinfo=UTC)), (35, ledger.NOON)):
        line = Line(
            debit=await ledger.account(session, books, "5101", fund_id=fund.id, project_id=books.project_id),
            credit=await ledger.account(session, books, "1002", channel_id=books.bank_id),
            amount=amount,
            fund_id=fund.id,
            direction=Direction.outflow,
        )
        await journal.post(session, [ledger.draft(books, EntryKind.disbursement, line, occurred_at=at)])

    trace = await tracing.follow(session, [gift.postings[0].id])
    [found] = (await stations.by_origin(session, trace.places)).values()
    told = {(one.where.value, one.amount) for one in found}

    assert told == {("arrived", 40), ("paid_on", 35), ("unspent", 25)}
