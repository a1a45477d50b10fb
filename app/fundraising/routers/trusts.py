"""Charitable trusts over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.fundraising.legal import errors, trusts
from app.fundraising.models import CharitableTrust, TrustReport
from app.fundraising.schemas.filings.changes import StepIn
from app.fundraising.schemas.legal.trusts import (
    TrusteeIn,
    TrustFilingIn,
    TrustIn,
    TrustLine,
    TrustOut,
    TrustQuery,
    TrustReportIn,
    TrustReportOut,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import FRAME, Page, PageQuery
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising/trusts", tags=["trusts"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.gifts_read)]
Changer = Annotated[Asking, may(Permission.campaigns_change)]


@router.post(
    "",
    operation_id="create_trust",
    summary="Record a charitable trust",
    status_code=201,
    responses=problems.responses(errors.TrustCodeTaken, errors.StepDateWrong),
)
async def create_trust(session: Writing, caller: Changer, body: TrustIn, request: Request) -> TrustOut:
    """Record a trust of which your organization is settlor, trustee or protector; it is filed in a week."""
    caller.must(at=body.organization_id)
    trust = body.as_trust(caller.label)
    await trusts.establish(session, trust, body.trustee.as_trustee(), settlor=body.settlor)
    idempotency.concerns(request, trust.id)
    return await _shown(session, caller, trust)


@router.get("", operation_id="list_trusts", summary="List charitable trusts")
async def list_trusts(
    session: Reading, caller: Reader, asked: Annotated[TrustQuery, Query()]
) -> Page[TrustLine]:
    """List the charitable trusts of the organizations that you can see."""
    wanted = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = select(CharitableTrust).where(CharitableTrust.organization_id.in_(caller.visible()))
    found = await pages.page(
        session, query.filter_by(**wanted), [CharitableTrust.id], asked, amount=CharitableTrust.property_minor
    )
    return Page[TrustLine].model_validate(found)


@router.get("/{trust_id}", operation_id="read_trust", summary="Read a charitable trust")
async def read_trust(session: Reading, caller: Reader, trust_id: UUID) -> TrustOut:
    """Read a trust with its trustees, by when each is filed, and when it is published."""
    trust = await trusts.get(session, trust_id)
    caller.must(at=trust.organization_id)
    return await _shown(session, caller, trust)


@router.post(
    "/{trust_id}/trustees",
    operation_id="add_trustee",
    summary="Record another trustee",
    status_code=201,
    responses=problems.responses(errors.TrusteeKnown, errors.StepDateWrong),
)
async def add_trustee(session: Writing, caller: Changer, trust_id: UUID, body: TrusteeIn) -> TrustOut:
    """Record that another trustee takes the trust: it is filed anew within seven days."""
    trust = await trusts.get(session, trust_id, lock=True)
    caller.must(at=trust.organization_id)
    await trusts.entrust(session, trust, body.as_trustee())
    return await _shown(session, caller, trust)


@router.post(
    "/{trust_id}/trustees/{trusteeship_id}/filing",
    operation_id="record_trust_filing",
    summary="Record a trust's filing",
    responses=problems.responses(errors.TrustFilingTaken, errors.StepDateWrong),
)
async def record_trust_filing(
    session: Writing, caller: Changer, trust_id: UUID, trusteeship_id: UUID, body: TrustFilingIn
) -> TrustOut:
    """Record under which number the authority filed a trust with its trustee."""
    trust = await trusts.get(session, trust_id)
    caller.must(at=trust.organization_id)
    trusteeship = await trusts.trusteeship(session, trust, trusteeship_id)
    await trusts.file(session, trusteeship, number=body.filing_no, on=body.filed_on)
    return await _shown(session, caller, trust)


@router.post(
    "/{trust_id}/publication",
    operation_id="record_trust_publication",
    summary="Record a trust's publication",
    responses=problems.responses(errors.StepDateWrong),
)
async def record_trust_publication(
    session: Writing, caller: Changer, trust_id: UUID, body: StepIn
) -> TrustOut:
    """Record that trust, trustee and entrusted amount were published."""
    trust = await trusts.get(session, trust_id, lock=True)
    caller.must(at=trust.organization_id)
    await trusts.publish(session, trust, on=body.on)
    return await _shown(session, caller, trust)


@router.post(
    "/{trust_id}/reports",
    operation_id="record_trust_report",
    summary="Record a trust's yearly report",
    status_code=201,
    responses=problems.responses(errors.TrustReported, errors.StepDateWrong),
)
async def record_trust_report(
    session: Writing, caller: Changer, trust_id: UUID, body: TrustReportIn
) -> TrustReportOut:
    """Record the report of a year, due on 31 March of the next, and when it was published."""
    trust = await trusts.get(session, trust_id)
    caller.must(at=trust.organization_id)
    return TrustReportOut.of(await trusts.report(session, trust, body.as_report(trust, caller.label)))


@router.get("/{trust_id}/reports", operation_id="list_trust_reports", summary="List a trust's reports")
async def list_trust_reports(
    session: Reading, caller: Reader, trust_id: UUID, asked: Annotated[PageQuery, Query()]
) -> Page[TrustReportOut]:
    """List what was reported of a trust, year by year."""
    trust = await trusts.get(session, trust_id)
    caller.must(at=trust.organization_id)
    query = select(TrustReport).where(TrustReport.trust_id == trust.id)
    found = await pages.page(session, query, [TrustReport.year], asked)
    return found.told([TrustReportOut.of(one) for one in found.items])


async def _shown(session: ReadSession, caller: Asking, trust: CharitableTrust) -> TrustOut:
    clear = trust.organization_id in caller.caller.holds(Permission.donors_read)
    settlor = await trusts.settlor_of(session, trust, clear=clear)
    return TrustOut.of(trust, await trusts.trustees(session, trust), settlor)
