"""Handouts: goods given to whom they are meant for (发放), booked (J7), and signed for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.accounting.parties import counterparties
from app.fundraising.goods import days, lots, outflows, papers
from app.fundraising.goods.errors import (
    GoodsExpired,
    GoodsOfAnotherOrganization,
    GoodsReferenceTaken,
    HandoutSigned,
    HandoutTakenBack,
)
from app.fundraising.goods.lots import Taken
from app.fundraising.goods.outflows import Use
from app.fundraising.goods.quantities import Quantity
from app.fundraising.models.goods import GoodsHandout, GoodsHandoutLine, GoodsLot, RecipientKind
from app.kit import constraints, outbox, vault
from app.kit.attachments.files import Owner
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.ledger import arrivals, funds, journal, reversals
from app.ledger.events import Event
from app.ledger.models import (
    Arrival,
    ArrivalKind,
    Dimension,
    DimensionKind,
    EntryKind,
    Fund,
    Posting,
)
from app.organizations import organizations
from app.organizations.errors import OutOfSight

RECIPIENT = "goods_recipient"
"""Under which name the vault keeps a person who got goods, below the hand-out's own id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHandout:
    """What is told of a hand-out: to whom, when, for which project, and how much of which lots."""

    organization_id: UUID
    handed_on: date
    recipient_kind: RecipientKind
    recipient: str
    parts: Sequence[tuple[UUID, Quantity]]
    reference: str | None = None
    project_id: UUID | None = None
    counterparty_id: UUID | None = None


async def record(session: WriteSession, new: NewHandout, *, actor: str) -> GoodsHandout:
    """Hand goods out and book what they were worth: Dr 5101 / Cr 1201; unvalued goods are only counted.

    Raises StockShort, GoodsExpired, GoodsNotInspected, LotUnknown, UnitUnknown, PurposeNotAllowed if the
    goods are bound to another purpose, GoodsReferenceTaken, DayUnfit.
    """
    return await give(session, new, await take(session, new), actor=actor, handout_id=new_id())


async def take(session: WriteSession, new: NewHandout) -> list[Taken]:
    """Take out of the stock what is to be handed out, if it may be; raises what `record` raises for goods."""
    days.must_have_come(new.handed_on)
    await _must_be_here(session, new)
    held = await lots.hold(session, new.organization_id, [lot_id for lot_id, _ in new.parts])
    for lot in held.values():
        await must_fit(session, lot, new.project_id, new.handed_on)
    return [await lots.take(session, held[lot_id], quantity) for lot_id, quantity in new.parts]


async def give(
    session: WriteSession, new: NewHandout, taken: Sequence[Taken], *, actor: str, handout_id: UUID
) -> GoodsHandout:
    """Write down and book that goods which were taken went to whom they are meant for."""
    value = sum(one.value_minor for one in taken)
    handout = GoodsHandout(
        organization_id=new.organization_id,
        reference=new.reference or str(handout_id),
        handed_on=new.handed_on,
        recipient_kind=new.recipient_kind,
        recipient=None if new.recipient_kind is RecipientKind.person else new.recipient,
        value_minor=value,
        actor=actor,
        project_id=new.project_id,
        counterparty_id=new.counterparty_id,
        entry_id=await _book(session, new, taken, f"goods-handout:{handout_id}", actor) if value else None,
    )
    handout.id = handout_id
    known = {"goods_handouts_organization_id_reference_key": GoodsReferenceTaken(reference=handout.reference)}
    async with constraints.told(session, known):
        session.add(handout)
    session.add_all(
        GoodsHandoutLine(
            organization_id=new.organization_id,
            handout_id=handout.id,
            lot_id=one.lot.id,
            count=one.count,
            value_minor=one.value_minor,
        )
        for one in taken
    )
    await session.flush()
    name = {RECIPIENT: new.recipient} if new.recipient_kind is RecipientKind.person else {}
    await vault.keep(session, handout.id, name)
    await _tell(session, handout, "goods.handed_out")
    return handout


async def _must_be_here(session: ReadSession, new: NewHandout) -> None:
    if new.counterparty_id is not None:
        await counterparties.must_be_of(session, new.organization_id, new.counterparty_id)
    if new.project_id is None:
        return
    project = await session.get(Dimension, new.project_id)
    here = project is not None and project.organization_id == new.organization_id
    if project is None or not here or project.kind is not DimensionKind.project:
        raise GoodsOfAnotherOrganization(project=new.project_id)


async def must_fit(session: ReadSession, lot: GoodsLot, project_id: UUID | None, on: date) -> None:
    """Refuse goods that have expired, and such as are bound to another purpose."""
    if lot.expires_on < on:
        raise GoodsExpired(lot=lot.id, expires_on=lot.expires_on)
    fund = await session.get_one(Fund, lot.fund_id)
    await funds.check_use(session, fund, project_id=project_id, on=on)


async def _book(
    session: WriteSession, new: NewHandout, taken: Sequence[Taken], reference: str, actor: str
) -> UUID:
    organization = await organizations.get(session, new.organization_id)
    event = Event(occurred_at=days.moment(new.handed_on), actor=actor, chart=organization.chart_version)
    use = Use(code="5101", project_id=new.project_id, counterparty_id=new.counterparty_id)
    lines = await outflows.lines(session, taken, use, event)
    draft = event.draft(new.organization_id, EntryKind.disbursement, reference, lines)
    [receipt] = await journal.post(session, [draft])
    return receipt.entry_id


async def _tell(session: WriteSession, handout: GoodsHandout, topic: str) -> None:
    await outbox.tell(
        session,
        topic,
        organization_id=handout.organization_id,
        subject=str(handout.id),
        payload={"handout_id": str(handout.id), "value": handout.value_minor},
    )


async def get(session: ReadSession, handout_id: UUID, *, lock: bool = False) -> GoodsHandout:
    """Return a hand-out, or refuse; with `lock` nobody else changes it until the transaction ends."""
    handout = await session.get(
        GoodsHandout, handout_id, with_for_update=lock or None, populate_existing=lock
    )
    if handout is None:
        raise OutOfSight
    return handout


async def lines_of(session: ReadSession, handout: GoodsHandout) -> Sequence[GoodsHandoutLine]:
    """Return what was handed out, in the order in which it was written down."""
    query = select(GoodsHandoutLine).where(GoodsHandoutLine.handout_id == handout.id)
    return (await session.scalars(query.order_by(GoodsHandoutLine.id))).all()


async def sign(
    session: WriteSession, handout: GoodsHandout, *, on: date, attachment_ids: Sequence[UUID], actor: str
) -> None:
    """Write down that the recipient has signed: what the goods were worth has arrived.

    Raises HandoutSigned, HandoutTakenBack, DayUnfit, AttachmentNotFree.
    """
    _must_be_under_way(handout)
    days.must_have_come(on, after=handout.handed_on)
    handout.signed_on, handout.signed_recorded_by = on, actor
    await session.flush()
    owner = Owner(papers.HANDOUT, handout.id, handout.organization_id)
    await papers.add(session, owner, attachment_ids, by=actor)
    query = select(Posting).where(Posting.entry_id == handout.entry_id).order_by(Posting.id)
    for posting in await session.scalars(query):
        arrival = Arrival(
            posting_id=posting.id,
            start=0,
            amount=posting.amount,
            kind=ArrivalKind.goods_handed_over,
            arrived_on=on,
            evidence=f"goods-handout:{handout.id}",
        )
        await arrivals.record(session, arrival)


async def take_back(session: WriteSession, handout: GoodsHandout, *, reason: str, actor: str) -> None:
    """Take a locked hand-out back that was a mistake or never reached anybody: the goods lie there again.

    What was booked is mirrored, piece by piece as it was taken. Raises HandoutTakenBack, and HandoutSigned:
    what has been signed for has arrived.
    """
    _must_be_under_way(handout)
    lines = await lines_of(session, handout)
    await lots.put_back(session, handout.organization_id, lines)
    entry_id: UUID | None = None
    if handout.entry_id is not None:
        organization = await organizations.get(session, handout.organization_id)
        # The reason itself stays out of the books: people write names into it.
        summary = f"goods hand-out {handout.reference}"
        event = Event(occurred_at=now(), actor=actor, chart=organization.chart_version, summary=summary)
        entry_id = (await reversals.reverse(session, handout.entry_id, event)).entry_id
    handout.reversed_on, handout.reversed_by, handout.reversal_entry_id = today(), actor, entry_id
    await session.flush()
    await reasons.keep(session, _about(handout), reason)
    await _tell(session, handout, "goods.handout_reversed")


async def why(
    session: ReadSession, handouts: Sequence[GoodsHandout], *, clear_in: Collection[UUID]
) -> Mapping[UUID, str]:
    """Return why hand-outs were taken back; of those to a person only for the organizations of `clear_in`."""
    back = [one for one in handouts if one.reversed_on is not None]
    told = [one for one in back if one.recipient is not None or one.organization_id in clear_in]
    return await reasons.read(session, [_about(one) for one in told])


def _about(handout: GoodsHandout) -> About:
    # Who got goods is known by the hand-out alone.
    return About("goods_handout", handout.id, handout.id)


def _must_be_under_way(handout: GoodsHandout) -> None:
    if handout.signed_on is not None:
        raise HandoutSigned(handout=handout.id)
    if handout.reversed_on is not None:
        raise HandoutTakenBack(handout=handout.id)
