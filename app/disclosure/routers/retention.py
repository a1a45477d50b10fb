"""Retention over HTTP: how the rules stand, what is held, and what was done."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.disclosure.models import RetentionAct, RetentionHold
from app.disclosure.retention import errors, holds, rounds
from app.disclosure.schemas.retention.retention import (
    RetentionActOut,
    RetentionActQuery,
    RetentionHoldIn,
    RetentionHoldOut,
    RetentionHoldQuery,
    RetentionOut,
    RetentionReleaseIn,
    RetentionRuleOut,
)
from app.kit.clock import today
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations.access import Asking, Permission
from app.organizations.errors import OutOfSight
from app.organizations.signin import may

router = APIRouter(prefix="/retention", route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Holder = Annotated[Asking, may(Permission.policies_change)]


@router.get("", operation_id="read_retention", summary="Read how long what is kept")
async def read_retention(session: Reading, caller: Reader) -> RetentionOut:
    """Read every rule of retention and what the next round would do by it; nothing is done by reading."""
    day = today()
    found = await rounds.standings(session, day, caller.visible())
    last = await rounds.last(session)
    return RetentionOut(
        as_of=day, last_round_on=last and last.done_on, rules=[RetentionRuleOut.of(one) for one in found]
    )


@router.get(
    "/acts",
    operation_id="list_retention_acts",
    summary="List what was done",
    response_model=Page[RetentionActOut],
)
async def list_retention_acts(
    session: Reading, caller: Reader, asked: Annotated[RetentionActQuery, Query()]
) -> Slice[RetentionAct]:
    """List the records whose time was over and what was done with each, the latest first."""
    query = rounds.acts(caller.visible())
    for name in ("organization_id", "rule_id", "subject_id"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(RetentionAct, name) == wanted)
    return await pages.page(session, query, [RetentionAct.id], asked, newest_first=True)


@router.get(
    "/holds",
    operation_id="list_retention_holds",
    summary="List what is held",
    response_model=Page[RetentionHoldOut],
)
async def list_retention_holds(
    session: Reading, caller: Reader, asked: Annotated[RetentionHoldQuery, Query()]
) -> Slice[RetentionHold]:
    """List what is or was kept beyond its time, and why, the latest first."""
    query = holds.listing(caller.visible())
    for name in ("organization_id", "rule_id"):
        if (wanted := getattr(asked, name)) is not None:
            query = query.where(getattr(RetentionHold, name) == wanted)
    return await pages.page(session, query, [RetentionHold.id], asked, newest_first=True)


@router.post(
    "/holds",
    operation_id="add_retention_hold",
    summary="Hold records",
    status_code=201,
    response_model=RetentionHoldOut,
    responses=problems.responses(errors.NothingToHold),
)
async def add_retention_hold(session: Writing, caller: Holder, body: RetentionHoldIn) -> RetentionHold:
    """Keep records beyond their time: one, or an organization's all of a kind."""
    caller.must(at=body.organization_id)
    return await holds.place(session, body.as_hold(caller.label))


@router.post(
    "/holds/{hold_id}/release",
    operation_id="release_retention_hold",
    summary="Release a hold",
    response_model=RetentionHoldOut,
    responses=problems.responses(errors.HoldReleased, OutOfSight),
)
async def release_retention_hold(
    session: Writing, caller: Holder, hold_id: UUID, body: RetentionReleaseIn
) -> RetentionHold:
    """Let the rule hold again; what is over by then goes with the next round."""
    hold = await holds.get(session, hold_id)
    caller.must(at=hold.organization_id)
    await holds.release(session, hold, reason=body.reason, by=caller.label)
    return hold
