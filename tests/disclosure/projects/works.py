"""A project with a budget, a fund that a campaign filled, payments, reports and sites, as staff made them."""

from typing import Any

from fastapi import FastAPI

from app.fundraising import campaigns
from app.fundraising.campaigns import NewDesignation
from app.fundraising.models import Campaign
from app.kit.ids import new_code
from app.ledger.models import Fund
from app.organizations.access import Role
from tests.factories import fundraising, organizations
from tests.projects.till import Till, money

PUBLIC = "/v1/disclosure/projects"


async def read(at: Till, path: str = "", **asked: Any) -> Any:
    """What anybody reads, without a token."""
    answer = await at.client.get(f"{PUBLIC}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def appeal(at: Till, amount: int, **over: Any) -> tuple[Campaign, Fund]:
    """A campaign whose fund holds so much in the bank."""
    use = NewDesignation(code="main", title="慈安桥", fund_code=f"F{new_code(8)}")
    campaign = await fundraising.campaign(at.session, at.organization.id, use, **over)
    [designation] = await campaigns.designations(at.session, campaign)
    fund = await at.session.get_one(Fund, designation.fund_id)
    if amount:
        await at.gift(fund, amount)
    return campaign, fund


async def budgeted(at: Till, *lines: dict[str, Any], on: str = "2026-03-10", **over: Any) -> dict[str, Any]:
    """A project that runs by a budget which was decided with it."""
    project = await at.project(**over)
    await at.made(f"/{project['id']}/budgets", {"reason": "概算", "lines": list(lines)})
    await at.made(f"/{project['id']}/proposal", {})
    assert (await at.decide()).status_code == 200
    return await at.made(f"/{project['id']}/start", {"on": on})


def line(amount: int, fund: Fund | None = None, kind: str = "aid", year: int = 2026) -> dict[str, Any]:
    return {"year": year, "kind": kind, "amount": money(amount), "fund_id": fund and str(fund.id)}


async def pay(at: Till, project: dict[str, Any], fund: Fund, amount: int) -> dict[str, Any]:
    """Aid that the bank has paid to somebody."""
    payee = await at.payee()
    await at.account(payee)
    return await at.paid(at.asked(project, fund, payee, amount))


async def published(at: Till, app: FastAPI, project: dict[str, Any], **over: Any) -> dict[str, Any]:
    """A progress report that was accepted by another and let out by a third."""
    body = {
        "organization_id": str(at.organization.id),
        "period_from": "2026-04-01",
        "period_to": "2026-06-30",
        "done": "完成桥墩",
        "person_count": 100,
        "person_times": 120,
    }
    report = await at.made(f"/{project['id']}/progress", body | over)
    await at.made(f"/progress/{report['id']}/decision", {"state": "accepted"}, by=at.reviewer)
    publisher = await organizations.sign_in(app, at.session, Role.disclosure_officer, at.organization)
    return await at.made(f"/progress/{report['id']}/publication", by=publisher)
