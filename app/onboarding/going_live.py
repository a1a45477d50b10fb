"""Going live: funds, accounts, people and campaigns come to be and the balances are booked, all at once."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.openings import Balance
from app.fundraising import campaigns
from app.fundraising.campaigns import NewCampaign, NewDesignation
from app.fundraising.errors import FundCodeTaken
from app.fundraising.filings import regimes
from app.kit import constraints
from app.kit.clock import LEGAL_ZONE
from app.kit.database import WriteSession
from app.kit.errors import Refusal
from app.kit.sheets.faults import told_by
from app.kit.sheets.filled import Row
from app.ledger import funds
from app.ledger.funds import GENERAL_CODE
from app.ledger.models import Fund
from app.ledger.movements.transfers import AGENCY_SUB
from app.onboarding import balances, ties, workbooks
from app.onboarding.errors import OnboardedAlready
from app.onboarding.models import CarriedCampaign, CarriedTransit, Onboarding
from app.onboarding.orders import Made, Order
from app.onboarding.ties import CASH
from app.onboarding.words import KINDS
from app.onboarding.workbooks import Handed
from app.organizations import grants, people


async def take(session: WriteSession, order: Order, path: Path, *, dry_run: bool = False) -> dict[str, Any]:
    """Take a workbook over, whole or not at all, and tell what came of it; the same file again does nothing.

    With `dry_run` all of it is done and nothing kept. Raises WorkbookFaulty with every fault at its sheet,
    line and column, OnboardedAlready.
    """
    async with session.begin_nested() as trial:
        report = await _take(session, order, path)
        if dry_run:
            await trial.rollback()
    return report


async def _take(session: WriteSession, order: Order, path: Path) -> dict[str, Any]:
    # In a thread: unfolding a workbook takes seconds, in which nobody else would be answered.
    handed = await asyncio.to_thread(workbooks.read, path)
    known = await session.scalar(
        select(Onboarding).where(Onboarding.organization_id == order.organization.id)
    )
    if known is not None:
        if known.file_sha256 != handed.sha256:
            raise OnboardedAlready(live_on=known.live_on)
        return known.report | {"already": True}
    ties.check(handed, order)
    made = Made()
    await _open_funds(session, order, handed, made)
    for row in handed.accounts:
        await _told(handed, row, "code", _open_account(session, order, row, made))
    for row in handed.people:
        await _told(handed, row, "username", _let_in(session, order, row, made))
    handed.faults.refuse()
    await balances.book(session, order, handed, made)
    _keep_transits(session, order, handed)
    report: dict[str, Any] = {
        "organization": order.organization.code,
        "live_on": str(order.live_on),
        "funds": len(made.funds),
        "itemised": made.itemised,
        "accounts": made.accounts,
        "people": made.people,
        "campaigns": made.campaigns,
        "entries": made.entries,
        "unspent_minor": sum(row.values["unspent"] for row in handed.funds),
        "already": False,
    }
    session.add(
        Onboarding(
            organization_id=order.organization.id,
            live_on=order.live_on,
            file_sha256=handed.sha256,
            actor=order.actor,
            report=report,
        )
    )
    await session.flush()
    return report


async def _told(handed: Handed, row: Row, column: str, doing: Awaitable[None]) -> None:
    """Do what a row asks for; where that is refused, it is the row's fault and the others are still tried."""
    try:
        await doing
    except Refusal as refusal:
        handed.wrong(row, column, code="refused", detail=told_by(refusal))


async def _open_funds(session: WriteSession, order: Order, handed: Handed, made: Made) -> None:
    general = await funds.general(session, order.organization.id)
    made.funds[GENERAL_CODE] = general.id
    by_campaign: defaultdict[str, list[Row]] = defaultdict(list)
    for row in handed.campaigns:
        by_campaign[row.values["code"]].append(row)
    titles = {row.values["fund"]: row for row in handed.funds}
    for rows in by_campaign.values():
        await _told(handed, rows[0], "code", _run_campaign(session, order, rows, (titles, made)))
    for row in handed.funds:
        if row.values["fund"] not in made.funds:
            await _told(handed, row, "fund", _open_fund(session, order, row, made))


async def _open_fund(session: WriteSession, order: Order, row: Row, made: Made) -> None:
    said = row.values
    fund = Fund(
        organization_id=order.organization.id,
        code=said["fund"],
        title=said["title"],
        restricted=said["restricted"],
    )
    async with constraints.told(session, {"funds_organization_id_code_key": FundCodeTaken()}):
        made.funds[said["fund"]] = (await funds.open_fund(session, fund)).id


async def _run_campaign(
    session: WriteSession, order: Order, rows: list[Row], known: tuple[dict[str, Row], Made]
) -> None:
    titles, made = known
    said = rows[0].values
    uses = [
        NewDesignation(
            code=row.values["fund"],
            title=titles[row.values["fund"]].values["title"],
            fund_code=row.values["fund"],
            restricted=titles[row.values["fund"]].values["restricted"],
        )
        for row in rows
    ]
    new = NewCampaign(
        organization_id=order.organization.id,
        chart=order.chart,
        code=said["code"],
        title=said["title"],
        purpose=said["purpose"],
        starts_on=said["starts_on"],
        kind=regimes.kind_of(said["starts_on"]),
        ends_on=said.get("ends_on"),
        target_minor=said.get("target"),
        filing_no=said.get("filing_no"),
        designations=uses,
    )
    campaign = await campaigns.create(session, new)
    began = datetime.combine(said["starts_on"], time(), LEGAL_ZONE)
    await campaigns.publish(session, campaign, at=began)
    for use in await campaigns.designations(session, campaign):
        made.funds[use.code] = use.fund_id
    if published_on := said.get("last_published_on"):
        session.add(CarriedCampaign(campaign_id=campaign.id, last_published_on=published_on))
    made.campaigns += 1


def _keep_transits(session: WriteSession, order: Order, handed: Handed) -> None:
    for number, row in enumerate(handed.in_transit, 1):
        session.add(CarriedTransit(organization_id=order.organization.id, number=number, **row.values))


async def _open_account(session: WriteSession, order: Order, row: Row, made: Made) -> None:
    said = row.values
    new = NewChannel(
        organization_id=order.organization.id,
        chart=order.chart,
        code=said["code"],
        name=said["name"],
        kind=KINDS[said["kind"]],
    )
    channel = await channels.create(session, new)
    made.accounts += 1
    agency = said.get("agency") or 0
    ours = Balance(code=CASH[said["kind"]], channel_id=channel.id, amount=said["amount"] - agency)
    made.channels += [ours, replace(ours, sub=AGENCY_SUB, amount=agency)]


async def _let_in(session: WriteSession, order: Order, row: Row, made: Made) -> None:
    said = row.values
    person = await people.create(session, order.organization, username=said["username"], name=said["name"])
    for role in said["roles"]:
        await grants.give(
            session,
            person,
            order.organization,
            role=role,
            given_by=order.actor,
            exception_reason=said.get("reason") if len(said["roles"]) > 1 else None,
        )
    made.people += 1
