"""Ratios: what a year's spending and costs come to, beside what the law of that year and class allows."""

from collections.abc import Mapping, Sequence

from app.disclosure.publications.asked import Asked
from app.disclosure.publications.contents import Column, Field, Measure, Said, Table
from app.disclosure.ratios import annual
from app.disclosure.ratios.errors import RatiosNotBinding
from app.disclosure.ratios.exceptions import Ground
from app.disclosure.ratios.judging import RatioId
from app.kit.database import ReadSession

_BASIS_POINTS_A_PER_MILLE = 10
_TITLES: Mapping[RatioId, tuple[str, str]] = {
    RatioId.charitable_spending: ("慈善活动支出", "Charitable spending"),
    RatioId.administration: ("管理费用", "Administration"),
    RatioId.fundraising_cost: ("募捐成本", "Fundraising cost"),
}


async def of_year(session: ReadSession, asked: Asked) -> Sequence[Said]:
    """Tell each amount, its share of what it is held against, and its limit; nothing where no law binds."""
    try:
        told = await annual.of(session, asked.organization.id, asked.first.year)
    except RatiosNotBinding:
        return ()
    fields: list[Said] = []
    for one in told.ratios:
        zh, en = _TITLES[one.id]
        share, least = one.actual_per_mille, one.at_least
        limit_zh, limit = ("应支出的最低数额", "at least") if least else ("最高限额", "at most")
        fields += [
            Field(one.id.value, zh, en, Measure.fen, one.amount),
            Field(
                f"{one.id}_share",
                f"{zh}占比",
                f"{en}, share",
                Measure.basis_points,
                None if share is None else share * _BASIS_POINTS_A_PER_MILLE,
            ),
            Field(f"{one.id}_limit", f"{zh}{limit_zh}", f"{en}, {limit}", Measure.fen, one.limit),
        ]
    # What goes beyond the cap on a ground of the law is explained to the public (ZC 14).
    claimed = [one for one in told.exceptions if one.explanation is not None]
    return [*fields, _explained(claimed)] if claimed else fields


def _explained(claimed: Sequence[Ground]) -> Table:
    return Table(
        "administration_exceptions",
        "突破管理费用限额的情况说明",
        "Why administration cost more than its cap",
        [
            Column("ground", "情形", "Ground", Measure.text),
            Column("explanation", "情况说明", "Explanation", Measure.text),
        ],
        [[one.exception.title_zh, one.explanation] for one in claimed],
    )
