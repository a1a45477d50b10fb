"""Wording: what a brief is called, whom and which days it is about, and how its numbers are written."""

from collections.abc import Sequence
from datetime import date

from app.disclosure.briefs.briefs import Brief
from app.disclosure.briefs.compared import Compared
from app.disclosure.briefs.ranking import Place, RankBy
from app.disclosure.briefs.spans import BriefPeriod
from app.disclosure.figures.told import percent
from app.kit.money import yuan
from app.ledger.balances import Basis

NOTHING = "—"
DEMO = "演示数据，并非真实账目"
PERIODS = {
    BriefPeriod.day: "日报",
    BriefPeriod.week: "周报",
    BriefPeriod.month: "月报",
    BriefPeriod.quarter: "季报",
    BriefPeriod.year: "年报",
    BriefPeriod.custom: "专报",
}
RANKED = {
    RankBy.amount: "募集额",
    RankBy.per_head: "人均募集额",
    RankBy.growth: "同比增幅",
    RankBy.completion: "年度目标完成率",
}


def title(brief: Brief) -> str:
    """Return a brief's title."""
    return f"慈善工作简报（{PERIODS[brief.span.period]}）"


def day(on: date) -> str:
    """Write a day: 2026年5月3日."""
    return f"{on.year}年{on.month}月{on.day}日"


def days(brief: Brief) -> str:
    """Return the days that a brief is about, and whether they have all come."""
    span = brief.span
    if span.first == span.last:
        return day(span.first)
    running = "，未结束" if span.running else ""
    return f"{day(span.first)}—{day(span.last)}{running}"


def about(brief: Brief) -> str:
    """Return whom a brief is about."""
    both = "（含下级，内部划拨不计）" if brief.scope.basis is Basis.consolidated else "（本级）"
    return brief.scope.organization.name + both


def growth(brief: Brief, told: Compared) -> str:
    """Write by how much a number grew: +6.6%."""
    return _signed(told.growth if brief.known_before else None)


def growth_since_new_year(brief: Brief, told: Compared) -> str:
    """Write by how much what there was since 1 January grew."""
    return _signed(told.growth_since_new_year if brief.known_last_year else None)


def _signed(per_mille: int | None) -> str:
    if per_mille is None:
        return NOTHING
    return ("+" if per_mille > 0 else "") + percent(per_mille)


def share(per_mille: int | None) -> str:
    """Write a share: 98.0%."""
    return NOTHING if per_mille is None else percent(per_mille)


def amount(minor: int | None) -> str:
    """Write an amount in yuan, or that it is not known."""
    return NOTHING if minor is None else yuan(minor)


def count(number: int) -> str:
    """Write a count with grouped thousands."""
    return f"{number:,}"


def people(places: Sequence[Place]) -> str:
    """Say by which counts of people what is told per head was reckoned; nothing where nobody is ranked."""
    if not places:
        return ""
    told = {(one.heads.counted_on, source) for one in places if one.heads for source in one.heads.sources}
    if not told:
        return "未登记人口数据，不计算人均。"
    counted = "；".join(f"{day(on)}（{source}）" for on, source in sorted(told))
    missing = sum(one.heads is None for one in places)
    rest = f"；{missing}家所在区域未登记人口，不计算人均" if missing else ""
    return f"人均按常住人口计算，人口时点{counted}{rest}。"


def alike(brief: Brief) -> str:
    """Say that growth is told without whoever kept no books a year before; nothing where all did."""
    if not brief.apart or not brief.known_before:
        return ""
    return f"同比为同口径，不含上年同期尚未建账的{len(brief.apart)}家。"
