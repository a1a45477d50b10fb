"""Lists: disbursements as they are looked for."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.kit.http.pages import Orders
from app.projects.models import Disbursement

ORDERS: Orders = {
    "created_at": [Disbursement.created_at, Disbursement.id],
    "amount": [Disbursement.amount, Disbursement.id],
}
_EXACT = frozenset(
    {"organization_id", "project_id", "fund_id", "counterparty_id", "agreement_id", "kind", "state"}
    | {"cost", "aid_case_id", "village_request_id"}
)


def found(visible: Collection[UUID], asked: Mapping[str, Any]) -> Select[Disbursement]:
    """Return the query for the disbursements of these organizations that are asked for."""
    query = select(Disbursement).where(Disbursement.organization_id.in_(visible))
    query = query.filter_by(**{name: value for name, value in asked.items() if name in _EXACT})
    if "paid_on_from" in asked:
        query = query.where(Disbursement.paid_on >= asked["paid_on_from"])
    if "paid_on_to" in asked:
        query = query.where(Disbursement.paid_on <= asked["paid_on_to"])
    return query
