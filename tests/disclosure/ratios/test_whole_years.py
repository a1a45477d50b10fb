"""Books that went live in mid-year: what they do not tell is not known, and never a limit that is kept."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.accounting import openings
from app.accounting.openings import Balance, Opening
from app.disclosure.ratios import annual
from app.disclosure.ratios.judging import RatioId, RatioVerdict, judge
from app.disclosure.rules import ratios
from app.disclosure.rules.ratios import RatioMeasure
from app.kit.database import WriteSession
from tests.disclosure.figures.test_annual import books
from tests.disclosure.ratios.test_judging import WAN, amounts, one
from tests.disclosure.ratios.test_ratios_api import charity, given
from tests.factories import ledger

LIVE_ON = date(2025, 7, 1)
AUGUST = datetime(2025, 8, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("founded_on", "carried", "income"),
    [
        (None, 0, None),
        (date(1996, 3, 1), 0, None),
        # What had been earned until then was taken over with the balances.
        (date(1996, 3, 1), 300_00, 1_300_00),
        # There was nothing before.
        (LIVE_ON, 0, 1_000_00),
    ],
)
async def test_half_a_year_is_no_base(
    session: WriteSession, founded_on: date | None, carried: int, income: int | None
) -> None:
    province, _ = await charity(session, books_from=LIVE_ON, founded_on=founded_on)
    mine = await books(session, province)
    if carried:
        balances = [Balance(code="1002", amount=carried), Balance(code="4101", amount=-carried)]
        opening: dict[str, Any] = {"balances": balances, "unspent": {mine.general.id: carried}}
        await openings.book(
            session, Opening(organization_id=province.id, chart="2026", on=LIVE_ON, **opening), actor="test"
        )
    await given(session, mine, mine.general, 1_000_00, AUGUST)
    await ledger.spend(session, mine, mine.general, 700_00)

    then, now = [await annual.of(session, province.id, year) for year in (2025, 2026)]

    [spending] = [ratio for ratio in now.ratios if ratio.id is RatioId.charitable_spending]
    assert spending.measure_amount == income
    known = income is not None
    assert (spending.verdict is RatioVerdict.unknown) is not known
    # Of the year itself nothing is judged either, not even that so little is exempt.
    administration = one(list(then.ratios), RatioId.administration)
    assert administration.verdict is (RatioVerdict.exempt if known else RatioVerdict.unknown)
    # What was there at its end is told by balances.
    assert now.inputs.amounts.measures[RatioMeasure.net_assets_before] == 1_000_00 + carried


def test_what_was_not_followed_to_its_end_is_not_said_to_be_too_little() -> None:
    law = ratios.of(2026)
    assert law is not None
    [kind] = [of for of in law.classes if of.id == "qualified_association"]

    def verdict(spending: int, *, followed: bool) -> RatioVerdict:
        told = replace(amounts(spending=spending), followed=followed)
        return one(judge(law, kind, told), RatioId.charitable_spending).verdict

    assert verdict(699 * WAN, followed=True) is RatioVerdict.missed
    assert verdict(699 * WAN, followed=False) is RatioVerdict.unknown
    assert verdict(700 * WAN, followed=False) is RatioVerdict.kept
