"""Notices: what the people who look after subscriptions are told of them."""

from collections.abc import Mapping
from uuid import UUID

from app.kit.database import ReadSession
from app.kit.models import OutboxEvent
from app.organizations.access import Permission
from app.organizations.desk import notices
from app.organizations.desk.notices import Notice
from app.webhooks.outward.subscriptions import DISABLED


async def _keepers(session: ReadSession, event: OutboxEvent) -> set[UUID]:
    return await notices.holders(session, event, Permission.subscriptions_change)


NOTICES: Mapping[str, Notice] = {
    DISABLED: Notice(
        "A subscription was disabled: its subscriber takes no events",
        "订阅方长期不接收，订阅已停用",
        _keepers,
    ),
}
"""Which events about subscriptions are told, and to whom."""
