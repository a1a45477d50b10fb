"""A whole month of an association over HTTP: gifts, salaries, a bank statement, a cash day, the close."""

from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.fundraising import invariants
from app.kit.database import Database
from app.ledger import verification
from tests.accounting.banking import Told
from tests.journeys.associations import Association, fen, go_live

CAMPAIGN, BANK, SECOND, BOX = "ONB-BRIDGE", "icbc-0291", "abc-7788", "box-1"
GIVEN = 30_000 + 10_000 + 30_000 + 15_000 + 4_500 + 700
"""By the platform twice, at the counter, in cash, and two that only the bank told of."""
OWN = 63 + 2 - 500 - 400 - 20_000
"""Interest of both accounts less the bank's fee, the platform's fee and salaries."""
BEFORE = {"net_assets": 161_000, "cash": 108_000}


async def test_an_association_lives_through_a_month(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    at = await go_live(committed, committed_app, committed_client, tmp_path, live_on=date(2026, 1, 1))
    await take_gifts(at)
    await pay_salaries(at)
    await take_cash(at)
    await tell_what_the_bank_told(at)
    await take_in_the_second_account(at)
    await reconcile(at)
    await close(at)
    await look_at_the_statements(at)
    await hear_of_a_late_gift(at)
    async with committed.reading() as session:
        found = [check async for check in verification.checks(session, invariants.CHECKS)]
    assert [check for check in found if check.offender] == []


async def take_gifts(at: Association) -> None:
    """The platform tells of two gifts; a third one is recorded at the counter, paid to the bank."""
    told = [await at.hear(amount, "2026-01-06", CAMPAIGN) for amount in (30_000, 10_000)]
    assert [one["outcome"] for one in told] == ["posted", "posted"]
    gift = {"channel_id": at.ids[BANK], "amount": fen(30_000), "donated_at": "2026-01-12T10:00:00+08:00"}
    await at.post(f"/v1/fundraising/campaigns/{at.ids[CAMPAIGN]}/donations", gift)


async def pay_salaries(at: Association) -> None:
    """Three people book what the staff earned, and what they were paid."""
    cost = {"cost_account": "5301"}
    await at.by_three("J20", "2026-01-25", "计提一月工资", amount=20_000, **cost)
    bank = {"money_account": "1002", "channel_id": at.ids[BANK]}
    paid = await at.by_three(
        "SALARY-PAID", "2026-01-26", "发放一月工资", amount=19_000, tax_amount=1_000, **bank
    )
    assert len({paid["prepared_by"], paid["reviewed_by"], paid["posted_by"]}) == 3
    body = {"organization_id": str(at.organization.id), "happened_on": "2026-01-31", "summary": "不得入账"}
    lines = {"template": "J24", "inputs": bank | {"amount": 1}}
    assert (await at.send("/v1/accounting/vouchers", "onb.qian", json=body | lines)).status_code == 403


async def take_cash(at: Association) -> None:
    """A cash day that two people open and count, and whose cash is taken to the bank the next day."""
    path = "/v1/accounting/cash-sessions"
    opened = {"channel_id": at.ids[BOX], "taken_on": "2026-01-15", "second_id": at.ids["onb.zhao"]}
    day = await at.post(path, opened, by="onb.qian")
    for sheet, amount in (("0001", 10_000), ("0002", 5_000)):
        gift = {"sheet_number": sheet, "amount": fen(amount), "campaign_id": at.ids[CAMPAIGN]}
        await at.post(f"/v1/fundraising/cash-sessions/{day['id']}/donations", gift, by="onb.qian")
    counted = {"second_id": at.ids["onb.zhao"], "denominations": {"10000": 1, "5000": 1}}
    closed = await at.post(f"{path}/{day['id']}/count", counted, by="onb.qian")
    assert (closed["state"], closed["difference"]) == ("closed", fen(0))
    slip = {"box_id": at.ids[BOX], "bank_id": at.ids[BANK], "slip_number": "JK-20260116"}
    slip |= {"amount": fen(15_000), "deposited_at": "2026-01-16T10:00:00+08:00"}
    await at.post("/v1/accounting/cash-deposits", slip, by="onb.qian")


JANUARY = {
    "transit": Told(amount=5_000, day="2026-01-05", name="财付通支付科技有限公司"),
    "counter": Told(amount=30_000, day="2026-01-12", name="王女士"),
    "deposit": Told(amount=15_000, day="2026-01-16", summary="现金存入"),
    "moved": Told(amount=-20_000, day="2026-01-20", name="本会"),
    "interest": Told(amount=63, day="2026-01-21", summary="结息"),
    "payout": Told(amount=39_600, day="2026-01-22", name="财付通支付科技有限公司"),
    "gift": Told(amount=4_500, day="2026-01-23", name="张三", remark=f"捐{CAMPAIGN}"),
    "salaries": Told(amount=-19_000, day="2026-01-26", summary="代发工资"),
    "fee": Told(amount=-500, day="2026-01-28", summary="手续费"),
    "unknown": Told(amount=700, day="2026-01-29", summary=""),
    "member": Told(amount=3_000, day="2026-01-30", summary="划拨"),
    "back": Told(amount=1_000, day="2026-01-31", summary="退汇"),
}


async def tell_what_the_bank_told(at: Association) -> None:
    """Take in the statement, and say of each kind of line what it is; what is known is matched."""
    taken = await at.take_in(BANK, *JANUARY.values(), opening=98_000)
    assert taken["new_count"] == len(JANUARY)
    line = dict(zip(JANUARY, await at.lines(BANK), strict=True))
    path = {name: f"/v1/accounting/bank-lines/{one['id']}" for name, one in line.items()}
    assert "transits" in await unfinished(at)
    came = {"channel_id": at.ids[BANK], "amount": fen(5_000), "arrived_on": "2026-01-05"}
    await at.post(f"/v1/onboarding/organizations/{at.organization.id}/in-transit/1/arrivals", came)
    for name, kind in (("transit", "settlement"), ("counter", "gift"), ("salaries", "payment")):
        candidates = (await at.get(f"{path[name]}/candidates"))["candidates"]
        parts = [
            {"posting_id": one["posting_id"], "amount": one["proposed"]}
            for one in candidates
            if one["proposed"]
        ]
        await at.post(f"{path[name]}/matches", {"matches": parts})
        named = await at.post(f"{path[name]}/classification", {"kind": kind})
        assert (named["entry_id"], named["matched"]["amount"]) == (None, abs(JANUARY[name].amount))
    batch = {"line_ids": [line["interest"]["id"], line["fee"]["id"]]}
    done = await at.post("/v1/accounting/bank-lines/classifications/batch", batch)
    assert [one["kind"] for one in done["outcomes"]] == ["interest", "fee"]
    for name, kind, channel in (
        ("deposit", "cash_deposit", BOX),
        ("moved", "own_transfer", SECOND),
        ("unknown", "unknown", None),
        ("member", "member_transfer", None),
        ("back", "returned_money", None),
    ):
        body = {"kind": kind} | ({"channel_id": at.ids[channel]} if channel else {})
        await at.post(f"{path[name]}/classification", body)
    money = {name: one.replace("accounting", "fundraising") for name, one in path.items()}
    payout = {"channel_id": at.ids["tencent"], "fee": fen(400)}
    assert (await at.post(f"{money['payout']}/settlement", payout))["gross"] == fen(40_000)
    await at.post(f"{money['gift']}/donation", {"campaign_id": at.ids[CAMPAIGN]})
    # What nobody knew of waits in suspense until somebody finds out.
    open_items = await unfinished(at)
    assert "suspense" in open_items
    await at.post(f"{path['unknown']}/reopening", {"reason": "来电确认为慈安桥捐款"})
    await at.post(f"{money['unknown']}/donation", {"campaign_id": at.ids[CAMPAIGN]})
    assert "suspense" not in await unfinished(at)


async def unfinished(at: Association) -> list[str]:
    told = await at.get(f"{at.books}/months/2026-01/checklist")
    return [item["key"] for item in told["checks"] if not item["done"]]


async def take_in_the_second_account(at: Association) -> None:
    """The other side of the own transfer, of which the books know already, and interest."""
    moved, interest = Told(amount=20_000, day="2026-01-20"), Told(amount=2, day="2026-01-31", summary="结息")
    await at.take_in(SECOND, moved, interest, opening=0)
    first, second = await at.lines(SECOND)
    own = {"kind": "own_transfer", "channel_id": at.ids[BANK]}
    told = await at.post(f"/v1/accounting/bank-lines/{first['id']}/classification", own)
    [there] = await at.lines(BANK, kind="own_transfer")
    assert told["entry_id"] == there["entry_id"]
    await at.post(f"/v1/accounting/bank-lines/{second['id']}/classification", {"kind": "interest"})


async def reconcile(at: Association) -> None:
    """Bank and books differ by what waits for others; one person signs, another reviews."""
    drawn = await at.get(f"/v1/accounting/bank-accounts/{at.ids[BANK]}/reconciliation", month="2026-01-31")
    assert (drawn["bank_balance"], drawn["ledger_balance"]) == (fen(157_363), fen(153_363))
    assert [one["amount"] for one in drawn["received_by_bank"]] == [fen(3_000), fen(1_000)]
    assert drawn["difference"] == fen(0)
    for account in (BANK, SECOND):
        path = f"/v1/accounting/bank-accounts/{at.ids[account]}/reconciliations"
        signed = await at.post(path, {"month": "2026-01-01"})
        review = f"/v1/accounting/bank-reconciliations/{signed['id']}/review"
        assert (await at.send(review, "onb.wang")).status_code == 403
        assert (await at.post(review, by="onb.li"))["reviewed_by"] != signed["prepared_by"]


async def close(at: Association) -> None:
    """One person asks with everything done, another closes."""
    month = f"{at.books}/months/2026-01"
    asked = await at.post(f"{month}/closing-request", {"reason": None})
    # The numbers are given by a round that this journey does not wait for.
    assert [item["key"] for item in asked["checklist"] if not item["done"]] == ["numbers"]
    assert (await at.post(f"{month}/closing", by="onb.li"))["kind"] == "closed"


async def look_at_the_statements(at: Association) -> None:
    """All three tie with one another and with the trial balance, as JSON, as workbooks and on paper."""
    sheet = await at.statement("balance-sheet", "2026-01")
    assert sheet["net_assets"] == [BEFORE["net_assets"], BEFORE["net_assets"] + GIVEN + OWN]
    assert sheet["cash"] == [BEFORE["cash"], BEFORE["cash"] + GIVEN + OWN + 1_000]
    activities = await at.statement("activities", "2026-01")
    assert activities["donations"][:3] == [0, GIVEN, GIVEN]
    flows = await at.statement("cash-flow", "2026-01")
    # The tax that was kept back is owed, and has not been paid.
    assert (flows["donations_in"][0], flows["change"][0]) == (GIVEN, GIVEN + OWN + 1_000)

    balance = await trial_balance(at, "2026-01-31")
    assert sum(balance.values()) == 0
    assert sheet["cash"][1] == sum(balance[code] for code in ("1001", "1002", "1009"))
    # Until the year is closed, what came and went stands beside the net assets of the beginning.
    nominal = sum(amount for code, amount in balance.items() if code[0] in "345")
    assert sheet["net_assets"][1] == -nominal
    assert activities["donations"][2] == -balance["4101"]

    yuan = (BEFORE["net_assets"] + GIVEN + OWN) / 100
    for name, figure in (("balance-sheet", yuan), ("activities", GIVEN / 100), ("cash-flow", GIVEN / 100)):
        cells, paper = await at.printed(name, "2026-01")
        assert figure in cells, name
        assert f"{figure:,.2f}" in paper, name


async def trial_balance(at: Association, day: str) -> dict[str, int]:
    told = await at.get(f"{at.audit}/trial-balance", by="auditor", as_of=day, level="code")
    lines: list[dict[str, Any]] = told["lines"]
    return {line["code"]: line["balance"]["amount"] for line in lines}


async def hear_of_a_late_gift(at: Association) -> None:
    """A gift of the closed month lands on the next one's first day, and is listed as late."""
    before = await trial_balance(at, "2026-01-31")
    assert (await at.hear(900, "2026-01-31", CAMPAIGN))["outcome"] == "posted"
    days = {"from": "2026-01-01", "to": "2026-12-31"}
    for path, by in ((at.books, "onb.wang"), (at.audit, "auditor")):
        listed = (await at.get(f"{path}/late-entries", by=by, **days))["items"]
        assert [entry["booked_on"] for entry in listed] == ["2026-02-01"]
        assert listed[0]["occurred_at"].startswith("2026-01-31T01:00")
    assert await trial_balance(at, "2026-01-31") == before
    assert (await at.statement("activities", "2026-01"))["donations"][2] == GIVEN
    assert (await at.statement("activities", "2026-02"))["donations"][2::3] == [900, GIVEN + 900]
    campaign = await at.get(f"/v1/fundraising/campaigns/{at.ids[CAMPAIGN]}")
    assert campaign["totals"]["raised"] == fen(GIVEN + 900)
