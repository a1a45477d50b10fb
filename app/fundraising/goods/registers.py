"""Registers: what staff look through of gifts in kind and hand-outs, where they may see it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.models.goods import GoodsGift, GoodsHandout, GoodsHandoutLine, Warehouse


def warehouses(visible: Collection[UUID], organization_id: UUID | None) -> Select[Warehouse]:
    """Return the query for the warehouses of the visible organizations, or of one of them."""
    query = select(Warehouse).where(Warehouse.organization_id.in_(visible))
    return query if organization_id is None else query.where(Warehouse.organization_id == organization_id)


def gifts(visible: Collection[UUID], asked: Mapping[str, Any]) -> Select[GoodsGift]:
    """Return the query for gifts in kind; what is not asked for does not matter."""
    query = select(GoodsGift).where(GoodsGift.organization_id.in_(visible))
    for name in ("organization_id", "campaign_id", "fund_id", "emergency_id"):
        if asked.get(name) is not None:
            query = query.where(getattr(GoodsGift, name) == asked[name])
    if asked.get("inspected") is not None:
        query = query.where(GoodsGift.inspected_on.is_not(None) == asked["inspected"])
    if asked.get("received_on_from") is not None:
        query = query.where(GoodsGift.received_on >= asked["received_on_from"])
    if asked.get("received_on_to") is not None:
        query = query.where(GoodsGift.received_on <= asked["received_on_to"])
    return query


def handouts(visible: Collection[UUID], asked: Mapping[str, Any]) -> Select[GoodsHandout]:
    """Return the query for hand-outs; what is not asked for does not matter."""
    query = select(GoodsHandout).where(GoodsHandout.organization_id.in_(visible))
    for name in ("organization_id", "project_id"):
        if asked.get(name) is not None:
            query = query.where(getattr(GoodsHandout, name) == asked[name])
    if asked.get("lot_id") is not None:
        of_lot = select(GoodsHandoutLine.handout_id).where(GoodsHandoutLine.lot_id == asked["lot_id"])
        query = query.where(GoodsHandout.id.in_(of_lot))
    if asked.get("signed") is not None:
        query = query.where(GoodsHandout.signed_on.is_not(None) == asked["signed"])
    if asked.get("reversed") is not None:
        query = query.where(GoodsHandout.reversed_on.is_not(None) == asked["reversed"])
    if asked.get("handed_on_from") is not None:
        query = query.where(GoodsHandout.handed_on >= asked["handed_on_from"])
    if asked.get("handed_on_to") is not None:
        query = query.where(GoodsHandout.handed_on <= asked["handed_on_to"])
    return query
