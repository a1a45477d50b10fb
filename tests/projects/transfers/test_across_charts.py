"""A transfer goes on when only one of its two members has moved to the chart of 2026."""

from datetime import date

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from app.ledger import funds
from app.ledger.movements.transfers import Nature
from app.projects.models import Transfer, TransferState
from app.projects.transfers import returns, sending
from app.projects.transfers.returns import Back
from app.projects.transfers.sending import Into
from tests.accounting.old_books import (
    LATER,
    PAID_ON,
    OldBooks,
    close_and_change,
    must_be_sound,
    old_books,
    standing,
)


@pytest.fixture
async def sender(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    made = await old_books(app, client, session)
    await made.gift(session, 10_000)
    return made


@pytest.fixture
async def receiver(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    return await old_books(app, client, session)


@pytest.mark.parametrize("changed", ["sender", "receiver"])
async def test_each_side_of_an_advance_is_settled_and_given_back_on_its_own_chart(
    session: WriteSession, sender: OldBooks, receiver: OldBooks, changed: str
) -> None:
    transfer = Transfer(
        sender_id=sender.organization.id,
        receiver_id=receiver.organization.id,
        code="T-ADVANCE",
        nature=Nature.advance,
        amount=4_000,
        purpose="修桥",
        requested_by="test",
        fund_id=sender.fund.id,
        state=TransferState.approved,
    )
    session.add(transfer)
    await sending.send(session, transfer, sender.channel, on=PAID_ON, actor="test")
    await sending.receive(session, transfer, Into(channel=receiver.channel), on=PAID_ON, actor="test")
    mover = sender if changed == "sender" else receiver
    await close_and_change(mover)

    await sending.account(session, transfer, receiver.fund, content="已购钢筋", actor="test")
    await sending.settle(session, transfer, chart=sender.organization.chart_version, actor="test")
    back = Back(channel=receiver.channel, amount=500, on=LATER, reason="未用完")
    # Settled today, given back on a day before: what counts is that it had arrived.
    made = await returns.give(session, transfer, back, actor="test")
    await returns.take(session, transfer, made, sender.channel, on=date(2026, 1, 13), actor="test")

    assert (transfer.state, transfer.returned_minor) == (TransferState.settled, 500)
    stands = await standing(session, sender, receiver)
    assert not any(label.startswith(("1141", "2209")) for _, label in stands), "no claim and no debt is left"
    held = await funds.left(session, [sender.fund.id, receiver.fund.id])
    assert held == {sender.fund.id: 6_500, receiver.fund.id: 3_500}
    await must_be_sound(session, mover)
