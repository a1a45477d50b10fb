"""The demo's bank and cash: a month's statements with lines of every kind, reconciled by two people."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank import batches, decisions, matches, reconciliations, statements
from app.accounting.bank.decisions import Decision
from app.accounting.bank.movements import Movement
from app.accounting.bank.readings import Reading
from app.accounting.cash import deposits, sessions
from app.accounting.cash.deposits import Slip
from app.accounting.cash.sessions import Opening
from app.accounting.channels import NewChannel
from app.accounting.models import BankLine, CashSessionKind, Channel, ChannelKind, LineKind
from app.cli.samples import agency, bookkeeping
from app.fundraising import donations
from app.fundraising.banking import bank_gifts, cash_gifts, settlements
from app.fundraising.banking.bank_gifts import BankGift
from app.fundraising.banking.cash_gifts import CashGift
from app.fundraising.gifts import Gift, Giver
from app.kit.clock import LEGAL_ZONE
from app.kit.database import WriteSession
from app.ledger.periods import next_month
from app.organizations.models import Organization, Staff

MEMBER = "西安市慈善协会（演示）"
SECOND_NUMBER = "6100 0000 0000 7788"


@dataclass(frozen=True, slots=True)
class Clerks:
    """Who works at the member whose month it is."""

    office: list[Staff]
    cashier: Staff

    @property
    def accountant(self) -> str:
        """Who decides about lines and prepares the reconciliation."""
        return f"staff:{self.office[0].id}"

    @property
    def reviewer(self) -> str:
        """Who reviews it."""
        return f"staff:{self.office[1].id}"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the member's money lies."""

    bank: Channel
    second: Channel
    box: Channel
    merchant: Channel


async def keep_accounts(
    session: WriteSession, at: Organization, bank: Channel, merchant: Channel, month: tuple[date, Clerks]
) -> None:
    """Book a month's gifts, rent and cash day, and reconcile both bank accounts at its end."""
    first, clerks = month
    places = Places(bank, *await _open(session, at), merchant)
    await _hear(session, merchant, first)
    await bookkeeping.book(
        session,
        at,
        clerks.office,
        first.replace(day=8),
        (
            "RENT",
            "支付档案库房租金",
            {"amount": 1_800_00, "money_account": "1002", "channel_id": str(bank.id)},
        ),
    )
    await agency.hand_on(session, bank, clerks.office, first)
    await _take_cash(session, places, first.replace(day=10), clerks)
    await _tell_the_first(session, places, first, clerks)
    await _tell_the_second(session, places, first, clerks)
    for account in (places.bank, places.second):
        signed = await reconciliations.sign(session, account, first, actor=clerks.accountant)
        await reconciliations.review(session, signed, actor=clerks.reviewer)


async def _open(session: WriteSession, at: Organization) -> tuple[Channel, Channel]:
    plain = NewChannel(
        organization_id=at.id,
        chart=at.chart_version,
        code="box",
        name="前台现金箱（演示）",
        kind=ChannelKind.cash,
    )
    box = replace(plain, cash_limit_minor=1_000_00)
    second = replace(
        plain, code="bank-2", name="募捐专户（演示）", kind=ChannelKind.bank, number=SECOND_NUMBER
    )
    return await channels.create(session, second), await channels.create(session, box)


async def _hear(session: WriteSession, merchant: Channel, first: date) -> None:
    """Three gifts for no campaign, by the platform."""
    gifts = [
        Gift(
            source_id=merchant.platform_id or merchant.id,
            channel=merchant,
            their_id=f"DEMO-GENERAL-{day}",
            campaign="",
            general=True,
            amount=2_000_00,
            donated_at=datetime.combine(first.replace(day=day), time(9), LEGAL_ZONE),
            actor="demo",
            source=merchant.code,
            giver=Giver(external_id=f"general-{day}", name=f"爱心网友{day}"),
        )
        for day in (3, 4, 5)
    ]
    await donations.receive(session, gifts)


async def _take_cash(session: WriteSession, places: Places, day: date, clerks: Clerks) -> None:
    """A cash day: opened and counted by two people, taken to the bank on the next day."""
    cashier, second = f"staff:{clerks.cashier.id}", clerks.office[0].id
    opening = Opening(kind=CashSessionKind.counter, taken_on=day, second=second)
    held = await sessions.begin(session, places.box, opening, actor=cashier)
    for sheet, amount in (("0001", 500_00), ("0002", 300_00)):
        gift = CashGift(sheet_number=sheet, amount=amount, giver=Giver(name=f"来访者{sheet}"))
        await cash_gifts.record(session, held.id, gift, actor=cashier)
    await sessions.count(session, held, {100_00: 8}, second=second, actor=cashier)
    slip = Slip(
        number="JK-0001",
        amount=800_00,
        deposited_at=datetime.combine(day.replace(day=11), time(10), LEGAL_ZONE),
    )
    await deposits.make(session, places.box, places.bank, slip, actor=cashier)


Told = tuple[int, int, Mapping[str, str]]
"""A line: its day of the month, fen, and what stands beside it."""

FIRST: Mapping[str, Told] = {
    "payout": (6, 5_964_00, {"name": "沙箱平台商户账户", "summary": "平台结算"}),
    "rent": (8, -1_800_00, {"name": "某物业公司", "summary": "转账"}),
    "deposit": (11, 800_00, {"summary": "现金存入"}),
    "agency_in": (12, agency.TAKEN_IN, {"name": "某企业（演示）", "summary": "委托转付助学款"}),
    "moved": (15, -1_000_00, {"name": "本会", "account": SECOND_NUMBER, "summary": "转账"}),
    "gift": (18, 660_00, {"name": "热心市民", "summary": "捐款"}),
    "agency_out": (19, -agency.HANDED_ON, {"name": "某学校", "summary": "转付助学款"}),
    "dues": (20, 500_00, {"name": "某理事单位", "remark": "年度会费"}),
    "interest": (21, 12_06, {"summary": "结息"}),
    "fee": (22, -10_00, {"summary": "手续费"}),
    "member": (25, 3_000_00, {"name": MEMBER, "summary": "划拨"}),
    "back": (26, 200_00, {"name": "某合作单位", "summary": "退回项目结余"}),
    "unknown": (31, 88_00, {}),
}
"""One line of each kind that a bank's statement has."""
SECOND: Mapping[str, Told] = {
    "moved": (15, 1_000_00, {"name": "本会", "summary": "转账"}),
    "interest": (31, 35, {"summary": "结息"}),
}


async def _tell_the_first(session: WriteSession, places: Places, first: date, clerks: Clerks) -> None:
    who = clerks.accountant
    line = await _take_in(session, places.bank, first, FIRST, who)
    confirmed = [line[name] for name in ("moved", "dues", "interest", "fee", "member", "back")]
    await batches.confirm(session, confirmed, [one.id for one in confirmed], actor=who)
    await settlements.record(session, line["payout"].id, places.merchant.id, fee=36_00, actor=who)
    await bank_gifts.record(session, BankGift(line_id=line["gift"].id), actor=who)
    deposited = Decision(kind=LineKind.cash_deposit, channel_id=places.box.id)
    await decisions.decide(session, line["deposit"].id, deposited, actor=who)
    await decisions.decide(session, line["unknown"].id, Decision(kind=LineKind.unknown), actor=who)
    for name, kind in (
        ("rent", LineKind.payment),
        ("agency_in", LineKind.agency),
        ("agency_out", LineKind.agency),
    ):
        known, _ = await decisions.hold(session, line[name].id)
        pairs = matches.propose(known, await matches.candidates(session, known))
        await matches.make(session, [known], pairs, actor=who)
        await decisions.decide(session, known.id, Decision(kind=kind), actor=who)


async def _tell_the_second(session: WriteSession, places: Places, first: date, clerks: Clerks) -> None:
    line = await _take_in(session, places.second, first, SECOND, clerks.accountant)
    own = Decision(kind=LineKind.own_transfer, channel_id=places.bank.id)
    await decisions.decide(session, line["moved"].id, own, actor=clerks.accountant)
    interest = Decision(kind=LineKind.interest)
    await decisions.decide(session, line["interest"].id, interest, actor=clerks.accountant)


async def _take_in(
    session: WriteSession, account: Channel, first: date, told: Mapping[str, Told], actor: str
) -> dict[str, BankLine]:
    """Take a statement in as a file of the bank would be, and return its lines by what they are here."""
    last = next_month(first) - timedelta(days=1)
    movements = [
        Movement(
            line=number,
            day=first.replace(day=min(day, last.day)),
            amount=amount,
            serial=f"DEMO-{account.code}-{number}",
            words=dict(words),
        )
        for number, (day, amount, words) in enumerate(told.values(), 1)
    ]
    mac = hashlib.sha256(f"demo:{account.id}:{first}".encode()).digest()
    reading = Reading(movements=movements, opening=0, mac=mac)
    taken = await statements.take_in(session, account, reading, actor=actor)
    query = select(BankLine).where(BankLine.statement_id == taken.statement.id).order_by(BankLine.number)
    return dict(zip(told, await session.scalars(query), strict=True))
