"""Papers: a brief as one page, as a workbook, and as words for a chat group; all in Chinese."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

from app.disclosure.briefs.briefs import Brief, Compared, Place, share
from app.disclosure.briefs.spans import BriefPeriod
from app.disclosure.figures.told import percent
from app.kit.clock import LEGAL_ZONE
from app.kit.money import yuan
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Cells, Sheet
from app.ledger.balances import Basis

TEMPLATE = Path(__file__).with_name("brief.typ")
SHOWN_ON_PAGE, SHOWN_IN_CHAT = 10, 3
PERIODS = {
    BriefPeriod.day: "日报",
    BriefPeriod.week: "周报",
    BriefPeriod.month: "月报",
    BriefPeriod.quarter: "季报",
    BriefPeriod.year: "年报",
    BriefPeriod.custom: "专报",
}
_NOTHING = "—"
_DEMO = "演示数据，并非真实账目"


def title(brief: Brief) -> str:
    """Return a brief's title."""
    return f"慈善工作简报（{PERIODS[brief.span.period]}）"


def days(brief: Brief) -> str:
    """Return the days that a brief is about, and whether they have all come."""
    span = brief.span
    if span.first == span.last:
        return f"{span.first:%Y年%-m月%-d日}"
    running = "，未结束" if span.running else ""
    return f"{span.first:%Y年%-m月%-d日}—{span.last:%Y年%-m月%-d日}{running}"


def about(brief: Brief) -> str:
    """Return whom a brief is about."""
    both = "（含下级，内部划拨不计）" if brief.scope.basis is Basis.consolidated else "（本级）"
    return brief.scope.organization.name + both


def chat(brief: Brief) -> str:
    """Return a brief as plain words, short enough for a chat group."""
    raised = brief.raised
    lines = [
        f"【{title(brief)}】{about(brief)}",
        days(brief),
        (
            f"募集款物 {yuan(raised.now)} 元（同比 {_growth(brief, raised)}），"
            f"捐赠 {brief.gift_count.now:,} 人次，网络占 {_percent(brief.online_per_mille)}；"
        ),
        f"支出 {yuan(brief.spent.now)} 元，目前结余 {yuan(brief.unspent)} 元；",
        f"新增志愿者 {brief.new_volunteers.now:,} 人，实施项目 {brief.projects.now:,} 个。",
        f"今年以来募集 {yuan(raised.this_year)} 元" + _against(brief) + "。",
    ]
    for name, places in (("市级", brief.cities), ("县级", brief.counties)):
        shown = [one for one in places if one.raised.now > 0][:SHOWN_IN_CHAT]
        if shown:
            told = "；".join(
                f"{one.rank}. {one.organization.name} {yuan(one.raised.now)} 元" for one in shown
            )
            lines.append(f"{name}排名：{told}。")
    if brief.scope.organization.demo:
        lines.append(f"（{_DEMO}）")
    return "\n".join(lines) + "\n"


def _against(brief: Brief) -> str:
    if brief.target is None:
        return "（未设年度目标）"
    return f"，完成年度目标 {yuan(brief.target)} 元的 {_percent(brief.completion_per_mille)}"


def sheets(brief: Brief) -> list[Sheet]:
    """Return a brief as three sheets: the figures, the cities and the counties."""
    titles = [title(brief), about(brief), days(brief)]
    titles += [_DEMO] if brief.scope.organization.demo else []
    columns = [
        Column("指标", width=28),
        Column("单位", width=8),
        Column("本期"),
        Column("上年同期"),
        Column("同比"),
        Column("今年以来"),
    ]
    ranking = [
        Column("名次", Kind.integer, 8),
        Column("机构", width=36),
        Column("本期募集（元）", Kind.money),
        Column("上年同期（元）", Kind.money),
        Column("同比"),
        Column("人均（元）", width=24),
        Column("今年以来（元）", Kind.money),
        Column("年度目标（元）", Kind.money),
        Column("完成率"),
    ]
    return [
        Sheet(
            "简报",
            columns,
            [Strong(row) if not place else row for place, row in enumerate(_rows(brief))],
            titles,
        ),
        Sheet("市级排名", ranking, list(_places(brief, brief.cities)), titles),
        Sheet("县级排名", ranking, list(_places(brief, brief.counties)), titles),
    ]


def _rows(brief: Brief) -> Iterator[list[object]]:
    for name, unit, told, write in (
        ("募集款物", "元", brief.raised, yuan),
        ("其中：实物", "元", brief.goods, yuan),
        ("其中：网络", "元", brief.online, yuan),
        ("捐赠人次", "人次", brief.gift_count, _count),
        ("支出", "元", brief.spent, yuan),
        ("新增志愿者", "人", brief.new_volunteers, _count),
        ("实施项目", "个", brief.projects, _count),
    ):
        before = write(told.before) if brief.known_before else _NOTHING
        yield [name, unit, write(told.now), before, _growth(brief, told), write(told.this_year)]
    yield ["网络占比（货币）", "", _percent(brief.online_per_mille), _NOTHING, _NOTHING, _NOTHING]
    yield ["目前结余", "元", yuan(brief.unspent), _NOTHING, _NOTHING, _NOTHING]
    target = _NOTHING if brief.target is None else yuan(brief.target)
    done = _percent(brief.completion_per_mille)
    yield ["年度目标及完成率", "元", target, _NOTHING, _NOTHING, done]


def _places(brief: Brief, places: Sequence[Place]) -> Iterator[Cells]:
    for one in places:
        yield [
            one.rank,
            one.organization.name,
            one.raised.now,
            one.raised.before if brief.known_before else None,
            _growth(brief, one.raised),
            "无人口数据，未计算",
            one.raised.this_year,
            one.target,
            _percent(share(one.raised.this_year, one.target)),
        ]


async def pdf(brief: Brief) -> bytes:
    """Return a brief as one page; equal data make equal bytes."""
    # typst is large, and the web worker rarely needs it.
    from app.kit.typesetting import papers

    told = {
        "title": title(brief),
        "issuer": brief.scope.organization.name,
        "below": f"{about(brief)}　{days(brief)}",
        "note": _DEMO if brief.scope.organization.demo else "由账簿汇总生成",
        "rows": list(_rows(brief)),
        "rankings": [
            {
                "title": name,
                "count": len(places),
                "rows": [_ranked(brief, one) for one in places[:SHOWN_ON_PAGE]],
            }
            for name, places in (("市级排名", brief.cities), ("县级排名", brief.counties))
        ],
    }
    made_at = datetime.combine(brief.span.last, time(), LEGAL_ZONE)
    return await papers.pdf(TEMPLATE, told, made_at=made_at)


def _ranked(brief: Brief, one: Place) -> list[str]:
    done = _percent(share(one.raised.this_year, one.target))
    return [
        str(one.rank),
        one.organization.name,
        yuan(one.raised.now),
        _growth(brief, one.raised),
        done,
    ]


def _growth(brief: Brief, told: Compared) -> str:
    if told.growth is None or not brief.known_before:
        return _NOTHING
    return ("+" if told.growth > 0 else "") + percent(told.growth)


def _percent(per_mille: int | None) -> str:
    return _NOTHING if per_mille is None else percent(per_mille)


def _count(number: int) -> str:
    return f"{number:,}"
