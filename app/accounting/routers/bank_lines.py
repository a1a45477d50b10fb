"""Decisions about bank lines over HTTP, and their matches with the books."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlalchemy import select

from app.accounting import errors as channel_errors
from app.accounting.bank import batches, decisions, errors, lines, matches
from app.accounting.models import BankLine, BankMatch
from app.accounting.schemas.bank import BankLineOut
from app.accounting.schemas.bank_matches import (
    CandidateOut,
    CandidatesOut,
    ClassificationIn,
    ClassificationOut,
    ClassificationsIn,
    ClassificationsOut,
    LineMatchesOut,
    LineMatchOut,
    MatchesIn,
    MatchOut,
    MatchQuery,
    ReasonIn,
)
from app.kit.database import Reading, ReadSession, Writing
from app.kit.fields import MoneyOut
from app.kit.http import idempotency, pages, problems
from app.kit.http.idempotency import MoneyRoute
from app.kit.http.pages import Page
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["bank"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.bank_read)]
Recorder = Annotated[Asking, may(Permission.bank_record)]


async def _shown(session: ReadSession, caller: Asking, line: BankLine) -> BankLineOut:
    clear_in = caller.caller.holds(Permission.donors_read)
    return BankLineOut.of(line, (await lines.words(session, [line], clear_in=clear_in))[line.id])


@router.post(
    "/bank-lines/{line_id}/classification",
    operation_id="record_classification",
    responses=problems.responses(
        errors.BookedElsewhere,
        errors.LineDecided,
        errors.LineMatched,
        errors.LineGoesTheOtherWay,
        errors.LineOfAnotherAccount,
        channel_errors.ChannelNotFound,
    ),
)
async def record_classification(
    session: Writing, caller: Recorder, line_id: UUID, body: ClassificationIn
) -> BankLineOut:
    """Say what a line is: interest, fees, own transfers, deposits and what is unknown are booked at once."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    line = await decisions.decide(session, line.id, body.as_decision(), actor=caller.label)
    return await _shown(session, caller, line)


@router.post("/bank-lines/classifications/batch", operation_id="record_classifications")
async def record_classifications(
    session: Writing, caller: Recorder, body: ClassificationsIn
) -> ClassificationsOut:
    """Confirm what was proposed of up to 200 lines, each with an outcome of its own."""
    told = await _all(session, caller, body.line_ids)
    outcomes = await batches.confirm(session, told, body.line_ids, actor=caller.label)
    return ClassificationsOut(
        outcomes=[
            ClassificationOut(
                line_id=one.line_id,
                kind=one.kind,
                entry_id=one.entry_id,
                refused=one.refused and problems.slug(type(one.refused)),
            )
            for one in outcomes
        ]
    )


async def _all(session: ReadSession, caller: Asking, line_ids: Sequence[UUID]) -> Sequence[BankLine]:
    told = (await session.scalars(select(BankLine).where(BankLine.id.in_(line_ids)))).all()
    for at in {line.organization_id for line in told} or caller.visible():
        caller.must(at=at)
    return told


@router.post("/bank-lines/matches/batch", operation_id="confirm_bank_matches")
async def confirm_bank_matches(session: Writing, caller: Recorder, body: ClassificationsIn) -> LineMatchesOut:
    """Match up to 200 lines with what is proposed for each, each with an outcome of its own."""
    await _all(session, caller, body.line_ids)
    outcomes = await batches.match(session, body.line_ids, actor=caller.label)
    return LineMatchesOut(
        outcomes=[
            LineMatchOut(
                line_id=one.line_id,
                matched=MoneyOut.of(one.matched),
                refused=one.refused and problems.slug(type(one.refused)),
            )
            for one in outcomes
        ]
    )


@router.post(
    "/bank-lines/{line_id}/reopening",
    operation_id="open_bank_line",
    responses=problems.responses(errors.LineNotDecided, errors.BookedElsewhere),
)
async def open_bank_line(session: Writing, caller: Recorder, line_id: UUID, body: ReasonIn) -> BankLineOut:
    """Take back what was said of a line: its matches are undone, and what it alone booked is reversed."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    line = await decisions.reopen(session, line.id, because=body.reason, actor=caller.label)
    return await _shown(session, caller, line)


@router.get("/bank-lines/{line_id}/candidates", operation_id="find_match_candidates")
async def find_match_candidates(session: Reading, caller: Reader, line_id: UUID) -> CandidatesOut:
    """Find the postings that a line may be matched with, near its day and not larger than it."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    found = await matches.candidates(session, line)
    proposed = {pair.posting_id: pair.amount for pair in matches.propose(line, found)}
    shown = [CandidateOut.of(one, proposed.get(one.posting_id)) for one in found]
    return CandidatesOut(candidates=shown)


@router.post(
    "/bank-lines/{line_id}/matches",
    operation_id="add_bank_matches",
    status_code=201,
    responses=problems.responses(errors.MatchTooLarge, errors.NotOnThisAccount),
)
async def add_bank_matches(session: Writing, caller: Recorder, line_id: UUID, body: MatchesIn) -> BankLineOut:
    """Match a line with postings of the books, in parts if need be; all or none."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    line, _ = await decisions.hold(session, line.id)
    await matches.make(session, [line], body.pairs(line.id), actor=caller.label)
    return await _shown(session, caller, line)


@router.get("/bank-lines/{line_id}/matches", operation_id="list_bank_matches")
async def list_bank_matches(
    session: Reading, caller: Reader, line_id: UUID, asked: Annotated[MatchQuery, Query()]
) -> Page[MatchOut]:
    """List what a line is and was matched with."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    query = select(BankMatch).where(BankMatch.line_id == line.id)
    if asked.standing is not None:
        query = query.where(BankMatch.undone_at.is_(None) == asked.standing)
    found = await pages.page(session, query, [BankMatch.id], asked, amount=BankMatch.amount)
    clear = line.organization_id in caller.caller.holds(Permission.donors_read)
    why = await matches.why(session, line, found.items if clear else [])
    return found.told([MatchOut.of(one, why.get(one.id)) for one in found.items])


@router.post(
    "/bank-matches/{match_id}/undoing",
    operation_id="revoke_bank_match",
    responses=problems.responses(errors.MatchUndone),
)
async def revoke_bank_match(
    session: Writing, caller: Recorder, request: Request, match_id: UUID, body: ReasonIn
) -> MatchOut:
    """Take a match back; it stays on record with who took it back and why."""
    match = await matches.get(session, match_id)
    caller.must(at=match.organization_id)
    await matches.undo(session, match, because=body.reason, actor=caller.label)
    idempotency.concerns(request, (await lines.get(session, match.line_id)).person_id)
    clear = match.organization_id in caller.caller.holds(Permission.donors_read)
    return MatchOut.of(match, body.reason if clear else None)
