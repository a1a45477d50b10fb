"""Growth of a year holds like against like: whole years, of members whose books tell of both."""

from datetime import UTC, date, datetime
from typing import Any

from httpx import AsyncClient

from app.accounting import openings
from app.accounting.openings import Balance, Opening
from app.kit.clock import today
from app.kit.database import WriteSession
from app.ledger import periods
from app.organizations.models import Organization
from tests.disclosure.figures.test_annual import books, figures, read
from tests.disclosure.ratios.test_ratios_api import given
from tests.factories import ledger, organizations


def at(year: int) -> datetime:
    return datetime(year, 8, 1, 4, tzinfo=UTC)


async def gave(session: WriteSession, of: Organization, **years: int) -> None:
    mine = await books(session, of)
    for year, amount in years.items():
        await given(session, mine, mine.general, amount, at(int(year[1:])))


def parts(figure: dict[str, Any]) -> dict[str, int]:
    return {one["key"]: one["value"] for one in figure["parts"]}


async def test_a_running_year_is_not_held_against_a_whole_one(
    client: AsyncClient, session: WriteSession
) -> None:
    this = today().year
    member = await organizations.organization(session, books_from=date(this - 1, 1, 1))
    mine = await books(session, member)
    await given(session, mine, mine.general, 1_000_00, at(this - 1))
    await given(session, mine, mine.general, 100_00, datetime(this, 1, 3, 4, tzinfo=UTC))

    told = await figures(client, member, this)

    raised = told["raised"]
    assert (raised["value"], raised["previous_value"]) == (100_00, 1_000_00)
    running = (raised["growth_per_mille"], raised["growth_missing"], told["raised_growth"]["missing"])
    # Until 31 December nobody knows; on that day the year is told as a whole.
    if today() < date(this, 12, 31):
        assert running[0] is None
        assert [one["reason"] for one in running[1:]] == ["year_running", "year_running"]
    else:
        assert running[0] == -900


async def test_a_member_that_joined_makes_the_federation_grow_by_nothing(
    client: AsyncClient, session: WriteSession
) -> None:
    province = await organizations.organization(session, books_from=date(2024, 1, 1))
    joined = await organizations.organization(session, parent=province, books_from=date(2025, 1, 1))
    founded = await organizations.organization(
        session, parent=province, books_from=date(2025, 3, 1), founded_on=date(2025, 3, 1)
    )
    await gave(session, province, y2024=100_00, y2025=110_00)
    await gave(session, joined, y2025=500_00)
    await gave(session, founded, y2025=5_00)

    told = await read(client, province, 2025, "consolidated")

    by_id = {one["id"]: one for one in told["figures"]}
    raised, grown = by_id["raised"], by_id["raised_growth"]
    assert (raised["value"], raised["previous_value"]) == (615_00, 100_00)
    # (110.00 + 5.00 - 100.00) / 100.00 = 15 %, and not 515 %.
    assert (grown["value"], raised["growth_per_mille"]) == (150, 150)
    assert parts(grown) == {"this_year": 115_00, "last_year": 100_00, "not_compared": 500_00}
    assert told["not_compared_codes"] == [joined.code]


async def test_what_is_given_back_after_the_year_was_closed_is_the_next_years(
    client: AsyncClient, session: WriteSession
) -> None:
    member = await organizations.organization(session, books_from=date(2025, 1, 1))
    mine = await books(session, member)
    first = await given(session, mine, mine.general, 100_00, at(2025))
    for month in range(1, 13):
        await periods.open_books(session, member.id, date(2025, month, 1))
        await periods.close(session, member.id, date(2025, month, 1))
    before = await read(client, member, 2025)

    await ledger.refund(session, mine, first, 30_00)

    after = await read(client, member, 2025)
    assert (before["final"], after) == (True, before)
    told = await figures(client, member, 2026)
    assert (told["raised"]["value"], told["raised"]["previous_value"]) == (-30_00, 100_00)


async def test_half_a_year_of_books_is_nothing_to_compare_with(
    client: AsyncClient, session: WriteSession
) -> None:
    half = await organizations.organization(session, books_from=date(2024, 7, 1))
    await gave(session, half, y2024=100_00, y2025=150_00)
    whole = await organizations.organization(session, books_from=date(2024, 7, 1))
    mine = await books(session, whole)
    # Books that went live in July, and took over what had been given until then.
    opening = Opening(
        organization_id=whole.id,
        chart="2026",
        on=date(2024, 7, 1),
        balances=[Balance(code="1002", amount=50_00), Balance(code="4101", amount=-50_00)],
        unspent={mine.general.id: 50_00},
    )
    await openings.book(session, opening, actor="test")
    await gave(session, whole, y2024=100_00, y2025=180_00)

    lacking, told = [await figures(client, one, 2025) for one in (half, whole)]

    assert lacking["raised"]["previous_value"] == 100_00
    assert lacking["raised"]["growth_per_mille"] is None
    assert lacking["raised"]["growth_missing"]["reason"] == "not_comparable"
    assert lacking["raised_growth"]["missing"]["reason"] == "not_comparable"
    assert (told["raised"]["previous_value"], told["raised_growth"]["value"]) == (150_00, 200)
