"""Each template makes the entry of domain.md 3.3, or names the door where it is booked."""

from typing import Any

import pytest

from app.accounting.vouchers import catalogue
from app.ledger.charts import CHARTS
from tests.accounting.office import VOUCHERS, Office
from tests.fundraising.desk import books_agree

Entry = tuple[tuple[str, str, int], ...]
D, C = "debit", "credit"
BANK = {"money_account": "1002", "channel_id": "bank"}

# template, inputs, the entry of domain.md 3.3 as (side, code, fen)
MAKES: list[tuple[str, dict[str, Any], Entry]] = [
    ("J4", {"amount": 60, **BANK}, ((D, "5401", 60), (C, "1002", 60))),
    ("J6", {"amount": 500, "cost_account": "5301"}, ((D, "5301", 500), (C, "4101", 500))),
    ("J6", {"amount": 500, "cost_account": "5101"}, ((D, "5101", 500), (C, "4101", 500))),
    ("J12", {"amount": 100}, ((D, "5301", 100), (C, "2209", 100))),
    ("J20", {"amount": 5000, "cost_account": "5301"}, ((D, "5301", 5000), (C, "2204", 5000))),
    (
        "J20",
        {"amount": 5000, "cost_account": "5101", "fund_id": "fund", "project_id": "project"},
        ((D, "5101", 5000), (C, "2204", 5000)),
    ),
    ("J21", {"amount": 700, **BANK}, ((D, "5101", 700), (C, "1002", 700))),
    ("J22", {"amount": 800, "fund_id": "fund", **BANK}, ((D, "1002", 800), (C, "4401", 800))),
    ("J23", {"amount": 200, **BANK}, ((D, "1002", 200), (C, "4201", 200))),
    ("J24", {"amount": 3, **BANK}, ((D, "1002", 3), (C, "4901", 3))),
    (
        "J25",
        {"amount": 50, "income_account": "4501", "cost_amount": 40, **BANK},
        ((D, "1002", 50), (C, "4501", 50), (D, "5101", 40), (C, "1201", 40)),
    ),
    ("J25", {"amount": 50, "income_account": "4901", **BANK}, ((D, "1002", 50), (C, "4901", 50))),
    ("J26", {"amount": 90, "net_assets_account": "3101", **BANK}, ((D, "1002", 90), (C, "3101", 90))),
    ("J27", {"amount": 30, "lost_account": "1122"}, ((D, "5301", 30), (C, "1122", 30))),
    ("RENT", {"amount": 800, **BANK}, ((D, "5301", 800), (C, "1002", 800))),
    (
        "SALARY-PAID",
        {"amount": 4500, "tax_amount": 500, **BANK},
        ((D, "2204", 4500), (C, "1002", 4500), (D, "2204", 500), (C, "2206", 500)),
    ),
    ("DEPRECIATION", {"amount": 10, "cost_account": "5301"}, ((D, "5301", 10), (C, "1502", 10))),
    ("TAX", {"amount": 7}, ((D, "5201", 7), (C, "2206", 7))),
    ("TAX-PAID", {"amount": 7, **BANK}, ((D, "2206", 7), (C, "1002", 7))),
    (
        "INVESTMENT-BACK",
        {"amount": 90, "proceeds_amount": 4, "investment_account": "1401", **BANK},
        ((D, "1002", 90), (C, "1401", 90), (D, "1002", 4), (C, "4601", 4)),
    ),
    (
        "OWN-TRANSFER",
        {"amount": 5, "into_account": "1001", "into_channel_id": "cash", **BANK},
        ((D, "1001", 5), (C, "1002", 5)),
    ),
]
DOORS = (
    "J1",
    "J2",
    "J3",
    "J5",
    "J7",
    "J8",
    "J9",
    "J10",
    "J11",
    "J13",
    "J14",
    "J15",
    "J16",
    "J17",
    "J18-IN",
    "J18-OUT",
    "J19",
    "J28",
    "INVESTMENT",
)


@pytest.mark.parametrize(
    ("code", "inputs", "entry"), MAKES, ids=[f"{one[0]}-{n}" for n, one in enumerate(MAKES)]
)
async def test_a_template_makes_its_entry_and_the_books_take_it(
    at: Office, code: str, inputs: dict[str, Any], entry: Entry
) -> None:
    fund, project = await at.restricted()
    await at.endow(100_00, fund)
    things = {
        "bank": at.bank.id,
        "cash": at.cash.id,
        "fund": fund.id,
        "project": project.id,
        "whom": (await at.counterparty()).id,
    }
    told = {name: things.get(value, value) for name, value in inputs.items()}

    needed = catalogue.documents_of(code)
    files = [await at.upload(kind=kind) for kind in sorted(needed)[:1]]

    voucher = await at.posted(at.made(code, **told), *files)

    assert tuple((one["side"], one["code"], one["amount"]["amount"]) for one in voucher["lines"]) == entry
    assert voucher["template"] == code
    await books_agree(at.session)


@pytest.mark.parametrize("code", DOORS)
async def test_what_another_door_books_is_refused_and_the_door_named(at: Office, code: str) -> None:
    answer = await at.post(VOUCHERS, at.made(code, amount=1))
    assert (answer.status_code, answer.json()["code"]) == (409, "moved-elsewhere")
    assert answer.json()["detail"] == catalogue.TEMPLATES[code].door


def test_all_of_j1_to_j28_are_there_once_and_each_is_tested() -> None:
    numbers = {code.split("-")[0] for code in catalogue.TEMPLATES if code.startswith("J")}
    assert numbers == {f"J{number}" for number in range(1, 29)}
    assert {one[0] for one in MAKES} | set(DOORS) == set(catalogue.TEMPLATES)


def test_templates_name_accounts_of_the_chart_and_inputs_they_ask_for() -> None:
    for template in catalogue.TEMPLATES.values():
        codes = {one.code for one in CHARTS[template.chart]}
        asked = {ask.name for ask in template.asks}
        assert all(row.code in codes or row.code in asked for row in template.rows)
        assert all(set(ask.choices) <= codes for ask in template.asks)
        used = {row.amount for row in template.rows} | {row.code for row in template.rows}
        used |= {getattr(row, name) for row in template.rows for name in ("channel", "fund", "project")}
        used |= {row.counterparty for row in template.rows}
        assert asked <= used, template.code


@pytest.mark.parametrize(
    "inputs",
    [
        {"amount": 1, "money_account": "1002"},
        {"amount": "1", "money_account": "1002", "channel_id": "bank"},
        {"amount": 0, "money_account": "1002", "channel_id": "bank"},
        {"amount": 1, "money_account": "2202", "channel_id": "bank"},
        {"amount": 1, "money_account": "1002", "channel_id": "no-uuid"},
        {"amount": 1, "money_account": "1002", "channel_id": "bank", "more": 1},
    ],
)
async def test_inputs_that_do_not_fit_are_refused(at: Office, inputs: dict[str, Any]) -> None:
    told = {name: at.bank.id if value == "bank" else value for name, value in inputs.items()}
    answer = await at.post(VOUCHERS, at.made("RENT", **told))
    assert (answer.status_code, answer.json()["code"]) == (422, "input-unfit")


async def test_a_fee_has_happened_even_if_the_general_fund_is_empty(at: Office) -> None:
    spent = at.made("RENT", amount=10_000_00, money_account="1002", channel_id=at.bank.id)
    await at.posted(spent)
    voucher = await at.posted(at.made("J4", amount=60, money_account="1002", channel_id=at.bank.id))
    assert voucher["state"] == "posted"
    await books_agree(at.session)


async def test_templates_are_listed_with_what_they_ask_for(at: Office) -> None:
    answer = await at.get("/v1/accounting/voucher-templates", usable=True, q="房租")
    [rent] = answer.json()["items"]
    assert (rent["code"], rent["door"], [one["name"] for one in rent["asks"]]) == (
        "RENT",
        None,
        ["amount", "money_account", "channel_id", "counterparty_id"],
    )
    paged = await at.get("/v1/accounting/voucher-templates", limit=20)
    more = await at.get("/v1/accounting/voucher-templates", limit=200, cursor=paged.json()["next_cursor"])
    assert len(paged.json()["items"]) + len(more.json()["items"]) == len(catalogue.TEMPLATES)
