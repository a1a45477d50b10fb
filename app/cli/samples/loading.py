"""Loading: the whole demo federation, in the order in which things come to be."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.accounting.models import Channel
from app.cli.samples import (
    appeals,
    banking,
    bookkeeping,
    federation,
    filings,
    giving,
    goods,
    helping,
    history,
    lists,
    months,
    projects,
    receipting,
    settling,
    subscribing,
    uses,
    volunteering,
)
from app.cli.samples.earlier import gifts as earlier
from app.cli.samples.earlier import reports
from app.cli.samples.governing import council
from app.cli.samples.paying import disbursing, relieving
from app.cli.samples.picturing import progress
from app.cli.samples.publishing import publications as publishing
from app.kit.database import Database, WriteSession
from app.organizations import grants, keys, people
from app.organizations.models import KeyKind, Organization, Platform, Role, Scope, Staff

ADMIN = "admin"
CITY = "610900"
STAFF = {Role.accountant: "会计", Role.reviewer: "复核", Role.cashier: "出纳"}
"""Who works at the province's association besides the admin, each under the name of their role."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What a visitor of the demo is handed: keys and secrets that are shown only once."""

    auditor_key: str
    webhook_secret: str


async def load(database: Database, *, password: str, tell: Callable[[str], None]) -> Handed:
    """Load the federation, its appeals with their gifts, and what they paid for; tell each step."""
    tell("机构 · organizations")
    async with database.writing() as session:
        members = await federation.load(session)
    province = members["610000"]
    # Transactions of their own: none of ours lasts long, and a password takes its time to hash.
    async with database.writing() as session:
        await people.create_admin(session, ADMIN, password, province)
        hired = {
            role: await _hire(session, province, role, name=name, password=password)
            for role, name in STAFF.items()
        }
        terms = keys.Terms(KeyKind.auditor, [Scope.audit])
        _, auditor_key = await keys.make(session, province, terms, name="demo auditor", made_by="demo")
    tell("组织治理 · charter, council and posts")
    async with database.writing() as session:
        await council.load(session, province)
    async with database.writing() as session:
        platform, merchant, secret = await appeals.open_platform(session, province)
        banks = {
            code: await appeals.open_bank(session, members[code])
            for code in ("610000", "610100", "610900", "610924")
        }
        await _open_appeals(session, members, banks, platform)
    # What knows nothing of each other goes side by side: each waits for the database about half of its time.
    await asyncio.gather(
        _give(database, members, banks | {"610000": merchant}, tell), volunteering.load(database, members)
    )
    published = await publishing.tell_of(database, province, appeals.BRIDGE)
    tell("项目及使用 · projects, and what the gifts paid for")
    async with database.writing() as session:
        await projects.load(session, members)
        await _spend(session, members, banks, merchant, hired)
    tell("项目照片 · photographs of projects")
    await progress.load(database)
    tell("捐赠方式 · ways of giving")
    async with database.writing() as session:
        await giving.load(session, merchant)
    tell("凭证 · an ordinary month's vouchers")
    async with database.writing() as session:
        office = await bookkeeping.keep_books(session, province, banks["610000"])
    tell("银行、现金与物资 · a month of bank and cash, and goods")
    async with database.writing() as session:
        month = (months.last_over(), banking.Clerks(office, hired[Role.cashier]))
        await banking.keep_accounts(session, province, banks["610000"], merchant, month)
        await goods.keep_goods(session, province, banks["610000"], members["610100"])
    tell("平台结算 · a day's settlement with a difference")
    await settling.settle_a_day(database, merchant)
    tell("捐赠票据与事件订阅 · receipts, and a subscription")
    async with database.writing() as session:
        await receipting.load(session, appeals.BRIDGE)
        await subscribing.load(session, province)
    await _help_people(database, members, banks[CITY], password, tell)
    tell("历史与结账 · real masked gifts of 2020, closing the months that are over")
    await asyncio.gather(history.load(database), months.close(database, province))
    await reports.file(database, [members[code] for code in sorted(federation.EARLY)])
    tell("信息公开 · a publication corrected, and the statements of the year")
    await publishing.go_on(database, province, appeals.BRIDGE, published)
    return Handed(auditor_key, secret)


async def _give(
    database: Database,
    members: Mapping[str, Organization],
    channels: Mapping[str, Channel],
    tell: Callable[[str], None],
) -> None:
    tell("志愿者、上年捐赠与募集目标 · volunteers, gifts of the year before, and targets")
    await earlier.load(database, members, channels)
    for appeal in appeals.APPEALS:
        tell(f"捐赠 · gifts: {appeal.title} {appeal.code}")
        await appeals.give(database, appeal, channels[appeal.region])


async def _help_people(
    database: Database,
    members: Mapping[str, Organization],
    bank: Channel,
    password: str,
    tell: Callable[[str], None],
) -> None:
    tell("受益人 · who was helped")
    await helping.load(database, members["610924"])
    async with database.writing() as session:
        city = members[CITY]
        clerks = {
            role: await _hire(session, city, role, name=STAFF[role], password=password)
            for role in (Role.reviewer, Role.cashier)
        }
        fund = await appeals.fund_of(session, appeals.CARE)
        await relieving.load(session, city, fund, bank, clerks)


async def _spend(
    session: WriteSession,
    members: Mapping[str, Organization],
    banks: Mapping[str, Channel],
    merchant: Channel,
    hired: Mapping[Role, Staff],
) -> None:
    places = (members["610000"], members["610924"])
    bank = (banks["610000"], banks["610924"])
    await uses.pay_for_bridges(session, appeals.BRIDGE, places, bank, merchant)
    fund = await appeals.fund_of(session, appeals.BRIDGE)
    await disbursing.load(session, fund, (members["610000"], members["610100"]), banks["610000"], hired)


async def _open_appeals(
    session: WriteSession,
    members: Mapping[str, Organization],
    banks: Mapping[str, Channel],
    platform: Platform,
) -> None:
    await filings.designate(session, platform)
    offices = {
        code: await filings.open_office(
            session, members[code], banks[code], platform if code == "610000" else None
        )
        for code in sorted({appeal.region for appeal in appeals.APPEALS})
    }
    for serial, appeal in enumerate(appeals.APPEALS, 1):
        await appeals.open_campaign(session, offices[appeal.region], appeal, serial)
    await filings.entrust(session, members["610000"])
    await lists.load(session, members["610000"])


async def _hire(session: WriteSession, at: Organization, role: Role, *, name: str, password: str) -> Staff:
    # A visitor signs in as any of them at once, with the one password that the demo tells.
    username = role.value if at.region_code != CITY else f"{role.value}-{CITY}"
    person = await people.create(session, at, username=username, name=name, initial_password=password)
    person.must_change_password = False
    await grants.give(session, person, at, role=role, given_by="demo")
    return person
