"""Mandates: money that is not ours and is handed on (J18); never more than came in, and by its agreement."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.accounting.models import AgencyMandate, Voucher
from app.accounting.parties import counterparties
from app.accounting.parties.errors import MandateCodeTaken, MandateEnded, MandateHoldsMoney
from app.accounting.vouchers import catalogue, drafts, templates
from app.accounting.vouchers.drafts import Written
from app.accounting.vouchers.lines import AGENCY
from app.kit import constraints
from app.kit.clock import now
from app.kit.database import ReadSession, WriteSession
from app.ledger import accounts, floors
from app.ledger.accounts import Leaf
from app.ledger.models import Account, Balance
from app.organizations.errors import OutOfSight
from app.organizations.models import Organization


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money of a mandate that came in, or is handed on (`out`), through a bank account."""

    out: bool
    amount: int
    channel_id: UUID
    happened_on: date
    summary: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What came in for a mandate and what was handed on, in fen."""

    taken_in: int = 0
    handed_on: int = 0

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

    From the first draft on its sub-account has a floor: whoever posts, the database's lock lets nobody hand
    on what did not come in. Raises MandateEnded for more money of a mandate that ended.
    """
    if mandate.ended_at is not None and not movement.out:
        raise MandateEnded(mandate=mandate.code)
    organization = await session.get_one(Organization, mandate.organization_id)
    chart = organization.chart_version
    leaf = Leaf(
        organization_id=mandate.organization_id,
        chart=chart,
        code=AGENCY,
        sub=mandate.code,
        counterparty_id=mandate.counterparty_id,
    )
    await floors.lay(session, await accounts.open_one(session, leaf), owed=True)
    template = "J18-OUT" if movement.out else "J18-IN"
    inputs = {"channel_id": str(movement.channel_id), "counterparty_id": str(mandate.counterparty_id)}
    asked = inputs | {"amount": movement.amount}
    told = templates.fill(catalogue.find(template), asked, chart=chart, at_its_door=True)
    lines = [replace(line, sub=mandate.code) if line.code == AGENCY else line for line in told]
    written = Written(
        happened_on=movement.happened_on, summary=movement.summary, lines=lines, template=template
    )
    return await drafts.create(session, organization.id, chart, written, made_by=actor)


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
    query = (
        select(
            AgencyMandate.id,
            func.coalesce(func.sum(Balance.credit), 0),
            func.coalesce(func.sum(Balance.debit), 0),
        )
        .join(
            Account,
            (Account.organization_id == AgencyMandate.organization_id)
            & (Account.code == AGENCY)
            & (Account.sub == AgencyMandate.code),
        )
        .join(Balance, Balance.account_id == Account.id)
        .where(AgencyMandate.id.in_([one.id for one in mandates]))
        .group_by(AgencyMandate.id)
    )
    found = {row[0]: Standing(int(row[1]), int(row[2])) for row in await session.execute(query)}
    return {one.id: found.get(one.id, Standing()) for one in mandates}
