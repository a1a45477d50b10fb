"""Members whose books were kept on the chart of 2004, and what they carry into that of 2026."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.fundraising import campaigns
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.ledger import accounts, balances, dimensions, funds, journal, verification
from app.ledger.accounts import Leaf
from app.ledger.balances import Basis
from app.ledger.events import Event
from app.ledger.journal import Draft, Line
from app.ledger.models import DimensionKind, Direction, EntryKind, Fund
from app.ledger.movements import givebacks, spending, transfers
from app.ledger.movements.givebacks import Giveback, Takeback
from app.ledger.movements.spending import Payment, Return
from app.ledger.movements.transfers import Nature, Receiving, Sending, Settlement
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.accounting.closers import Office, noon
from tests.factories import organizations as make

DECEMBER = "2025-12"
PAID_ON, LATER = date(2025, 12, 9), date(2026, 1, 12)


class OldBooks:
    """A member whose books were kept on the chart of 2004 from December 2025 on."""

    def __init__(self, office: Office, organization: Organization, fund: Fund, channel: Channel) -> None:
        self.office, self.organization, self.fund, self.channel = office, organization, fund, channel

    async def leaf(self, session: WriteSession, code: str, chart: str = "2004", **dims: object) -> object:
        leaf = Leaf(organization_id=self.organization.id, chart=chart, code=code, **dims)
        return await accounts.open_one(session, leaf)

    async def book(
        self, session: WriteSession, day: date, kind: EntryKind, line: Line, chart: str = "2004"
    ) -> journal.Receipt:
        draft = Draft(
            organization_id=self.organization.id,
            chart=chart,
            kind=kind,
            reference=f"test:{kind}:{day}:{line.amount}",
            occurred_at=noon(day),
            actor="test",
            lines=[line],
        )
        [receipt] = await journal.post(session, [draft])
        return receipt

    def event(self, day: date) -> Event:
        """What happens on a day, booked on the chart on which the books stand now."""
        chart = self.organization.chart_version
        return Event(occurred_at=noon(day), actor="test", chart=chart, summary="test")

    async def gift(self, session: WriteSession, amount: int) -> journal.Receipt:
        line = Line(
            debit=self.channel.account_id,
            credit=await self.leaf(session, "4101", fund_id=self.fund.id),
            amount=amount,
            fund_id=self.fund.id,
            direction=Direction.inflow,
        )
        return await self.book(session, PAID_ON, EntryKind.donation, line)

    async def pay(self, session: WriteSession, amount: int, *, cost: str | None = None) -> journal.Receipt:
        """Pay from the fund for a project of its purpose."""
        project = await dimensions.declare(
            session, DimensionKind.project, "P1", organization_id=self.organization.id
        )
        await funds.allow(session, self.fund, project.id)
        said = {"project_id": project.id, "pay_from": self.channel.id, "cost": cost}
        payment = Payment(reference=f"test:{new_id()}", amount=amount, **said)
        return await spending.spend(session, self.fund, payment, self.event(PAID_ON))

    async def take_back(self, session: WriteSession, posting_id: UUID, amount: int) -> journal.Receipt:
        said = {"posting_id": posting_id, "amount": amount, "into": self.channel.id}
        return await spending.take_back(
            session, Return(reference=f"test:{new_id()}", **said), self.event(LATER)
        )


class Pair:
    """Two members with old books, and one transfer between them, whichever of them has changed by now."""

    def __init__(self, session: WriteSession, sender: OldBooks, receiver: OldBooks) -> None:
        self.session, self.sender, self.receiver = session, sender, receiver
        self.id, self.back_id = new_id(), new_id()

    async def send(self, nature: Nature, amount: int, *, owed_id: UUID | None = None) -> journal.Receipt:
        sending = Sending(
            id=self.id,
            nature=nature,
            sender_id=self.sender.organization.id,
            receiver_id=self.receiver.organization.id,
            amount=amount,
            pay_from=self.sender.channel.id,
            fund=None if nature is Nature.agency else self.sender.fund,
            owed_id=owed_id,
        )
        return await transfers.send(self.session, sending, self.sender.event(PAID_ON))

    async def receive(
        self, day: date, *, fund: Fund | None = None, owed_id: UUID | None = None
    ) -> journal.Receipt:
        receiving = Receiving(
            transfer_id=self.id,
            receiver_id=self.receiver.organization.id,
            into=self.receiver.channel.id,
            fund=fund,
            owed_id=owed_id,
        )
        return await transfers.receive(self.session, receiving, self.receiver.event(day))

    async def settle(self, day: date) -> list[journal.Receipt]:
        chart = self.receiver.organization.chart_version
        settlement = Settlement(transfer_id=self.id, fund=self.receiver.fund, receiver_chart=chart)
        return await transfers.settle(self.session, settlement, self.sender.event(day))

    async def give_back(self, day: date, amount: int) -> journal.Receipt:
        giving = Giveback(
            id=self.back_id, transfer_id=self.id, amount=amount, pay_from=self.receiver.channel.id
        )
        return await givebacks.give_back(self.session, giving, self.receiver.event(day))

    async def take_back(self, day: date) -> journal.Receipt:
        taking = Takeback(id=self.back_id, transfer_id=self.id, into=self.sender.channel.id)
        return await givebacks.take_back(self.session, taking, self.sender.event(day))


async def old_books(app: FastAPI, client: AsyncClient, session: WriteSession) -> OldBooks:
    organization = await make.organization(session, books_from=date(2025, 12, 1), chart_version="2004")
    new = NewChannel(
        organization_id=organization.id, chart="2004", code="icbc", name="工行", kind=ChannelKind.bank
    )
    channel = await channels.create(session, new)
    campaign = await campaigns.create(
        session,
        NewCampaign(
            organization_id=organization.id,
            chart="2004",
            code=f"C-{organization.code}",
            title="慈安桥",
            purpose="修桥",
            starts_on=date(2025, 12, 1),
            designations=[NewDesignation(code="BRIDGE", title="慈安桥", fund_code="F-BRIDGE")],
        ),
    )
    [use] = await campaigns.designations(session, campaign)
    fund = await session.get_one(Fund, use.fund_id)
    office = Office(client, organization, fund, channel.account_id)
    office.accountant = await make.sign_in(app, session, Role.accountant, organization)
    office.reviewer = await make.sign_in(app, session, Role.reviewer, organization)
    return OldBooks(office, organization, fund, channel)


async def close_and_change(old: OldBooks) -> None:
    await old.office.close(DECEMBER)
    answer = await old.office.post("/chart-change", old.office.reviewer)
    assert answer.status_code == 201, answer.text


async def standing(session: WriteSession, *books: OldBooks) -> dict[tuple[str, str], int]:
    """Return what stands on the accounts of these members, by chart and label, their codes left out."""
    rows = await balances.trial_balance(session, [one.organization.id for one in books])
    return {(row.chart, _plain(row.label, books)): row.balance for row in rows if row.balance}


def _plain(label: str, books: Sequence[OldBooks]) -> str:
    for one in books:
        label = label.replace(one.organization.code, "MEMBER")
    return label


async def must_be_sound(session: WriteSession, *changed: OldBooks) -> None:
    """Every promise of the books holds, and nothing stands on the old chart of those who changed."""
    broken = [f"{one.name}: {one.offender}" async for one in verification.checks(session) if one.offender]
    assert broken == []
    ids = [one.organization.id for one in changed]
    for basis in Basis:
        rows = await balances.trial_balance(session, ids, basis=basis)
        assert sum(row.balance for row in rows) == 0
        assert {row.label: row.balance for row in rows if row.chart == "2004" and row.balance} == {}, basis
