"""Statements and ledgers over HTTP: the same for staff and for auditors, as JSON and as spreadsheets."""

import io
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from openpyxl import load_workbook
from pypdf import PdfReader

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import ChannelKind
from app.kit.database import WriteSession
from app.kit.http.formats import Format
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.journal import Draft, Line
from app.ledger.models import Direction, EntryKind
from app.organizations.access import Role
from app.organizations.models import Organization, Scope
from tests.factories import organizations as make
from tests.factories.ledger import NOON

Headers = dict[str, str]


async def member(session: WriteSession) -> Organization:
    """A member that has received three gifts in May."""
    organization = await make.organization(session, books_from=NOON.date().replace(month=1))
    new = NewChannel(
        organization_id=organization.id, chart="2026", code="icbc", name="工行", kind=ChannelKind.bank
    )
    bank = await channels.create(session, new)
    general = await funds.general(session, organization.id)
    income = await accounts.open_one(
        session, Leaf(organization_id=organization.id, chart="2026", code="4101", fund_id=general.id)
    )
    for number, amount in enumerate((5_000, 700, 90)):
        line = Line(
            debit=bank.account_id,
            credit=income,
            amount=amount,
            fund_id=general.id,
            direction=Direction.inflow,
        )
        draft = Draft(
            organization_id=organization.id,
            chart="2026",
            kind=EntryKind.donation,
            reference=f"donation:{organization.id}:{number}",
            occurred_at=NOON,
            actor="test",
            lines=[line],
        )
        await journal.post(session, [draft])
    return organization


@pytest.fixture
async def organization(session: WriteSession) -> Organization:
    return await member(session)


@pytest.fixture
async def doors(app: FastAPI, session: WriteSession, organization: Organization) -> list[tuple[str, Headers]]:
    """The staff's door with an accountant's token, the auditors' with an auditor's key."""
    _, key = await make.key(session, organization, Scope.audit)
    accountant = await make.sign_in(app, session, Role.accountant, organization)
    at = f"organizations/{organization.id}"
    return [(f"/v1/accounting/{at}", accountant), (f"/v1/audit/{at}", key)]


async def said(client: AsyncClient, doors: list[tuple[str, Headers]], path: str) -> dict[str, Any]:
    """Return what both doors say: the same."""
    answers: list[dict[str, Any]] = []
    for door, headers in doors:
        answer = await client.get(f"{door}{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        answers.append(answer.json())
    assert answers[0] == answers[1]
    return answers[0]


async def sheet(client: AsyncClient, door: tuple[str, Headers], path: str) -> list[tuple[Any, ...]]:
    answer = await client.get(f"{door[0]}{path}", headers=door[1] | {"Accept": Format.xlsx.value})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == Format.xlsx.value
    book = load_workbook(io.BytesIO(answer.content))
    return list(book.worksheets[0].iter_rows(values_only=True))


@pytest.mark.parametrize("name", ["balance-sheet", "activities", "cash-flow"])
@pytest.mark.parametrize("period", ["2026-05", "2026"])
async def test_each_statement_is_read_at_both_doors_and_ties(
    client: AsyncClient, doors: list[tuple[str, Headers]], name: str, period: str
) -> None:
    statement = await said(client, doors, f"/statements/{name}?period={period}")

    assert statement["ties"]
    assert all(proof["holds"] for proof in statement["proofs"])
    assert (statement["period"], statement["chart"], statement["confidence"]) == (period, "2026", "A1")
    shown = {line["key"]: [one["amount"] for one in line["amounts"]] for line in statement["lines"]}
    key = {"balance-sheet": "unrestricted", "activities": "donations", "cash-flow": "donations_in"}[name]
    assert 5_790 in shown[key]
    rows = await sheet(client, doors[0], f"/statements/{name}?period={period}")
    assert rows[0][0] == statement["title_zh"]
    label = next(line["label_zh"] for line in statement["lines"] if line["key"] == key)
    [line] = [row for row in rows if row[0] and str(row[0]).strip("　") == label]
    assert 57.9 in line
    assert any(str(row[0]).startswith("勾稽") and str(row[0]).endswith("相符") for row in rows)


@pytest.mark.parametrize("name", ["balance-sheet", "activities", "cash-flow"])
async def test_a_statement_is_a_document_too(
    client: AsyncClient, doors: list[tuple[str, Headers]], name: str
) -> None:
    said: list[bytes] = []
    for door, headers in doors:
        asked = headers | {"Accept": Format.pdf.value}
        answer = await client.get(f"{door}/statements/{name}?period=2026-05", headers=asked)
        assert (answer.status_code, answer.headers["content-type"]) == (200, Format.pdf.value)
        said.append(answer.content)
    assert said[0] == said[1], "the same statement makes the same bytes"
    written = "".join(page.extract_text() for page in PdfReader(io.BytesIO(said[0])).pages)
    for word in ("57.90", "相符", "行次", {"activities": "捐赠收入"}.get(name, "单位：元")):
        assert word in written.replace(" ", ""), written


async def test_account_balances_by_code_and_with_leaves(
    client: AsyncClient, doors: list[tuple[str, Headers]]
) -> None:
    codes = await said(client, doors, "/account-balances?from=2026-05-01&to=2026-05-31")
    leaves = await said(client, doors, "/account-balances?from=2026-06-01&to=2026-06-30&level=account")

    assert [(one["label"], one["debit"]["amount"]) for one in codes["lines"]] == [
        ("1002", 5_790),
        ("4101", 0),
    ]
    assert codes["debit"] == codes["credit"]
    assert [(one["label"], one["level"], one["opening"]["amount"]) for one in leaves["lines"]] == [
        ("1002", 1, 5_790),
        ("1002/icbc", 2, 5_790),
        ("4101", 1, -5_790),
        ("4101/GENERAL", 2, -5_790),
    ]
    rows = await sheet(client, doors[1], "/account-balances?from=2026-05-01&to=2026-05-31")
    assert rows[-1] == ("合计", None, 0, 0, 57.9, 57.9, 57.9, 57.9)


async def test_the_general_ledger_of_a_code(client: AsyncClient, doors: list[tuple[str, Headers]]) -> None:
    ledger = await said(client, doors, "/general-ledger?from=2026-05-01&to=2026-06-30&code=4101")

    assert [(one["month"], one["closing"]["amount"]) for one in ledger["lines"]] == [
        ("2026-05-01", -5_790),
        ("2026-06-01", -5_790),
    ]
    rows = await sheet(client, doors[0], "/general-ledger?from=2026-05-01&to=2026-06-30")
    assert ("1002", "银行存款", "2026-05", 0, 57.9, 0, 57.9, 0, "借", 57.9) in rows


async def test_the_detail_ledger_page_by_page(
    client: AsyncClient, doors: list[tuple[str, Headers]], organization: Organization
) -> None:
    name = organization.name
    path = "/detail-ledger?account=1002/icbc&from=2026-01-01&to=2026-12-31&limit=2"
    first = await said(client, doors, path)
    second = await said(client, doors, f"{path}&cursor={first['next_cursor']}")

    shown = [*first["items"], *second["items"]]
    counted = await said(client, doors, f"{path}&include=summary")
    assert counted["summary"] == {"count": len(shown), "amount": None}
    assert [one["balance"]["amount"] for one in shown] == [5_000, 5_700, 5_790]
    assert {one["other_label"] for one in shown} == {"4101/GENERAL"}
    assert second["next_cursor"] is None
    rows = await sheet(client, doors[1], path)
    assert [row[0] for row in rows[:2]] == ["明细账：1002/icbc", f"编制单位：{name}"]
    assert rows[3] == ("日期", "凭据", "摘要", "科目", "对方科目", "借方", "贷方", "方向", "余额")
    assert rows[4][2:] == ("期初余额", None, None, None, None, "平", 0)
    assert [row[-1] for row in rows[5:-1]] == [50, 57, 57.9], "all pages in one sheet"
    assert rows[-1][2:] == ("本期合计及期末余额", None, None, 57.9, 0, "借", 57.9)
    for cursor in ("x", first["next_cursor"][:-4]):
        answer = await client.get(f"{doors[0][0]}{path}&cursor={cursor}", headers=doors[0][1])
        assert (answer.status_code, answer.json()["code"]) == (422, "cursor-unreadable")


async def test_the_chronicle_page_by_page(client: AsyncClient, doors: list[tuple[str, Headers]]) -> None:
    path = "/chronological?from=2026-01-01&to=2026-12-31&limit=2"
    first = await said(client, doors, path)
    second = await said(client, doors, f"{path}&cursor={first['next_cursor']}")

    shown = [*first["items"], *second["items"]]
    assert len(shown) == len({one["id"] for one in shown}) == 3
    assert shown[0]["postings"][0]["debit_label"] == "1002/icbc"
    rows = await sheet(client, doors[0], path)
    assert rows[0][0] == "序时账"
    assert [row[2] for row in rows[4:]] == [one["reference"] for one in shown], "all pages in one sheet"
    assert rows[4][5:8] == ("1002/icbc 银行存款", "4101/GENERAL 捐赠收入", 50)
    amounts = [posting["amount"]["amount"] for one in shown for posting in one["postings"]]
    assert (await said(client, doors, f"{path}&include=summary"))["summary"] == {
        "count": 3,
        "amount": {"amount": sum(amounts), "currency": "CNY"},
    }
    late = "/late-entries?from=2026-01-01&to=2026-12-31"
    assert (await said(client, doors, late))["items"] == []
    assert (await sheet(client, doors[1], late))[0][0] == "迟到分录"


async def test_a_period_that_is_none_is_refused_in_both_languages(
    client: AsyncClient, doors: list[tuple[str, Headers]]
) -> None:
    for language, title in (("en", "The period is neither"), ("zh", "期间应为")):
        headers = doors[0][1] | {"Accept-Language": language}
        answer = await client.get(f"{doors[0][0]}/statements/activities?period=May", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "term-unreadable")
        assert answer.json()["title"].startswith(title)


async def test_a_foreign_organizations_books_do_not_exist(
    app: FastAPI, client: AsyncClient, session: WriteSession, doors: list[tuple[str, Headers]]
) -> None:
    stranger = await make.organization(session)
    headers = await make.sign_in(app, session, Role.accountant, stranger)
    for door, _ in doors:
        answer = await client.get(f"{door}/account-balances", headers=headers)
        assert answer.status_code == 404
