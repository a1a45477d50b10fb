"""Lists: transfers as they are looked for."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from app.kit.http.pages import Orders
from app.projects.models import Transfer
from app.projects.transfers import requests

ORDERS: Orders = {
    "created_at": [Transfer.created_at, Transfer.id],
    "amount": [Transfer.amount, Transfer.id],
}
_EXACT = frozenset({"sender_id", "receiver_id", "nature", "state"})


def found(visible: frozenset[UUID], asked: Mapping[str, Any]) -> Select[Transfer]:
    """Return the query for the transfers of these members that are asked for."""
    query = requests.between(visible).filter_by(
        **{name: value for name, value in asked.items() if name in _EXACT}
    )
    if "sent_on_from" in asked:
        query = query.where(Transfer.sent_on >= asked["sent_on_from"])
    if "sent_on_to" in asked:
        query = query.where(Transfer.sent_on <= asked["sent_on_to"])
    return query


def sent(visible: frozenset[UUID], asked: Mapping[str, Any]) -> Select[Transfer]:
    """Return the same for those that were sent."""
    return found(visible, asked).where(Transfer.sent_on.is_not(None))
