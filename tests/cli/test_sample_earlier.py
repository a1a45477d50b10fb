"""The demo's year before: gifts to compare with, targets, and reports that were filed."""

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.cli.samples import appeals, federation
from app.cli.samples.earlier import gifts as earlier
from app.cli.samples.earlier import reports
from app.disclosure.models import Obligation
from app.disclosure.obligations import making, shown
from app.fundraising.models import Campaign, Donation
from app.kit.clock import today
from app.kit.database import Database
from app.organizations.models import Organization
from tests.site.pages import Sheet


async def test_the_year_before_has_gifts_targets_and_filed_reports(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        members = await federation.load(session)
        _, merchant, _ = await appeals.open_platform(session, members["610000"])
        channels = {code: await appeals.open_bank(session, members[code]) for code in ("610100", "610900")}
    await earlier.load(committed, members, channels | {"610000": merchant})
    early = [members[code] for code in sorted(federation.EARLY)]
    filed = await reports.file(committed, early)
    province = members["610000"]

    year = federation.year_before().year
    asked = {"period": "year", "from": f"{year}-06-01"}
    answer = await committed_client.get(f"/v1/disclosure/organizations/{province.id}/briefs", params=asked)

    told = answer.json()
    assert answer.status_code == 200, answer.text
    assert told["organization"]["demo"] is True
    assert told["gift_count"]["value"] == sum(one.gifts for one in earlier.YEARS.values())
    assert len(members) == 118
    assert {one["code"] for one in told["cities"][:2]} == {"610100", "610900"}
    assert all(one["per_ten_thousand"]["amount"] > 0 for one in told["cities"][:2])
    async with committed.reading() as session:
        days = (await session.scalars(select(Donation.donated_at))).all()
        titles = (await session.scalars(select(Campaign.title))).all()
        owed = (await session.scalars(select(Obligation).where(Obligation.number == year))).all()
    # Every month has some, and whoever reads of them reads that they are for show.
    assert {one.month for one in days} == set(range(1, 13))
    assert all("演示" in title for title in titles)
    assert filed == sum(one.filed_on is not None for one in owed)
    assert all(one.filed_on or (one.due_on and one.due_on >= today()) for one in owed)


async def test_nothing_of_the_years_after_is_owed_by_a_closed_set_of_the_past(committed: Database) -> None:
    from app.cli.samples import history

    await history.load(committed)
    await making.make_due(committed)

    async with committed.reading() as session:
        assert (await shown.calendar(session)).late == []
        assert await session.scalar(select(func.count()).where(Obligation.trigger_on > today())) == 0
        years = await session.scalars(
            select(Obligation.number).where(Obligation.subject_kind == "year").distinct()
        )
        assert set(years) == {2020}


async def test_the_books_of_2020_are_shown_with_the_chart_they_are_declared_on(
    committed: Database, committed_client: AsyncClient
) -> None:
    from app.cli.samples import history

    await history.load(committed)
    member = f"/organizations/{history.CODE}"
    told = {
        "zh": "<dt>会计科目表</dt><dd>2026年版</dd>",
        "en": "<dt>Chart of accounts</dt><dd>2026</dd>",
    }

    for language, words in told.items():
        page = await committed_client.get(member, params={"lang": language})
        assert page.status_code == 200, page.text
        assert words in page.text, language
    campaign = await committed_client.get(f"/campaigns/{history.CAMPAIGN}")
    assert "账簿按 2026 年科目表演示" in Sheet(campaign.text).text
    async with committed.reading() as session:
        kept = await session.scalar(select(Organization).where(Organization.code == history.CODE))
        assert kept is not None
        assert (kept.chart_version, kept.books_from.year) == ("2026", 2020)
