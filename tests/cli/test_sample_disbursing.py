"""The demo shows a village that was paid, of which most arrived, and a transfer on its way."""

from datetime import date

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.cli.samples.paying import disbursing
from app.kit.database import WriteSession
from app.ledger.models import Arrival
from app.organizations.access import Role
from app.projects.models import Disbursement, DisbursementState, Transfer
from app.projects.transfers import reach
from app.projects.transfers.stations import StationKind
from tests.factories import organizations as make
from tests.fundraising.desk import books_agree
from tests.projects.till import till


async def test_most_of_what_a_village_was_paid_has_arrived(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    city = await make.organization(session, parent=at.organization, books_from=date(2026, 1, 1))
    people = at.people | {Role.accountant: await make.staff(session, at.organization, Role.accountant)}
    fund = await at.fund(50_000_00, restricted=True)

    await disbursing.load(session, fund, (at.organization, city), at.bank, people)

    paid = (await session.scalars(select(Disbursement))).one()
    assert (paid.state, paid.amount) == (DisbursementState.paid, disbursing.PAID)
    assert await session.scalar(select(func.sum(Arrival.amount))) == disbursing.REACHED
    transfer = (await session.scalars(select(Transfer))).one()
    told = await reach.of(session, transfer)
    assert told.at(StationKind.in_transit) == disbursing.SENT
    assert told.stuck_since == transfer.sent_on
    await books_agree(session)
