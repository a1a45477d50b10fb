"""Notices: what the people who look after a platform are told of its messages."""

from collections.abc import Mapping
from uuid import UUID

from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.organizations.access import Permission
from app.organizations.desk import notices
from app.organizations.desk.notices import Notice


async def _keepers(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    return await notices.holders(session, event, Permission.deliveries_replay)


NOTICES: Mapping[str, Notice] = {
    "alert.delivery_conflict": Notice(
        "A platform's message contradicts an earlier one", "平台消息与此前内容冲突", _keepers
    ),
}
"""Which events about deliveries are told, and to whom."""
