"""Papers: a brief as one page and as a workbook, in Chinese."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

from app.disclosure.briefs import wording
from app.disclosure.briefs.briefs import Brief
from app.disclosure.briefs.ranking import TEN_THOUSAND, Place, RankBy
from app.disclosure.briefs.wording import NOTHING
from app.kit.clock import LEGAL_ZONE
from app.kit.money import yuan
from app.kit.sheets.cells import Column, Kind, Strong
from app.kit.sheets.workbooks import Cells, Sheet

TEMPLATE = Path(__file__).with_name("brief.typ")
SHOWN_ON_PAGE = 10


def sheets(brief: Brief) -> list[Sheet]:
    """Return a brief as three sheets: the figures, the cities and the counties."""
    titles = [wording.title(brief), wording.about(brief), wording.days(brief)]
    titles += [wording.DEMO] if brief.scope.organization.demo else []
    titles += [told] if (told := wording.alike(brief)) else []
    columns = [
        Column("指标", width=28),
        Column("单位", width=8),
        Column("本期"),
        Column("上年同期"),
        Column("同比"),
        Column("今年以来"),
        Column("今年以来同比"),
    ]
    figures = [Strong(row) if not place else row for place, row in enumerate(_rows(brief))]
    rankings = [
        Sheet(name, _ranking(), list(_places(brief, places)), [*titles, _ranked_by(brief, places)])
        for name, places in (("市级排名", brief.cities), ("县级排名", brief.counties))
    ]
    return [Sheet("简报", columns, figures, titles), *rankings]


def _ranking() -> list[Column]:
    return [
        Column("名次", Kind.integer, 8),
        Column("机构", width=36),
        Column("本期募集（元）", Kind.money),
        Column("上年同期（元）", Kind.money),
        Column("同比"),
        Column("人均（元）", Kind.money),
        Column("每万人（元）", Kind.money),
        Column("今年以来（元）", Kind.money),
        Column("年度目标（元）", Kind.money),
        Column("完成率"),
        Column("人均名次", Kind.integer, 10),
        Column("增幅名次", Kind.integer, 10),
        Column("完成率名次", Kind.integer, 10),
        Column("常住人口（人）", Kind.integer, 16),
        Column("人口时点", Kind.day),
        Column("人口来源", width=48),
        Column("人口不含", width=24),
    ]


def _rows(brief: Brief) -> Iterator[list[object]]:
    for name, unit, told, write in (
        ("募集款物", "元", brief.raised, yuan),
        ("其中：实物", "元", brief.goods, yuan),
        ("其中：网络", "元", brief.online, yuan),
        ("捐赠人次", "人次", brief.gift_count, wording.count),
        ("支出", "元", brief.spent, yuan),
        ("新增志愿者", "人", brief.new_volunteers, wording.count),
        ("实施项目", "个", brief.projects, wording.count),
    ):
        before = write(told.before) if brief.known_before else NOTHING
        yield [
            *(name, unit, write(told.now), before, wording.growth(brief, told)),
            *(write(told.this_year), wording.growth_since_new_year(brief, told)),
        ]
    nothing = [NOTHING] * 4
    yield ["网络占比（货币）", "", wording.share(brief.online_per_mille), *nothing]
    yield ["目前结余", "元", yuan(brief.unspent), *nothing]
    target, done = wording.amount(brief.target), wording.share(brief.completion_per_mille)
    yield ["年度目标及完成率", "元", target, NOTHING, NOTHING, done, NOTHING]


def _places(brief: Brief, places: Sequence[Place]) -> Iterator[Cells]:
    for one in places:
        yield [
            one.ranks[brief.rank_by],
            one.organization.name,
            one.raised.now,
            one.raised.before if brief.known_before else None,
            wording.growth(brief, one.raised),
            one.per_head(),
            one.per_head(TEN_THOUSAND),
            one.raised.this_year,
            one.target,
            wording.share(one.completion_per_mille),
            *(one.ranks[which] for which in (RankBy.per_head, RankBy.growth, RankBy.completion)),
            *_people(one),
        ]


def _people(one: Place) -> list[object]:
    if one.heads is None:
        return [None, None, "未登记人口，不计算人均", None]
    without = "、".join(one.heads.without.values())
    return [one.heads.people, one.heads.counted_on, "；".join(one.heads.sources), without]


def _ranked_by(brief: Brief, places: Sequence[Place]) -> str:
    return f"按{wording.RANKED[brief.rank_by]}排名。{wording.people(places)}"


async def pdf(brief: Brief) -> bytes:
    """Return a brief as one page; equal data make equal bytes."""
    # typst is large, and the web worker rarely needs it.
    from app.kit.typesetting import papers

    told = {
        "title": wording.title(brief),
        "issuer": brief.scope.organization.name,
        "below": f"{wording.about(brief)}　{wording.days(brief)}",
        "note": wording.DEMO if brief.scope.organization.demo else "由账簿汇总生成",
        "notes": wording.alike(brief) + wording.people([*brief.cities, *brief.counties]),
        "rows": list(_rows(brief)),
        "rankings": [
            {
                "title": f"{name}（按{wording.RANKED[brief.rank_by]}）",
                "count": len(places),
                "rows": [_ranked(brief, one) for one in places[:SHOWN_ON_PAGE]],
            }
            for name, places in (("市级排名", brief.cities), ("县级排名", brief.counties))
        ],
    }
    made_at = datetime.combine(brief.span.last, time(), LEGAL_ZONE)
    return await papers.pdf(TEMPLATE, told, made_at=made_at)


def _ranked(brief: Brief, one: Place) -> list[str]:
    rank = one.ranks[brief.rank_by]
    return [
        NOTHING if rank is None else str(rank),
        one.organization.name,
        yuan(one.raised.now),
        wording.amount(one.per_head(TEN_THOUSAND)),
        wording.growth(brief, one.raised),
        wording.share(one.completion_per_mille),
    ]
