"""The worker: the one place that knows every job."""

import asyncio
from datetime import timedelta

import structlog

from app.accounting.papers import printing
from app.accounting.vouchers import assets, numbers, recurring
from app.disclosure.governance import alerts
from app.disclosure.obligations import making
from app.disclosure.retention import rounds as retention_rounds
from app.fundraising.banking import bank_gifts
from app.fundraising.care import erasing
from app.fundraising.settling import comparing
from app.fundraising.ways import rounds
from app.kit import jobs, outbox, vault
from app.kit.attachments import retention as files
from app.kit.attachments.stores import Store
from app.kit.clock import now, today
from app.kit.database import Database
from app.kit.http import idempotency
from app.opening import office, open_database, open_store
from app.organizations.desk import mailing
from app.organizations.visitors import codes
from app.settings import Settings
from app.transparency import balances, publishing
from app.transparency.signer import Office
from app.volunteers import check_ins
from app.webhooks import replays, retention
from app.webhooks.outward import dispatches, sending

EVERY_SECONDS = 60
TOLD_EVERY_SECONDS = 2
ANSWERS_KEPT = timedelta(hours=24)
EVENTS_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=1)
REWRAPPED_AT_ONCE = 500

LONG_WORK = (printing.print_vouchers, comparing.compare_settlement)
"""What people ask for over HTTP and come back for; named here, so that this process knows how it is done."""

log = structlog.get_logger(__name__)


async def run(settings: Settings, database: Database | None = None) -> None:
    """Run the queued jobs and the rounds until cancelled."""
    opened = database or open_database(settings)
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    kept = timedelta(days=settings.delivery_retention_days)
    unclaimed = settings.unclaimed_bank_money_days
    rounds = [
        asyncio.ensure_future(_rounds(opened, open_store(settings), kept, unclaimed)),
        asyncio.ensure_future(_tell(opened)),
    ]
    if (signing := office(settings)) is not None:
        rounds.append(asyncio.ensure_future(keep_publishing(opened, signing)))
    try:
        await jobs.work(url, opened)
    finally:
        for one in rounds:
            one.cancel()
        # Whoever is in the middle of a round still needs the database to break it off.
        await asyncio.gather(*rounds, return_exceptions=True)
        if database is None:
            await opened.close()


async def _rounds(
    database: Database, store: Store, messages_kept: timedelta, unclaimed_days: int | None
) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await once(database, messages_kept=messages_kept, unclaimed_days=unclaimed_days)
            await files.sweep(database, store)
        except Exception as error:  # noqa: BLE001 - a round that fails must not end the rounds
            _end_if_told(error)
            log.error("round_failed", error=type(error).__name__)  # noqa: TRY400 - the words may quote a row


async def keep_publishing(database: Database, signing: Office) -> None:
    """Seal and sign the public log; a second process that does the same lets this one work."""
    while True:
        try:
            await publishing.publish(database, signing)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round begins anew
            _end_if_told(error)
            log.error("log_round_failed", error=type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(publishing.EVERY_SECONDS)


async def _tell(database: Database) -> None:
    while True:
        await asyncio.sleep(TOLD_EVERY_SECONDS)
        for tell in (mailing.tell_people, sending.set_off):
            try:
                await tell(database)
            except Exception as error:  # noqa: BLE001 - a round that fails must not end the rounds
                _end_if_told(error)
                log.error("round_failed", error=type(error).__name__)  # noqa: TRY400 - its words may quote a row


def _end_if_told(error: Exception) -> None:
    # Being cancelled in the middle of a query comes out as the query's error: to go on would be for ever.
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError from error


async def once(database: Database, *, messages_kept: timedelta, unclaimed_days: int | None = None) -> None:
    """Do what has to be done again and again, each step in a transaction of its own and safe to repeat."""
    await replays.sweep(database)
    if unclaimed_days is not None:
        await bank_gifts.take_unclaimed(database, days=unclaimed_days)
    await recurring.make_due(database)
    await assets.make_due(database)
    await numbers.give(database)
    await erasing.carry_out_due(database)
    await making.make_due(database)
    await alerts.make_due(database)
    await retention_rounds.make_due(database)
    async with database.writing() as session:
        await retention.forget(session, now() - messages_kept)
    async with database.writing() as session:
        await dispatches.forget(session, now() - messages_kept)
    async with database.writing() as session:
        await idempotency.forget(session, now() - ANSWERS_KEPT)
    async with database.writing() as session:
        await codes.forget(session, now() - CODES_KEPT)
    async with database.writing() as session:
        await outbox.forget(session, now() - EVENTS_KEPT)
    async with database.writing() as session:
        await vault.rewrap(session, REWRAPPED_AT_ONCE)
    async with database.writing() as session:
        await balances.announce(session, today())
    async with database.writing() as session:
        await check_ins.flag(session)
    await rounds.once(database)
