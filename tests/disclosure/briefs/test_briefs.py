"""A brief: figures of some days beside the year before, and its four forms."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
from httpx import AsyncClient
from pypdf import PdfReader
from sqlalchemy import select

from app.fundraising import campaigns, donations
from app.fundraising.models import Fundraiser, FundraiserKind, FundraisingTarget
from app.fundraising.ways import fundraisers
from app.kit.database import WriteSession
from app.kit.http.formats import Format
from app.organizations.models import Organization
from tests.disclosure.figures.test_annual import books
from tests.factories import fundraising as make
from tests.factories import ledger, organizations
from tests.factories.fundraising import Appeal


async def raising(session: WriteSession, member: Organization) -> Appeal:
    """A platform and a campaign of a member."""
    channel = await make.merchant(session, member.id)
    campaign = await make.campaign(session, member.id, publish=False)
    await campaigns.publish(session, campaign, at=datetime(2025, 1, 1, tzinfo=UTC))
    return Appeal(
        organization_id=member.id,
        platform_id=channel.platform_id or channel.id,
        channel=channel,
        campaign=campaign,
    )


async def give(session: WriteSession, appeal: Appeal, amount: int, day: str) -> None:
    moment = datetime.fromisoformat(f"{day}T12:00:00+08:00")
    [outcome] = await donations.receive(session, [make.gift(appeal, amount, donated_at=moment)])
    assert outcome.kind == "posted"


async def aim(session: WriteSession, member: Organization, amount: int) -> None:
    asking = Fundraiser(organization_id=member.id, kind=FundraiserKind.organization, code=f"F-{member.code}")
    asking = await fundraisers.create(session, asking, name=member.name)
    session.add(
        FundraisingTarget(
            fundraiser_id=asking.id,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
            amount=amount,
            actor="test",
        )
    )
    await session.flush()


async def scene(session: WriteSession) -> Organization:
    """A province with two cities, of which one has a county: gifts of two years, and targets."""
    province, city, county, beside = await organizations.tree(session, books_from=date(2025, 1, 1), demo=True)
    first, second, third = [await raising(session, one) for one in (city, county, beside)]
    await give(session, first, 300_00, "2026-05-10")
    await give(session, first, 200_00, "2026-04-30")
    await give(session, second, 100_00, "2026-05-31")
    await give(session, third, 150_00, "2026-05-01")
    await give(session, first, 250_00, "2025-05-20")
    await aim(session, province, 1_000_00)
    await aim(session, city, 800_00)
    here = await books(session, province)
    fund = await ledger.fund(session, here)
    await ledger.gift(session, here, fund, 90_00)
    await ledger.spend(session, here, fund, 60_00)
    return province


def path(of: Organization) -> str:
    return f"/v1/disclosure/organizations/{of.id}/briefs"


ASKED = {"period": "month", "from": "2026-05-15"}


async def read(client: AsyncClient, of: Organization, **asked: str) -> dict[str, Any]:
    answer = await client.get(path(of), params=ASKED | asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_month_beside_the_year_before_and_the_target(
    client: AsyncClient, session: WriteSession
) -> None:
    province = await scene(session)

    told = await read(client, province)

    raised = told["raised"]
    assert raised["value"]["amount"] == 550_00
    assert (raised["previous_value"]["amount"], raised["growth_per_mille"]) == (250_00, 1200)
    assert raised["since_new_year"]["amount"] == 750_00
    assert (told["gift_count"]["value"], told["gift_count"]["previous_value"]) == (3, 1)
    assert told["online_per_mille"] == 1000
    assert told["spent"]["value"]["amount"] == 60_00
    assert told["unspent"]["amount"] == 300_00 + 200_00 + 100_00 + 150_00 + 250_00 + 90_00 - 60_00
    assert (told["target"]["amount"], told["completion_per_mille"]) == (1_000_00, 750)
    assert [told["previous_first_day"], told["previous_last_day"]] == ["2025-05-01", "2025-05-31"]
    assert told["running"] is False


async def test_a_quarters_target_is_a_part_of_the_years(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)
    asking = await session.scalar(select(Fundraiser).where(Fundraiser.organization_id == province.id))
    assert asking
    # The year's is 1,000.00; of one that reaches into the next year nobody knows what belongs to this one.
    spans = [((2026, 4, 1), (2026, 6, 30)), ((2026, 7, 1), (2026, 9, 30)), ((2025, 12, 1), (2027, 1, 31))]
    for first, last in spans:
        part = FundraisingTarget(
            fundraiser_id=asking.id,
            starts_on=date(*first),
            ends_on=date(*last),
            amount=250_00,
            actor="test",
        )
        session.add(part)
    await session.flush()

    told = await read(client, province)

    assert (told["target"]["amount"], told["completion_per_mille"]) == (1_000_00, 750)


async def test_cities_count_with_their_counties_and_stand_in_order(
    client: AsyncClient, session: WriteSession
) -> None:
    told = await read(client, await scene(session))

    cities = [(one["rank"], one["raised"]["value"]["amount"]) for one in told["cities"]]
    assert cities == [(1, 400_00), (2, 150_00)]
    first = told["cities"][0]
    assert (first["raised"]["growth_per_mille"], first["completion_per_mille"]) == (600, 750)
    assert [one["raised"]["value"]["amount"] for one in told["counties"]] == [100_00]
    alone = await read(client, await organizations.organization(session), basis="entity")
    assert (alone["cities"], alone["counties"]) == ([], [])


async def test_what_was_before_the_books_began_is_not_known(
    client: AsyncClient, session: WriteSession
) -> None:
    member = await organizations.organization(session, books_from=date(2026, 1, 1))

    told = await read(client, member)

    assert told["previous_missing"]["reason"] == "no_books"
    assert (told["raised"]["previous_value"], told["raised"]["growth_per_mille"]) == (None, None)
    assert told["online_per_mille"] is None


async def test_what_came_since_new_year_stands_beside_the_year_before(
    client: AsyncClient, session: WriteSession
) -> None:
    told = (await read(client, await scene(session)))["raised"]

    # To 31 May: 550.00 and 200.00 of April; the year before 250.00. (75000 - 25000) / 25000 = 200.0 %.
    assert told["previous_since_new_year"]["amount"] == 250_00
    assert told["growth_since_new_year_per_mille"] == 2000


async def test_a_brief_as_a_workbook(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)

    answer = await client.get(path(province), params=ASKED, headers={"Accept": Format.xlsx.value})

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["简报", "市级排名", "县级排名"]
    cells = [[cell.value for cell in row] for row in book["市级排名"].iter_rows()]
    header = next(place for place, row in enumerate(cells) if row[0] == "名次")
    told = dict(zip(cells[header], cells[header + 1], strict=True))
    assert (told["本期募集（元）"], told["每万人（元）"]) == (400, 0.33)
    assert (told["常住人口（人）"], told["人口时点"]) == (12_183_280, datetime(2020, 11, 1))  # noqa: DTZ001
    assert "中国人口普查分县资料" in told["人口来源"]
    assert "按募集额排名。人均按常住人口计算，人口时点2020年11月1日" in cells[header - 1][0]


async def test_a_brief_fits_on_one_page(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)
    for _ in range(12):
        city = await organizations.organization(session, parent=province)
        await organizations.organization(session, parent=city)

    first, again = [
        await client.get(path(province), params=ASKED, headers={"Accept": Format.pdf.value}) for _ in range(2)
    ]

    assert first.status_code == 200, first.text
    [page] = PdfReader(io.BytesIO(first.content)).pages
    text = "".join(page.extract_text().split())
    assert all(words in text for words in ("慈善工作简报", "550.00", "前10名", "人口时点2020年11月1日"))
    assert first.content == again.content


async def test_days_that_make_no_sense_are_refused(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session)
    answer = await client.get(path(member), params={"period": "custom", "from": "2026-05-01"})
    assert (answer.status_code, answer.json()["code"]) == (422, "brief-span-unfit")
