"""Rules and thresholds over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.models import DisclosureThreshold
from app.disclosure.obligations import errors, thresholds
from app.disclosure.schemas.obligations.rules import RuleOut, RuleQuery
from app.disclosure.schemas.obligations.steps import (
    DisclosureThresholdIn,
    DisclosureThresholdOut,
    DisclosureThresholdQuery,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import CursorUnreadable, Page, Summary
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Changer = Annotated[Asking, may(Permission.publications_change)]


@router.get(
    "/rules",
    operation_id="list_disclosure_rules",
    summary="List rules",
    responses=problems.responses(CursorUnreadable),
)
async def list_disclosure_rules(caller: Reader, asked: Annotated[RuleQuery, Query()]) -> Page[RuleOut]:
    """List the duties that have a clock, in all versions of their texts, each with how sure we are of it."""
    caller.visible()
    found = asked.found()
    summed = Summary(count=len(found)) if asked.include else None
    if asked.cursor is not None:
        after = tuple(pages.decode(asked.cursor, 2))
        seen = [number for number, one in enumerate(found, 1) if (one.id, one.regulation.code) == after]
        found = found[seen[0] :] if seen else []
    items, more = found[: asked.limit], len(found) > asked.limit
    cursor = pages.encode([items[-1].id, items[-1].regulation.code]) if more else None
    return Page(items=[RuleOut.of(one) for one in items], next_cursor=cursor, summary=summed)


@router.get("/thresholds", operation_id="list_disclosure_thresholds", summary="List thresholds")
async def list_disclosure_thresholds(
    session: Reading, caller: Reader, asked: Annotated[DisclosureThresholdQuery, Query()]
) -> Page[DisclosureThresholdOut]:
    """List what is major to your organizations, where the law leaves it to them."""
    row = DisclosureThreshold
    query = select(row).where(row.organization_id.in_(caller.visible()))
    for name in ("organization_id", "rule_id"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(row, name) == wanted)
    found = await pages.page(session, query, [row.valid_from, row.id], asked)
    items = [DisclosureThresholdOut.of(one) for one in found.items]
    return found.told(items)


@router.post(
    "/thresholds",
    operation_id="add_disclosure_threshold",
    summary="Set a threshold",
    status_code=201,
    responses=problems.responses(errors.RuleWithoutThreshold, errors.ThresholdDayTaken),
)
async def add_disclosure_threshold(
    session: Writing, caller: Changer, body: DisclosureThresholdIn
) -> DisclosureThresholdOut:
    """Set from which amount on something is major, by the organization's own charter or rules."""
    caller.must(at=body.organization_id)
    threshold = await thresholds.set_from(session, body.as_threshold(caller.label))
    return DisclosureThresholdOut.of(threshold)
