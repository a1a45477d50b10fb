"""Why something was done about a payee: sealed with them, and of a person read by those who pay people."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient

from app.accounting.models import CounterpartyKind
from app.kit import vault
from app.kit.database import Database, WriteSession
from app.ledger.models import Fund
from app.organizations.access import Role
from tests.databases import Cluster
from tests.factories import organizations as members
from tests.projects.till import DAY, Till, money, till
from tests.sealing import WHY, places_in_clear, seal_again

COLUMNS = [
    ("payee_accounts", "reason", "true"),
    ("payee_agreements", "end_reason", "ended_on is not null"),
    ("disbursement_steps", "reason", "to_state in ('confirmed', 'failed')"),
    ("payment_items", "failure", "outcome = 'failed'"),
    ("disbursement_returns", "reason", "true"),
    ("payee_reports", "decision_reason", "decided_at is not null"),
    ("payee_relations", "relation", "true"),
]


async def dealt(at: Till, project: dict[str, Any], fund: Fund, payee: str) -> dict[str, str]:
    """Do everything about a payee that has a reason; return where each is read, by what holds it there."""
    await at.account(payee, reason=WHY)
    agreement = await at.agreement(project, payee)
    await at.made(f"/payee-agreements/{agreement['id']}/ending", {"reason": WHY})
    failed = await at.approved_disbursement(at.asked(project, fund, payee, 10_00))
    order = (await at.order(failed)).json()
    rows = f"付款编号,结果,日期,失败原因\n{failed['code']},失败,{DAY},{WHY}\n"
    assert (await at.results(order, rows)).json()["failed_count"] == 1
    paid = f"/disbursements/{(await at.paid(at.asked(project, fund, payee, 20_00)))['id']}"
    back = {"channel_id": str(at.bank.id), "returned_on": f"{DAY}", "amount": money(5_00), "reason": WHY}
    told = await at.made(f"{paid}/returns", back, by=at.cashier)
    assert told["reason"] == WHY
    report = await at.made(f"{paid}/reports", {"reported_on": f"{DAY}", "content": "已收到"})
    await at.made(f"{paid}/reports/{report['id']}/refusal", {"reason": WHY}, by=at.reviewer)
    await at.made(f"{paid}/confirmation", {"confirmed_on": f"{DAY}", "note": WHY})
    related = {"staff_id": str(at.people[Role.cashier].id), "relation": WHY}
    assert (await at.made(f"/payees/{payee}/relations", related))["relation"] == WHY
    return {
        f"/payees/{payee}/accounts": "reason",
        f"/payee-agreements?counterparty_id={payee}": "end_reason",
        f"/payee-agreements/{agreement['id']}": "end_reason",
        f"/disbursements/{failed['id']}/steps": "reason",
        f"/payment-orders/{order['id']}": "failure",
        f"{paid}/returns": "reason",
        f"{paid}/reports": "decision_reason",
        f"{paid}/steps": "reason",
        f"/payees/{payee}/relations": "relation",
    }


async def read(at: Till, places: dict[str, str], headers: dict[str, str]) -> list[str | None]:
    """Return the last of the words at each place."""
    found: list[str | None] = []
    for path, name in places.items():
        answer = await at.client.get(f"/v1/projects{path}", headers=headers)
        assert answer.status_code == 200, answer.text
        body = answer.json()
        rows = body.get("items") or body.get("payments") or [body]
        found.append(rows[-1][name])
    return found


async def test_why_something_was_done_about_a_person_who_is_paid_is_sealed_and_erased_with_them(
    app: FastAPI, at: Till, session: WriteSession
) -> None:
    project, payee = await at.running(), await at.payee(CounterpartyKind.person)
    places = await dealt(at, project, await at.fund(100_00, project), payee)

    assert await places_in_clear(session) == []
    for headers in (at.headers, at.reviewer, at.cashier):
        assert await read(at, places, headers) == [WHY] * len(places)
    relations = f"/payees/{payee}/relations"
    for role, seen in ((Role.auditor, places), (Role.viewer, places.keys() - {relations})):
        headers = await members.sign_in(app, session, role, at.organization)
        assert await read(at, {path: places[path] for path in seen}, headers) == [None] * len(seen)

    await vault.erase(session, UUID(payee))

    assert await read(at, places, at.headers) == [None] * len(places)


async def test_why_something_was_done_about_an_organization_that_is_paid_is_read_by_all(
    app: FastAPI, at: Till, session: WriteSession
) -> None:
    project, payee = await at.running(), await at.payee()
    places = await dealt(at, project, await at.fund(100_00, project), payee)
    auditor = await members.sign_in(app, session, Role.auditor, at.organization)
    assert await read(at, places, auditor) == [WHY] * len(places)


async def test_words_about_payees_of_an_earlier_version_are_sealed_and_none_is_lost(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_app: FastAPI,
    committed_client: AsyncClient,
) -> None:
    async with committed.writing() as session:
        at = await till(committed_app, committed_client, session)
    project = await at.running()
    async with committed.writing() as session:
        desk = replace(at, session=session)
        fund, payee = await desk.fund(100_00, project), await desk.payee(CounterpartyKind.person)
    places = await dealt(at, project, fund, payee)

    await seal_again(cluster.url(fresh_database, "owner"), committed, "sealed_payees", COLUMNS)

    assert await read(at, places, at.headers) == [WHY] * len(places)
