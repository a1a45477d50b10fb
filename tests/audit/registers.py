"""Registers: everything at the auditors' door, and what a mandate for 2025 does not cover of each."""

from typing import Any

from httpx import AsyncClient, Response

from tests.audit.books import Audited

AT = "/v1/audit/organizations/{organization_id}"
PACK = "/v1/audit/projects/{project_id}/audit-pack"
AMOUNT = 9_876_543
"""A gift of 2026, told by whatever tells of that year's books; no other number has it as a part."""

BEYOND: dict[str, dict[str, Any]] = {
    "/v1/audit/journal": {"booked_on_to": "2026-01-01"},
    "/v1/audit/export": {"booked_on_from": "2024-12-31"},
    f"{AT}/trial-balance": {"as_of": "2026-05-01"},
    f"{AT}/samples": {"booked_on_to": "2026-05-01"},
    f"{AT}/cut-off": {"date": "2026-05-01"},
    f"{AT}/deliveries": {"created_at_from": "2026-05-01T00:00:00Z"},
    f"{AT}/settlements": {"ends_on_from": "2026-05-01"},
    f"{AT}/settlement-lines": {"happened_at_to": "2026-05-01T00:00:00Z"},
    f"{AT}/accounts": {"as_of": "2026-05-01"},
    f"{AT}/funds": {"as_of": "2026-05-01"},
    f"{AT}/statements/{{statement}}": {"period": "2026-05"},
    f"{AT}/account-balances": {"from": "2026-01-01", "to": "2026-12-31"},
    f"{AT}/general-ledger": {"to": "2026-05-01"},
    f"{AT}/detail-ledger": {"from": "2026-05-01"},
    f"{AT}/chronological": {"from": "2024-12-31"},
    f"{AT}/late-entries": {"to": "2026-05-01"},
    f"{AT}/month-steps": {"month": "2026-05"},
    f"{AT}/exceptions": {},
    PACK: {"booked_on_to": "2026-05-01"},
}
"""Each register with what a mandate for 2025 does not cover; open matters ask for no day."""

NEEDED: dict[str, dict[str, Any]] = {
    f"{AT}/samples": {"seed": "x"},
    f"{AT}/cut-off": {"date": "2025-12-31", "days": 62},
    f"{AT}/statements/{{statement}}": {"period": "2025"},
    f"{AT}/detail-ledger": {"account": "1009"},
}
"""What a register must be asked with, within 2025."""


async def read(
    client: AsyncClient, books: Audited, path: str, headers: dict[str, str], **asked: Any
) -> Response:
    """Ask one register of the audited member."""
    known = {"organization_id": books.organization.id, "project_id": books.project_id}
    address = path.format(statement="activities", **known)
    return await client.get(address, params=asked, headers=headers)
