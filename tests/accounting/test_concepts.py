"""The same code means different things on the charts of 2004 and 2026: what is booked goes by the concept."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.ledger import adjustments, balances, charts, funds
from app.ledger.charts import CHARTS, CODES
from app.ledger.models import Fund
from tests.accounting.banking import Told, statement
from tests.accounting.mandating import mandate, moved
from tests.accounting.office import VOUCHERS, Office, debit, office

BANK = {"money_account": "1002", "channel_id": "bank"}


@pytest.fixture
async def old(app: FastAPI, client: AsyncClient, session: WriteSession) -> Office:
    """An office whose books stand on the chart of 2004."""
    return await office(app, client, session, chart="2004")


@pytest.mark.parametrize(
    ("code", "there"),
    [
        *(("5301", "5201"), ("5401", "5301"), ("5901", "5401"), ("5201", None), ("5501", None)),
        *(("1801", "1701"), ("1701", None), ("3201", None), ("5101", "5101"), ("2204", "2204")),
    ],
)
def test_a_code_of_2026_is_found_on_the_chart_of_2004_by_what_it_is_for(code: str, there: str | None) -> None:
    assert charts.on("2004", code) == there
    assert charts.on("2026", code) == code


def test_every_concept_names_an_account_of_its_chart() -> None:
    for chart, codes in CODES.items():
        assert set(codes.values()) <= {line.code for line in CHARTS[chart]}
    names = {chart: {line.code: line.name_zh for line in lines} for chart, lines in CHARTS.items()}
    for concept in ("administration", "fundraising", "other_costs"):
        told = {names[chart][codes[charts.Concept(concept)]] for chart, codes in CODES.items()}
        assert len(told) == 1, told


@pytest.mark.parametrize(
    ("name", "inputs", "codes"),
    [
        ("J4", {"amount": 20, **BANK}, ["5301", "1002"]),
        ("J12", {"amount": 20}, ["5201", "2209"]),
        ("RENT", {"amount": 20, **BANK}, ["5201", "1002"]),
        ("J20", {"amount": 20, "cost_account": "5201"}, ["5201", "2204"]),
        ("DEPRECIATION", {"amount": 20, "cost_account": "5301"}, ["5301", "1502"]),
    ],
)
async def test_templates_book_to_the_accounts_of_the_chart(
    old: Office, name: str, inputs: dict[str, object], codes: list[str]
) -> None:
    told = {key: str(old.bank.id) if value == "bank" else value for key, value in inputs.items()}
    voucher = await old.write(old.made(name, **told))
    assert [line["code"] for line in voucher["lines"]] == codes


async def test_the_cost_of_agency_work_is_another_cost_on_the_chart(old: Office) -> None:
    agreed = await mandate(old)
    voucher = await moved(old, agreed, "cost", 20)
    assert [line["code"] for line in voucher["lines"]] == ["5401", "1002"]


async def test_what_a_chart_does_not_have_is_refused(old: Office) -> None:
    tax = await old.post(VOUCHERS, old.made("TAX", amount=7))
    salary = await old.post(VOUCHERS, old.made("J20", amount=7, cost_account="5401"))
    assert (tax.status_code, tax.json()["code"], tax.json()["account"]) == (422, "input-unfit", "5201")
    assert (salary.status_code, salary.json()["choices"]) == (422, ["5201", "5101", "5301"])


async def test_costs_of_either_chart_are_borne_by_the_general_fund(old: Office) -> None:
    fund = Fund(organization_id=old.organization.id, code="F", title="专项", restricted=True)
    await funds.open_fund(old.session, fund)
    for code in ("5201", "5301", "5401"):
        lines = debit(code, 5, fund_id=fund.id), {**debit("2204", 5), "side": "credit"}
        answer = await old.post(VOUCHERS, old.voucher(*lines))
        assert (answer.status_code, answer.json()["code"]) == (422, "line-unfit"), code


async def test_a_banks_fee_is_a_cost_of_fundraising_on_either_chart(old: Office) -> None:
    url = f"/v1/accounting/bank-accounts/{old.bank.id}/statements"
    content = statement(Told(amount=-9, day="2026-01-31", summary="手续费"), opening=9)
    files = {"file": ("statement.csv", content)}
    assert (await old.client.post(url, files=files, headers=old.headers["ann"])).status_code == 201
    [line] = (await old.get("/v1/accounting/bank-lines")).json()["items"]

    told = await old.post(f"/v1/accounting/bank-lines/{line['id']}/classification", {"kind": "fee"})

    assert told.status_code == 200, told.text
    rows = await balances.trial_balance(old.session, [old.organization.id])
    # The general fund is empty, so what it could not bear stands against it, for that cost.
    assert {row.code for row in rows if row.balance} == {"1002", "1122"}


async def test_what_corrects_an_earlier_year_goes_to_net_assets_where_the_chart_has_no_account_for_it(
    old: Office,
) -> None:
    fund = Fund(organization_id=old.organization.id, code="F", title="专项", restricted=True)
    await funds.open_fund(old.session, fund)
    free = await funds.general(old.session, old.organization.id)
    both = [fund.id, free.id]
    assert await adjustments.codes(old.session, "2004", both) == {fund.id: "3102", free.id: "3101"}
    assert set((await adjustments.codes(old.session, "2026", both)).values()) == {"3201"}
