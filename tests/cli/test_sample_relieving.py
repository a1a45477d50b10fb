"""The demo shows an aid case that a bank has paid, back to whose gifts paid for it."""

from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.cli.samples.paying import relieving
from app.kit.database import WriteSession
from app.ledger import sources
from app.projects.models import AidCase, AidCaseState, Benefit, Disbursement
from tests.fundraising.desk import books_agree
from tests.projects.till import till


async def test_a_case_was_paid_by_a_disbursement_that_names_it(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    at = await till(app, client, session)
    fund = await at.fund(50_000_00, restricted=True)

    await relieving.load(session, at.organization, fund, at.bank, at.people)

    case = (await session.scalars(select(AidCase))).one()
    paid = (await session.scalars(select(Disbursement))).one()
    assert (case.state, case.payment_reference) == (AidCaseState.paid, paid.code)
    assert (paid.aid_case_id, paid.amount) == (case.id, relieving.GRANTED)
    benefit = (await session.scalars(select(Benefit))).one()
    assert (benefit.beneficiary_id, benefit.amount_minor) == (case.beneficiary_id, relieving.GRANTED)
    assert paid.posting_id is not None
    assert sum(one.amount for one in await sources.of(session, paid.posting_id)) == relieving.GRANTED
    await books_agree(session)
