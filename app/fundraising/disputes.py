"""Disputes: a giver's objection that a platform examines; only a lost one moves money, as a refund."""

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert

from app.fundraising import claims, happenings, refunds
from app.fundraising.errors import DisputeDiffers
from app.fundraising.gifts import GivenBack, Objection, Outcome, OutcomeKind
from app.fundraising.models import Dispute, DisputeState, RefundReason
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.organizations.access import Caller, Permission
from app.organizations.desk import tasks
from app.organizations.models import Platform


async def receive(session: WriteSession, told: Objection) -> Outcome:
    """Keep a dispute's state. Open ones book nothing and are exceptions; a lost one is a refund.

    The end of a dispute may be told before its beginning: then the beginning changes nothing any more.
    """
    row = insert(Dispute).values(
        id=new_id(),
        created_at=now(),
        source_id=told.source_id,
        their_id=told.their_id,
        their_gift_id=told.their_gift_id,
        amount=told.amount,
        disputed_at=told.at,
        state=told.state,
    )
    # The claim on the gift's number is held, so two messages about one dispute come here one after the other.
    made = row.on_conflict_do_nothing(index_elements=["source_id", "their_id"]).returning(Dispute.id)
    new = await session.scalar(made) is not None
    query = select(Dispute).where(Dispute.source_id == told.source_id, Dispute.their_id == told.their_id)
    dispute = (await session.scalars(query.execution_options(populate_existing=True))).one()
    ended = dispute.state is not DisputeState.open and told.state is not DisputeState.open
    if (dispute.amount, dispute.their_gift_id) != (told.amount, told.their_gift_id) or (
        ended and dispute.state is not told.state
    ):
        return Outcome(kind=OutcomeKind.conflict, refusal=DisputeDiffers(dispute_id=told.their_id))
    # The beginning, told after the end, is no news any more.
    news = new or (told.state is not DisputeState.open and dispute.state is DisputeState.open)
    if told.state is not DisputeState.open:
        dispute.state = told.state
        await session.flush()
    if news:
        gifts = await claims.gifts(session, [(told.source_id, told.their_gift_id)])
        await happenings.disputed(session, dispute, gifts.get((told.source_id, told.their_gift_id)))
    if told.state is DisputeState.lost:
        return await _lose(session, told)
    return Outcome(kind=OutcomeKind.pending if told.state is DisputeState.open else OutcomeKind.ignored)


async def _lose(session: WriteSession, told: Objection) -> Outcome:
    lost = GivenBack(
        source_id=told.source_id,
        their_id=told.their_id,
        their_gift_id=told.their_gift_id,
        amount=told.amount,
        refunded_at=told.at,
        reason=RefundReason.dispute_lost,
        actor=told.actor,
    )
    return (await refunds.receive(session, [lost]))[0]


async def waiting(_session: ReadSession, caller: Caller) -> tasks.Query:
    """Return the disputes that platforms still examine, for those who answer for what is given back."""
    return (
        tasks.row(
            organization_id=Platform.organization_id,
            subject_id=Dispute.id,
            title=literal("捐赠争议：").concat(Dispute.their_id),
            amount_minor=Dispute.amount,
            since_at=Dispute.created_at,
        )
        .join(Platform, Platform.id == Dispute.source_id)
        .where(
            Platform.organization_id.in_(caller.holds(Permission.refunds_record)),
            Dispute.state == DisputeState.open,
        )
    )
