"""A yearly budget is written, approved by somebody else, and shown beside what the books say."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.accounting.vouchers.steps import noon
from app.ledger import accounts, funds, journal
from app.ledger.accounts import Leaf
from app.ledger.events import Event
from app.ledger.journal import Line
from app.ledger.models import EntryKind
from tests.accounting.office import Office, credit, debit


def fen(minor: int) -> dict[str, Any]:
    return {"amount": minor, "currency": "CNY"}


async def written(at: Office, *lines: dict[str, Any], by: str = "ann") -> Any:
    body = {"year": 2026, "reason": "2026年度预算", "lines": list(lines)}
    return await at.post(path(at), body, by=by)


def path(at: Office) -> str:
    return f"/v1/accounting/organizations/{at.organization.id}/budgets"


async def test_versions_follow_each_other_and_another_approves(at: Office) -> None:
    line = {"code": "5301", "amount": fen(1000_00)}
    first = await written(at, line)
    second = await written(at, line)
    approval = f"{path(at)}/2026/versions/1/approval"
    mine = await at.post(approval, by="ann")
    approved = await at.post(approval, by="ray")
    again = await at.post(approval, by="ray")
    next_one = await written(at, line | {"amount": fen(2000_00)})
    holding = await at.get(f"{path(at)}/2026")
    await at.post(f"{path(at)}/2026/versions/2/approval", by="ray")

    assert (first.status_code, first.json()["state"], first.json()["number"]) == (201, "draft", 1)
    assert (second.status_code, second.json()["code"]) == (409, "budget-being-written")
    assert mine.status_code == 403
    assert (approved.json()["state"], again.json()["code"]) == ("approved", "budget-final")
    assert next_one.json()["number"] == 2
    assert holding.json()["number"] == 1
    listed = (await at.get(path(at), year=2026)).json()["items"]
    assert [(one["number"], one["state"]) for one in listed] == [(1, "superseded"), (2, "approved")]


async def test_a_draft_is_changed_on_the_version_read_and_an_approved_one_never(at: Office) -> None:
    made = await written(at, {"code": "5301", "amount": fen(1)})
    address = f"{path(at)}/2026/versions/1"
    body = {"reason": "调整", "lines": [{"code": "5301", "amount": fen(2)}]}
    blind = await at.put(address, body, version=None)
    good = await at.put(address, body, version=made.headers["ETag"])
    approved = await at.post(f"{address}/approval", by="ray")
    late = await at.put(address, body, version=approved.headers["ETag"])
    assert (blind.status_code, good.status_code, late.status_code) == (428, 200, 409)
    assert good.json()["lines"][0]["budget"]["amount"] == 2
    with pytest.raises(IntegrityError, match="no draft any more"):
        async with at.session.begin_nested():
            await at.session.execute(text("delete from year_budget_lines"))


async def test_actuals_stand_beside_the_budget_and_what_is_over_is_marked(at: Office) -> None:
    fund, project = await at.restricted()
    await at.endow(1000_00, fund)
    bank = {"channel_id": at.bank.id}
    await at.posted(
        at.voucher(
            debit("5101", 70_00, fund_id=fund.id, project_id=project.id), credit("1002", 70_00, **bank)
        )
    )
    await at.posted(at.voucher(debit("5101", 20_00), credit("1002", 20_00, **bank)))
    await at.posted(at.voucher(debit("5301", 30_00), credit("1002", 30_00, **bank)))
    await at.posted(at.voucher(debit("1002", 9_00, **bank), credit("4901", 9_00)))
    await at.posted(at.voucher(debit("5401", 4_00), credit("1002", 4_00, **bank)))
    await written(
        at,
        {"code": "5101", "amount": fen(60_00), "project_id": str(project.id)},
        {"code": "5101", "amount": fen(50_00)},
        {"code": "5301", "amount": fen(30_00)},
        {"code": "4901", "amount": fen(5_00)},
    )
    await _close(at)

    plain = (await at.get(f"{path(at)}/2026")).json()
    answer = (await at.get(f"{path(at)}/2026", compare="actuals")).json()

    assert [line["actual"] for line in plain["lines"]] == [None] * 4
    told = [
        (line["code"], line["budget"]["amount"], line["actual"]["amount"], line["over_budget"])
        for line in answer["lines"]
    ]
    assert told == [
        ("5101", 60_00, 70_00, True),
        ("5101", 50_00, 20_00, False),
        ("5301", 30_00, 30_00, False),
        ("4901", 5_00, 9_00, False),
        ("5401", 0, 4_00, True),
    ]
    assert answer["lines"][0]["left"]["amount"] == -10_00


async def _close(at: Office) -> None:
    """Close 5301 to net assets, as the year's end does: the year's figures stay what they were."""
    general = await funds.general(at.session, at.organization.id)
    leaf = {"organization_id": at.organization.id, "chart": "2026", "fund_id": general.id}
    line = Line(
        debit=await accounts.open_one(at.session, Leaf(**leaf, code="3101")),
        credit=await accounts.open_one(at.session, Leaf(**leaf, code="5301")),
        amount=30_00,
    )
    from datetime import date

    event = Event(occurred_at=noon(date(2026, 5, 31)), actor="test")
    draft = event.draft(at.organization.id, EntryKind.closing, "closing:test", [line])
    await journal.post(at.session, [draft])


async def test_lines_that_fit_no_income_or_cost_are_refused(at: Office) -> None:
    unfit = [
        [{"code": "4999", "amount": fen(1)}],
        [{"code": "5301", "amount": fen(1)}, {"code": "5301", "amount": fen(2)}],
        [{"code": "5101", "amount": fen(1), "project_id": str(at.bank.id)}],
    ]
    for lines in unfit:
        answer = await written(at, *lines)
        assert (answer.status_code, answer.json()["code"]) == (422, "budget-unfit")
    assert (await at.get(f"{path(at)}/2031")).status_code == 404
