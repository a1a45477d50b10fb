"""A brief: figures of some days beside the year before, and its four forms."""

import io
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
from httpx import AsyncClient
from pypdf import PdfReader

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


async def test_cities_count_with_their_counties_and_stand_in_order(
    client: AsyncClient, session: WriteSession
) -> None:
    told = await read(client, await scene(session))

    cities = [(one["rank"], one["raised"]["value"]["amount"]) for one in told["cities"]]
    assert cities == [(1, 400_00), (2, 150_00)]
    first = told["cities"][0]
    assert (first["raised"]["growth_per_mille"], first["completion_per_mille"]) == (600, 750)
    assert (first["per_head"], first["per_head_missing"]["reason"]) == (None, "no_population")
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


async def test_a_brief_in_words_for_a_chat_group(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)

    answer = await client.get(path(province), params=ASKED, headers={"Accept": Format.text.value})

    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert lines[0].startswith("【慈善工作简报（月报）】" + province.name)
    assert lines[1] == "2026年5月1日—2026年5月31日"
    assert lines[2] == "募集款物 550.00 元（同比 +120.0%），捐赠 3 人次，网络占 100.0%；"
    assert "完成年度目标 1,000.00 元的 75.0%" in answer.text
    assert "市级排名：1. " in answer.text
    assert lines[-1] == "（演示数据，并非真实账目）"


async def test_a_brief_as_a_workbook(client: AsyncClient, session: WriteSession) -> None:
    province = await scene(session)

    answer = await client.get(path(province), params=ASKED, headers={"Accept": Format.xlsx.value})

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["简报", "市级排名", "县级排名"]
    cells = [[cell.value for cell in row] for row in book["市级排名"].iter_rows()]
    header = next(place for place, row in enumerate(cells) if row[0] == "名次")
    assert cells[header + 1][2] == 400
    assert cells[header + 1][5] == "无人口数据，未计算"


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
    text = page.extract_text()
    assert all(words in text for words in ("慈善工作简报", "550.00", "前 10 名"))
    assert first.content == again.content


async def test_days_that_make_no_sense_are_refused(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session)
    answer = await client.get(path(member), params={"period": "custom", "from": "2026-05-01"})
    assert (answer.status_code, answer.json()["code"]) == (422, "brief-span-unfit")
