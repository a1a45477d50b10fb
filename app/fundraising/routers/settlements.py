"""Settlements over HTTP: a platform's bills taken in, held against the books, and paid out."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Query, UploadFile
from sqlalchemy import select

from app.accounting import channels
from app.accounting.bank import errors as bank_errors
from app.accounting.models import Channel
from app.fundraising import errors as refusals
from app.fundraising.models import BillLine, Donation, MerchantBalance, Settlement, SettlementNotice
from app.fundraising.payouts import notices
from app.fundraising.schemas.bills import (
    BillLineOut,
    BillLineQuery,
    SettlementDayOut,
    SettlementDaysOut,
    SettlementDaysQuery,
    UnsettledDonationOut,
    UnsettledDonationQuery,
)
from app.fundraising.schemas.merchant_balances import (
    MerchantBalanceIn,
    MerchantBalanceOut,
    MerchantBalanceQuery,
)
from app.fundraising.schemas.settlements import (
    CSV,
    PayoutIn,
    PlatformSettlementOut,
    SettlementImport,
    SettlementNoticeOut,
    SettlementNoticeQuery,
    SettlementQuery,
    SettlementTakenOut,
)
from app.fundraising.settling import balances, comparing, differences, errors, imports, payouts
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute, MoneyRoute
from app.kit.http.pages import Page
from app.kit.tables import HeaderNotFound, SeveralLists, TableUnreadable
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/fundraising", tags=["settlements"], route_class=IdempotentRoute)
payout = APIRouter(prefix="/v1/fundraising", tags=["settlements"], route_class=MoneyRoute)

Reader = Annotated[Asking, may(Permission.bank_read)]
Recorder = Annotated[Asking, may(Permission.bank_record)]
Sheet = Annotated[
    UploadFile,
    File(description="CSV (UTF-8 or GB18030) or XLSX, as the platform hands it out.", examples=[CSV]),
]
_LINES: pages.Orders = {
    "line_number": [BillLine.line_number, BillLine.id],
    "amount": [BillLine.amount, BillLine.id],
}
_GIFTS: pages.Orders = {
    "donated_at": [Donation.donated_at, Donation.id],
    "amount": [Donation.amount, Donation.id],
}


@router.post(
    "/settlements",
    operation_id="import_settlement",
    status_code=202,
    responses=problems.responses(
        errors.BillContradicts,
        errors.BillDiffersFromDeclared,
        errors.BillEmpty,
        errors.BillUnsound,
        errors.MerchantAccountNeeded,
        HeaderNotFound,
        SeveralLists,
        TableUnreadable,
    ),
)
async def import_settlement(
    session: Writing, caller: Recorder, told: Annotated[SettlementImport, Query()], file: Sheet
) -> SettlementTakenOut:
    """Take in a platform's bill; its lines are held against the books by a job, and what is new is booked.

    WeChat Pay's and Alipay's own bills are known, and any table with a header in Chinese or English. Nothing
    is kept unless every line can be read and all sums agree. Known files and lines have no second effect.
    """
    channel = await channels.get(session, told.channel_id)
    caller.must(at=channel.organization_id)
    taken, run = await imports.begin(session, channel, file.file, told.declared(), actor=caller.label)
    return SettlementTakenOut(
        settlement=PlatformSettlementOut.of(taken.settlement), repeated=taken.repeated, job_id=run
    )


@router.get("/settlements", operation_id="list_settlements")
async def list_settlements(
    session: Reading, caller: Reader, asked: Annotated[SettlementQuery, Query()]
) -> Page[PlatformSettlementOut]:
    """List the bills that were taken in, the latest first."""
    visible = caller.visible() & ({asked.organization_id} if asked.organization_id else caller.visible())
    query = select(Settlement).where(Settlement.organization_id.in_(visible))
    if asked.channel_id:
        query = query.where(Settlement.channel_id == asked.channel_id)
    if asked.state:
        query = query.where(Settlement.state == asked.state)
    found = await pages.page(session, query, [Settlement.id], asked, newest_first=True)
    items = [PlatformSettlementOut.of(one) for one in found.items]
    return found.told(items)


@router.get(
    "/settlements/{settlement_id}",
    operation_id="read_settlement",
    responses=problems.responses(errors.SettlementNotFound),
)
async def read_settlement(session: Reading, caller: Reader, settlement_id: UUID) -> PlatformSettlementOut:
    """Read a bill that was taken in."""
    settlement = await comparing.get(session, settlement_id)
    caller.must(at=settlement.organization_id)
    return PlatformSettlementOut.of(settlement)


@router.get("/settlement-lines", operation_id="list_settlement_lines")
async def list_settlement_lines(
    session: Reading, caller: Reader, asked: Annotated[BillLineQuery, Query()]
) -> Page[BillLineOut]:
    """List the lines of bills, with what became of each: those that differ, say, of one file or of all."""
    visible = caller.visible() & ({asked.organization_id} if asked.organization_id else caller.visible())
    theirs = select(Channel.id).where(Channel.organization_id.in_(visible))
    query = select(BillLine).where(BillLine.channel_id.in_(theirs))
    for column in ("settlement_id", "channel_id", "state", "kind"):
        value = getattr(asked, column)
        if value is not None:
            query = query.where(getattr(BillLine, column) == value)
    found = await pages.listed(session, query, _LINES, asked, amount=BillLine.amount)
    items = [BillLineOut.of(line) for line in found.items]
    return found.told(items)


@payout.post(
    "/settlements/{settlement_id}/payout",
    operation_id="record_settlement_payout",
    status_code=201,
    responses=problems.responses(
        errors.SettlementNotFound,
        errors.SettlementNotReady,
        errors.SettlementPaidOut,
        errors.PayoutDiffers,
        bank_errors.LineDecided,
        bank_errors.LineMatched,
        bank_errors.LineGoesTheOtherWay,
        refusals.SettlementExceedsBalance,
        refusals.ChannelOfAnotherOrganization,
    ),
)
async def record_payout(
    session: Writing, caller: Recorder, settlement_id: UUID, body: PayoutIn
) -> PlatformSettlementOut:
    """Record the line of the bank's statement by which a settlement was paid out, net of its fee."""
    settlement = await comparing.get(session, settlement_id)
    caller.must(at=settlement.organization_id)
    paid = await payouts.record(session, settlement, body.line_id, actor=caller.label)
    return PlatformSettlementOut.of(paid)


@router.get("/settlement-notices", operation_id="list_settlement_notices", summary="List notices of payouts")
async def list_settlement_notices(
    session: Reading, caller: Reader, asked: Annotated[SettlementNoticeQuery, Query()]
) -> Page[SettlementNoticeOut]:
    """List what platforms told that they settled and paid out, and whether the books say the same."""
    visible = caller.visible() & ({asked.organization_id} if asked.organization_id else caller.visible())
    query = select(SettlementNotice).where(SettlementNotice.organization_id.in_(visible))
    if asked.channel_id:
        query = query.where(SettlementNotice.channel_id == asked.channel_id)
    found = await pages.page(session, query, [SettlementNotice.id], asked, newest_first=True)
    books = await notices.booked(session, found.items)
    items = [SettlementNoticeOut.of(one, books[one.id]) for one in found.items]
    return found.told(items)


@router.get("/settlement-days", operation_id="read_settlement_days")
async def read_settlement_days(
    session: Reading, caller: Reader, asked: Annotated[SettlementDaysQuery, Query()]
) -> SettlementDaysOut:
    """Compare a merchant account's days, at most 366: what the platform's bills and what the books say."""
    channel = await channels.get(session, asked.channel_id)
    caller.must(at=channel.organization_id)
    found = await differences.by_day(session, channel.id, asked.day_from, asked.day_to)
    wanted = [day for day in found if asked.agrees is None or day.agrees is asked.agrees]
    return SettlementDaysOut(days=[SettlementDayOut.of(day) for day in wanted])


@router.get("/unsettled-donations", operation_id="list_unsettled_donations")
async def list_unsettled_donations(
    session: Reading, caller: Reader, asked: Annotated[UnsettledDonationQuery, Query()]
) -> Page[UnsettledDonationOut]:
    """List gifts that no bill knows though the platform has settled their day, the oldest first."""
    visible = caller.visible() & ({asked.organization_id} if asked.organization_id else caller.visible())
    query = differences.in_the_books_only().where(Donation.organization_id.in_(visible))
    if asked.channel_id:
        query = query.where(Donation.channel_id == asked.channel_id)
    found = await pages.listed(session, query, _GIFTS, asked, amount=Donation.first_amount)
    items = [UnsettledDonationOut.of(gift) for gift in found.items]
    return found.told(items)


@router.post(
    "/merchant-balances",
    operation_id="record_merchant_balance",
    status_code=201,
    responses=problems.responses(errors.MerchantAccountNeeded),
)
async def record_merchant_balance(
    session: Writing, caller: Recorder, body: MerchantBalanceIn
) -> MerchantBalanceOut:
    """Record what a platform's statement says that it holds when a month ends; the latest counts."""
    channel = await channels.get(session, body.channel_id)
    caller.must(at=channel.organization_id)
    told = await balances.tell(session, channel, body.first_day, body.balance.amount, actor=caller.label)
    return MerchantBalanceOut.of(told)


@router.get("/merchant-balances", operation_id="list_merchant_balances")
async def list_merchant_balances(
    session: Reading, caller: Reader, asked: Annotated[MerchantBalanceQuery, Query()]
) -> Page[MerchantBalanceOut]:
    """List what platforms' statements said at the ends of months, the latest first."""
    visible = caller.visible() & ({asked.organization_id} if asked.organization_id else caller.visible())
    theirs = select(Channel.id).where(Channel.organization_id.in_(visible))
    query = select(MerchantBalance).where(MerchantBalance.channel_id.in_(theirs))
    if asked.channel_id:
        query = query.where(MerchantBalance.channel_id == asked.channel_id)
    found = await pages.page(session, query, [MerchantBalance.id], asked, newest_first=True)
    return found.told([MerchantBalanceOut.of(one) for one in found.items])
