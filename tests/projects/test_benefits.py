"""Benefits: recorded by the list, counted at once, persons and person-times apart, in any span."""

import asyncio
import io
import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.kit.database import Database, WriteSession
from app.kit.ids import new_code
from app.organizations import organizations
from app.projects.beneficiaries import lists, rosters, statistics, totals
from app.projects.beneficiaries.statistics import Span
from app.projects.beneficiaries.totals import Counted
from app.projects.models import (
    Benefit,
    BenefitBasis,
    BenefitKind,
    BenefitMonth,
    HelpedMonth,
    HelpedSpan,
    ProjectCategory,
)
from tests.factories import organizations as make
from tests.projects import helped
from tests.projects.helped import beneficiary, figures, give, id_number, money, people
from tests.projects.office import Office, office


async def group(desk: Office, persons: int = 86) -> dict[str, Any]:
    body = {
        "organization_id": str(desk.organization.id),
        "name": f"示例村小学{new_code(4)}",
        "region_code": "610924",
        "person_count": persons,
    }
    return await desk.made("/beneficiary-groups", body)


async def test_people_and_person_times_are_counted_apart_and_the_two_bases_never_added(desk: Office) -> None:
    project = await desk.running(category="education")
    one, other = await beneficiary(desk), await beneficiary(desk)
    school = await group(desk)

    await give(desk, project, helped.given(one), helped.given(one, kind="service", amount=None))
    await give(
        desk,
        project,
        helped.given(other, given_on="2026-06-01"),
        helped.given(None, group_id=school["id"], person_count=86, kind="goods", amount=money(860)),
    )

    told = await figures(desk)
    assert told["identified_person_count"] == 2
    assert told["identified_person_times"] == 3
    assert told["counted_only_person_times"] == 86
    assert told["amount"]["amount"] == 486_000
    assert told["definition_zh"] == statistics.DEFINITION_ZH
    assert {(one["basis"], one["kind"], one["person_times"]) for one in told["sums"]} == {
        ("identified", "money", 2),
        ("identified", "service", 1),
        ("counted_only", "goods", 86),
    }
    assert await people(desk, month_to="2026-05-31") == 1
    assert await people(desk, month_from="2026-06-01") == 1
    assert await people(desk, month_from="2026-07-01") == 0
    assert await people(desk, project_id=project["id"]) == 2
    there = await figures(desk, region_code="610900")
    assert (there["identified_person_count"], there["identified_person_times"]) == (2, 3)
    assert (await figures(desk, region_code="610100"))["identified_person_times"] == 0


async def test_the_people_of_a_region_are_those_who_were_helped_in_it_each_once(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    county = await office(app, client, session, await make.organization(session, parent=desk.organization))
    project = await county.running(category="education", region_code="610924")
    other = await county.running(category="education", region_code="610118")
    one, two, three = [await beneficiary(county) for _ in range(3)]
    await give(county, project, *[helped.given(one), helped.given(one), helped.given(two)])
    twice, wrong, _ = await give(
        *(county, other),
        helped.given(one, given_on="2026-06-01"),
        helped.given(three, given_on="2026-06-01"),
        helped.given(person_count=40, kind="goods", amount=money(400)),
    )
    await county.made(f"/{other['id']}/benefits/{wrong}/voiding", {"reason": "重复"})

    # Whoever was helped in two places is one person of each, and one of both.
    assert await people(desk, region_code="610924") == 2
    assert await people(desk, region_code="610900") == 2
    assert await people(desk, region_code="610118") == 1
    assert await people(desk, region_code="610000") == await people(desk) == 2
    assert await people(desk, region_code="610118", month_to="2026-05-31") == 0
    assert await people(desk, region_code="610118", month_from="2026-06-30") == 1
    assert await people(county, region_code="610924", project_id=other["id"]) == 0
    told = await figures(desk, region_code="610118")
    assert (told["region_code"], told["counted_only_person_times"]) == ("610118", 40)
    assert "两地各计一人" in told["definition_zh"]
    assert "one person of each" in told["definition"]
    assert twice


async def test_a_person_helped_by_several_members_is_one_person_above_them(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    cities = [
        await office(app, client, session, await make.organization(session, parent=desk.organization))
        for _ in range(2)
    ]
    number = id_number()
    for city in cities:
        who = await beneficiary(city, name="受益人甲", document_number=number)
        await give(city, await city.running(), helped.given(who), helped.given(await beneficiary(city)))

    assert [await people(city) for city in cities] == [2, 2]
    assert await people(desk) == 3
    assert (await figures(desk))["identified_person_times"] == 4
    stranger = await cities[0].get("/beneficiary-statistics", organization_id=str(cities[1].organization.id))
    assert stranger.status_code == 404


async def test_figures_stay_where_they_were_when_a_member_moves(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    city, beside = [
        await office(app, client, session, await make.organization(session, parent=desk.organization))
        for _ in range(2)
    ]
    county = await office(app, client, session, await make.organization(session, parent=city.organization))
    project = await county.running()
    who = await beneficiary(county)
    await give(county, project, helped.given(who))

    await organizations.move(session, county.organization, beside.organization)
    await give(county, project, helped.given(who, given_on="2026-06-01"))

    assert [await people(one) for one in (county, city, beside, desk)] == [1, 1, 1, 1]
    assert (await figures(city))["identified_person_times"] == 1
    assert (await figures(desk))["identified_person_times"] == 2


async def test_what_was_wrong_is_taken_back_from_every_total(desk: Office, session: WriteSession) -> None:
    project = await desk.running()
    who = await beneficiary(desk)
    [first] = await give(desk, project, helped.given(who))
    [second] = await give(desk, project, helped.given(who, given_on="2026-07-01"))
    path = f"/{project['id']}/benefits"

    voided = await desk.made(f"{path}/{first}/voiding", {"reason": "重复登记"})

    assert voided["void_reason"] == "重复登记"
    assert (await desk.post(f"{path}/{first}/voiding", {"reason": "x"})).json()["code"] == "benefit-voided"
    assert await people(desk) == 1
    assert await people(desk, month_to="2026-06-30") == 0
    assert (await figures(desk))["identified_person_times"] == 1
    await desk.made(f"{path}/{second}/voiding", {"reason": "重复登记"})
    assert (await figures(desk))["amount"]["amount"] == await people(desk) == 0
    assert await session.scalar(select(func.max(HelpedMonth.benefit_count))) == 0
    assert await session.scalar(select(func.max(HelpedSpan.person_count))) == 0
    listed = (await desk.get(path, include="summary")).json()
    assert (len(listed["items"]), listed["summary"]["count"]) == (2, 2)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"given_on": "2999-01-01"}, "day-ahead"),
        ({"given_on": "2026-03-01"}, "given-before-start"),
        ({"region_code": "999999"}, "region-unknown"),
        ({"beneficiary_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5301"}, "beneficiary-unknown"),
        (
            {"beneficiary_id": None, "group_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5301"},
            "group-unknown",
        ),
        ({"person_count": 2}, ""),
        ({"amount": None}, ""),
        ({"quantity": 3}, ""),
    ],
)
async def test_of_a_list_with_one_wrong_line_nothing_is_recorded(
    desk: Office, session: WriteSession, over: dict[str, Any], code: str
) -> None:
    project = await desk.running()
    who = await beneficiary(desk)
    items = [helped.given(who), helped.given(who, **over)]

    answer = await desk.post(f"/{project['id']}/benefits", {"items": items})

    assert answer.status_code == 422
    assert answer.json()["code"] == code or not code
    for table in (Benefit, BenefitMonth, HelpedMonth, HelpedSpan):
        assert await session.scalar(select(func.count()).select_from(table)) == 0


async def test_who_is_not_registered_here_is_not_helped_here(
    app: FastAPI, client: AsyncClient, session: WriteSession, desk: Office
) -> None:
    stranger = await office(app, client, session)
    project = await desk.running()
    body = {"items": [helped.given(await beneficiary(stranger))]}
    assert (await desk.post(f"/{project['id']}/benefits", body)).json()["code"] == "beneficiary-unknown"
    draft = await desk.project()
    early = await desk.post(f"/{draft['id']}/benefits", {"items": [helped.given(await beneficiary(desk))]})
    assert early.json()["code"] == "project-not-in-state"


async def test_a_list_that_comes_again_is_told_by_its_references(desk: Office) -> None:
    project = await desk.running()
    items = [helped.given(await beneficiary(desk), reference="2026-001")]
    await give(desk, project, *items)
    again = await desk.post(f"/{project['id']}/benefits", {"items": items})
    assert (again.status_code, again.json()["code"]) == (409, "benefit-reference-taken")
    assert (await figures(desk))["identified_person_times"] == 1


async def test_the_database_keeps_what_was_given(desk: Office, session: WriteSession) -> None:
    project = await desk.running()
    await give(desk, project, helped.given(await beneficiary(desk)))
    for statement in (
        "update benefits set amount_minor = 1",
        "delete from benefits",
        "delete from helped_months",
        "update beneficiaries set number = 'x'",
        "delete from beneficiary_consents",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(statement))


MONTHS = [date(2026, month, 1) for month in range(1, 7)]
LINE = st.tuples(st.integers(0, 3), st.sampled_from(MONTHS), st.sampled_from([1, 1, 1, -1]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(LINE, max_size=6), max_size=5))
async def test_people_of_any_span_are_those_who_were_helped_in_it(
    desk: Office, session: WriteSession, batches: list[list[tuple[int, date, int]]]
) -> None:
    """Whatever comes in whatever order, backdated or taken back, sums say what counting would."""
    async with session.begin_nested() as tried:
        ids = [UUID((await beneficiary(desk))["id"]) for _ in range(4)]
        given_to: dict[tuple[int, date], int] = {}
        for batch in batches:
            kept: list[tuple[int, date, int]] = []
            for place, month, times in batch:
                if given_to.get((place, month), 0) + times >= 0:
                    given_to[place, month] = given_to.get((place, month), 0) + times
                    kept.append((place, month, times))
            lines = [
                Counted(
                    month=month,
                    region_code="610924",
                    category=ProjectCategory.education,
                    kind=BenefitKind.money,
                    beneficiary_id=ids[place],
                    times=times,
                    amount_minor=times,
                )
                for place, month, times in kept
            ]
            await totals.fold(session, [desk.organization.id], lines)
        for first in MONTHS:
            for last in MONTHS:
                expected = {
                    place for (place, month), times in given_to.items() if times and first <= month <= last
                }
                span = Span(month_from=first, month_to=last)
                assert await statistics.persons(session, desk.organization.id, span) == len(expected)
        await tried.rollback()


async def test_lists_that_help_one_person_at_once_count_them_once(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        desk = await office(committed_app, committed_client, session)
    project = await desk.running()
    who, other = await beneficiary(desk), await beneficiary(desk)
    days = [f"2026-0{month}-15" for month in (3, 4, 5, 6)] * 2

    answers = await asyncio.gather(
        *(
            desk.post(
                f"/{project['id']}/benefits",
                {"items": [helped.given(one, given_on=day) for one in (who, other)[:: 1 if even else -1]]},
            )
            for even, day in enumerate(days)
        )
    )

    assert {answer.status_code for answer in answers} == {201}
    assert await people(desk) == 2
    assert (await figures(desk))["identified_person_times"] == 16
    for month in (3, 4, 5, 6):
        assert await people(desk, month_from=f"2026-0{month}-01", month_to=f"2026-0{month}-28") == 2


def sheet(form: Any, *lines: dict[str, Any]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = form.zh
    page.append([field.zh for field in form.fields])
    for line in lines:
        page.append([line.get(field.name) for field in form.fields])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


async def hand_in(desk: Office, path: str, content: bytes, **asked: Any) -> Any:
    return await desk.client.post(
        f"/v1/projects/sheets/{path}",
        params=asked,
        headers=desk.headers | {"Idempotency-Key": new_code(), "Accept-Language": "zh"},
        files={"file": ("list.xlsx", content)},
    )


async def test_a_roster_is_tried_told_its_faults_and_taken_in_whole(desk: Office) -> None:
    form = (await desk.client.get("/v1/projects/sheets/beneficiaries")).content
    assert "受益人" in load_workbook(io.BytesIO(form)).sheetnames
    known = {"document_kind": "身份证", "agreed_at": "2026-03-01 10:00:00"}
    good = [known | {"name": f"受益人{place}", "document_number": id_number()} for place in range(3)]
    bad = known | {"name": "某", "document_number": "610924199003070000"}
    asked = {"organization_id": str(desk.organization.id)}

    faulty = await hand_in(desk, "beneficiaries", sheet(rosters.FORM, *good, bad), **asked)
    assert faulty.status_code == 422
    [fault] = faulty.json()["errors"]
    assert (fault["row"], fault["column"], fault["code"]) == (5, "证件号码", "invalid")
    tried = await hand_in(desk, "beneficiaries", sheet(rosters.FORM, *good), dry_run=True, **asked)
    assert tried.json() == {"beneficiary_count": 3, "dry_run": True}
    assert (await desk.get("/beneficiaries")).json()["items"] == []
    taken = await hand_in(desk, "beneficiaries", sheet(rosters.FORM, *good), **asked)
    assert taken.status_code == 201
    assert len((await desk.get("/beneficiaries")).json()["items"]) == 3


async def test_a_list_of_benefits_is_tried_told_its_faults_and_recorded_whole(desk: Office) -> None:
    assert (await desk.client.get("/v1/projects/sheets/benefits")).status_code == 200
    project = await desk.running()
    who = await beneficiary(desk)
    line = {"number": who["number"], "given_on": "2026-05-01", "kind": "资金", "title": "助学金"}
    good = [
        line | {"amount_minor": 2000, "reference": "1"},
        line | {"number": None, "person_count": 30, "kind": "服务", "reference": "2"},
    ]
    bad = [
        line | {"number": "B0000000000", "amount_minor": 5},
        line | {"amount_minor": 5, "given_on": "2999-01-01"},
        line | {"amount_minor": None, "region_code": "999999"},
    ]
    asked = {"project_id": project["id"]}

    faulty = await hand_in(desk, "benefits", sheet(lists.FORM, *good, *bad), **asked)
    assert faulty.status_code == 422
    assert all(re.search("[\u4e00-\u9fff]", one["detail"]) for one in faulty.json()["errors"])
    assert {(one["row"], one["column"], one["code"]) for one in faulty.json()["errors"]} == {
        (4, "受益人编号", "unknown"),
        (5, "受益日期", "ahead"),
        (6, "金额", "range"),
        (6, "行政区划代码", "unknown"),
    }
    tried = await hand_in(desk, "benefits", sheet(lists.FORM, *good), dry_run=True, **asked)
    assert (tried.json()["benefit_count"], tried.json()["amount"]["amount"]) == (2, 200_000)
    assert await people(desk) == 0
    header = "受益人编号,人数,受益日期,受益形式,受益内容,金额"
    text_file = f"{header}\n{who['number']},,2026-05-01,资金,助学金,2000\n"
    taken = await hand_in(desk, "benefits", text_file.encode(), **asked)
    assert taken.status_code == 201, taken.text
    told = await figures(desk)
    assert (told["identified_person_count"], told["counted_only_person_times"]) == (1, 0)
    assert BenefitBasis.identified == told["sums"][0]["basis"]
