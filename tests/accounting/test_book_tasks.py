"""What of vouchers, months and funds waits for whom, and how drafts pass to another hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.models import Voucher
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.ledger import funds
from app.ledger.models import Fund
from app.organizations.access import Role
from tests.accounting.office import VOUCHERS, Office, credit, debit
from tests.factories import organizations as make

CUT_OVER = date(2026, 1, 1)


async def waiting(at: Office, by: str) -> list[tuple[str, str]]:
    answer = await at.get("/v1/me/tasks", by=by, limit=200)
    assert answer.status_code == 200, answer.text
    return [(one["kind"], one["subject_id"]) for one in answer.json()["items"]]


def paid(at: Office, minor: int = 500) -> dict[str, Any]:
    return at.voucher(debit("5201", minor), credit("1002", minor, channel_id=at.bank.id))


async def stepped(at: Office, voucher: dict[str, Any], step: str, by: str, body: Any = None) -> None:
    answer = await at.post(f"{VOUCHERS}/{voucher['id']}/{step}", body, by=by)
    assert answer.status_code == 200, answer.text


async def test_a_voucher_waits_for_whoever_takes_its_next_step_and_for_nobody_else(at: Office) -> None:
    voucher = await at.write(paid(at))
    nobody = [await waiting(at, by) for by in ("ann", "bo", "ray", "cash")]
    await stepped(at, voucher, "submission", "ann")
    review = [await waiting(at, by) for by in ("ann", "bo", "ray", "cash")]
    await stepped(at, voucher, "review", "ray")
    posting = [await waiting(at, by) for by in ("ann", "bo", "ray", "cash")]
    await stepped(at, voucher, "return", "ray", {"reason": "缺发票"})
    returned = [await waiting(at, by) for by in ("ann", "bo", "ray", "cash")]

    assert nobody == [[], [], [], []]
    assert review == [[], [], [("voucher_review", voucher["id"])], []]
    assert posting == [[], [("voucher_posting", voucher["id"])], [], []]
    assert returned == [[("voucher_returned", voucher["id"])], [], [], []]


async def test_a_move_between_funds_waits_for_a_reviewer(at: Office) -> None:
    source = Fund(
        organization_id=at.organization.id,
        code="F-OVER",
        title="到期专项",
        restricted=True,
        usable_until=today() - timedelta(days=1),
    )
    await funds.open_fund(at.session, source)
    await at.endow(500_00, source)
    target = await funds.general(at.session, at.organization.id)
    body = {
        "organization_id": str(at.organization.id),
        "kind": "release",
        "source_fund_id": str(source.id),
        "target_fund_id": str(target.id),
        "amount": {"amount": 200_00, "currency": "CNY"},
        "ground": "limits_ended",
        "document": "理事会决议",
    }
    move = (await at.post("/v1/accounting/fund-moves", body)).json()

    assert await waiting(at, "ray") == [("fund_move", move["id"])]
    assert await waiting(at, "bo") == []
    assert (await at.post(f"/v1/accounting/fund-moves/{move['id']}/approval", by="ray")).status_code == 200
    assert await waiting(at, "ray") == []


async def test_a_month_waits_to_be_closed_once_it_was_asked_for(at: Office) -> None:
    address = f"/v1/accounting/organizations/{at.organization.id}/months/2026-01"
    asked = await at.post(f"{address}/closing-request", {"reason": "补做"})
    assert asked.status_code == 201, asked.text

    [(kind, _)] = await waiting(at, "ray")
    assert kind == "month_closing"
    assert await waiting(at, "ann") == []
    waivers = [
        {"key": item["key"], "reason": "测试"}
        for item in asked.json()["checklist"]
        if item["weight"] == "blocking" and not item["done"]
    ]
    closed = await at.post(f"{address}/closing", {"waivers": waivers}, by="ray")
    assert closed.status_code == 201, closed.text
    assert await waiting(at, "ray") == []


async def test_opening_balances_wait_for_a_second_person(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    organization = await make.organization(session, books_from=CUT_OVER)
    maker = await make.sign_in(app, session, Role.accountant, organization)
    reviewer = await make.sign_in(app, session, Role.reviewer, organization)
    general = await funds.general(session, organization.id)
    money = {"amount": 100, "currency": "CNY"}
    body = {
        "opened_on": str(CUT_OVER),
        "balances": [
            {"code": "1801", "balance": money},
            {"code": "3101", "balance": money | {"amount": -100}},
        ],
        "unspent": [{"fund_id": str(general.id), "unspent": money}],
    }
    sheet = await client.post(
        f"/v1/accounting/organizations/{organization.id}/openings",
        json=body,
        headers=maker | {"Idempotency-Key": new_code()},
    )
    assert sheet.status_code == 201, sheet.text

    found = {
        name: (await client.get("/v1/me/tasks", headers=headers)).json()["items"]
        for name, headers in (("maker", maker), ("reviewer", reviewer))
    }

    assert found["maker"] == []
    assert [(one["kind"], one["subject_id"]) for one in found["reviewer"]] == [
        ("opening", sheet.json()["id"])
    ]


@pytest.mark.parametrize("returned", [False, True])
async def test_what_a_leaver_was_writing_passes_by_the_signed_list(
    app: FastAPI, at: Office, session: WriteSession, *, returned: bool
) -> None:
    voucher = await at.write(paid(at))
    done = await at.write(paid(at, 70))
    await stepped(at, done, "submission", "ann")
    if returned:
        await stepped(at, voucher, "submission", "ann")
        await stepped(at, voucher, "return", "ray", {"reason": "缺发票"})
    at.headers["boss"] = await make.sign_in(app, session, Role.admin, at.organization)
    path = f"/v1/organizations/{at.organization.id}/handovers"
    ann, bo = at.people["ann"].id, at.people["bo"].id
    listed = (await at.post(path, {"leaver_id": str(ann), "successor_id": str(bo)}, by="boss")).json()

    assert [(one["kind"], one["subject_id"]) for one in listed["lines"] if one["kind"] != "role"] == [
        ("voucher_draft", voucher["id"])
    ]
    for name in ("ann", "bo"):
        signed = {"digest": listed["digest"]}
        answer = await at.post(f"{path}/{listed['id']}/signature", signed, by=name)
        assert answer.status_code == 200, answer.text
    carried = await at.post(f"{path}/{listed['id']}/execution", by="boss")
    assert carried.status_code == 200, carried.text
    kept = (
        await session.scalars(
            select(Voucher).where(Voucher.id == voucher["id"]).execution_options(populate_existing=True)
        )
    ).one()
    assert (kept.prepared_by, kept.made_by) == (bo, f"staff:{ann}")
    assert ("voucher_returned", voucher["id"]) in await waiting(at, "bo") or not returned
    await stepped(at, voucher, "submission", "bo")
    assert sorted(await waiting(at, "ray")) == sorted(
        [("voucher_review", voucher["id"]), ("voucher_review", done["id"])]
    )


async def test_what_a_leaver_lets_fall_due_every_month_passes_by_the_signed_list(
    app: FastAPI, at: Office
) -> None:
    said = {"organization_id": str(at.organization.id), "summary": "支付房租", "template": "RENT"}
    inputs = {"amount": 800_00, "money_account": "1002", "channel_id": str(at.bank.id)}
    said |= {"inputs": inputs, "day_of_month": 31, "starts_on": "2026-01-15"}
    schedules = "/v1/accounting/voucher-schedules"
    kept, stopped = [(await at.post(schedules, said)).json()["id"] for _ in range(2)]
    await at.post(f"{schedules}/{stopped}/closing")
    at.headers["boss"] = await make.sign_in(app, at.session, Role.admin, at.organization)
    path = f"/v1/organizations/{at.organization.id}/handovers"
    ann, bo = (str(at.people[name].id) for name in ("ann", "bo"))

    async def drawn(leaver: str, successor: str) -> dict[str, Any]:
        people = {"leaver_id": leaver, "successor_id": successor}
        listed = (await at.post(path, people, by="boss")).json()
        return listed | {"held": [one for one in listed["lines"] if one["kind"] == "voucher_schedule"]}

    listed = await drawn(ann, bo)
    assert [(one["subject_id"], one["title"]) for one in listed["held"]] == [(kept, "支付房租")]
    for name in ("ann", "bo"):
        await at.post(f"{path}/{listed['id']}/signature", {"digest": listed["digest"]}, by=name)
    carried = await at.post(f"{path}/{listed['id']}/execution", by="boss")
    assert carried.status_code == 200, carried.text

    shown = (await at.get(f"{schedules}/{kept}", by="bo")).json()
    assert (shown["made_by"], shown["handed_to"]) == (f"staff:{ann}", f"staff:{bo}")
    # It is in the hands of who took it over, and leaves with them.
    assert [one["subject_id"] for one in (await drawn(bo, str(at.people["ray"].id)))["held"]] == [kept]
