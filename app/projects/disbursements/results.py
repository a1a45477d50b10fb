"""Results: what a bank says became of an order's payments, a whole file at once, each file once."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting import channels
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.ledger import reversals
from app.ledger.events import Event
from app.ledger.models import ArrivalKind
from app.projects.disbursements import explanations, occasions, reaching, requests
from app.projects.disbursements.payment_files import Told
from app.projects.disbursements.ways import WAYS, Way
from app.projects.models import (
    Disbursement,
    DisbursementState,
    DisbursementStep,
    PaymentItem,
    PaymentOrder,
    PaymentOutcome,
    PaymentResult,
    PaymentResultRow,
    ResultProblem,
)


async def known(session: ReadSession, made: PaymentOrder, file_mac: bytes) -> PaymentResult | None:
    """Return what this very file did when it came before."""
    query = select(PaymentResult).filter_by(order_id=made.id, file_mac=file_mac)
    return await session.scalar(query)


async def take_in(
    session: WriteSession, made: PaymentOrder, told: Sequence[Told], file_mac: bytes, *, actor: str
) -> PaymentResult:
    """Let a file's rows be the outcome of the payments of an order (locked by the caller).

    The same file again changes nothing, and so does a row that says what is known. What is none of the
    order's payments is listed. A paid row counts as arrived where the payee is the beneficiary, or where the
    organization spends itself; a failed one is reversed, and the disbursement may be ordered anew.
    """
    if (before := await known(session, made, file_mac)) is not None:
        return before
    items = await _items(session, made)
    counts = {PaymentOutcome.paid: 0, PaymentOutcome.failed: 0}
    same, seen = 0, set[str]()
    paid: list[Disbursement] = []
    failed: list[tuple[PaymentItem | DisbursementStep, Disbursement, str | None]] = []
    unmatched: list[tuple[Told, ResultProblem]] = []
    for row in told:
        found = items.get(row.reference or "")
        problem = _problem(row, found, seen)
        if found is None or problem is not None or row.outcome is None:
            unmatched.append((row, problem or ResultProblem.unknown))
            continue
        seen.add(found[1].code)
        if found[0].outcome is row.outcome:
            same += 1
            continue
        if (step := await _apply(session, *found, row, actor=actor)) is not None:
            failed += [(one, found[1], row.reason) for one in (found[0], step)]
        counts[row.outcome] += 1
        if row.outcome is PaymentOutcome.paid:
            paid.append(found[1])
    await occasions.paid(session, paid, by=actor)
    for one, disbursement, why in failed:
        await explanations.keep(session, one, disbursement, why)
    return await _keep(session, made, file_mac, (counts, same, unmatched), actor)


async def _keep(
    session: WriteSession,
    made: PaymentOrder,
    file_mac: bytes,
    became: tuple[dict[PaymentOutcome, int], int, list[tuple[Told, ResultProblem]]],
    actor: str,
) -> PaymentResult:
    counts, same, unmatched = became
    result = PaymentResult(
        order_id=made.id,
        file_mac=file_mac,
        paid_count=counts[PaymentOutcome.paid],
        failed_count=counts[PaymentOutcome.failed],
        known_count=same,
        actor=actor,
    )
    session.add(result)
    await session.flush()
    session.add_all(
        PaymentResultRow(result_id=result.id, line=row.line, problem=problem, reference=row.reference)
        for row, problem in unmatched
    )
    await session.flush()
    return result


async def _items(session: WriteSession, made: PaymentOrder) -> dict[str, tuple[PaymentItem, Disbursement]]:
    query = (
        select(PaymentItem, Disbursement)
        .join(Disbursement, Disbursement.id == PaymentItem.disbursement_id)
        .where(PaymentItem.order_id == made.id)
        .order_by(Disbursement.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {row[1].code: (row[0], row[1]) for row in await session.execute(query)}


def _problem(
    row: Told, found: tuple[PaymentItem, Disbursement] | None, seen: set[str]
) -> ResultProblem | None:
    if found is None:
        return ResultProblem.unknown
    item, disbursement = found
    if disbursement.code in seen:
        return ResultProblem.twice
    if row.outcome is None:
        return ResultProblem.outcome_unread
    if row.amount is not None and row.amount != disbursement.amount:
        return ResultProblem.amount_differs
    return ResultProblem.decided_before if item.outcome not in {None, row.outcome} else None


async def _apply(
    session: WriteSession, item: PaymentItem, disbursement: Disbursement, row: Told, *, actor: str
) -> DisbursementStep | None:
    """Let a row be the outcome of a payment; return the step by which it failed."""
    on = row.on or today()
    if row.outcome is PaymentOutcome.paid:
        await pay(session, item, disbursement, on=on, by_bank=True, actor=actor)
        return None
    order = await session.get_one(PaymentOrder, item.order_id)
    channel = await channels.get(session, order.channel_id)
    summary = f"付款失败冲销 {disbursement.code}"
    happened = Event(occurred_at=now(), actor=actor, chart=channel.chart, summary=summary)
    await reversals.reverse(session, item.entry_id, happened)
    item.outcome, item.outcome_on = PaymentOutcome.failed, on
    return await requests.move(session, disbursement, DisbursementState.failed, by=actor, posting_id=None)


async def pay(
    session: WriteSession,
    item: PaymentItem,
    disbursement: Disbursement,
    *,
    on: date,
    by_bank: bool,
    actor: str,
) -> None:
    """Write down that an ordered payment was made; what counts with it has arrived."""
    item.outcome, item.outcome_on = PaymentOutcome.paid, on
    await requests.move(session, disbursement, DisbursementState.paid, by=actor, paid_on=on)
    way = WAYS[disbursement.kind]
    # Cash in a person's hand is shown by the list that they sign.
    if way is Way.own or (way is Way.direct and by_bank):
        evidence = f"payment:{item.id}"
        await reaching.arrive(
            session, disbursement, disbursement.amount, (ArrivalKind.paid, on, evidence), own=True
        )


async def rows_of(session: ReadSession, result_id: UUID) -> Sequence[PaymentResultRow]:
    """Return the rows of a file that were nobody's payment."""
    query = select(PaymentResultRow).where(PaymentResultRow.result_id == result_id)
    return (await session.scalars(query.order_by(PaymentResultRow.line))).all()
