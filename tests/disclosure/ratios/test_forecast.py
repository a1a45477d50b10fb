"""A running year: what must still be spent, and what comes out if it goes on so; worked by hand."""

from datetime import date

from app.disclosure.ratios.annual import RatioYear
from app.disclosure.ratios.inputs import Inputs
from app.disclosure.ratios.judging import Ratio, RatioId, RatioVerdict, judge
from app.disclosure.rules import ratios
from app.kit.database import WriteSession
from tests.disclosure.ratios.test_judging import WAN, amounts
from tests.factories import organizations

LAST = date(2026, 9, 30)
"""273 of the year's 365 days have passed."""


def by_id(found: list[Ratio]) -> dict[RatioId, Ratio]:
    return {one.id: one for one in found}


async def test_what_must_still_be_spent_and_what_comes_out(session: WriteSession) -> None:
    law = ratios.of(2026)
    assert law is not None
    [kind] = [one for one in law.classes if one.id == "qualified_association"]
    so_far = amounts(
        spending=65 * WAN,
        administration=20 * WAN,
        fundraising=5 * WAN,
        income_before=100 * WAN,
        total_spending=100 * WAN,
        donations_average=300 * WAN,
    )
    year = RatioYear(
        organization=await organizations.organization(session),
        year=2026,
        as_of=LAST,
        final=False,
        law=law,
        qualified=True,
        of=kind,
        inputs=Inputs(amounts=so_far, made={}, complete=True),
        ratios=judge(law, kind, so_far),
        exceptions=[],
    )

    now, whole = by_id(list(year.ratios)), by_id(list(year.forecast()))

    # 70 % of 1,000,000 yuan is 700,000: 650,000 spent, 50,000 still to be spent.
    spending = now[RatioId.charitable_spending]
    assert (spending.left, spending.verdict) == (5 * WAN, RatioVerdict.missed)
    # 65,000,000 fen * 365 / 273 = 86,904,761.9: 16,904,762 fen more than is due.
    spending = whole[RatioId.charitable_spending]
    assert (spending.amount, spending.left) == (86_904_762, -16_904_762)
    assert spending.verdict is RatioVerdict.kept
    # 20,000,000 * 365 / 273 = 26,739,926.7 of 100,000,000 * 365 / 273 = 133,699,633.7, of which 13 % are
    # 17,380,952.4: 9,358,975 fen above the cap.
    administration = whole[RatioId.administration]
    assert (administration.amount, administration.limit) == (26_739_927, 17_380_952)
    assert (administration.left, administration.verdict) == (-9_358_975, RatioVerdict.missed)
    # 5,000,000 * 365 / 273 = 6,684,981.7; 3 % of 300,000,000 is 9,000,000: 2,315,018 fen below.
    raising = whole[RatioId.fundraising_cost]
    assert (raising.amount, raising.left) == (6_684_982, 2_315_018)
    assert raising.verdict is RatioVerdict.kept
