"""What a year's figures say where something is not known, not comparable, or not yet over."""

from datetime import date
from typing import Any

import pytest
from httpx import AsyncClient

from app.disclosure.figures import told
from app.disclosure.figures.definitions import DEFINITIONS, MISSING, FigureId, FigureUnit, Missing
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code, new_id
from app.ledger import funds, periods
from app.organizations.models import Organization
from app.projects.beneficiaries import benefits
from app.projects.beneficiaries.benefits import Given
from app.projects.models import BenefitKind, ProjectCategory
from app.projects.villages import homes
from app.projects.villages.homes import NewVillage
from tests.factories import ledger, organizations, registers
from tests.factories.ledger import Books

Figures = dict[str, dict[str, Any]]


async def read(client: AsyncClient, of: Organization, year: int, basis: str = "entity") -> dict[str, Any]:
    path = f"/v1/disclosure/organizations/{of.id}/annual-figures/{year}"
    answer = await client.get(path, params={"basis": basis})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def figures(client: AsyncClient, of: Organization, year: int, basis: str = "entity") -> Figures:
    return {one["id"]: one for one in (await read(client, of, year, basis))["figures"]}


async def books(session: WriteSession, of: Organization) -> Books:
    """An organization's books with a bank account and a project."""
    made = await ledger.books(session)
    return Books(
        organization_id=of.id,
        general=await funds.general(session, of.id),
        channel_id=made.channel_id,
        bank_id=made.bank_id,
        project_id=made.project_id,
    )


async def test_what_is_not_known_is_null_and_says_why(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session, books_from=date(2026, 1, 1))

    now, before = await figures(client, member, 2026), await figures(client, member, 2025)

    assert (now["raised"]["value"], now["raised"]["previous_value"]) == (0, None)
    assert now["raised"]["previous_missing"]["reason"] == "no_books"
    assert now["raised"]["growth_per_mille"] is None
    assert now["raised_growth"]["missing"]["reason"] == "nothing_before"
    assert before["raised"]["missing"]["reason"] == before["raised_online"]["missing"]["reason"] == "no_books"
    for name in ("projects", "beneficiary_persons", "new_volunteers", "clothes_collected", "pilot_counties"):
        assert (now[name]["value"], now[name]["missing"]["reason"]) == (None, "not_kept_then")
    assert now["target_sites"]["missing"]["reason"] == "no_target"
    assert all(one["missing"]["text_zh"] for one in before.values())


async def test_money_between_members_is_raised_by_nobody(client: AsyncClient, session: WriteSession) -> None:
    province, city, *_ = await organizations.tree(session)
    for member in (province, city):
        await periods.open_books(session, member.id, date(2026, 1, 1))
    sender, receiver = await books(session, province), await books(session, city)
    given, taken = await ledger.fund(session, sender), await ledger.fund(session, receiver)
    await ledger.gift(session, sender, given, 100_00)
    transfer_id, _ = await ledger.transfer(session, sender, receiver, given, 60_00)
    await ledger.receive(session, receiver, taken, transfer_id)

    own, theirs = await figures(client, province, 2026), await figures(client, city, 2026)
    both = await figures(client, province, 2026, "consolidated")

    values = [one["raised"]["value"] for one in (own, theirs, both)]
    assert values == [100_00, 0, 100_00]
    left_out = [one["value"] for one in theirs["raised"]["parts"] if one["group"] == "left_out"]
    assert left_out == [60_00]


async def test_a_county_recorded_by_a_former_and_by_its_present_code_is_one(
    client: AsyncClient, session: WriteSession
) -> None:
    member = await organizations.organization(session)
    # Huxian became the district of Huyi, Fengxiang a district of its own.
    for number, code in enumerate(("610125", "610118", "610322")):
        new = NewVillage(
            organization_id=member.id,
            code=f"V{new_code(8)}",
            region_code=code,
            town="示例镇",
            name=f"示例{number}村",
            pilot_phase=1,
            started_on=date(2016, 6, 1),
        )
        await homes.start(session, new, by="test")

    told = (await figures(client, member, 2020))["pilot_counties"]

    assert told["value"] == 2
    assert [one["value"] for one in told["parts"]] == [3, 0]


async def test_people_who_may_have_been_helped_below_are_not_told_apart(
    client: AsyncClient, session: WriteSession
) -> None:
    province, city, *_ = await organizations.tree(session)
    first = date(2025, 1, 1)
    category = [ProjectCategory.education]
    [own] = await registers.projects(session, [province], 1, first=first, categories=category)
    [below] = await registers.projects(session, [city], 1, first=first, categories=category)
    [here], [there] = [await registers.people(session, [one.id], first) for one in (province, city)]
    for project, who in ((own, here), (below, there)):
        given = Given(kind=BenefitKind.goods, given_on=date(2025, 3, 1), title="米面油", beneficiary_id=who)
        await benefits.record(session, project, [given], by="test")

    alone = await figures(client, province, 2025)
    both = await figures(client, province, 2025, "consolidated")

    assert alone["beneficiary_persons"]["missing"]["reason"] == "not_apart_from_members"
    assert alone["beneficiary_person_times"]["value"] == 1
    assert both["beneficiary_persons"]["value"] == both["beneficiary_person_times"]["value"] == 2
    assert (await figures(client, city, 2025))["beneficiary_persons"]["value"] == 1


async def test_help_of_which_only_the_number_is_known_makes_no_people(
    client: AsyncClient, session: WriteSession
) -> None:
    member = await organizations.organization(session)
    [project] = await registers.projects(
        session, [member], 1, first=date(2025, 1, 1), categories=[ProjectCategory.health]
    )
    counted = Given(kind=BenefitKind.service, given_on=date(2025, 5, 1), title="义诊", person_count=300)
    await benefits.record(session, project, [counted], by="test")

    found = await figures(client, member, 2025)

    assert found["beneficiary_persons"]["missing"]["reason"] == "only_counted"
    assert found["beneficiary_person_times"]["value"] == 300
    assert (found["projects"]["value"], found["poverty_relief_categories"]["value"]) == (1, 1)


async def test_a_year_is_final_once_its_books_are_closed(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session, books_from=date(2025, 12, 1))
    assert (await read(client, member, 2025))["final"] is False

    await periods.close(session, member.id, date(2025, 12, 1))

    closed = await read(client, member, 2025)
    assert (closed["final"], closed["as_of"]) == (True, "2025-12-31")


async def test_a_running_year_is_told_as_of_today_and_one_to_come_is_refused(
    client: AsyncClient, session: WriteSession
) -> None:
    member = await organizations.organization(session)
    year = today().year

    assert (await read(client, member, year))["as_of"] == today().isoformat()
    ahead = await client.get(f"/v1/disclosure/organizations/{member.id}/annual-figures/{year + 1}")
    assert (ahead.status_code, ahead.json()["code"]) == (422, "year-ahead")
    nobody = await client.get(f"/v1/disclosure/organizations/{new_id()}/annual-figures/2025")
    assert nobody.status_code == 404


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (807_000, 757_040, 66),
        (100_05, 100_00, 1),
        (100_04, 100_00, 0),
        (99_95, 100_00, -1),
        (0, 100, -1000),
        (100, 0, None),
        (100, None, None),
        (None, 100, None),
    ],
)
def test_growth_is_rounded_half_up(now: int | None, before: int | None, expected: int | None) -> None:
    assert told.growth(now, before) == expected


def test_every_figure_and_every_reason_has_its_words() -> None:
    assert [one.id for one in DEFINITIONS] == list(FigureId)
    assert set(MISSING) == set(Missing)
    assert {one.number for one in DEFINITIONS} == {f"F{number}" for number in (*range(1, 13), 14)}
    assert all(told.written(1_234_567, unit)[0] for unit in FigureUnit)
    assert told.written(2_918_000_000, FigureUnit.grams) == ("2,918 吨", "2,918 t")
    assert told.percent(-66) == "-6.6%"
