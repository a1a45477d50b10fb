"""Obligations over HTTP: the calendar of what is owed, and what is done about it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy import select

from app.disclosure.models import Obligation
from app.disclosure.obligations import errors, lists, states, steps
from app.disclosure.obligations.checklists import checklist
from app.disclosure.schemas.obligations.obligations import (
    ObligationDetail,
    ObligationOut,
    ObligationQuery,
)
from app.disclosure.schemas.obligations.steps import (
    FilingWithdrawalIn,
    ObligationFilingIn,
    ObligationOverrideIn,
    PreparationIn,
)
from app.kit.attachments.errors import AttachmentNotFree
from app.kit.clock import today
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page
from app.kit.models import Attachment
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/obligations", route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.publications_read)]
Changer = Annotated[Asking, may(Permission.publications_change)]
_ORDERS = {
    "calendar_on": [Obligation.calendar_on, Obligation.id],
    "created_at": [Obligation.created_at, Obligation.id],
}


@router.get("", operation_id="list_obligations", summary="List obligations")
async def list_obligations(
    session: Reading, caller: Reader, asked: Annotated[ObligationQuery, Query()]
) -> Page[ObligationOut]:
    """List what your organizations owe and owed, by its last day, each as it stands today."""
    places = set(caller.visible())
    if asked.organization_id is not None:
        places &= {asked.organization_id}
    if asked.within is not None:
        places &= set(await organizations.subtree_ids(session, asked.within))
    day, read = today(), states.readings(session)
    query = lists.matching(places, asked.wanted(), day=day, read=read)
    found = await pages.listed(session, query, _ORDERS, asked)
    items = [ObligationOut.of(one, day, read) for one in found.items]
    return found.told(items)


@router.get("/{obligation_id}", operation_id="read_obligation", summary="Read an obligation")
async def read_obligation(session: Reading, caller: Reader, obligation_id: UUID) -> ObligationDetail:
    """Read an obligation with what must be told, what of it we can fill, and what was done about it."""
    one = await steps.get(session, obligation_id)
    caller.must(at=one.organization_id)
    return await whole(session, caller, one)


@router.post(
    "/{obligation_id}/preparation",
    operation_id="record_obligation_preparation",
    summary="Record what lies ready",
    responses=problems.responses(errors.ObligationOver, errors.FiledAhead),
)
async def record_obligation_preparation(
    session: Writing, caller: Changer, obligation_id: UUID, body: PreparationIn
) -> ObligationDetail:
    """Record since when what is to be published lies ready, and where."""
    one = await steps.get(session, obligation_id, lock=True)
    caller.must(at=one.organization_id)
    await steps.prepare(session, one, on=body.prepared_on, where=body.preparation)
    return await whole(session, caller, one)


@router.post(
    "/{obligation_id}/filings",
    operation_id="record_obligation_filing",
    summary="Record a filing",
    status_code=201,
    responses=problems.responses(
        errors.ObligationOver, errors.FiledAhead, errors.FiledBefore, AttachmentNotFree
    ),
)
async def record_obligation_filing(
    session: Writing, caller: Changer, obligation_id: UUID, body: ObligationFilingIn
) -> ObligationDetail:
    """Record that it was published or filed outside: where, under what address or number, on which day."""
    one = await steps.get(session, obligation_id, lock=True)
    caller.must(at=one.organization_id)
    filing = body.as_filing(one, caller.label)
    await steps.record_filing(session, one, filing, evidence=body.evidence)
    return await whole(session, caller, one)


@router.post(
    "/{obligation_id}/filings/{filing_id}/withdrawal",
    operation_id="withdraw_obligation_filing",
    summary="Withdraw a filing",
    responses=problems.responses(errors.FilingWithdrawn),
)
async def withdraw_obligation_filing(
    session: Writing, caller: Changer, obligation_id: UUID, filing_id: UUID, body: FilingWithdrawalIn
) -> ObligationDetail:
    """Note that a filing was recorded by mistake; the obligation stands again as if it had not been."""
    one = await steps.get(session, obligation_id, lock=True)
    caller.must(at=one.organization_id)
    await steps.withdraw_filing(session, one, filing_id, reason=body.reason, by=caller.label)
    return await whole(session, caller, one)


@router.post(
    "/{obligation_id}/overrides",
    operation_id="add_obligation_override",
    summary="Overrule the rule",
    status_code=201,
    responses=problems.responses(errors.RuleNotOverridable),
)
async def add_obligation_override(
    session: Writing, caller: Changer, obligation_id: UUID, body: ObligationOverrideIn
) -> ObligationDetail:
    """Overrule a rule of mark B or C for this obligation, with the reason; or let the rule hold again."""
    one = await steps.get(session, obligation_id, lock=True)
    caller.must(at=one.organization_id)
    await steps.override(session, one, body.as_override(one, caller.label))
    return await whole(session, caller, one)


async def whole(session: ReadSession, caller: Asking, one: Obligation) -> ObligationDetail:
    """Return everything that is to be read about an obligation."""
    line = ObligationOut.of(one, today(), states.readings(session))
    filed = await steps.filings(session, one)
    kept = select(Attachment.owner_id, Attachment.id).where(
        Attachment.owner_kind == steps.KIND, Attachment.owner_id.in_([filing.id for filing in filed])
    )
    evidence: dict[UUID, list[UUID]] = {}
    for owner_id, file_id in await session.execute(kept.order_by(Attachment.id)):
        if owner_id is not None:
            evidence.setdefault(owner_id, []).append(file_id)
    done = (filed, evidence, await steps.overrides(session, one))
    return ObligationDetail.whole(line, one, await checklist.of(session, one), done, caller.caller)
