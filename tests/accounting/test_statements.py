"""Bank statements: what a file must agree with, and that nothing is taken in twice."""

import asyncio
import io
from datetime import date
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from openpyxl import Workbook
from sqlalchemy import func, select, text

from app.accounting.bank import readings, statements
from app.accounting.bank.readings import Controls
from app.accounting.models import BankLine
from app.kit import vault
from app.kit.database import Database, WriteSession
from app.ledger.models import Entry
from app.organizations.access import Role, Scope
from tests.accounting.banking import ICBC, Told, ask, lines, send, statement, tell
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, desk, fen


@pytest.fixture
async def clerk(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session)


MAY = (
    Told(amount=500_00, name="王小明", account="6222020200012345678", remark="捐款"),
    Told(amount=-10_00, day="2026-05-02", summary="手续费"),
    Told(amount=1_23, day="2026-05-21", summary="结息"),
)


async def test_a_statement_is_taken_in_with_its_control_totals(clerk: Desk, session: WriteSession) -> None:
    answer = await send(clerk, statement(*MAY, opening=100_00))

    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["line_count"], told["new_count"], told["known_count"]) == (3, 3, 0)
    assert (told["opening"], told["closing"]) == (fen(100_00), fen(591_23))
    assert (told["came_in"], told["went_out"]) == (fen(501_23), fen(10_00))
    assert (told["begins_on"], told["ends_on"], told["gaps"]) == ("2026-05-01", "2026-05-21", [])
    listed = (await ask(clerk, f"/bank-accounts/{clerk.bank.id}/statements")).json()["items"]
    assert [one["id"] for one in listed] == [told["id"]]
    shown = await lines(clerk)
    assert [one["amount"]["amount"] for one in shown] == [500_00, -10_00, 1_23]
    assert shown[0]["counterparty"]["name"] == "王小明"
    # A line is no gift until somebody says so.
    assert await session.scalar(select(func.count()).select_from(Entry)) == 0


async def test_the_same_file_and_the_same_line_again_have_no_effect(clerk: Desk) -> None:
    first = statement(*MAY)
    once, again = await send(clerk, first), await send(clerk, first)
    longer = await send(clerk, statement(*MAY, Told(amount=7, day="2026-05-22")))

    assert (again.json()["id"], again.json()["repeated"]) == (once.json()["id"], True)
    assert again.json()["new_count"] == 0
    assert (longer.json()["new_count"], longer.json()["known_count"]) == (1, 3)
    assert len(await lines(clerk)) == 4


async def test_equal_lines_without_a_number_are_several(clerk: Desk) -> None:
    twins = [Told(amount=100, name="匿名", serial="") for _ in range(3)]

    whole = await send(clerk, statement(*twins, header=ICBC[:-1]))
    again = await send(clerk, statement(*twins, Told(amount=5, serial=""), header=ICBC[:-1]))

    assert (whole.json()["new_count"], again.json()["new_count"]) == (3, 1)


async def test_a_list_without_days_and_balances_is_told_them_beside_it(clerk: Desk) -> None:
    listed = "序号,捐赠人,金额\n1,甲公司,100.00\n2,乙公司,2.50\n2,乙公司,2.50\n合计,,105.00\n".encode()

    wrong = await send(clerk, listed, day="2026-05-31", opening=0, closing=10_400, count=3)
    right = await send(clerk, listed, day="2026-05-31", opening=0, closing=10_500, count=3)

    assert (wrong.status_code, wrong.json()["code"]) == (422, "statement-unsound")
    assert [one["column"] for one in wrong.json()["errors"]] == ["closing"]
    assert (right.status_code, right.json()["new_count"], right.json()["closing"]) == (201, 3, fen(10_500))


@pytest.mark.parametrize(
    ("said", "spoilt", "line", "column"),
    [
        ("491.23", "491.24", 5, "余额"),
        ("2026-05-02", "2026-05-32", 4, "交易日期"),
        ("2026-05-02", "2999-05-02", 4, "交易日期"),
        ("500.00,500", "5oo.00,500", 3, "贷方发生额"),
    ],
)
async def test_a_statement_that_does_not_agree_with_itself_is_refused_whole(
    clerk: Desk, session: WriteSession, said: str, spoilt: str, line: int, column: str
) -> None:
    text = statement(*MAY).decode("gb18030")
    assert said in text
    answer = await send(clerk, text.replace(said, spoilt).encode())

    assert (answer.status_code, answer.json()["code"]) == (422, "statement-unsound")
    assert (line, column) in {(one["row"], one["column"]) for one in answer.json()["errors"]}
    assert "王小明" not in answer.text
    assert await session.scalar(select(func.count()).select_from(BankLine)) == 0


async def test_what_is_no_statement_is_refused(clerk: Desk, session: WriteSession) -> None:
    box = await bank(session, clerk.organization, kind="cash")
    codes = [
        (await send(clerk, b"a,b\n1,2\n")).json()["code"],
        (await send(clerk, b"\x00\x01")).json()["code"],
        (await send(clerk, statement())).json()["code"],
        (await send(clerk, statement(*MAY), channel=box)).json()["code"],
    ]
    assert codes == ["header-not-found", "table-unreadable", "statement-empty", "channel-is-no-bank-account"]


async def test_a_gap_between_statements_is_told(clerk: Desk) -> None:
    await send(clerk, statement(Told(amount=100, day="2026-03-31"), opening=0))
    later = await send(clerk, statement(Told(amount=50, day="2026-05-01"), opening=300))
    filled = await send(clerk, statement(Told(amount=200, day="2026-04-15"), opening=100))

    [gap] = later.json()["gaps"]
    assert (gap["after_on"], gap["before_on"]) == ("2026-03-31", "2026-05-01")
    assert (gap["closing"], gap["opening"]) == (fen(100), fen(300))
    assert filled.json()["gaps"] == []


async def test_the_newest_first_and_one_column_with_a_sign_are_read(clerk: Desk) -> None:
    content = (
        "交易时间,收支,交易金额,账户余额,对方名称,用途\n"
        "20260503 10:00:00,支出,30.00,70.00,某商店,办公用品\n"
        "20260501 09:30:00,收入,100.00,100.00,张三,捐款\n"
    ).encode()

    answer = await send(clerk, content)

    assert answer.status_code == 201, answer.text
    assert [one["amount"]["amount"] for one in await lines(clerk)] == [100_00, -30_00]


async def test_a_workbook_with_units_and_translations_is_read(clerk: Desk) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(
        ["交易日期[ Transaction Date ]", "借方金额（元）", "贷方金额（元）", "余额[ Balance ]", "对方户名"]
    )
    sheet.append([date(2026, 5, 1), None, 0.3, 0.3, "李四"])
    sheet.append([date(2026, 5, 2), 0.1, None, 0.2, None])
    kept = io.BytesIO()
    book.save(kept)

    answer = await send(clerk, kept.getvalue(), name="statement.xlsx")

    assert answer.status_code == 201, answer.text
    assert (answer.json()["opening"], answer.json()["closing"]) == (fen(0), fen(20))


async def test_who_paid_is_sealed_and_masked(clerk: Desk, session: WriteSession) -> None:
    await send(clerk, statement(*MAY))
    _, auditor = await members.key(session, clerk.organization, Scope.audit)
    seen = await clerk.client.get("/v1/accounting/bank-lines", headers=auditor)

    told = seen.json()["items"][0]["counterparty"]
    assert (told["name"], told["account"], told["remark"]) == ("王**", "****5678", None)
    assert "小明" not in seen.text
    row = (await session.execute(text("select row_to_json(l)::text from bank_lines l"))).scalars().first()
    assert row is not None
    assert "小明" not in row
    assert "6222020200012345678" not in row


async def test_lines_of_others_are_out_of_sight(
    clerk: Desk, app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    await send(clerk, statement(*MAY))
    stranger = await desk(app, client, session)
    cashier = await members.sign_in(app, session, Role.cashier, clerk.organization)

    [line, *_] = await lines(clerk)
    assert (await ask(stranger, f"/bank-lines/{line['id']}")).status_code == 404
    assert await lines(stranger) == []
    assert (await send(stranger, statement(*MAY), channel=clerk.bank)).status_code == 404
    clerk.headers.clear()
    clerk.headers.update(cashier)
    assert (await send(clerk, statement(*MAY))).status_code == 403


async def test_a_rule_goes_before_what_we_would_propose(clerk: Desk) -> None:
    rule = {"organization_id": str(clerk.organization.id), "kind": "member_transfer", "title": "上级拨款"}
    empty = await tell(clerk, "/bank-rules", rule)
    made = await tell(clerk, "/bank-rules", rule | {"counterparty": "省*会", "amount_from": 100})
    ended = await tell(clerk, "/bank-rules", rule | {"remark": "转账", "kind": "unknown", "title": "x"})
    await tell(clerk, f"/bank-rules/{ended.json()['id']}/ending")
    twice = await tell(clerk, f"/bank-rules/{ended.json()['id']}/ending")
    await send(
        clerk,
        statement(Told(amount=100, name="陕西省慈善联合会"), Told(amount=99, name="陕西省慈善联合会")),
    )

    assert (empty.status_code, empty.json()["code"]) == (422, "bank-rule-empty")
    assert (made.status_code, twice.status_code) == (201, 409)
    assert [one["title"] for one in (await ask(clerk, "/bank-rules", ended=False)).json()["items"]] == [
        "上级拨款"
    ]
    proposed = [(one["proposal"]["kind"], one["proposal"]["because"]) for one in await lines(clerk)]
    assert proposed == [("member_transfer", "rule:上级拨款"), ("gift", "named-payer")]


async def test_statements_taken_in_at_once_keep_each_line_once(committed: Database, tmp_path: Path) -> None:
    """Clerks with overlapping files: the database decides whose line it is."""
    async with committed.writing() as session:
        channel = await bank(session, await members.organization(session))
    told = [Told(amount=n + 1) for n in range(40)]

    async def take(number: int) -> int:
        path = tmp_path / f"{number}.csv"
        path.write_bytes(statement(*told, *[Told(amount=1, day="2026-05-02", serial=f"X{number}")]))
        async with committed.writing() as session:
            reading = readings.read(path, Controls(), vault.of(session))
            return (await statements.take_in(session, channel, reading, actor="test")).new_count

    counts = await asyncio.gather(*(take(number) for number in range(8)))

    async with committed.reading() as session:
        kept = await session.scalar(select(func.count()).select_from(BankLine))
    assert (kept, sum(counts), sorted(counts)) == (48, 48, [1] * 7 + [41])
