"""Examples: what the API document shows of projects as the public reads them."""

from typing import Any

Example = dict[str, Any]


def _fen(amount: int) -> Example:
    return {"amount": amount, "currency": "CNY"}


ORGANIZATION: Example = {"code": "610000", "name": "陕西省慈善联合会"}
PROJECT: Example = {
    "code": "610924-2026-QAB-0001",
    "title": "紫阳县慈安桥",
    "category": "transport",
    "organization": ORGANIZATION,
    "programme": {"code": "QAB", "title": "慈安桥"},
    "region_code": "610924",
    "region": "紫阳县",
    "town": None,
    "village": "示例村",
    "planned_from": "2026-03-01",
    "planned_to": "2026-11-30",
    "executed_from": "2026-03-10",
    "executed_to": None,
    "state": "running",
    "planned": _fen(6_000_000),
    "spent": _fen(5_650_000),
    "site_count": 2,
    "accepted_site_count": 1,
    "demo": False,
}
EXECUTOR: Example = {"organization": None, "name": "示例建筑公司", "task": "施工"}
COST: Example = {
    "year": 2026,
    "kind": "construction",
    "planned": _fen(6_000_000),
    "spent": _fen(5_650_000),
}
HELPED: Example = {
    "identified_person_count": 120,
    "identified_person_times": 150,
    "counted_only_person_times": 800,
}
INDICATOR: Example = {
    "code": "BRIDGES",
    "title": "建成桥梁",
    "unit": "座",
    "target": 2,
    "reached": 1,
}
PHOTO: Example = {
    "url": "/v1/attachments/019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0042/public-copy",
    "media_type": "image/jpeg",
    "sha256": "8a5edab282632443219e051e4ade2d1d5bbc671c781051bf1437897cbdfea0f1",
    "taken_on": "2026-06-20",
}
REPORT: Example = {
    "number": 1,
    "period_from": "2026-04-01",
    "period_to": "2026-06-30",
    "done": "完成桥墩",
    "person_count": 100,
    "person_times": 120,
    "published_on": "2026-07-10",
    "photos": [PHOTO],
}
SITES: Example = {"kind": "bridge", "site_count": 2, "accepted_count": 1}
TARGET: Example = {"year": 2026, "site_kind": "bridge", "site_count": 700, "accepted_count": 412}
LEFTOVER: Example = {
    "amount": _fen(350_000),
    "use": "similar_project",
    "decided_on": "2026-12-10",
    "target_project_code": "610925-2026-QAB-0007",
}
PROJECT_IN_FULL: Example = PROJECT | {
    "content": "修建便民桥",
    "brand": "慈安桥",
    "beneficiary_rule": "全体村民",
    "closed_on": None,
    "executors": [EXECUTOR],
    "costs": [COST],
    "helped": HELPED,
    "indicators": [INDICATOR],
    "progress": [REPORT],
    "sites": [SITES],
    "programme_targets": [TARGET],
    "leftovers": [LEFTOVER],
}
SHARES: Example = {
    "planned": _fen(6_000_000),
    "received": _fen(4_200_000),
    "shares": [{"source": "province", "planned": _fen(6_000_000), "received": _fen(4_200_000)}],
}
FUND: Example = {
    "organization": ORGANIZATION,
    "code": "F-BRIDGE",
    "title": "慈安桥建设",
    "planned": _fen(6_000_000),
    "spent": _fen(5_650_000),
    "arrived": _fen(3_000_000),
    "campaigns": [{"code": "SX-2026-BRIDGE", "title": "慈安桥", "directly": True}],
}
FUNDING: Example = {
    "code": "610924-2026-QAB-0001",
    "title": "紫阳县慈安桥",
    "planned": _fen(6_000_000),
    "spent": _fen(5_650_000),
    "arrived": _fen(3_000_000),
    "planned_by_others": _fen(0),
    "funds": [FUND],
    "shares": SHARES,
    "site_shares": {"planned": _fen(0), "received": _fen(0), "shares": []},
}
FEATURE: Example = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [108.53, 32.52]},
    "properties": {
        "code": "QAB-2026-001",
        "title": "示例村慈安桥",
        "kind": "bridge",
        "structure": "slab",
        "state": "accepted",
        "region_code": "610924",
        "town": None,
        "village": "示例村",
        "length_centimetres": 2000,
        "width_centimetres": 350,
        "accepted_on": "2026-10-20",
        "cost": _fen(5_650_000),
    },
}
MAP: Example = {"type": "FeatureCollection", "features": [FEATURE], "complete": True}
