"""A member's bank account with an accountant who has signed in, and statements as banks hand them out."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from httpx import Response
from sqlalchemy import select

from app.accounting.bank import statements
from app.accounting.bank.movements import Movement
from app.accounting.bank.readings import Reading
from app.accounting.models import BankLine, Channel
from app.kit.database import WriteSession
from app.kit.ids import new_code, new_id
from app.kit.money import yuan
from tests.fundraising.desk import Desk

ICBC = ("交易日期", "摘要", "借方发生额", "贷方发生额", "余额", "对方户名", "对方账号", "附言", "交易流水号")


@dataclass(kw_only=True)
class Told:
    """One movement of a statement, in fen; above zero came in."""

    amount: int
    day: str = "2026-05-01"
    name: str = ""
    account: str = ""
    summary: str = "转账"
    remark: str = ""
    serial: str = field(default_factory=lambda: f"H{new_code(12)}")


def statement(*told: Told, opening: int = 0, header: tuple[str, ...] = ICBC) -> bytes:
    """A statement in CSV, its balances running on from the opening one."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["中国工商银行 账户明细", *[""] * (len(header) - 1)])
    writer.writerow(header)
    balance = opening
    for one in told:
        balance += one.amount
        out, came = (yuan(-one.amount), "") if one.amount < 0 else ("", yuan(one.amount))
        row = [one.day, one.summary, out, came, yuan(balance), one.name, one.account, one.remark, one.serial]
        writer.writerow(row[: len(header)])
    return text.getvalue().encode("gb18030")


async def send(
    desk: Desk, content: bytes, *, channel: Channel | None = None, name: str = "statement.csv", **told: Any
) -> Response:
    """Send a statement of the desk's bank account."""
    url = f"/v1/accounting/bank-accounts/{(channel or desk.bank).id}/statements"
    return await desk.client.post(url, files={"file": (name, content)}, params=told, headers=desk.headers)


async def ask(desk: Desk, path: str, **params: Any) -> Response:
    return await desk.client.get(f"/v1/accounting{path}", params=params, headers=desk.headers)


async def tell(desk: Desk, path: str, body: dict[str, Any] | None = None, **headers: str) -> Response:
    sent = desk.headers | {"Idempotency-Key": new_code()} | headers
    return await desk.client.post(f"/v1/accounting{path}", json=body, headers=sent)


async def lines(desk: Desk, **params: Any) -> list[dict[str, Any]]:
    answer = await ask(desk, "/bank-lines", **params)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def line_of(
    session: WriteSession, channel: Channel, *amounts: int, day: date | None = None
) -> BankLine:
    """The last of these lines of a bank account, told in a statement of their own."""
    on = day or date(2026, 5, 1)
    told = [Movement(line=n, day=on, amount=one, serial=new_code()) for n, one in enumerate(amounts)]
    reading = Reading(movements=told, opening=0, mac=new_id().bytes)
    taken = await statements.take_in(session, channel, reading, actor="test")
    query = select(BankLine).where(BankLine.statement_id == taken.statement.id).order_by(BankLine.id)
    return (await session.scalars(query)).all()[-1]
