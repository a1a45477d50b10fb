"""A bridge from its proposal to its acceptance and closure, paid from two funds, and back to its donors."""

from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.accounting.models import CounterpartyKind
from app.fundraising.models import Campaign, Designation
from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.ledger.models import Fund
from tests.factories import fundraising as make
from tests.fundraising.desk import books_agree
from tests.fundraising.desk import desk as counter
from tests.projects.office import office
from tests.projects.test_budgets import line, yuan
from tests.projects.till import till

YEAR = today().year


async def test_a_bridge_from_proposal_to_acceptance(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    front = await counter(app, client, session)
    desk = await office(app, client, session, front.organization)
    at = replace(await till(app, client, session, desk.organization), bank=front.bank)

    # Two appeals, and three donors who follow their gifts by their codes.
    appeals = [front.campaign, await make.campaign(session, desk.organization.id, title="慈安桥配套")]
    given, matched = [await fund_of(session, appeal) for appeal in appeals]
    gifts = [(10_000_00, appeals[0]), (30_000_00, appeals[0]), (40_000_00, appeals[1])]
    first, second, third = [
        (await front.give(amount, campaign=appeal)).json()["lookup_code"] for amount, appeal in gifts
    ]
    programme = await desk.programme()
    target = {"year": YEAR, "site_kind": "bridge", "site_count": 1}
    await desk.made(f"/programmes/{programme['id']}/targets", target)

    # Proposed with its budget, and decided by a reviewer and an admin.
    project = await desk.project(
        programme_id=programme["id"], planned_from=f"{YEAR}-01-01", planned_to=f"{YEAR}-12-31"
    )
    path = f"/{project['id']}"
    lines = [
        line("construction", 30_000, given),
        line("construction", 20_000, matched),
        line("materials", 6_000),
    ]
    await desk.made(f"{path}/budgets", {"reason": "设计概算", "lines": lines})
    await desk.made(f"{path}/proposal", {"reason": f"列入{YEAR}年计划"})
    assert (await desk.decide()).json()["state"] == "approved"
    await desk.made(f"{path}/start", {"on": f"{YEAR}-01-05"})
    shares = {
        "shares": [
            {"source": "province", "planned": yuan(50_000)},
            {"source": "self_raised", "planned": yuan(6_000)},
        ]
    }
    await client.put(f"/v1/projects{path}/shares", json=shares, headers=desk.headers)

    # Built, paid for, checked, accepted by somebody else.
    site = await desk.site(project)
    await desk.reach(site, "survey", on=f"{YEAR}-01-10")
    builder = await at.payee(CounterpartyKind.supplier)
    await at.account(builder)
    contract = await at.agreement(project, builder, purpose="修建慈安桥")
    for fund, amount in ((given, 30_000_00), (matched, 18_000_00)):
        terms = {"kind": "works", "cost": "construction", "agreement_id": contract["id"]}
        asked = at.asked(project, fund, builder, amount, **terms)
        await at.paid(asked)
    await desk.reach(site, "construction", on=f"{YEAR}-01-20", attachment_ids=[await desk.upload()])
    await desk.reach(site, "quality", on=f"{YEAR}-01-21")
    accepted = await desk.accept(site, cost=54_000_00, inspected_on=f"{YEAR}-01-22")
    assert accepted.json()["state"] == "accepted"
    [standing] = (await desk.get(f"/programmes/{programme['id']}/targets")).json()["items"]
    assert (standing["accepted_count"], standing["percent"]) == (1, 100)

    # Reported, ended, the two thousand that were not needed decided, and closed.
    report = {
        "organization_id": str(desk.organization.id),
        "period_from": f"{YEAR}-01-01",
        "period_to": f"{YEAR}-01-31",
        "done": "竣工并通过验收",
        "person_count": 420,
        "person_times": 420,
    }
    made = await desk.made(f"{path}/progress", report)
    await desk.made(f"/progress/{made['id']}/decision", {"state": "accepted"}, by=desk.reviewer)
    compared = (await desk.get(f"{path}/budget-comparison")).json()
    assert (compared["spent"]["amount"], compared["left"]["amount"]) == (48_000_00, 8_000_00)
    await desk.made(f"{path}/end", {"on": f"{YEAR}-01-31"})
    closure = {"evaluation": "一次验收合格", "lessons": "枯水期施工", "rating": 5}
    early = await desk.post(f"{path}/closure", closure, by=desk.reviewer)
    assert (early.json()["code"], early.json()["amount_minor"]) == ("leftover-undecided", 2_000_00)
    other = await desk.project(programme_id=programme["id"])
    use = {"use": "similar_project", "ground": "方案约定", "target_project_id": other["id"]}
    await desk.made(f"{path}/leftover-decisions", use)
    assert (await desk.decide()).json()["state"] == "approved"
    await desk.made(f"{path}/closure", closure, by=desk.reviewer)

    # Each donor sees their own money in the bridge, to the fen, and what is left of it.
    assert await places(client, first, project["code"]) == {("spent", 10_000_00)}
    assert await places(client, second, project["code"]) == {("spent", 20_000_00), ("unspent", 10_000_00)}
    assert await places(client, third, project["code"]) == {("spent", 18_000_00), ("unspent", 22_000_00)}

    told = await desk.get("/statistics", organization_id=str(desk.organization.id), year=YEAR)
    assert told.json()["by_state"] == [{"state": "closed", "project_count": 1}]
    await books_agree(session)


async def fund_of(session: ReadSession, appeal: Campaign) -> Fund:
    """The fund that an appeal's gifts go to."""
    wanted = select(Designation.fund_id).where(Designation.campaign_id == appeal.id)
    return await session.get_one(Fund, await session.scalar(wanted))


async def places(client: AsyncClient, code: str, project: str) -> set[tuple[str, int]]:
    """Where a gift's money is, as its donor reads it; what was spent, was spent on this project."""
    answer = await client.get(f"/v1/disclosure/donations/{code}/trace")
    parts = answer.json()["places"]
    assert {one["project_code"] for one in parts if one["kind"] == "spent"} == {project}
    return {(one["kind"], one["amount"]["amount"]) for one in parts}
