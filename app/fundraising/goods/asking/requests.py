"""Requests: hand-outs that are worth more than may leave on one person's word, and wait for an approval.

What is asked for is set aside at once: the constraint that guards the stock decides between all who ask, and
an approval finds the goods there.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from app.fundraising.goods import handouts, lots
from app.fundraising.goods.errors import ApprovalNeeded, GoodsReferenceTaken
from app.fundraising.goods.handouts import RECIPIENT, NewHandout
from app.fundraising.goods.lots import Taken
from app.fundraising.models.goods import (
    GoodsHandout,
    GoodsRequestLine,
    GoodsRequestState,
    RecipientKind,
    RequestedHandout,
)
from app.kit import constraints, vault
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_id
from app.kit.money import yuan
from app.organizations import approvals
from app.organizations.approvals import Matter, Tier, policies, words
from app.organizations.errors import OutOfSight
from app.organizations.models import Approval, ApprovalState, Role

KIND = "goods_handout"
ALONE = (Role.fundraising_officer,)
"""Where the policy asks for somebody who records goods and nobody else, whoever hands out is that."""
STEPS = (Tier(100_000_00, ALONE), Tier(None, (Role.reviewer,)))
"""Up to a hundred thousand yuan nobody is asked, as long as a member has set no steps of its own."""


async def hand_out(session: WriteSession, new: NewHandout, *, actor: str) -> GoodsHandout:
    """Hand out what may leave without being asked for, and book it; raises ApprovalNeeded, and as `record`.

    What nobody has valued has no amount, and takes the first tier of the policy as every such matter does.
    """
    handout = await handouts.record(session, new, actor=actor)
    policy = await policies.in_force(session, new.organization_id, KIND)
    if policies.steps(policy.tiers, handout.value_minor or None) != ALONE:
        raise ApprovalNeeded(value=handout.value_minor)
    return handout


async def ask(session: WriteSession, new: NewHandout, *, asked_by: str) -> RequestedHandout:
    """Set goods aside, and put their hand-out before those who decide it; `new.handed_on` is today.

    Raises what handing them out today would raise.
    """
    taken = await handouts.take(session, new)
    value, request_id = sum(one.value_minor for one in taken), new_id()
    pieces = sum(one.count for one in taken)
    matter = Matter(
        kind=KIND,
        organization_id=new.organization_id,
        subject_id=request_id,
        title=f"物资发放 {pieces} 件" + (f" {yuan(value)} 元" if value else "（未计价）"),
        amount_minor=value or None,
    )
    approval = await approvals.ask(session, matter, asked_by=asked_by)
    request = RequestedHandout(
        organization_id=new.organization_id,
        approval_id=approval.id,
        reference=new.reference or str(request_id),
        recipient_kind=new.recipient_kind,
        recipient=None if new.recipient_kind is RecipientKind.person else new.recipient,
        value_minor=value,
        actor=asked_by,
        project_id=new.project_id,
        counterparty_id=new.counterparty_id,
    )
    request.id = request_id
    known = {"goods_requests_reference_idx": GoodsReferenceTaken(reference=request.reference)}
    async with constraints.told(session, known):
        session.add(request)
    session.add_all(
        GoodsRequestLine(
            organization_id=new.organization_id,
            request_id=request_id,
            lot_id=one.lot.id,
            count=one.count,
            value_minor=one.value_minor,
        )
        for one in taken
    )
    name = {RECIPIENT: new.recipient} if new.recipient_kind is RecipientKind.person else {}
    await vault.keep(session, request_id, name)
    return request


async def ended(session: WriteSession, approval: Approval) -> None:
    """Hand out what was approved, today and to the piece; put the rest back where it lay.

    An approval is refused for what refuses the hand-out: goods that have expired since, a purpose that
    no longer allows the project, a number that was taken meanwhile.
    """
    request = await get(session, approval.subject_id, lock=True)
    lines = await lines_of(session, request)
    if approval.state is ApprovalState.approved:
        await _hand_over(session, request, lines)
    else:
        await lots.put_back(session, request.organization_id, lines)
        # Whoever got nothing need not be known to us.
        await vault.erase(session, request.id)
    request.state = GoodsRequestState(approval.state)
    await session.flush()


async def _hand_over(
    session: WriteSession, request: RequestedHandout, lines: Sequence[GoodsRequestLine]
) -> None:
    held = await lots.hold(session, request.organization_id, [line.lot_id for line in lines])
    new = NewHandout(
        organization_id=request.organization_id,
        handed_on=today(),
        recipient_kind=request.recipient_kind,
        recipient=await _recipient(session, request),
        parts=(),
        reference=request.reference,
        project_id=request.project_id,
        counterparty_id=request.counterparty_id,
    )
    for lot in held.values():
        await handouts.must_fit(session, lot, new.project_id, new.handed_on)
    taken = [Taken(held[line.lot_id], line.count, line.value_minor) for line in lines]
    # It bears the request's id: what was told to whoever asked, and the recipient's key, stay what they are.
    handout = await handouts.give(session, new, taken, actor=request.actor, handout_id=request.id)
    request.handout_id = handout.id


async def _recipient(session: ReadSession, request: RequestedHandout) -> str:
    if request.recipient is not None:
        return request.recipient
    # Whoever was erased meanwhile is handed nothing under a name.
    return (await vault.read(session, [request.id], [RECIPIENT])).get(request.id, {}).get(RECIPIENT, "")


async def why_rejected(
    session: ReadSession, asked: Sequence[RequestedHandout], *, clear_in: Collection[UUID]
) -> Mapping[UUID, str | None]:
    """Return why requests were rejected; of those for a person only for the organizations of `clear_in`."""
    told = [one for one in asked if one.recipient is not None or one.organization_id in clear_in]
    said = await words.of_rejections(session, [one.approval_id for one in told])
    return {one.id: said.get(one.approval_id) for one in told}


async def get(session: ReadSession, request_id: UUID, *, lock: bool = False) -> RequestedHandout:
    """Return a request, or refuse; with `lock` nobody else changes it until the transaction ends."""
    request = await session.get(
        RequestedHandout, request_id, with_for_update=lock or None, populate_existing=lock
    )
    if request is None:
        raise OutOfSight
    return request


async def lines_of(session: ReadSession, request: RequestedHandout) -> Sequence[GoodsRequestLine]:
    """Return what is set aside for a request, in the order in which it was written down."""
    query = select(GoodsRequestLine).where(GoodsRequestLine.request_id == request.id)
    return (await session.scalars(query.order_by(GoodsRequestLine.id))).all()


def listing(visible: Collection[UUID], asked: Mapping[str, Any]) -> Select[RequestedHandout]:
    """Return the query for requests; what is not asked for does not matter."""
    query = select(RequestedHandout).where(RequestedHandout.organization_id.in_(visible))
    for name in ("organization_id", "state"):
        if asked.get(name) is not None:
            query = query.where(getattr(RequestedHandout, name) == asked[name])
    return query
