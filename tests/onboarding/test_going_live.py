"""An association goes live from one workbook: whole, once, and only if its parts tie."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from openpyxl import load_workbook
from sqlalchemy import func, select

from app.accounting.models import Channel
from app.fundraising.models import Campaign, CampaignState
from app.kit.database import WriteSession
from app.kit.sheets import forms as workbook_forms
from app.kit.sheets.faults import WorkbookFaulty
from app.ledger import balances, verification
from app.ledger.figures import registers
from app.ledger.models import Entry
from app.ledger.statements import drawing, terms
from app.ledger.statements.forms import Name
from app.onboarding import forms, going_live, workbooks
from app.onboarding.errors import OnboardedAlready
from app.onboarding.models import CarriedCampaign
from app.onboarding.orders import Order
from app.organizations.access import Role
from app.organizations.models import Grant, Staff
from tests.factories import organizations as make
from tests.onboarding.workbooks import changed, sheets, write

LIVE_ON = date(2026, 1, 1)


@pytest.fixture
async def order(session: WriteSession) -> Order:
    organization = await make.organization(session, books_from=LIVE_ON)
    return Order(organization=organization, live_on=LIVE_ON, chart="2026", actor="test")


async def count(session: WriteSession, *tables: Any) -> list[int]:
    return [await session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


async def test_everything_comes_to_be_and_every_promise_of_the_books_holds(
    session: WriteSession, order: Order, tmp_path: Path
) -> None:
    report = await going_live.take(session, order, write(tmp_path / "a.xlsx", sheets()))

    assert {key: report[key] for key in ("accounts", "people", "campaigns", "unspent_minor")} == {
        "accounts": 3,
        "people": 2,
        "campaigns": 1,
        "unspent_minor": 104_000,
    }
    rows = await balances.trial_balance(session, [order.organization.id])
    assert {row.label: row.balance for row in rows if row.balance} == {
        "1001/box-1": 2_000,
        "1002/icbc-0291": 98_000,
        "1009/in-transit": 5_000,
        "1009/wxpay-1": 3_000,
        "1141/F-BRIDGE/builder-01": 10_000,
        "1201/F-BRIDGE": 7_000,
        "1501/GENERAL": 50_000,
        "1502/GENERAL": -10_000,
        "2204": -4_000,
        "3101/GENERAL": -84_000,
        "3102/F-BRIDGE": -77_000,
    }
    held = {fund.code: fund.left for fund in await registers.funds(session, [order.organization.id])}
    assert held == {"GENERAL": 44_000, "F-BRIDGE": 60_000}
    campaign = (await session.scalars(select(Campaign).where(Campaign.code == "ONB-BRIDGE"))).one()
    assert (campaign.state, campaign.filing_no) == (CampaignState.open, "FILING-ONB-1")
    carried = await session.get_one(CarriedCampaign, campaign.id)
    assert carried.last_published_on == date(2025, 12, 1)
    person = (await session.scalars(select(Staff).where(Staff.username == "onb.li"))).one()
    roles = await session.scalars(select(Grant.role).where(Grant.staff_id == person.id))
    assert set(roles) == {Role.reviewer, Role.viewer}
    broken = [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]
    assert broken == []
    sheet = await drawing.draw(
        session, order.organization.id, "2026", Name.balance_sheet, terms.read("2026-01")
    )
    assert sheet.ties
    assert sheet.amounts("net_assets") == (161_000, 161_000)


async def test_the_same_file_again_does_nothing_and_another_is_refused(
    session: WriteSession, order: Order, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.xlsx", sheets())
    first = await going_live.take(session, order, path)
    before = await count(session, Entry, Channel, Staff, Campaign)

    again = await going_live.take(session, order, path)

    assert again == first | {"already": True}
    assert await count(session, Entry, Channel, Staff, Campaign) == before
    told = sheets()
    told["人员"] = told["人员"][:1]
    with pytest.raises(OnboardedAlready):
        await going_live.take(session, order, write(tmp_path / "b.xlsx", told))


async def test_a_dry_run_keeps_nothing(session: WriteSession, order: Order, tmp_path: Path) -> None:
    before = await count(session, Entry, Channel, Staff, Campaign)
    report = await going_live.take(session, order, write(tmp_path / "a.xlsx", sheets()), dry_run=True)

    assert report["entries"] == 1
    assert await count(session, Entry, Channel, Staff, Campaign) == before


async def test_a_campaign_code_that_is_taken_is_the_rows_fault(
    session: WriteSession, order: Order, tmp_path: Path
) -> None:
    other = await make.organization(session, books_from=LIVE_ON)
    theirs = Order(organization=other, live_on=LIVE_ON, chart="2026", actor="test")
    told = sheets()
    told["人员"] = told["人员"][:1]
    await going_live.take(session, theirs, write(tmp_path / "a.xlsx", told))
    with pytest.raises(WorkbookFaulty) as refused:
        await going_live.take(session, order, write(tmp_path / "b.xlsx", sheets()))
    errors: Any = refused.value.facts["errors"]
    assert [(one["sheet"], one["row"]) for one in errors] == [("募捐活动", 2)]


async def test_over_http_with_the_template(
    app: FastAPI, client: AsyncClient, session: WriteSession, order: Order, tmp_path: Path
) -> None:
    for language, first in (("zh", "填写说明"), ("en", "How to fill in")):
        answer = await client.get(f"/v1/onboarding/template?language={language}")
        assert load_workbook(io.BytesIO(answer.content)).sheetnames[0] == first
    content = write(tmp_path / "a.xlsx", sheets()).read_bytes()
    address = f"/v1/onboarding/organizations/{order.organization.id}"
    headers = await make.sign_in(app, session, Role.admin, order.organization)
    file = {"file": ("a.xlsx", content)}

    faulty = write(tmp_path / "b.xlsx", changed(("科目余额", 4, 0, "9999"))).read_bytes()
    answer = await client.post(
        address, files={"file": ("b.xlsx", faulty)}, headers=headers | {"Idempotency-Key": "6"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "workbook-faulty")
    assert answer.json()["errors"][0]["sheet"] == "科目余额"

    tried = await client.post(
        f"{address}?dry_run=true", files=file, headers=headers | {"Idempotency-Key": "1"}
    )
    assert (tried.status_code, tried.json()["dry_run"], tried.json()["entries"]) == (200, True, 1)
    taken = await client.post(address, files=file, headers=headers | {"Idempotency-Key": "2"})
    assert (taken.status_code, taken.json()["already"]) == (200, False)
    again = await client.post(address, files=file, headers=headers | {"Idempotency-Key": "3"})
    assert (again.status_code, again.json()["already"]) == (200, True)
    accountant = await make.sign_in(app, session, Role.accountant, order.organization)
    refused = await client.post(address, files=file, headers=accountant | {"Idempotency-Key": "4"})
    assert refused.status_code == 403
    wrong = {"file": ("a.xlsx", b"no workbook")}
    answer = await client.post(address, files=wrong, headers=headers | {"Idempotency-Key": "5"})
    assert (answer.status_code, answer.json()["code"]) == (422, "table-unreadable")


def test_the_template_filled_in_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    path.write_bytes(workbook_forms.template(forms.FORMS, "zh"))
    book = load_workbook(path)
    for name, rows in sheets().items():
        header = [str(cell.value).strip("*") for cell in book[name][1]]
        for row in rows[1:]:
            said = dict(zip(rows[0], row, strict=True))
            book[name].append([said.get(title) for title in header])
    book.save(path)

    handed = workbooks.read(path)

    handed.faults.refuse()
    assert (len(handed.balances), len(handed.funds), len(handed.campaigns)) == (10, 2, 1)
