"""Redesignations: money moves between funds of one organization, by a person's decision with its ground."""

from dataclasses import dataclass

from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, funds, journal
from app.ledger.charts import CLEARING, RELEASED_WITHIN_INCOME
from app.ledger.errors import EntryUnfit
from app.ledger.events import Event
from app.ledger.journal import Follow, Line, Receipt
from app.ledger.models import Direction, EntryKind, FollowKind, Fund
from app.ledger.movements import releases


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Fen that leave one fund for another; a matching pool pays with the kind `matching`.

    `released`: the fund's limits have ended, so its days no longer bind, and what came in this year changes
    its class as income (releases.py).
    """

    reference: str
    source: Fund
    target: Fund
    amount: int
    kind: EntryKind = EntryKind.redesignation
    released: bool = False


async def move(session: WriteSession, moving: Move, event: Event) -> Receipt:
    """Move money from fund to fund, so that each gift in it can be followed; `event.summary` is the ground.

    Raises EntryUnfit without a ground or across organizations, FundShort if the source holds less.
    """
    source, target = moving.source, moving.target
    if not (event.summary or "").strip():
        raise EntryUnfit("a move between funds needs its ground", "基金间调整须有依据")
    if source.organization_id != target.organization_id or source.id == target.id:
        raise EntryUnfit(
            "a move is between two funds of one organization", "调整须在同一机构的两个基金之间进行"
        )
    if not moving.released:
        funds.check_day(source, event.day)
    parts: list[tuple[str | None, int]] = [(None, moving.amount)]
    if moving.released and event.chart in RELEASED_WITHIN_INCOME:
        parts = await releases.parts(session, source, target, moving.amount, on=event.day)
    lines = [line for code, amount in parts for line in await _pair(session, moving, event, code, amount)]
    draft = event.draft(source.organization_id, moving.kind, moving.reference, lines)
    [receipt] = await journal.post(session, [draft])
    return receipt


async def _pair(
    session: WriteSession, moving: Move, event: Event, code: str | None, amount: int
) -> tuple[Line, Line]:
    source, target = moving.source, moving.target
    clearing = event.leaf(source.organization_id, CLEARING)
    gives, takes = (_account(event, fund, code) for fund in (source, target))
    opened = await accounts.open_all(session, [clearing, gives, takes])
    out = Line(
        debit=opened[gives],
        credit=opened[clearing],
        amount=amount,
        fund_id=source.id,
        direction=Direction.outflow,
        id=(out_id := new_id()),
    )
    into = Line(
        debit=opened[clearing],
        credit=opened[takes],
        amount=amount,
        fund_id=target.id,
        direction=Direction.inflow,
        follows=Follow(posting_id=out_id, offset=0, kind=FollowKind.transfer),
    )
    return out, into


def _account(event: Event, fund: Fund, income: str | None) -> accounts.Leaf:
    # Without income neither income nor cost: the classes of net assets change, and the sums of the statement
    # of activities do not.
    code = income or ("3102" if fund.restricted else "3101")
    return event.leaf(fund.organization_id, code, fund_id=fund.id)
