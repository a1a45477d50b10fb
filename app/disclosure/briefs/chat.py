"""Chat: a brief as a message for a chat group, as an officer of the federation would write it."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from app.disclosure.briefs import wording
from app.disclosure.briefs.briefs import Brief
from app.disclosure.briefs.ranking import TEN_THOUSAND, Place, RankBy
from app.disclosure.briefs.spans import BriefPeriod, BriefSpan
from app.disclosure.figures.told import percent
from app.kit.money import yuan

SHOWN = 3
_WAN, _YI = 10_000 * 100, 10**8 * 100
_QUARTERS = "一二三四"
_NUMBERS = "一二三四五六七"


def words(brief: Brief) -> str:
    """Return a brief as plain words, short enough for a chat group."""
    called = wording.PERIODS[brief.span.period]
    demo = f"（{wording.DEMO}）\n" if brief.scope.organization.demo else ""
    lines = [
        f"【慈善工作{called}】{wording.about(brief)}\n{demo}",
        f"各位同仁：现将{when(brief.span)}慈善工作情况通报如下：\n",
    ]
    lines += [f"{_NUMBERS[place]}、{line}\n" for place, line in enumerate(_lines(brief))]
    per_head = brief.rank_by is RankBy.per_head
    notes = wording.alike(brief) + (wording.people([*brief.cities, *brief.counties]) if per_head else "")
    lines += [f"注：{notes}\n"] if notes else []
    return "".join(lines)


def when(span: BriefSpan) -> str:
    """Say which days: 2026年5月, 2026年第二季度（截至6月3日）, 2026年5月4日至10日."""
    first, last = span.first, span.last
    until = f"（截至{last.month}月{last.day}日）" if span.running else ""
    match span.period:
        case BriefPeriod.year:
            return f"{first.year}年{until}"
        case BriefPeriod.quarter:
            return f"{first.year}年第{_QUARTERS[(first.month - 1) // 3]}季度{until}"
        case BriefPeriod.month:
            return f"{first.year}年{first.month}月{until}"
        case _ if first == last:
            return wording.day(first)
        case _ if first.year != last.year:
            return f"{wording.day(first)}至{wording.day(last)}"
        case _:
            month = "" if first.month == last.month else f"{last.month}月"
            return f"{wording.day(first)}至{month}{last.day}日"


def _lines(brief: Brief) -> Iterator[str]:
    raised = brief.raised
    if raised.now == 0 and brief.gift_count.now == 0:
        yield "募集：本期暂无捐赠入账。"
    else:
        goods = f"（其中物资折价{spoken(brief.goods.now)}）" if brief.goods.now else ""
        online = (
            "" if brief.online_per_mille is None else f"，网络募集占善款的{percent(brief.online_per_mille)}"
        )
        grown = _grown(raised.growth if brief.known_before else None)
        yield f"募集：募集款物{spoken(raised.now)}{goods}{grown}；捐赠{brief.gift_count.now:,}人次{online}。"
    yield f"使用：支出{spoken(brief.spent.now)}，目前结余{spoken(brief.unspent)}。"
    yield f"项目与志愿服务：实施项目{brief.projects.now:,}个，新增志愿者{brief.new_volunteers.now:,}人。"
    since = _grown(raised.growth_since_new_year if brief.known_last_year else None)
    yield f"今年以来：累计募集{spoken(raised.this_year)}{since}，{_against(brief)}。"
    for name, places in (("市级", brief.cities), ("县级", brief.counties)):
        if shown := [one for one in places if one.ranks[brief.rank_by] and one.raised.now > 0][:SHOWN]:
            yield f"{name}排名（按{wording.RANKED[brief.rank_by]}）：{_ranked(brief, shown)}。"


def _against(brief: Brief) -> str:
    if brief.target is None:
        return "未设年度目标"
    return f"完成年度目标{spoken(brief.target)}的{wording.share(brief.completion_per_mille)}"


def _ranked(brief: Brief, shown: Sequence[Place]) -> str:
    def told(one: Place) -> str:
        match brief.rank_by:
            case RankBy.amount:
                said = ""
            case RankBy.per_head:
                said = f"（每万人{wording.amount(one.per_head(TEN_THOUSAND))}元）"
            case RankBy.growth:
                said = f"（{_grown(one.raised.growth).removeprefix('，')}）"
            case RankBy.completion:
                said = f"（完成{wording.share(one.completion_per_mille)}）"
        return f"第{one.ranks[brief.rank_by]}名{one.organization.name}{spoken(one.raised.now)}{said}"

    return "；".join(told(one) for one in shown)


def _grown(per_mille: int | None) -> str:
    if per_mille is None:
        return "（上年同期无可比数据）"
    if per_mille == 0:
        return "，与上年同期持平"
    return f"，同比{'增长' if per_mille > 0 else '下降'}{percent(abs(per_mille))}"


def spoken(minor: int) -> str:
    """Say an amount as people do: 550元, 36.50万元, 8.07亿元; from 10,000 yuan on rounded half up."""
    for unit, name in ((_YI, "亿元"), (_WAN, "万元")):
        if abs(minor) >= unit:
            rounded = (Decimal(minor) / unit).quantize(Decimal("0.01"), ROUND_HALF_UP)
            return f"{rounded:,}{name}"
    return f"{yuan(minor).removesuffix('.00')}元"
