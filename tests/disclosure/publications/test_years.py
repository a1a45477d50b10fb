"""What is published of a year, an organization and a project: from the books, with what they lack."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.accounting.books import statements
from app.disclosure.models import PublicationKind
from app.disclosure.publications import drafts, publishing
from app.disclosure.publications.drafts import Wish
from app.disclosure.publications.forms import FORMS
from app.disclosure.ratios import annual
from app.disclosure.ratios.judging import RatioId
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger.statements.forms import Name
from app.ledger.statements.terms import Term
from app.projects.models import ProjectCategory, ProjectState
from tests.accounting.closers import office
from tests.disclosure.publications.kinds import certified
from tests.disclosure.publications.press import Press, press, value, with_gifts
from tests.disclosure.scenes import Scene
from tests.factories import registers

K = PublicationKind
YEARLY = {"subject_id": None, "period_to": None, "year": 2026}


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


async def test_the_financial_report_is_the_three_statements(here: Press, session: WriteSession) -> None:
    await certified(session, here.organization)
    draft = await here.draft(kind="annual_financial_report", **YEARLY)
    whole = date(2026, 12, 31) <= today()
    last = today().replace(day=1)
    term = Term(date(2026, 1, 1), date(2026, 12, 1)) if whole else Term(last, last)
    for name in Name:
        paper = await statements.draw(session, here.organization, name, term)
        code = name.value.replace("-", "_")
        rows = value(draft, "statements", code)
        assert [row[0] for row in rows] == [line.label_zh for line in paper.lines]
        assert [row[2:] for row in rows] == [[str(one) for one in line.amounts] for line in paper.lines]
        assert value(draft, "statements", f"{code}_ties") == "相符"
    assert draft["form"]["regulation"] == "KJ-2024-25"
    # Nobody has audited it yet, and some notes are nobody's to compile: that is said.
    missing = {one["section"] for one in draft["missing"]} - {"subject"}
    assert missing == {"statement_notes", "audit_report"}
    published = await here.publish(draft)
    assert published["period_to"] == min(date(2026, 12, 31), today()).isoformat()
    assert (await here.get(f"/{published['id']}/paper", format="pdf")).content.startswith(b"%PDF")


@pytest.mark.parametrize("kind", [K.annual_work_report, K.annual_financial_report])
async def test_a_year_whose_report_is_published_is_never_reopened(
    app: FastAPI, client: AsyncClient, session: WriteSession, kind: PublicationKind
) -> None:
    books = await office(app, client, session, books_from=date(2025, 1, 1))
    await books.close("2025-01")

    async def reopened() -> str | None:
        answer = await books.post("/months/2025-01/reopening", books.reviewer, {"reason": "漏记"})
        return answer.json().get("code")

    async def published(year: int) -> None:
        draft = await drafts.begin(session, books.organization, Wish(kind=kind, year=year), by="staff:1")
        await drafts.review(session, draft, approved=True, note=None, by="staff:2")
        await publishing.publish(session, draft, books.organization, by="staff:1")

    assert await reopened() is None
    await books.close("2025-01")
    # What is told of a year that still runs binds nobody.
    await published(2026)
    assert await reopened() is None
    await books.close("2025-01")
    await published(2025)
    assert await reopened() == "year-published"


async def test_the_work_report_holds_spending_and_costs_against_the_law(
    here: Press, session: WriteSession
) -> None:
    await certified(session, here.organization)
    draft = await here.draft(kind="annual_work_report", **YEARLY)

    told = await annual.of(session, here.organization.id, 2026)
    assert [one.id for one in told.ratios] == list(RatioId)
    for one in told.ratios:
        limit = None if one.limit is None else str(one.limit)
        assert value(draft, "spending_ratios", one.id.value) == str(one.amount)
        assert value(draft, "spending_ratios", f"{one.id.value}_limit") == limit
    assert value(draft, "spending_ratios", "charitable_spending") == "500000"


async def test_the_work_report_adds_up_with_the_books(
    here: Press, scene: Scene, session: WriteSession
) -> None:
    await certified(session, here.organization)
    draft = await here.draft(kind="annual_work_report", **YEARLY)

    assert value(draft, "donations_received", "donation_income") == "2030000"
    assert value(draft, "donations_received", "gift_count") == 3
    assert value(draft, "donations_received", "campaigns") == [
        [scene.campaign.code, scene.campaign.title, "2035000", "5000", 3]
    ]
    assert value(draft, "property_use", "programmes") == "500000"
    assert value(draft, "property_use", "net_assets") == "1530000"
    assert value(draft, "project_implementation", "projects") == [["P-BRIDGE-1", None, "500000"]]
    assert value(draft, "fundraising_cost", "fundraising_cost") == "0"
    assert value(draft, "staff_pay", "staff_pay") == "0"
    assert {"section": "foreign_cooperation", "field": None} in draft["missing"]
    # What is asked of one who may ask the public stands behind what is asked of everybody.
    assert [one["code"] for one in draft["sections"]][-3:] == ["highest_paid", "standards", "figures"]
    assert value(draft, "figures", "raised") == "2030000"
    assert draft["obligation_id"] is None


async def test_a_project_is_told_of_while_it_runs_and_after_it(
    here: Press, session: WriteSession, scene: Scene
) -> None:
    [project] = await registers.projects(
        session, [here.organization], 1, first=date(2026, 2, 1), categories=[ProjectCategory.transport]
    )
    running = await here.draft(kind="project_progress", subject_id=str(project.id))
    early = await here.ask(kind="project_final", subject_id=str(project.id), period_to=None)
    project.state, project.executed_to = ProjectState.closed, date(2026, 6, 30)
    await session.flush()
    final = await here.draft(kind="project_final", subject_id=str(project.id), period_to=None)

    assert [one["code"] for one in running["sections"]] == [
        *("project_name", "project_content", "project_time", "project_place", "project_beneficiaries"),
        *("project_income", "project_expenditure", "project_executor"),
    ]
    assert value(running, "project_name", "code") == project.code
    assert value(running, "project_content", "content") == project.content
    assert value(running, "project_expenditure", "spent") == "0"
    assert early.json()["code"] == "period-unfit"
    assert (final["period_from"], final["period_to"]) == ("2026-02-01", "2026-06-30")
    assert [one["code"] for one in final["sections"]][-2:] == ["remainder_amount", "remainder_project"]
    assert value(final, "raised_used", "raised_used") == "0"
    assert value(final, "remainder_amount", "amount") == "0"


async def test_basic_information_is_of_a_day(here: Press) -> None:
    draft = await here.draft(kind="basic_information", subject_id=None, period_to=None)
    assert draft["period_to"] == today().isoformat()
    assert value(draft, "subject", "name") == here.organization.name
    assert value(draft, "subject", "certificates") == []
    assert [one["code"] for one in draft["sections"]][:3] == ["subject", "charter", "bodies"]


async def test_in_an_emergency_each_publication_goes_on_where_the_last_ended(here: Press) -> None:
    wish: dict[str, Any] = {"kind": "emergency_receipts"}
    first = await here.publish(await here.draft(**wish, period_to="2026-05-05"))
    second = await here.draft(**wish, period_to="2026-05-10")
    again = await here.ask(**wish, period_to="2026-05-05", period_from="2026-05-06")

    assert (first["period_from"], second["period_from"]) == ("2026-01-01", "2026-05-06")
    assert value(first, "raised", "received_in_period") == "2035000"
    assert value(second, "raised", "received_in_period") == "0"
    assert value(second, "raised", "received") == "2035000"
    assert again.json()["code"] == "period-unfit"


def test_every_kind_has_a_form_and_every_form_a_rule() -> None:
    assert set(FORMS) == set(PublicationKind)
    for kind, form in FORMS.items():
        assert form.rules, kind
        assert form.items, kind
