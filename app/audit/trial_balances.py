"""Trial balances: by the end of a day out of what is booked, or by an index out of what is signed."""

from collections.abc import Collection, Sequence
from uuid import UUID

from app.audit.errors import IndexNotSigned
from app.audit.mandates import Mandate
from app.audit.schemas.registers import TrialBalanceLine, TrialBalanceOut, TrialBalanceQuery
from app.kit.database import ReadSession
from app.kit.fields import MoneyOut
from app.ledger import balances
from app.ledger.balances import Basis, Row
from app.organizations import organizations
from app.organizations.access import FIRST_DAY, LAST_DAY
from app.organizations.models import Organization
from app.transparency import balances as sealed
from app.transparency import heads


async def members(session: ReadSession, organization_id: UUID, basis: Basis) -> Collection[UUID]:
    """Return whose books a trial balance on this basis is made of."""
    if basis is Basis.entity:
        return [organization_id]
    return await organizations.subtree_ids(session, organization_id)


async def by_day(
    session: ReadSession, mandate: Mandate, organization: Organization, asked: TrialBalanceQuery
) -> TrialBalanceOut:
    """Return the trial balance at the end of a day, by `booked_on`; without one, of all that may be read."""
    until = asked.as_of or (None if mandate.last == LAST_DAY else mandate.last)
    since = asked.since or (None if mandate.first == FIRST_DAY else mandate.first)
    rows = await balances.trial_balance(
        session, mandate.organization_ids, since=since, as_of=until, basis=asked.basis
    )
    return _told(organization, asked, rows)


async def by_index(
    session: ReadSession, mandate: Mandate, organization: Organization, asked: TrialBalanceQuery
) -> TrialBalanceOut:
    """Return the trial balance over the first leaves of the log: what it says of them never changes."""
    checkpoint, size = await heads.latest(session), asked.as_of_index or 0
    if size > checkpoint.size:
        raise IndexNotSigned(size=checkpoint.size)
    lines = await sealed.as_of(session, checkpoint.log_id, size, [organization.id], until=mandate.last)
    rows = [
        Row(
            chart=line.chart,
            code=line.code,
            name=line.name,
            name_zh=line.name_zh,
            label=line.label,
            account_id=line.account_id,
            organization_id=line.organization_id,
            opening=0,
            debit=line.debit,
            credit=line.credit,
        )
        for line in lines
    ]
    said = _told(organization, asked, rows)
    return said.model_copy(update={"digest": sealed.digest(organization.code, lines).hex()})


def _told(organization: Organization, asked: TrialBalanceQuery, rows: Sequence[Row]) -> TrialBalanceOut:
    shown = balances.by_code(list(rows)) if asked.level == "code" else rows
    return TrialBalanceOut(
        organization_id=organization.id,
        organization_code=organization.code,
        basis=asked.basis,
        since=asked.since,
        as_of=asked.as_of,
        as_of_index=asked.as_of_index,
        demo=organization.demo,
        lines=[TrialBalanceLine.of(row) for row in shown],
        debit=MoneyOut.of(sum(row.debit for row in shown)),
        credit=MoneyOut.of(sum(row.credit for row in shown)),
        balance=MoneyOut.of(sum(row.balance for row in shown)),
    )
