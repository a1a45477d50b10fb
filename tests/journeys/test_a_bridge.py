"""A bridge from its proposal to its acceptance and the project's closure, paid from two funds."""

from pathlib import Path

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from tests.fundraising.desk import bank as open_bank
from tests.fundraising.desk import books_agree
from tests.projects.office import office
from tests.projects.test_budgets import fund_with, line, pay, yuan

YEAR = today().year


async def test_a_bridge_from_proposal_to_acceptance(
    app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}/files")
    desk = await office(app, client, session)
    bank = await open_bank(session, desk.organization)
    given, matched = [await fund_with(session, desk, bank, 40_000) for _ in range(2)]
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
    await pay(session, given, bank, project, 30_000, "construction")
    await pay(session, matched, bank, project, 18_000, "construction")
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

    told = await desk.get("/statistics", organization_id=str(desk.organization.id), year=YEAR)
    assert told.json()["by_state"] == [{"state": "closed", "project_count": 1}]
    await books_agree(session)
