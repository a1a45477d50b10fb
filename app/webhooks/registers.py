"""Registers: lists of deliveries, with the filters that operators and partners share."""

from sqlalchemy import Select
from sqlalchemy.orm import defer

from app.kit import pages
from app.kit.database import ReadSession
from app.kit.pages import Slice
from app.webhooks.models import Delivery
from app.webhooks.representations import PartnerDeliveryQuery


async def page_of(
    session: ReadSession, query: Select[Delivery], asked: PartnerDeliveryQuery
) -> Slice[Delivery]:
    """Return one page of these deliveries that pass the filters, the newest first, without their bodies."""
    for column in ("outcome", "accepted", "type", "event_id"):
        value = getattr(asked, column)
        if value is not None:
            query = query.where(getattr(Delivery, column) == value)
    if asked.received_at_from:
        query = query.where(Delivery.created_at >= asked.received_at_from)
    if asked.received_at_to:
        query = query.where(Delivery.created_at <= asked.received_at_to)
    # A page of bodies would be some twelve megabytes that nobody has asked for.
    query = query.options(defer(Delivery.body_sealed, raiseload=True))
    return await pages.page(session, query, [Delivery.id], asked, newest_first=True)
