"""Steps: three people take a voucher from a draft into the books, and a reviewer may take it out again."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID

from app.accounting.models import Side, Voucher, VoucherLine, VoucherState
from app.accounting.vouchers import catalogue, documents, drafts, pairing, payments
from app.accounting.vouchers.errors import SamePerson, StepNotPossible
from app.accounting.vouchers.lines import NewLine, Place, fit
from app.accounting.vouchers.pairing import Placed
from app.kit import outbox
from app.kit.clock import LEGAL_ZONE, now
from app.kit.database import WriteSession
from app.ledger import accounts, journal, reversals
from app.ledger.accounts import Leaf
from app.ledger.charts import CLEARING
from app.ledger.events import Event
from app.ledger.models import EntryKind
from app.organizations.access import Permission
from app.organizations.models import Organization

FROM: dict[str, frozenset[VoucherState]] = {
    "change": drafts.WRITABLE,
    "submit": drafts.WRITABLE,
    "withdraw": drafts.WRITABLE | {VoucherState.submitted},
    "review": frozenset({VoucherState.submitted}),
    "return": frozenset({VoucherState.submitted, VoucherState.reviewed}),
    "post": frozenset({VoucherState.reviewed}),
    "reverse": frozenset({VoucherState.posted}),
    "attach": documents.OPEN,
    "detach": documents.UNREVIEWED,
}
"""The states in which each step can be taken."""

ASKS = {
    "change": Permission.vouchers_record,
    "submit": Permission.vouchers_record,
    "withdraw": Permission.vouchers_record,
    "review": Permission.vouchers_review,
    "return": Permission.vouchers_review,
    "post": Permission.vouchers_post,
    "reverse": Permission.vouchers_review,
    "attach": Permission.vouchers_record,
    "detach": Permission.vouchers_record,
}


def allowed(voucher: Voucher, permissions: Collection[Permission], person_id: UUID) -> list[str]:
    """Return the steps that this person could take now."""
    others = {"review": [voucher.prepared_by], "reverse": [voucher.prepared_by]}
    others["post"] = [voucher.prepared_by, voucher.reviewed_by]
    return [
        step
        for step, states in FROM.items()
        if voucher.state in states and ASKS[step] in permissions and person_id not in others.get(step, [])
    ]


def _must(voucher: Voucher, step: str) -> None:
    if voucher.state not in FROM[step]:
        raise StepNotPossible(state=voucher.state, step=step)


async def submit(session: WriteSession, voucher: Voucher, *, by: UUID) -> None:
    """Hand a draft to the reviewer (制单): from now on whoever submits it has prepared it.

    Raises DocumentMissing if its template asks for a document and none is attached.
    """
    _must(voucher, "submit")
    await documents.must_be_there(session, voucher)
    voucher.prepared_by, voucher.prepared_at = by, now()
    voucher.reviewed_by = voucher.reviewed_at = None
    await _move(session, voucher, VoucherState.submitted)
    lines = await drafts.lines_of(session, [voucher.id])
    await payments.ask_if_due(session, voucher, lines[voucher.id])


async def withdraw(session: WriteSession, voucher: Voucher, *, by: str) -> None:
    """Give a voucher up before it was reviewed, and take back the request for its payment."""
    _must(voucher, "withdraw")
    await payments.take_back(session, voucher, by=by)
    await _move(session, voucher, VoucherState.withdrawn)


async def review(session: WriteSession, voucher: Voucher, *, by: UUID) -> None:
    """Approve a voucher (审核). Raises SamePerson for whoever prepared it, DocumentMissing."""
    _must(voucher, "review")
    if by == voucher.prepared_by:
        raise SamePerson(step="review")
    await documents.must_be_there(session, voucher)
    voucher.reviewed_by, voucher.reviewed_at = by, now()
    await _move(session, voucher, VoucherState.reviewed)


async def give_back(session: WriteSession, voucher: Voucher, *, by: str, reason: str) -> None:
    """Return a voucher to whoever prepared it, with what is wrong; nobody decides its payment any more."""
    _must(voucher, "return")
    await payments.take_back(session, voucher, by=by)
    voucher.return_reason = reason
    await _move(session, voucher, VoucherState.returned)


async def post(
    session: WriteSession, voucher: Voucher, *, by: UUID, exception_reason: str | None = None
) -> None:
    """Book a reviewed voucher (记账). A third person does it, unless a reason is recorded why not.

    Raises SamePerson, PaymentNotApproved; FundShort, PurposeNotAllowed and FundNotUsable of the ledger.
    """
    _must(voucher, "post")
    if by in (voucher.prepared_by, voucher.reviewed_by) and exception_reason is None:
        raise SamePerson(step="post")
    lines = (await drafts.lines_of(session, [voucher.id]))[voucher.id]
    await payments.check(session, voucher, lines)
    # The world may have moved since it was written: a project left the fund's purpose, a channel's kind.
    await fit(session, _place(voucher), [_told(line) for line in lines])
    organization = await session.get_one(Organization, voucher.organization_id)
    event = Event(
        occurred_at=noon(voucher.happened_on),
        actor=f"staff:{by}",
        chart=organization.chart_version,
        summary=voucher.summary,
    )
    draft = event.draft(
        voucher.organization_id,
        EntryKind.voucher,
        f"voucher:{voucher.id}",
        await _postings(session, voucher, lines, event.chart),
    )
    # What has happened at a bank or platform is booked whatever lies on the account.
    [receipt] = await journal.post(session, [replace(draft, fact=catalogue.is_fact(voucher.template))])
    voucher.posted_by, voucher.posted_at, voucher.exception_reason = by, now(), exception_reason
    voucher.entry_id = receipt.entry_id
    await _move(session, voucher, VoucherState.posted)


async def reverse(session: WriteSession, voucher: Voucher, *, by: UUID, reason: str) -> None:
    """Take a posted voucher back by an entry that mirrors it (红字冲销); it stays as it was written.

    Raises SamePerson for whoever prepared it, NotReversible, FundShort.
    """
    _must(voucher, "reverse")
    if by == voucher.prepared_by:
        raise SamePerson(step="reverse")
    # It may have been booked on the chart before this one; the entry that mirrors it is booked today.
    organization = await session.get_one(Organization, voucher.organization_id)
    event = Event(occurred_at=now(), actor=f"staff:{by}", chart=organization.chart_version, summary=reason)
    assert voucher.entry_id is not None  # noqa: S101 - a constraint says so
    receipt = await reversals.reverse(session, voucher.entry_id, event)
    voucher.reversal_entry_id, voucher.reversal_reason = receipt.entry_id, reason
    voucher.reversed_by, voucher.reversed_at = by, now()
    await _move(session, voucher, VoucherState.reversed)


async def _move(session: WriteSession, voucher: Voucher, state: VoucherState) -> None:
    voucher.state = state
    voucher.version += 1
    await session.flush()
    await outbox.tell(
        session,
        f"voucher.{state.value}",
        organization_id=voucher.organization_id,
        subject=str(voucher.id),
        payload={"voucher_id": str(voucher.id), "state": state.value},
    )


def noon(day: date) -> datetime:
    """Return the middle of a legal day: the moment of what is known by its day only."""
    return datetime.combine(day, time(12), LEGAL_ZONE).astimezone(UTC)


def _place(voucher: Voucher) -> Place:
    return Place(
        organization_id=voucher.organization_id,
        chart=voucher.chart,
        happened_on=voucher.happened_on,
        opens=catalogue.opened_by(voucher.template),
    )


def _told(line: VoucherLine) -> NewLine:
    return NewLine(
        side=line.side,
        code=line.code,
        amount=line.amount,
        sub=line.sub,
        summary=line.summary,
        fund_id=line.fund_id,
        channel_id=line.channel_id,
        project_id=line.project_id,
        counterparty_id=line.counterparty_id,
    )


def _leaf(line: VoucherLine, chart: str) -> Leaf:
    """Return the account of a line on the chart on which the books stand by now."""
    return Leaf(
        organization_id=line.organization_id,
        chart=chart,
        code=accounts.carried(line.code, line.chart, chart),
        sub=line.sub,
        fund_id=line.fund_id,
        channel_id=line.channel_id,
        project_id=line.project_id,
        counterparty_id=line.counterparty_id,
    )


async def _postings(
    session: WriteSession, voucher: Voucher, lines: Sequence[VoucherLine], chart: str
) -> list[journal.Line]:
    clearing = Leaf(organization_id=voucher.organization_id, chart=chart, code=CLEARING)
    leaves = [_leaf(line, chart) for line in lines]
    opened = await accounts.open_all(session, [clearing, *leaves])
    due_from = None
    if catalogue.is_fact(voucher.template):
        [fund_id] = {line.fund_id for line in lines if line.fund_id and line.side is Side.debit}
        due_from = await accounts.open_one(session, replace(clearing, code="1122", fund_id=fund_id))
    placed = [
        (line.side, Placed(opened[leaf], line.amount, line.fund_id))
        for line, leaf in zip(lines, leaves, strict=True)
    ]
    debited = [one for side, one in placed if side is Side.debit]
    credited = [one for side, one in placed if side is Side.credit]
    return pairing.pair(debited, credited, opened[clearing], due_from=due_from)
