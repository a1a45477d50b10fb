"""A year is held against what was published of the year before, where that is the organization's own."""

from datetime import date

from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.figures import annual, scopes
from app.disclosure.figures.definitions import FigureId
from app.disclosure.publications import reported
from app.kit.database import WriteSession
from app.ledger.balances import Basis
from app.projects.models import ProjectCategory
from tests.disclosure.publications.kinds import related_parties
from tests.factories import registers

YEAR = 2025


async def test_the_year_before_is_what_was_published_of_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    case = await related_parties(app, client, session)
    here = case.here
    scope = await scopes.of(session, here.organization.id, Basis.entity)
    unpublished = await reported.figures(session, here.organization.id, YEAR)
    first_day = date(YEAR, 5, 1)
    await registers.projects(
        session, [here.organization], 1, first=first_day, categories=[ProjectCategory.health]
    )
    first = await here.publish(await here.draft(kind="annual_work_report", **case.wish))
    books = await annual.compile_(session, scope, YEAR + 1)
    # The register is filled up later: until it is corrected, the public was told otherwise.
    await registers.projects(
        session, [here.organization], 2, first=first_day, categories=[ProjectCategory.transport]
    )
    before = await reported.figures(session, here.organization.id, YEAR)
    assert before is not None
    told = await annual.compile_(session, scope, YEAR + 1, before=before)
    live = await annual.compile_(session, scope, YEAR + 1)
    await here.publish(await here.correct(first, "补登项目"))
    corrected = await reported.figures(session, here.organization.id, YEAR)
    assert corrected is not None

    assert unpublished is None
    for one in told.figures:
        if one.definition.id is not FigureId.raised_growth:
            assert one.before.value == books.of(one.definition.id).before.value
    assert told.of(FigureId.projects).before.value == 1
    assert live.of(FigureId.projects).before.value == 3
    assert corrected[FigureId.projects].value == 3


async def test_a_report_of_a_running_year_is_no_years_report(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = (await related_parties(app, client, session)).here
    wish = {"subject_id": None, "period_to": None, "year": 2026}
    draft = await here.draft(kind="annual_work_report", **wish)
    await here.publish(draft)
    whole = draft["period_to"] == "2026-12-31"

    assert (await reported.figures(session, here.organization.id, 2026) is not None) is whole
