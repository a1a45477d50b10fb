"""Mandates: money that is not ours and is handed on (J18); never more than came in, and by its agreement.

What handing it on costs us is ours to bear (J19), and names the mandate too.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import text

from app.accounting import channels
from app.accounting.models import AgencyMandate, Voucher
from app.accounting.parties import counterparties
from app.accounting.parties.errors import MandateCodeTaken, MandateEnded, MandateHoldsMoney
from app.accounting.vouchers import catalogue, drafts, templates
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.lines import AGENCY
from app.kit import bulk, constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, charts, floors
from app.ledger.accounts import Leaf
from app.ledger.charts import CHARTS, Concept
from app.ledger.movements.transfers import AGENCY_SUB
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization


class MandateWay(enum.StrEnum):
    """What happens to money for a mandate: it came in, is handed on, or is our own cost of doing so."""

    taken_in = "in"
    handed_on = "out"
    cost = "cost"


_TEMPLATES = {MandateWay.taken_in: "J18-IN", MandateWay.handed_on: "J18-OUT", MandateWay.cost: "J19"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that moves for a mandate through a bank account."""

    way: MandateWay
    amount: int
    channel_id: UUID
    happened_on: date
    summary: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What came in for a mandate, what was handed on, and what that cost us, in fen."""

    taken_in: int = 0
    handed_on: int = 0
    own_cost: int = 0

    @property
    def left(self) -> int:
        """What is still to be handed on."""
        return self.taken_in - self.handed_on


async def make(session: WriteSession, mandate: AgencyMandate) -> AgencyMandate:
    """Record a mandate with its agreement. Raises NotACounterparty, MandateCodeTaken."""
    await counterparties.must_be_of(session, mandate.organization_id, mandate.counterparty_id)
    taken = {"agency_mandates_organization_id_code_key": MandateCodeTaken(mandate=mandate.code)}
    async with constraints.told(session, taken):
        session.add(mandate)
    return mandate


async def draft(session: WriteSession, mandate: AgencyMandate, movement: Movement, *, actor: str) -> Voucher:
    """Write the draft of a voucher for a mandate's money; three people bring it into the books.

    From the first draft on its sub-account has a floor, and so has its money in a bank account that pays no
    more than it holds: whoever posts, the database's lock lets nobody hand on what did not come in. Raises
    MandateEnded for more money of a mandate that ended.
    """
    if mandate.ended_at is not None and movement.way is MandateWay.taken_in:
        raise MandateEnded(mandate=mandate.code)
    organization = await session.get_one(Organization, mandate.organization_id)
    chart, template = organization.chart_version, catalogue.find(_TEMPLATES[movement.way])
    inputs = {"channel_id": str(movement.channel_id), "counterparty_id": str(mandate.counterparty_id)}
    asked = inputs | {"amount": movement.amount}
    told = templates.fill(template, asked, chart=chart, at_its_door=True)
    lines = [replace(line, sub=mandate.code) if line.counterparty_id else line for line in told]
    written = Written(
        happened_on=movement.happened_on, summary=movement.summary, lines=lines, template=template.code
    )
    voucher = await drafts.create(session, organization.id, chart, written, made_by=actor)
    await owed(session, mandate, movement.channel_id, chart)
    return voucher


async def owed(session: WriteSession, mandate: AgencyMandate, channel_id: UUID, chart: str) -> UUID:
    """Return the account on which a mandate's money is owed, guarded like the one on which it lies."""
    bare = Leaf(organization_id=mandate.organization_id, chart=chart, code=AGENCY)
    leaf = replace(bare, sub=mandate.code, counterparty_id=mandate.counterparty_id)
    account_id = await accounts.open_one(session, leaf)
    await floors.lay(session, account_id, owed=True)
    channel = await channels.get(session, channel_id)
    if await floors.standing(session, [channel.account_id]):
        held = replace(bare, code=channels.ACCOUNT_CODES[channel.kind], sub=AGENCY_SUB, channel_id=channel.id)
        await floors.lay(session, await accounts.open_one(session, held))
    return account_id


async def end(session: WriteSession, mandate: AgencyMandate, *, actor: str) -> AgencyMandate:
    """Take in no more for a mandate. Raises MandateHoldsMoney, MandateEnded."""
    await session.refresh(mandate, with_for_update=True)
    if mandate.ended_at is not None:
        raise MandateEnded(mandate=mandate.code)
    left = (await standing(session, [mandate]))[mandate.id].left
    if left:
        raise MandateHoldsMoney(mandate=mandate.code, left=left)
    mandate.ended_at, mandate.ended_by = now(), actor
    await session.flush()
    return mandate


async def get(session: ReadSession, mandate_id: UUID) -> AgencyMandate:
    """Return a mandate, or refuse."""
    mandate = await session.get(AgencyMandate, mandate_id)
    if mandate is None:
        raise OutOfSight
    return mandate


async def standing(session: ReadSession, mandates: Sequence[AgencyMandate]) -> dict[UUID, Standing]:
    """Return what the books show of mandates; a reversal counts on the other side."""
    asked = {
        "mandates": bulk.array(one.id for one in mandates),
        "agency": AGENCY,
        "charts": bulk.array(CHARTS),
        "costs": bulk.array(charts.code(chart, Concept.other_costs) for chart in CHARTS),
    }
    rows = await session.execute(_STANDING, asked)
    found = {row[0]: Standing(*(int(amount) for amount in row[1:])) for row in rows}
    return {one.id: found.get(one.id, Standing()) for one in mandates}


# Carried from one chart to the next, money has neither come in nor gone out (`chart:<organization>:...`).
_STANDING = text(
    """
    select a.mandate_id,
           coalesce(sum(p.amount) filter (where a.owed and p.credit_account_id = a.id), 0),
           coalesce(sum(p.amount) filter (where a.owed and p.debit_account_id = a.id), 0),
           coalesce(sum(case when p.debit_account_id = a.id then p.amount else -p.amount end)
                    filter (where not a.owed and e.kind <> 'closing'), 0)
    from (
      select m.id as mandate_id, a.id, a.code = :agency as owed
      from agency_mandates m
      join accounts a on a.organization_id = m.organization_id and a.sub = m.code
      left join unnest(cast(:charts as text[]), cast(:costs as text[])) c (chart, code)
        on (c.chart, c.code) = (a.chart, a.code) and a.counterparty_id = m.counterparty_id
      where m.id = any(:mandates) and (a.code = :agency or c.code is not null)
    ) a
    join postings p on p.debit_account_id = a.id or p.credit_account_id = a.id
    join entries e on e.id = p.entry_id and e.reference not like 'chart:%'
    group by a.mandate_id
    """
)
