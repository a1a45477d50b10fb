"""Vouchers over HTTP: from a draft through three people's hands into the books."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.accounting.models import Voucher
from app.accounting.schemas.vouchers.steps import (
    PostingIn,
    ReturnIn,
    ReversalIn,
    VoucherBatchIn,
    VoucherBatchOut,
    VoucherOutcomeOut,
)
from app.accounting.schemas.vouchers.vouchers import VoucherChanges, VoucherIn, VoucherOut, VoucherQuery
from app.accounting.vouchers import documents, drafts, errors, outcomes, payments, steps
from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems, versions
from app.kit.http.idempotency import IdempotentRoute, KeyRequired
from app.kit.http.pages import Page
from app.ledger.errors import FundNotUsable, FundShort, NotReversible, PurposeNotAllowed
from app.organizations import organizations
from app.organizations.access import Asking, CallerKind, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting/vouchers", tags=["vouchers"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]
Reviewer = Annotated[Asking, may(Permission.vouchers_review)]
Poster = Annotated[Asking, may(Permission.vouchers_post)]

UNFIT = (
    *(errors.VoucherUnbalanced, errors.VoucherTooLong, errors.LineUnfit, errors.MovedElsewhere),
    *(errors.TemplateUnknown, errors.InputUnfit, PurposeNotAllowed, FundNotUsable),
)
Lock = Callable[[WriteSession, UUID], Awaitable[Voucher]]
STEPS = (errors.StepNotPossible, errors.SamePerson, errors.PersonNeeded)
HANDED_IN = (*STEPS, errors.DocumentMissing)


@router.post("", operation_id="create_voucher", status_code=201, responses=problems.responses(*UNFIT))
async def create_voucher(
    session: Writing, caller: Recorder, response: Response, body: VoucherIn
) -> VoucherOut:
    """Write a draft, with lines of its own or by a template that makes them of a few inputs."""
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    chart = organization.chart_version
    written = body.as_written(chart)
    voucher = await drafts.create(session, organization.id, chart, written, made_by=caller.label)
    return await _shown(session, voucher, caller, response)


@router.get("", operation_id="list_vouchers")
async def list_vouchers(
    session: Reading, caller: Reader, asked: Annotated[VoucherQuery, Query()]
) -> Page[VoucherOut]:
    """List vouchers in whatever state, the newest first."""
    query = drafts.matching(
        caller.visible(),
        days=(asked.happened_on_from, asked.happened_on_to),
        words=asked.q,
        organization_id=asked.organization_id,
        state=asked.state,
        template=asked.template,
    )
    found = await pages.page(session, query, [Voucher.id], asked, newest_first=True)
    lines = await drafts.lines_of(session, [voucher.id for voucher in found.items])
    counts = await documents.counts(session, list(lines))
    items = [
        VoucherOut.of(one, lines[one.id], _allowed(one, caller), file_count=counts[one.id])
        for one in found.items
    ]
    return found.told(items)


@router.get("/{voucher_id}", operation_id="read_voucher")
async def read_voucher(session: Reading, caller: Reader, response: Response, voucher_id: UUID) -> VoucherOut:
    """Read a voucher with its lines. Its `ETag` is what a change must name in `If-Match`."""
    voucher = await drafts.get(session, voucher_id)
    caller.must(at=voucher.organization_id)
    return await _shown(session, voucher, caller, response)


@router.put(
    "/{voucher_id}",
    operation_id="change_voucher",
    responses=problems.responses(*UNFIT, errors.StepNotPossible, VersionNotStated, VersionStale),
)
async def change_voucher(
    session: Writing,
    caller: Recorder,
    response: Response,
    voucher_id: UUID,
    body: VoucherChanges,
    if_match: versions.IfMatch = None,
) -> VoucherOut:
    """Write a draft, or one that was returned, anew."""
    voucher = await _mine(session, caller, voucher_id)
    versions.expect(if_match, voucher.version)
    await drafts.change(session, voucher, body.as_written(voucher.chart))
    return await _shown(session, voucher, caller, response)


@router.post(
    "/{voucher_id}/submission", operation_id="submit_voucher", responses=problems.responses(*HANDED_IN)
)
async def submit_voucher(
    session: Writing, caller: Recorder, response: Response, voucher_id: UUID
) -> VoucherOut:
    """Hand a draft to the reviewer; you have prepared it."""
    voucher = await _mine(session, caller, voucher_id, payments.lock)
    await steps.submit(session, voucher, by=_person(caller))
    return await _shown(session, voucher, caller, response)


@router.post(
    "/{voucher_id}/withdrawal",
    operation_id="withdraw_voucher",
    responses=problems.responses(errors.StepNotPossible),
)
async def withdraw_voucher(
    session: Writing, caller: Recorder, response: Response, voucher_id: UUID
) -> VoucherOut:
    """Give up a voucher that nobody has reviewed yet."""
    voucher = await _mine(session, caller, voucher_id, payments.lock)
    await steps.withdraw(session, voucher, by=caller.label)
    return await _shown(session, voucher, caller, response)


@router.post("/{voucher_id}/review", operation_id="review_voucher", responses=problems.responses(*HANDED_IN))
async def review_voucher(
    session: Writing, caller: Reviewer, response: Response, voucher_id: UUID
) -> VoucherOut:
    """Approve a voucher that somebody else prepared."""
    voucher = await _mine(session, caller, voucher_id)
    await steps.review(session, voucher, by=_person(caller))
    return await _shown(session, voucher, caller, response)


@router.post(
    "/{voucher_id}/return",
    operation_id="return_voucher",
    responses=problems.responses(errors.StepNotPossible),
)
async def return_voucher(
    session: Writing, caller: Reviewer, response: Response, voucher_id: UUID, body: ReturnIn
) -> VoucherOut:
    """Send a voucher back to whoever prepared it, with what is wrong."""
    voucher = await _mine(session, caller, voucher_id, payments.lock)
    await steps.give_back(session, voucher, by=caller.label, reason=body.reason)
    return await _shown(session, voucher, caller, response)


@router.post(
    "/{voucher_id}/posting",
    operation_id="post_voucher",
    responses=problems.responses(*STEPS, *UNFIT, errors.PaymentNotApproved, FundShort),
    dependencies=[KeyRequired],
)
async def post_voucher(
    session: Writing, caller: Poster, response: Response, voucher_id: UUID, body: PostingIn
) -> VoucherOut:
    """Book a reviewed voucher; a third person does it, unless a reason is recorded why not."""
    voucher = await _mine(session, caller, voucher_id)
    await steps.post(session, voucher, by=_person(caller), exception_reason=body.exception_reason)
    return await _shown(session, voucher, caller, response)


@router.post(
    "/{voucher_id}/reversal",
    operation_id="reverse_voucher",
    responses=problems.responses(*STEPS, NotReversible, FundShort),
    dependencies=[KeyRequired],
)
async def reverse_voucher(
    session: Writing, caller: Reviewer, response: Response, voucher_id: UUID, body: ReversalIn
) -> VoucherOut:
    """Take a posted voucher back by an entry that mirrors it; nothing that is booked is ever changed."""
    voucher = await _mine(session, caller, voucher_id)
    await steps.reverse(session, voucher, by=_person(caller), reason=body.reason)
    return await _shown(session, voucher, caller, response)


@router.post("/reviews/batch", operation_id="review_vouchers", responses=problems.responses(*STEPS))
async def review_vouchers(session: Writing, caller: Reviewer, body: VoucherBatchIn) -> VoucherBatchOut:
    """Approve many vouchers at once, each with an outcome of its own."""
    return await _batch(session, caller, body, steps.review)


@router.post(
    "/postings/batch",
    operation_id="post_vouchers",
    responses=problems.responses(*STEPS),
    dependencies=[KeyRequired],
)
async def post_vouchers(session: Writing, caller: Poster, body: VoucherBatchIn) -> VoucherBatchOut:
    """Book many reviewed vouchers at once, each with an outcome of its own."""
    return await _batch(session, caller, body, steps.post)


async def _batch(
    session: WriteSession, caller: Asking, body: VoucherBatchIn, act: Callable[..., Awaitable[None]]
) -> VoucherBatchOut:
    caller.visible()
    by = _person(caller)

    async def step(session: WriteSession, voucher: Voucher) -> None:
        caller.must(at=voucher.organization_id)
        await act(session, voucher, by=by)

    found = await outcomes.each(session, body.voucher_ids, step)
    return VoucherBatchOut(outcomes=[VoucherOutcomeOut.of(outcome) for outcome in found])


async def _mine(session: WriteSession, caller: Asking, voucher_id: UUID, lock: Lock = drafts.lock) -> Voucher:
    voucher = await lock(session, voucher_id)
    caller.must(at=voucher.organization_id)
    return voucher


def _person(caller: Asking) -> UUID:
    if caller.caller.kind is not CallerKind.staff:
        raise errors.PersonNeeded
    return caller.id


def _allowed(voucher: Voucher, caller: Asking) -> list[str]:
    at = voucher.organization_id
    return steps.allowed(
        voucher, [one for one in set(steps.ASKS.values()) if at in caller.caller.holds(one)], caller.id
    )


async def _shown(session: ReadSession, voucher: Voucher, caller: Asking, response: Response) -> VoucherOut:
    response.headers["ETag"] = versions.etag(voucher.version)
    lines = await drafts.lines_of(session, [voucher.id])
    counts = await documents.counts(session, [voucher.id])
    return VoucherOut.of(voucher, lines[voucher.id], _allowed(voucher, caller), file_count=counts[voucher.id])
