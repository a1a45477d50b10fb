"""Bank statements over HTTP: taking them in, their lines, and the rules that propose what a line is."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, UploadFile
from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank import errors, lines, rules, statements, uploads, waiting
from app.accounting.models import BankLine, BankRule, BankStatement
from app.accounting.schemas import bank_examples as examples
from app.accounting.schemas.bank import (
    BankLineOut,
    BankLineQuery,
    BankStatementOut,
    BankStatementQuery,
    StatementControls,
    StatementTakenOut,
)
from app.accounting.schemas.bank_rules import BankRuleIn, BankRuleOut, BankRuleQuery
from app.accounting.schemas.transit.exceptions import BankExceptionOut, BankExceptionQuery
from app.kit.clock import today
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import FRAME, Page
from app.kit.tables import HeaderNotFound, SeveralLists, TableUnreadable
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["bank"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.bank_read)]
Recorder = Annotated[Asking, may(Permission.bank_record)]
Sheet = Annotated[
    UploadFile,
    File(description="CSV (UTF-8 or GB18030) or XLSX, as the bank hands it out.", examples=[examples.CSV]),
]


@router.post(
    "/bank-accounts/{channel_id}/statements",
    operation_id="add_bank_statement",
    status_code=201,
    responses=problems.responses(
        errors.ChannelIsNoBankAccount,
        errors.StatementEmpty,
        errors.StatementUnsound,
        HeaderNotFound,
        SeveralLists,
        TableUnreadable,
    ),
)
async def add_bank_statement(
    session: Writing,
    caller: Recorder,
    channel_id: UUID,
    told: Annotated[StatementControls, Query()],
    file: Sheet,
) -> StatementTakenOut:
    """Take in a bank's statement. It must agree with itself; known lines and files have no second effect."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    statements.must_be_bank(channel)
    reading = await uploads.read(session, file, told.controls())
    taken = await statements.take_in(session, channel, reading, actor=caller.label)
    return StatementTakenOut.taken(taken, await statements.gaps(session, channel))


@router.get("/bank-accounts/{channel_id}/statements", operation_id="list_bank_statements")
async def list_bank_statements(
    session: Reading, caller: Reader, channel_id: UUID, asked: Annotated[BankStatementQuery, Query()]
) -> Page[BankStatementOut]:
    """List an account's statements, those taken in last first."""
    channel = await channels.get(session, channel_id)
    caller.must(at=channel.organization_id)
    query = select(BankStatement).where(BankStatement.channel_id == channel.id)
    found = await pages.page(session, query, [BankStatement.id], asked, newest_first=True)
    return found.told([BankStatementOut.of(one) for one in found.items])


@router.get("/bank-lines", operation_id="list_bank_lines")
async def list_bank_lines(
    session: Reading, caller: Reader, asked: Annotated[BankLineQuery, Query()]
) -> Page[BankLineOut]:
    """List what banks told, by day, each line with what it probably is and what became of it."""
    query = lines.found(caller.visible(), asked.search())
    found = await pages.page(
        session, query, [BankLine.happened_on, BankLine.id], asked, amount=BankLine.amount
    )
    clear_in = caller.caller.holds(Permission.donors_read)
    words = await lines.words(session, found.items, clear_in=clear_in)
    items = [BankLineOut.of(line, words[line.id]) for line in found.items]
    return found.told(items)


@router.get("/bank-lines/{line_id}", operation_id="read_bank_line")
async def read_bank_line(session: Reading, caller: Reader, line_id: UUID) -> BankLineOut:
    """Read a line of a bank's statement."""
    line = await lines.get(session, line_id)
    caller.must(at=line.organization_id)
    clear_in = caller.caller.holds(Permission.donors_read)
    return BankLineOut.of(line, (await lines.words(session, [line], clear_in=clear_in))[line.id])


@router.get("/bank-exceptions", operation_id="list_bank_exceptions")
async def list_bank_exceptions(
    session: Reading, caller: Reader, asked: Annotated[BankExceptionQuery, Query()]
) -> Page[BankExceptionOut]:
    """List the lines that were told and that nobody has booked: who waits for whom, the oldest first."""
    exact = asked.model_dump(exclude=FRAME, exclude_none=True)
    query = waiting.found(caller.visible()).filter_by(**exact)
    found = await pages.page(
        session, query, [BankLine.happened_on, BankLine.id], asked, amount=BankLine.amount
    )
    members = await waiting.members(session, found.items)
    items = [BankExceptionOut.of(line, members.get(line.id), today()) for line in found.items]
    return found.told(items)


@router.post(
    "/bank-rules",
    operation_id="create_bank_rule",
    status_code=201,
    responses=problems.responses(errors.BankRuleEmpty),
)
async def create_bank_rule(session: Writing, caller: Recorder, body: BankRuleIn) -> BankRuleOut:
    """Add a rule about bank lines; it goes before what we would propose ourselves."""
    caller.must(at=body.organization_id)
    new = body.as_rule()
    return BankRuleOut.of(await rules.make(session, new, actor=caller.label), new.patterns)


@router.get("/bank-rules", operation_id="list_bank_rules")
async def list_bank_rules(
    session: Reading, caller: Reader, asked: Annotated[BankRuleQuery, Query()]
) -> Page[BankRuleOut]:
    """List the rules about bank lines, the latest first."""
    query = select(BankRule).where(BankRule.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(BankRule.organization_id == asked.organization_id)
    if asked.ended is not None:
        query = query.where(BankRule.ended_at.is_not(None) == asked.ended)
    found = await pages.page(session, query, [BankRule.id], asked, newest_first=True)
    clear = caller.caller.holds(Permission.donors_read)
    words = await rules.patterns(session, [rule for rule in found.items if rule.organization_id in clear])
    items = [BankRuleOut.of(rule, words.get(rule.id)) for rule in found.items]
    return found.told(items)


@router.post(
    "/bank-rules/{rule_id}/ending",
    operation_id="close_bank_rule",
    responses=problems.responses(errors.BankRuleEnded),
)
async def close_bank_rule(session: Writing, caller: Recorder, rule_id: UUID) -> BankRuleOut:
    """Follow a rule no more; what it led to stays."""
    rule = await rules.get(session, rule_id)
    caller.must(at=rule.organization_id)
    await rules.end(session, rule)
    return BankRuleOut.of(rule, (await rules.patterns(session, [rule]))[rule.id])
