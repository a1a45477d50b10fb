"""With whom money is exchanged: counterparties, mandates whose money is handed on, terms of platforms."""

import asyncio
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import select, text

from app.accounting.models import Counterparty, Side
from app.accounting.parties import terms
from app.accounting.vouchers import drafts
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.errors import LineUnfit
from app.accounting.vouchers.lines import NewLine
from app.fundraising import donations
from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.ledger import dimensions
from app.ledger.models import Account, DimensionKind
from app.organizations.access import Role
from tests.accounting.banking import Told, send, statement
from tests.accounting.mandating import MANDATES, PARTIES, made, mandate, moved, post
from tests.accounting.office import VOUCHERS, Office, credit, debit, office
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree, desk, fen

CREDIT_CODE = "91350100M000100Y43"


async def change(at: Office, shown: dict[str, Any], *, by: str = "ann", **said: Any) -> Response:
    headers = at.headers[by] | {"If-Match": f'"{shown["version"]}"'}
    return await at.client.patch(f"{PARTIES}/{shown['id']}", json=said, headers=headers)


async def test_a_counterparty_is_made_read_changed_and_ended(at: Office) -> None:
    answer = await made(at, credit_code=CREDIT_CODE)
    assert answer.status_code == 201, answer.text
    first = answer.json()
    refused = {
        "counterparty-code-taken": await made(at),
        "counterparty-credit-code-taken": await made(at, code="b", credit_code=CREDIT_CODE.lower()),
        "credit-code-invalid": await made(at, code="c", credit_code=CREDIT_CODE[:-1] + "4"),
        "person-has-no-credit-code": await made(at, code="d", kind="person", credit_code=CREDIT_CODE),
        "version-stale": await change(at, first | {"version": 7}, name="另一名称"),
    }
    assert {name: one.json()["code"] for name, one in refused.items()} == {name: name for name in refused}

    changed = await change(at, first, name="某建筑集团", note="慈安桥")
    ended = await at.post(f"{PARTIES}/{first['id']}/ending")

    assert (changed.json()["name"], changed.json()["credit_code"]) == ("某建筑集团", CREDIT_CODE)
    assert ended.json()["ended_at"] is not None
    listed = await at.get(PARTIES, q="集团", ended=True)
    assert [one["code"] for one in listed.json()["items"]] == ["builder-01"]
    assert (await at.get(PARTIES, kind="hospital")).json()["items"] == []
    # A voucher names it by its id.
    paid = debit("5301", 100, counterparty_id=first["id"])
    voucher = await at.posted(at.voucher(paid, credit("1002", 100, channel_id=at.bank.id)))
    assert voucher["lines"][0]["counterparty_id"] == first["id"]


async def test_a_persons_name_is_sealed_and_masked(at: Office, app: FastAPI) -> None:
    auditor = await members.staff(at.session, at.organization, Role.auditor)
    at.headers["auditor"] = await members.headers(app, at.session, auditor)
    shown = (await made(at, code="p-01", kind="person", name="王小明")).json()
    told = await at.get(f"{PARTIES}/{shown['id']}", by="auditor")
    rows = (await at.session.scalars(text("select row_to_json(c)::text from counterparties c"))).all()
    turned = await change(at, shown, kind="other", name="某个体户")
    back = await change(at, turned.json(), kind="person")

    assert (shown["name"], told.json()["name"]) == ("王小明", "王**")
    assert not any("王小明" in row for row in rows)
    assert (turned.json()["name"], back.json()["name"]) == ("某个体户", "某个体户")
    assert (await at.session.get_one(Counterparty, shown["id"])).name is None


async def test_what_only_the_books_know_is_listed_and_told_of_later(at: Office) -> None:
    known = await dimensions.declare(
        at.session, DimensionKind.counterparty, "old-01", organization_id=at.organization.id
    )
    [shown] = (await at.get(PARTIES)).json()["items"]
    told = await change(at, shown, kind="village_collective", name="某村民委员会")

    assert (shown["id"], shown["name"], shown["version"]) == (str(known.id), None, 0)
    assert (told.json()["name"], told.json()["version"]) == ("某村民委员会", 1)


async def test_agency_money_is_no_income_and_never_more_is_handed_on(at: Office) -> None:
    agreed = await mandate(at)
    early = await post(at, await moved(at, agreed, "out", 1))
    came = await post(at, await moved(at, agreed, "in", 500_00))
    most = await post(at, await moved(at, agreed, "out", 300_00))
    over = await post(at, await moved(at, agreed, "out", 200_01))
    holding = await at.post(f"{MANDATES}/{agreed['id']}/ending")
    rest = await post(at, await moved(at, agreed, "out", 200_00))
    ended = await at.post(f"{MANDATES}/{agreed['id']}/ending")
    more = await at.post(
        f"{MANDATES}/{agreed['id']}/vouchers",
        {"direction": "in", "amount": fen(1), "channel_id": str(at.bank.id)}
        | {"happened_on": "2026-05-08", "summary": "x"},
    )

    assert [one.status_code for one in (came, most, rest)] == [200, 200, 200], came.text
    assert [one.json()["code"] for one in (early, over)] == ["account-short", "account-short"]
    assert holding.json()["code"] == "mandate-holds-money"
    shown = ended.json()
    money = [shown[name]["amount"] for name in ("taken_in", "handed_on", "left")]
    assert money == [500_00, 500_00, 0]
    assert more.json()["code"] == "mandate-ended"
    labels = set(await at.session.scalars(select(Account.label).where(Account.code == "2601")))
    assert labels == {"2601/DL-001/builder-01"}
    await books_agree(at.session)


async def test_agency_money_moves_by_its_mandate_alone(at: Office) -> None:
    agreed = await mandate(at)
    whom = agreed["counterparty_id"]
    by_template = await at.post(
        VOUCHERS, at.made("J18-OUT", amount=1, channel_id=at.bank.id, counterparty_id=whom)
    )
    free = at.voucher(debit("2601", 1, counterparty_id=whom), credit("1002", 1, channel_id=at.bank.id))
    by_hand = await at.post(VOUCHERS, free)
    draft = await at.post(
        f"{MANDATES}/{agreed['id']}/vouchers",
        {"direction": "out", "amount": fen(1), "channel_id": str(at.bank.id)}
        | {"happened_on": "2026-05-08", "summary": "x"},
    )
    path = f"{VOUCHERS}/{draft.json()['voucher_id']}"
    # Rewriting the draft does not get around the mandate's own sub-account.
    told = {name: value for name, value in free.items() if name != "organization_id"}
    version = (await at.get(path)).headers["ETag"]
    rewritten = await at.put(path, told, version=version)

    unnamed = [
        NewLine(side=Side.debit, code="2601", amount=1, sub="DL-001"),
        NewLine(side=Side.credit, code="1002", amount=1, sub="agency", channel_id=at.bank.id),
    ]
    written = Written(happened_on=date(2026, 5, 8), summary="x", lines=unnamed, template="J18-OUT")
    with pytest.raises(LineUnfit):
        await drafts.create(at.session, at.organization.id, "2026", written, made_by="test")

    assert [one.json()["code"] for one in (by_template, by_hand, rewritten)] == ["moved-elsewhere"] * 3


async def test_many_hand_on_at_once_and_no_more_than_came_in(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        at = await office(committed_app, committed_client, session, endowed=10_000_00)
    agreed = await mandate(at)
    assert (await post(at, await moved(at, agreed, "in", 100_00))).status_code == 200
    vouchers = [await moved(at, agreed, "out", 30_00) for _ in range(8)]

    answers = await asyncio.gather(*(post(at, voucher) for voucher in vouchers))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] * 3 + [409] * 5, [answer.text for answer in answers]
    shown = (await at.get(f"{MANDATES}/{agreed['id']}")).json()
    assert (shown["handed_on"], shown["left"]) == (fen(90_00), fen(10_00))


async def test_a_payout_is_told_beside_the_terms_of_its_platform(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await desk(app, client, session)
    merchant = at.appeal.channel
    path = f"/v1/accounting/merchant-accounts/{merchant.id}"

    async def agree(**over: Any) -> Response:
        said = {"valid_from": "2026-01-01", "settlement_channel_id": str(at.bank.id)}
        body = said | {"fee_rate_basis_points": 60, "merchant_number": "1900000109"} | over
        key = {"Idempotency-Key": new_code()}
        return await client.post(f"{path}/terms", json=body, headers=at.headers | key)

    first, again = await agree(), await agree(fee_rate_basis_points=50)
    later = await agree(valid_from="2026-06-01", fee_rate_basis_points=100)
    elsewhere = await agree(valid_from="2026-07-01", settlement_channel_id=str(merchant.id))
    shown = (await client.get(path, headers=at.headers)).json()
    bank = await client.get(path.replace(str(merchant.id), str(at.bank.id)), headers=at.headers)
    listed = (await client.get(f"{path}/terms", headers=at.headers)).json()["items"]

    assert (first.status_code, later.status_code) == (201, 201), first.text + later.text
    assert again.json()["code"] == "terms-taken"
    assert elsewhere.json()["code"] == "channel-is-no-bank-account"
    assert (shown["number_last"], shown["terms"]["fee_rate_basis_points"]) == ("0109", 100)
    assert bank.json()["code"] == "channel-is-no-merchant-account"
    assert [one["valid_from"] for one in listed] == ["2026-06-01", "2026-01-01"]

    await donations.receive(session, [make.gift(at.appeal, 100_00)])
    await send(at, statement(Told(amount=99_50, day="2026-05-03")))
    [line] = (await client.get("/v1/accounting/bank-lines", headers=at.headers)).json()["items"]
    body = {"channel_id": str(merchant.id), "fee": fen(50)}
    booked = (await at.post(f"/bank-lines/{line['id']}/settlement", body)).json()
    assert (booked["fee"], booked["expected_fee"], booked["agreed_account"]) == (fen(50), fen(60), True)
    agreed = await terms.in_force(session, [merchant.id], merchant.created_at.date())
    assert [terms.fee(agreed[merchant.id], gross) for gross in (49, 50, 149, 150)] == [0, 1, 1, 2]
