"""Examples: what the API's document shows of projects' budgets."""

from typing import Any

from app.projects.schemas.register.examples import MOMENT, PROJECT, STAFF

BUDGET = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5301"
FUND = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a2201"
TARGET = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5102"
DECISION = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a5401"


def yuan(amount: int) -> dict[str, Any]:
    """Return an amount of yuan as JSON writes it."""
    return {"amount": amount * 100, "currency": "CNY"}


LINE: dict[str, Any] = {
    "year": 2026,
    "kind": "construction",
    "fund_id": FUND,
    "amount": yuan(60000),
    "note": "桥面与桥墩",
}
BUDGET_IN: dict[str, Any] = {"reason": "按设计概算编制", "lines": [LINE]}
BUDGET_OUT: dict[str, Any] = {
    "id": BUDGET,
    "project_id": PROJECT,
    "number": 1,
    "state": "approved",
    "reason": "按设计概算编制",
    "made_by": f"staff:{STAFF}",
    "created_at": MOMENT,
}
COMPARISON: dict[str, Any] = {
    "project_id": PROJECT,
    "budget_id": BUDGET,
    "as_of": None,
    "planned": yuan(60000),
    "spent": yuan(45000),
    "left": yuan(15000),
    "lines": [LINE | {"planned": yuan(60000), "spent": yuan(45000), "left": yuan(15000), "over": False}],
}
del COMPARISON["lines"][0]["amount"]
SHARES_IN: dict[str, Any] = {
    "shares": [
        {"source": "province", "planned": yuan(30000), "received": yuan(30000)},
        {"source": "self_raised", "planned": yuan(30000), "received": yuan(12000)},
    ]
}
LEFTOVER_IN: dict[str, Any] = {
    "use": "similar_project",
    "ground": "协议约定结余用于其他慈安桥项目",
    "target_project_id": TARGET,
}
LEFTOVER_OUT: dict[str, Any] = (
    {"id": DECISION, "project_id": PROJECT, "amount": yuan(15000)}
    | LEFTOVER_IN
    | {"state": "approved", "decided_on": "2026-11-01", "asked_by": f"staff:{STAFF}", "created_at": MOMENT}
)
