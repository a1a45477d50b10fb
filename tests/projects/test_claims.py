"""Claims: one disbursement pays a case or a village's request, and both hear what became of it."""

import asyncio
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.kit import vault
from app.kit.database import Database, WriteSession
from app.ledger.models import Fund
from app.projects.models import AidCase, AidCaseState, Disbursement
from tests.projects.helped import beneficiary
from tests.projects.relief import opened, relief
from tests.projects.test_villages import RESOLUTION, book, code, funded, paying
from tests.projects.till import DAY, Till, money, till


async def approved(at: Till, home: dict[str, Any]) -> str:
    """The path of a request that the county has approved."""
    path = f"/villages/{home['id']}/requests"
    asked = await at.made(path, RESOLUTION)
    await at.made(f"{path}/{asked['id']}/approval", None, by=at.reviewer)
    return f"{path}/{asked['id']}"


async def request_of(at: Till, home: dict[str, Any]) -> dict[str, Any]:
    [found] = (await at.get(f"/villages/{home['id']}/requests")).json()["items"]
    return found


async def lines(at: Till, home: dict[str, Any]) -> list[dict[str, Any]]:
    return (await at.client.get(f"/v1/projects/villages/{home['id']}/book")).json()["items"]


async def test_the_banks_word_brings_a_requests_money_into_the_villages_book(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    home = await funded(at)
    request = await approved(at, home)
    source = await paying(at, home, 10_000)
    made = await at.made(f"{request}/disbursement", source)
    assert (made["kind"], made["counterparty_id"], made["cost"]) == ("collective", home["id"], "equipment")
    assert code(await at.post(f"{request}/disbursement", source)) == (409, "being-paid")
    # Two quarters have been told when the bank's word comes for a day in the first of them.
    for quarter in (1, 2, 3):
        await at.made(f"/villages/{home['id']}/statements", {"year": 2026, "quarter": quarter})

    paid = await at.carried_out(made, on="2026-09-28")

    [line] = await lines(at, home)
    assert (line["booked_on"], line["amount"], line["balance"]) == ("2026-10-01", *[RESOLUTION["amount"]] * 2)
    assert line["disbursement_id"] == paid["id"]
    assert (await request_of(at, home))["state"] == "paid"
    path = f"/villages/{home['id']}/book/{line['id']}/reversal"
    moved = await at.post(path, {"booked_on": "2026-10-02", "words": "有误"})
    assert code(moved) == (409, "line-reversed")


async def test_what_a_village_gives_back_leaves_its_book_and_all_of_it_reopens_the_request(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    home = await funded(at)
    request = await approved(at, home)
    source = await paying(at, home, 10_000)
    paid = await at.carried_out(await at.made(f"{request}/disbursement", source))
    spent = await book(at, home, "expense", 3_000, request_id=request.rsplit("/", 1)[1])
    assert spent.status_code == 201

    too_much = await at.given_back(paid, 6_000_00)
    assert code(too_much) == (409, "request-spent")
    assert (await at.given_back(paid, 1_000_00)).status_code == 201
    now = await request_of(at, home)
    assert (now["state"], now["spent"]["amount"]) == ("paid", 4_000_00)
    assert [one["balance"]["amount"] for one in await lines(at, home)] == [8_000_00, 5_000_00, 4_000_00]
    body = {"booked_on": spent.json()["booked_on"], "words": "未支出，冲销"}
    await at.made(f"/villages/{home['id']}/book/{spent.json()['id']}/reversal", body)
    assert (await at.given_back(paid, 7_000_00)).status_code == 201

    now = await request_of(at, home)
    assert (now["state"], now["spent"]["amount"], now["payment_reference"]) == ("approved", 0, None)
    told = (await at.client.get(f"/v1/projects/villages/{home['id']}/reckoning")).json()
    assert told["agrees"] is True
    names = ("paid", "returned", "received", "given_back", "spent", "balance")
    assert [told[name]["amount"] for name in names] == [*[8_000_00] * 4, 0, 0]
    assert (await lines(at, home))[-1]["balance"]["amount"] == 0
    again = await at.carried_out(await at.made(f"{request}/disbursement", source))
    assert (await request_of(at, home))["payment_reference"] == again["code"]


async def test_a_village_is_paid_by_its_request_alone_and_both_books_agree(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    home = await funded(at)
    source = await paying(at, home, 10_000)
    fund = await session.get_one(Fund, source["fund_id"])
    kind = {"kind": "collective", "agreement_id": source["agreement_id"]}
    beside = await at.post(
        "/disbursements", at.asked({"id": source["project_id"]}, fund, home["id"], 1_00, **kind)
    )
    assert code(beside) == (409, "village-asks-first")

    request = await approved(at, home)
    paid = await at.carried_out(await at.made(f"{request}/disbursement", source))
    await book(at, home, "income", 500)
    spent = {"request_id": request.rsplit("/", 1)[1], "booked_on": DAY.isoformat()}
    assert (await book(at, home, "expense", 3_000, **spent)).status_code == 201
    rows = [{"name": "甲", "amount": money(3_000_00)}]
    signed = {"signed_on": DAY.isoformat(), "attachment_id": await at.file(), "rows": rows}
    await at.made(f"/disbursements/{paid['id']}/signed-lists", signed)

    told = (await at.client.get(f"/v1/projects/villages/{home['id']}/reckoning")).json()
    assert told["agrees"] is True
    assert {name: told[name]["amount"] for name in ("paid", "arrived", "received", "other_income")} == {
        "paid": 8_000_00,
        "arrived": 3_000_00,
        "received": 8_000_00,
        "other_income": 500_00,
    }
    assert (told["spent"]["amount"], told["balance"]["amount"]) == (3_000_00, 5_500_00)


async def test_whoever_stepped_back_from_a_case_neither_decides_nor_pays_it(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    here = await relief(app, client, session, tmp_path)
    await opened(here)
    at = await till(app, client, session, here.desk.organization)
    fund = await at.fund(20_000_00, here.project)
    case = await here.noticed()
    await here.done(case, "release", None)
    stepped = await here.act(case, "recusal", {"reason": "与申请人有亲属关系"}, here.deciders[1])
    assert stepped.status_code == 204
    await here.done(case, "disbursement", {"fund_id": str(fund.id)})

    refused = await at.decide(by=here.deciders[1].headers)

    assert code(refused) == (403, "related-to-payee")
    assert (await at.decide()).status_code == 200


async def test_a_case_is_withdrawn_once_nothing_of_it_is_being_paid(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    """Even of one whose payment the bank refused: what nobody needs any more must not hold caps for ever."""
    here = await relief(app, client, session, tmp_path)
    await opened(here)
    at = await till(app, client, session, here.desk.organization)
    fund = await at.fund(20_000_00, here.project)
    case = await here.noticed()
    await here.done(case, "release", None)
    made = await here.done(case, "disbursement", {"fund_id": str(fund.id)})
    assert code(await here.act(case, "withdrawal", None)) == (409, "being-paid")
    assert (await at.decide()).status_code == 200
    order = await at.order(made)
    on_its_way = await at.post(f"/disbursements/{made['id']}/withdrawal")
    assert code(on_its_way) == (409, "disbursement-not-in-state")
    failed = await at.results(order.json(), f"付款编号,结果,日期\n{made['code']},失败,{DAY.isoformat()}\n")
    assert failed.json()["failed_count"] == 1, failed.text
    assert code(await here.act(case, "withdrawal", None)) == (409, "being-paid")
    allowed = (await at.get(f"/disbursements/{made['id']}")).json()["allowed_actions"]
    assert "withdraw" in allowed

    gone = await at.made(f"/disbursements/{made['id']}/withdrawal")
    ended = await here.done(case, "withdrawal", None)

    assert (gone["state"], ended["state"], ended["amount"]) == ("withdrawn", "withdrawn", None)
    assert await at.left(fund) == 20_000_00
    assert code(await at.order(made)) == (409, "disbursement-not-in-state")


async def test_of_who_asks_and_who_withdraws_at_once_one_is_refused(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await relief(committed_app, committed_client, session, tmp_path)
    await opened(here)
    async with committed.writing() as session:
        at = await till(committed_app, committed_client, session, here.desk.organization)
        fund = await at.fund(100_000_00, here.project)
    case = await here.noticed()
    await here.done(case, "release", None)

    asked, gone = await asyncio.gather(
        here.act(case, "disbursement", {"fund_id": str(fund.id)}), here.act(case, "withdrawal", None)
    )

    assert sorted([asked.status_code, gone.status_code]) in ([200, 409], [201, 409])
    async with committed.reading() as session:
        [state] = await session.scalars(select(AidCase.state))
        paying = await session.scalar(select(func.count()).select_from(Disbursement))
    assert (state, paying) in {(AidCaseState.withdrawn, 0), (AidCaseState.payable, 1)}


async def test_who_is_erased_leaves_no_name_with_whom_their_case_was_paid_to(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    here = await relief(app, client, session, tmp_path)
    await opened(here)
    at = await till(app, client, session, here.desk.organization)
    fund = await at.fund(20_000_00, here.project)
    who = await beneficiary(here.desk, name="金丝雀患者")
    case = await here.noticed(who=who)
    await here.done(case, "release", None)
    paid = await at.carried_out(await here.done(case, "disbursement", {"fund_id": str(fund.id)}))
    kept = await vault.read(session, [paid["counterparty_id"]], ["counterparty_name"])
    assert kept

    body = {"organization_id": str(here.desk.organization.id)}
    assert (await here.desk.post(f"/beneficiaries/{who['id']}/erasure", body)).status_code == 204

    assert await vault.read(session, [paid["counterparty_id"]], ["counterparty_name"]) == {}


async def test_of_many_who_ask_at_once_to_pay_a_case_one_does(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await relief(committed_app, committed_client, session, tmp_path)
    await opened(here)
    async with committed.writing() as session:
        at = await till(committed_app, committed_client, session, here.desk.organization)
        fund = await at.fund(100_000_00, here.project)
    who = await beneficiary(here.desk)
    found: list[dict[str, Any]] = []
    for _ in range(2):
        case = await here.noticed(who=who)
        await here.done(case, "release", None)
        found.append(case)

    asking = {"fund_id": str(fund.id)}
    answers = await asyncio.gather(
        *(here.act(case, "disbursement", asking) for _ in range(4) for case in found)
    )

    assert sorted(one.status_code for one in answers) == [201] * 2 + [409] * 6
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"being-paid"}
    made = [one.json() for one in answers if one.status_code == 201]
    for _ in made:
        assert (await at.decide()).status_code == 200
    # Two orders, each of one person's cases, and the bank's word for both at the same moment.
    orders = [(await at.order(one)).json() for one in made]
    told = [f"付款编号,结果\n{one['code']},成功\n" for one in made]
    done = await asyncio.gather(
        *(at.results(order, csv) for order, csv in zip(orders, told, strict=True) for _ in range(3))
    )
    assert {one.status_code for one in done} == {200}
    async with committed.reading() as session:
        states = await session.scalars(select(AidCase.state))
        assert list(states) == [AidCaseState.paid] * 2
        assert await session.scalar(select(func.count()).select_from(Disbursement)) == 2
