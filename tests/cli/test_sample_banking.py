"""The demo's bank and cash: a line of each kind, both accounts reconciled by two people before the close."""

from datetime import timedelta

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.accounting.bank import reconciliations
from app.accounting.models import BankLine, BankReconciliation, CashSession, Channel, LineKind
from app.cli.samples import banking, bookkeeping, months
from app.kit.database import WriteSession
from app.ledger.periods import next_month
from app.organizations.access import Role
from tests.accounting.office import office
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import books_agree


async def test_a_month_has_a_line_of_each_kind_and_is_reconciled(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await office(app, client, session)
    await members.organization(session, name=banking.MEMBER)
    people = await bookkeeping.keep_books(session, at.organization, at.bank)
    clerks = banking.Clerks(people, await members.staff(session, at.organization, Role.cashier))
    merchant, month = await make.merchant(session, at.organization.id), months.last_over()

    await banking.keep_accounts(session, at.organization, at.bank, merchant, (month, clerks))

    here = BankLine.organization_id == at.organization.id
    assert set(await session.scalars(select(BankLine.kind).where(here))) == set(LineKind)
    signed = (await session.scalars(select(BankReconciliation))).all()
    assert {(one.month, one.prepared_by, one.reviewed_by) for one in signed} == {
        (month, clerks.accountant, clerks.reviewer)
    }
    assert {one.channel_id for one in signed} == set(await session.scalars(select(BankLine.channel_id)))
    for one in signed:
        drawn = await reconciliations.draw(session, await session.get_one(Channel, one.channel_id), month)
        assert drawn.difference == 0
        # What other members and partners must explain is all that the books don't know yet.
        transit = [item.about for item in (*drawn.received_by_bank, *drawn.paid_by_bank)]
        assert set(transit) <= {LineKind.member_transfer, LineKind.returned_money}
    [day] = await session.scalars(select(CashSession))
    assert (day.state, day.opened_with is not None) == ("closed", True)
    assert month <= day.taken_on <= next_month(month) - timedelta(days=1)
    assert await session.scalar(select(func.count()).where(here, BankLine.kind.is_(None))) == 0
    await books_agree(session)
