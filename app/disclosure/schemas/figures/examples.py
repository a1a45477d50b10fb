"""Examples: what the API document shows of figures, ratios and briefs."""

from typing import Any

Example = dict[str, Any]

ABOUT: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8001",
    "code": "610000",
    "name": "陕西省慈善联合会",
    "demo": True,
}
ANNUAL: Example = {
    "organization": ABOUT,
    "year": 2020,
    "basis": "entity",
    "as_of": "2020-12-31",
    "final": True,
    "organization_count": 1,
    "with_books_count": 1,
    "not_compared_codes": [],
    "figures": [
        {
            "number": "F1",
            "id": "raised",
            "title": "Raised in money and goods",
            "title_zh": "募集款物",
            "definition": "Donation income booked in the year: money, and goods at their booked value.",
            "definition_zh": "当年入账的捐赠收入：货币捐赠加按入账价值计的实物捐赠。",
            "unit": "fen",
            "value": 80_700_000_000,
            "text": "CNY 807,000,000.00",
            "text_zh": "807,000,000.00 元",
            "missing": None,
            "target": None,
            "previous_value": 75_704_000_000,
            "previous_missing": None,
            "growth_per_mille": 66,
            "growth_text": "6.6%",
            "growth_missing": None,
            "as_of": "2020-12-31",
            "parts": [
                {
                    "group": "nature",
                    "key": "money",
                    "title": "Money",
                    "title_zh": "货币捐赠",
                    "unit": "fen",
                    "value": 75_064_000_000,
                    "text": "CNY 750,640,000.00",
                    "text_zh": "750,640,000.00 元",
                    "target": None,
                },
                {
                    "group": "nature",
                    "key": "goods",
                    "title": "Goods",
                    "title_zh": "实物捐赠",
                    "unit": "fen",
                    "value": 5_636_000_000,
                    "text": "CNY 56,360,000.00",
                    "text_zh": "56,360,000.00 元",
                    "target": None,
                },
            ],
        },
        {
            "number": "F12",
            "id": "target_sites",
            "title": "Sites finished against the target",
            "title_zh": "目标点位完成数",
            "definition": "Of the year's targets of its programmes the sites accepted in the year.",
            "definition_zh": "本机构品牌计划当年目标中，当年验收合格的点位。",
            "unit": "sites",
            "value": None,
            "text": None,
            "text_zh": None,
            "missing": {
                "reason": "no_target",
                "text": "No target for sites is on record for the year.",
                "text_zh": "该年度没有登记点位建设目标",
            },
            "target": None,
            "previous_value": None,
            "previous_missing": {
                "reason": "no_target",
                "text": "No target for sites is on record for the year.",
                "text_zh": "该年度没有登记点位建设目标",
            },
            "growth_per_mille": None,
            "growth_text": None,
            "growth_missing": None,
            "as_of": "2020-12-31",
            "parts": [],
        },
    ],
}


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


def _compared(value: int, before: int, this_year: int, growth: int) -> Example:
    return {
        "value": value,
        "previous_value": before,
        "growth_per_mille": growth,
        "since_new_year": this_year,
        "previous_since_new_year": None,
        "growth_since_new_year_per_mille": None,
    }


def _compared_money(value: int, before: int, this_year: int, growth: int) -> Example:
    names = ("value", "previous_value", "since_new_year")
    told = _compared(value, before, this_year, growth)
    return {name: _fen(told[name]) if name in names else told[name] for name in told}


_RATIO: Example = {
    "id": "charitable_spending",
    "article": "8",
    "mark": "A1",
    "at_least": True,
    "limit_per_mille": 700,
    "measure": "income_before",
    "measure_amount": _fen(100_000_000),
    "average_amount": None,
    "amount": _fen(65_000_000),
    "actual_per_mille": 650,
    "limit_amount": _fen(70_000_000),
    "left": _fen(5_000_000),
    "verdict": "missed",
}
RATIOS: Example = {
    "organization": ABOUT,
    "year": 2026,
    "as_of": "2026-12-31",
    "final": True,
    "regulation": "NDZC-12",
    "regulation_title": "Provisions on annual spending, administration and fundraising cost (2026)",
    "regulation_title_zh": "关于慈善组织开展慈善活动年度支出、管理费用和募捐成本的规定",
    "regulation_number": "民发〔2026〕12号",
    "last_mile": True,
    "qualified": True,
    "organization_class": {
        "id": "qualified_association",
        "title": "Association or social service organization qualified for public fundraising",
        "title_zh": "具有公开募捐资格的社会团体和社会服务机构",
        "article": "8",
        "mark": "A1",
    },
    "ratios": [_RATIO],
    "made_of": [
        {"key": "spending_booked", "amount": _fen(70_000_000)},
        {"key": "passed_to_members", "amount": _fen(20_000_000)},
        {"key": "arrived_through_members", "amount": _fen(15_000_000)},
    ],
    "complete": True,
    "exceptions": [
        {
            "id": "young",
            "title": "Less than a year a charity",
            "title_zh": "登记为慈善组织未满一年，尚未全面开展慈善活动",
            "article": "14(1)",
            "mark": "A1",
            "applies": "no",
            "explanation": None,
        }
    ],
    "exceptions_reported_on": None,
    "exceptions_reported_to": None,
}
RATIO_FORECAST: Example = RATIOS | {
    "as_of": "2026-09-30",
    "final": False,
    "forecast": [
        _RATIO
        | {"amount": _fen(86_904_762), "actual_per_mille": 869, "left": _fen(-16_904_762), "verdict": "kept"}
    ],
}
BRIEF: Example = {
    "organization": ABOUT,
    "basis": "consolidated",
    "period": "month",
    "title": "慈善工作简报（月报）",
    "first_day": "2026-05-01",
    "last_day": "2026-05-31",
    "running": False,
    "previous_first_day": "2025-05-01",
    "previous_last_day": "2025-05-31",
    "previous_missing": None,
    "raised": _compared_money(36_500_000, 34_240_000, 150_000_000, 66),
    "goods": _compared_money(500_000, 240_000, 1_000_000, 1083),
    "online": _compared_money(12_600_000, 11_900_000, 50_000_000, 59),
    "online_per_mille": 350,
    "gift_count": _compared(7300, 6911, 30_000, 56),
    "spent": _compared_money(16_400_000, 16_000_000, 70_000_000, 25),
    "unspent": _fen(20_050_000),
    "new_volunteers": _compared(120, 100, 600, 200),
    "projects": _compared(312, 300, 350, 40),
    "target": _fen(300_000_000),
    "completion_per_mille": 500,
    "not_compared_codes": [],
    "rank_by": "amount",
    "cities": [
        {
            "rank": 1,
            "ranks": {"amount": 1, "per_head": 1, "growth": 1, "completion": 1},
            "organization_id": "01997d5d-ac96-774b-bcce-b302099a8002",
            "code": "610100",
            "name": "西安市慈善会",
            "region_code": "610100",
            "raised": _compared_money(20_000_000, 18_000_000, 80_000_000, 111),
            "target": _fen(100_000_000),
            "completion_per_mille": 800,
            "per_head": _fen(2),
            "per_ten_thousand": _fen(16_416),
            "people": {
                "people_count": 12_183_280,
                "counted_on": "2020-11-01",
                "sources": ["《中国人口普查分县资料—2020》"],
                "without_region_codes": [],
            },
            "per_head_missing": None,
        }
    ],
    "counties": [],
}
