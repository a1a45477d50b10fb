"""An aid case from its application to its payment and the follow-up, and back to its donors."""

from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.database import WriteSession
from app.ledger import tracing
from app.projects.models import AidEpisodeSum, AidYearSum
from tests.fundraising.desk import books_agree
from tests.projects.helped import beneficiary, figures, id_number, people
from tests.projects.relief import NOTICE, STORY, TODAY, grant, opened, relief
from tests.projects.till import money, till


async def test_an_aid_case_from_its_application_to_the_payment_and_back_to_its_donors(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    here = await relief(app, client, session, tmp_path)
    await opened(here)
    at = await till(app, client, session, here.desk.organization)
    fund = await at.fund(0, here.project)
    gifts = [await at.gift(fund, amount) for amount in (5_000_00, 10_000_00)]

    # Asked for, looked at by two, granted by the standard, and open to objections for seven days.
    number = id_number()
    who = await beneficiary(here.desk, name="金丝雀患者", document_number=number)
    case = await here.verified(who)
    await here.done(case, "approval", grant(12_000), here.deciders[0])
    await here.done(case, "notice", NOTICE)
    early = await here.act(case, "disbursement", {"fund_id": str(fund.id)})
    assert early.json()["code"] == "aid-case-not-in-state"
    await here.done(case, "release", None)

    # Paid by a disbursement that names it, to the account that two people looked at.
    stranger = await at.post(f"/aid-cases/{case['id']}/disbursement", {"fund_id": str(fund.id)})
    assert stranger.json()["code"] == "not-on-the-case"
    asked = await here.done(case, "disbursement", {"fund_id": str(fund.id)})
    assert (asked["aid_case_id"], asked["amount"], asked["cost"]) == (case["id"], money(12_000_00), "aid")
    again = await here.act(case, "disbursement", {"fund_id": str(fund.id)})
    assert again.json()["code"] == "being-paid"
    assert (await at.decide()).status_code in {200, 201}
    order = (await at.order(asked)).json()
    assert order["payments"][0]["number_last"] == STORY["payee_account"][-4:]
    file = await client.get(f"/v1/projects/payment-orders/{order['id']}/file", headers=at.cashier)
    assert f"{STORY['payee_name']},{STORY['payee_account']}" in file.text
    assert (await here.read(case)).json()["state"] == "payable"
    await at.results(order, f"付款编号,结果\n{asked['code']},成功\n")

    # The bank's word paid the case: it is help that a person received, and found by whoever helps next.
    fares = {"asked_on": TODAY, "way": "电话", "words": "金丝雀恢复良好"}
    await here.done(case, "follow-ups", fares)
    whole = (await here.read(case)).json()
    assert (whole["state"], whole["paid_on"], whole["payment_reference"]) == ("paid", TODAY, asked["code"])
    assert [one["state"] for one in whole["steps"]] == [
        *("applied", "verified", "approved", "noticed", "payable", "paid"),
    ]
    assert (await people(here.desk), (await figures(here.desk))["amount"]) == (1, money(12_000_00))
    looked = {
        "organization_id": str(here.desk.organization.id),
        "document_kind": "resident_id",
        "document_number": number,
    }
    found = await here.desk.made("/beneficiaries/duplicate-checks", looked)
    assert [one["project_title"] for one in found["received"]] == ["大病救助"]

    # From the payment back to the donors, and from a donor to the payment.
    sources = (await at.get(f"/disbursements/{asked['id']}/sources")).json()["sources"]
    assert [(one["entry_id"], one["amount"]["amount"]) for one in sources] == [
        (str(gifts[0].entry_id), 5_000_00),
        (str(gifts[1].entry_id), 7_000_00),
    ]
    trace = await tracing.follow(session, [gifts[1].postings[0].id])
    assert [(one.kind.value, one.amount, one.arrived) for one in trace.places] == [
        ("spent", 7_000_00, 7_000_00),
        ("unspent", 3_000_00, 0),
    ]
    await books_agree(session)


async def test_a_payment_that_came_back_reopens_its_case(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    here = await relief(app, client, session, tmp_path)
    await opened(here)
    at = await till(app, client, session, here.desk.organization)
    fund = await at.fund(20_000_00, here.project)
    case = await here.noticed()
    await here.done(case, "release", None)
    asking = {"fund_id": str(fund.id)}
    paid = await at.carried_out(await here.done(case, "disbursement", asking))
    assert (paid["arrived"], await people(here.desk)) == (money(12_000_00), 1)

    # A part that comes back leaves the case paid; once all of it is back nobody was helped by it.
    assert (await at.given_back(paid, 2_000_00)).status_code == 201
    read = (await at.get(f"/disbursements/{paid['id']}")).json()
    assert (read["arrived"], read["returned"]) == (money(10_000_00), money(2_000_00))
    assert (await here.read(case)).json()["state"] == "paid"
    assert (await at.given_back(paid, 10_000_00)).status_code == 201
    whole = (await here.read(case)).json()
    assert (whole["state"], whole["paid_on"], whole["payment_reference"]) == ("payable", None, None)
    assert (await people(here.desk), await at.left(fund)) == (0, 20_000_00)
    assert (await at.get(f"/disbursements/{paid['id']}")).json()["arrived"] == money(0)
    # What was granted stays granted: the caps are used by the case, not by its payment.
    assert list(await session.scalars(select(AidYearSum.amount_minor))) == [12_000_00]
    assert list(await session.scalars(select(AidEpisodeSum.amount_minor))) == [12_000_00]

    # Paid anew, to an account that two people changed.
    again = await here.done(case, "disbursement", asking)
    assert again["counterparty_id"] == paid["counterparty_id"]
    await at.account(again["counterparty_id"], number="6222000000000022")
    assert (await at.decide()).status_code in {200, 201}
    order = (await at.order(again)).json()
    assert order["payments"][0]["number_last"] == "0022"
    await at.results(order, f"付款编号,结果\n{again['code']},失败\n")
    assert (await here.read(case)).json()["state"] == "payable"
    order = (await at.order(again)).json()
    await at.results(order, f"付款编号,结果\n{again['code']},成功\n")
    assert (await here.read(case)).json()["state"] == "paid"
    assert (await people(here.desk), await at.left(fund)) == (1, 8_000_00)
    await books_agree(session)
