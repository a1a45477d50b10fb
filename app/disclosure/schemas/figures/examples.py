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
            "as_of": "2020-12-31",
            "parts": [
                {
                    "group": "nature",
                    "key": "money",
                    "title": "Money",
                    "title_zh": "货币捐赠",
                    "value": 75_064_000_000,
                    "target": None,
                },
                {
                    "group": "nature",
                    "key": "goods",
                    "title": "Goods",
                    "title_zh": "实物捐赠",
                    "value": 5_636_000_000,
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
            "as_of": "2020-12-31",
            "parts": [],
        },
    ],
}
