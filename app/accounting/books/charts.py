"""Charts: on which version of the chart an organization's books stand, and how they move to the next.

The move takes the closing trial balance of one chart into the next by opening entries that move no fund: a
fund's serial numbers go on as if nothing had happened (docs/decisions/0028-changing-charts.md).
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from app.accounting import channels
from app.accounting.errors import ChartNotChangeable
from app.accounting.models import Channel, ChartChange
from app.kit import outbox
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, floors
from app.ledger.accounts import Leaf
from app.ledger.journal import Receipt
from app.ledger.models import Entry, Period
from app.ledger.movements import dues, openings
from app.ledger.movements.openings import Standing
from app.organizations.models import Organization

CHANGED_ON = date(2026, 1, 1)
"""财会〔2024〕25号 is in force from this day."""

FROM, TO = "2004", "2026"
Follow = Callable[[WriteSession, UUID, str], Awaitable[None]]
FOLLOWERS = "chart_followers"
"""Under this name a session carries what moves other features' leaf accounts along (`app/wiring.py`)."""


async def in_force(session: ReadSession, organization: Organization, on: date) -> str:
    """Return the version of the chart that was in force on a day."""
    changed = await session.scalar(
        select(ChartChange).where(ChartChange.organization_id == organization.id, ChartChange.changed_on > on)
    )
    return changed.from_chart if changed else organization.chart_version


_STANDING = text(
    """
    select a.code, k.kind, a.sub, a.fund_id, a.channel_id, a.project_id, a.counterparty_id,
           sum(b.debit - b.credit)::bigint
    from accounts a join balances b on b.account_id = a.id
    join chart_accounts k on (k.chart, k.code) = (a.chart, a.code)
    where a.organization_id = :organization and a.chart = :chart
    group by a.id, k.kind having sum(b.debit - b.credit) <> 0 order by a.label
    """
)
_OPEN_BEFORE = text(
    "select count(*) from periods where organization_id = :organization and month < :on and state = 'open'"
)


async def choose(session: WriteSession, organization: Organization, chart: str) -> None:
    """Let books in which nothing stands yet begin on another chart; the channels' leaf accounts move along.

    Raises ChartNotChangeable once there is an entry, and for a chart that is not in force when they begin.
    """
    if chart == FROM and organization.books_from >= CHANGED_ON:
        raise ChartNotChangeable(
            "the chart of 2004 is not in force when the books begin",
            "账簿启用时2004年制度已不适用",
            chart=chart,
        )
    # Whoever books holds the month: what is being booked comes before this and is seen, or waits for it.
    months = select(Period.month).where(Period.organization_id == organization.id)
    await session.execute(months.order_by(Period.month).with_for_update())
    if await session.scalar(select(Entry.id).where(Entry.organization_id == organization.id).limit(1)):
        raise ChartNotChangeable(
            "the books hold entries already", "账簿中已有分录", chart=organization.chart_version
        )
    if organization.chart_version != chart:
        await _move(session, organization, chart)
        await session.flush()


async def _move(session: WriteSession, organization: Organization, chart: str) -> None:
    """Let everything that keeps leaf accounts book to those of another chart, guarded as before."""
    before, organization.chart_version = organization.chart_version, chart
    await floors.carry_over(session, organization.id, before, chart)
    for channel in await session.scalars(
        select(Channel).where(Channel.organization_id == organization.id).order_by(Channel.id)
    ):
        await channels.move_to(session, channel, chart)
    followers: Mapping[str, Follow] = session.info.get(FOLLOWERS, {})
    for follow in followers.values():
        await follow(session, organization.id, chart)


async def change(session: WriteSession, organization: Organization, *, actor: str) -> Sequence[Receipt]:
    """Carry an organization's closing balances of 2025 into the chart of 2026, in its books of January.

    Raises ChartNotChangeable unless it stands on the chart of 2004, has closed everything before, and no fund
    owes what a fact cost it.
    """
    rows = (await session.execute(_STANDING, {"organization": organization.id, "chart": FROM})).all()
    await _must_be_ready(session, organization, {row.kind for row in rows})
    out: list[Standing] = []
    into: list[Standing] = []
    for row in rows:
        said: tuple[Any, ...] = tuple(row)
        code, dimensions, amount = said[0], said[2:7], said[7]
        out.append(Standing(leaf=_leaf(organization.id, FROM, code, dimensions), amount=-amount))
        there = accounts.carried(str(code), FROM, TO)
        into.append(Standing(leaf=_leaf(organization.id, TO, there, dimensions), amount=amount))
    receipts: list[Receipt] = []
    for chart, standing, name in ((FROM, out, "from"), (TO, into, "to")):
        event = openings.event(CHANGED_ON, actor, chart, "新旧会计制度衔接")
        reference = f"chart:{organization.id}:{name}"
        receipts += await openings.bring_forward(session, organization.id, reference, standing, event)
    session.add(
        ChartChange(
            organization_id=organization.id, changed_on=CHANGED_ON, from_chart=FROM, to_chart=TO, actor=actor
        )
    )
    await _move(session, organization, TO)
    await session.flush()
    await outbox.tell(
        session,
        "books.chart_changed",
        organization_id=organization.id,
        subject=f"organization:{organization.id}",
        payload={"from": FROM, "to": TO, "changed_on": str(CHANGED_ON)},
    )
    return receipts


async def _must_be_ready(session: WriteSession, organization: Organization, kinds: set[str]) -> None:
    if organization.chart_version != FROM:
        raise ChartNotChangeable(
            "its books stand on another chart", "账簿使用的是另一套科目", chart=organization.chart_version
        )
    asked = {"organization": organization.id, "on": CHANGED_ON}
    if kinds & {"income", "expense"} or await session.scalar(_OPEN_BEFORE, asked):
        raise ChartNotChangeable(
            "every month before is closed first, and with it the year", "须先结清此前各月，并随之结清年度"
        )
    if await dues.waiting(session, [organization.id]):
        raise ChartNotChangeable("what funds owe is covered first", "须先补足各基金的欠款")


def _leaf(organization_id: UUID, chart: str, code: str, dimensions: Sequence[Any]) -> Leaf:
    names = ("sub", "fund_id", "channel_id", "project_id", "counterparty_id")
    return Leaf(
        organization_id=organization_id,
        chart=chart,
        code=code,
        **dict(zip(names, dimensions, strict=True)),
    )
