"""The worker: the one place that knows every job."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from uuid import UUID

import structlog

from app.accounting.papers import printing
from app.accounting.vouchers import assets, numbers, recurring
from app.disclosure.complaints import overdue
from app.disclosure.governance import alerts
from app.disclosure.obligations import making
from app.disclosure.retention import rounds as retention_rounds
from app.fundraising.banking import bank_gifts
from app.fundraising.care import erasing
from app.fundraising.settling import comparing
from app.fundraising.ways import rounds
from app.kit import batches, jobs, outbox, vault
from app.kit.attachments import retention as files
from app.kit.clock import now, today
from app.kit.database import Database, WriteSession
from app.kit.http import idempotency
from app.kit.persons import unsealed
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
SWEPT_EVERY_SECONDS = 3600
TOLD_EVERY_SECONDS = 2
ANSWERS_KEPT = timedelta(hours=24)
EVENTS_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=1)

Step = Callable[[Database], Awaitable[object]]
"""Something to be done again and again, in transactions of its own and safe to repeat."""

LONG_WORK = (printing.print_vouchers, comparing.compare_settlement)
"""What people ask for over HTTP and come back for; named here, so that this process knows how it is done."""

log = structlog.get_logger(__name__)


async def run(settings: Settings, database: Database | None = None) -> None:
    """Run the queued jobs and the rounds until cancelled."""
    opened = database or open_database(settings)
    url = settings.database_url.get_secret_value() if settings.database_url else ""
    store = open_store(settings)
    kept = timedelta(days=settings.delivery_retention_days)
    slow = steps(kept, settings.unclaimed_bank_money_days)
    slow["attachments"] = lambda database: files.sweep(database, store)
    quick: dict[str, Step] = {"mail": mailing.tell_people, "events": sending.set_off}
    running = [
        asyncio.ensure_future(_rounds(opened, slow, EVERY_SECONDS)),
        asyncio.ensure_future(_rounds(opened, quick, TOLD_EVERY_SECONDS)),
        asyncio.ensure_future(_rounds(opened, sweeps(kept), SWEPT_EVERY_SECONDS)),
    ]
    if (signing := office(settings)) is not None:
        running.append(asyncio.ensure_future(keep_publishing(opened, signing)))
    try:
        await jobs.work(url, opened)
    finally:
        for one in running:
            one.cancel()
        # Whoever is in the middle of a round still needs the database to break it off.
        await asyncio.gather(*running, return_exceptions=True)
        if database is None:
            await opened.close()


async def _rounds(database: Database, taken: Mapping[str, Step], every_seconds: float) -> None:
    await asyncio.sleep(min(every_seconds, EVERY_SECONDS))
    while True:
        await once(database, taken)
        await asyncio.sleep(every_seconds)


async def once(database: Database, taken: Mapping[str, Step]) -> list[str]:
    """Take each of these steps, whatever became of those before it; return the names of those that failed."""
    failed: list[str] = []
    for name, step in taken.items():
        try:
            await step(database)
        except Exception as error:  # noqa: BLE001 - a step that fails must neither hold up the others nor end them
            batches.end_if_told(error)
            log.error("round_failed", step=name, error=type(error).__name__)  # noqa: TRY400 - words may quote a row
            failed.append(name)
    return failed


async def keep_publishing(database: Database, signing: Office) -> None:
    """Seal and sign the public log; a second process that does the same lets this one work."""
    while True:
        try:
            await publishing.publish(database, signing)
        except Exception as error:  # noqa: BLE001 - the database may be away; the next round begins anew
            batches.end_if_told(error)
            log.error("log_round_failed", error=type(error).__name__)  # noqa: TRY400
        await asyncio.sleep(publishing.EVERY_SECONDS)


def steps(messages_kept: timedelta, unclaimed_days: int | None = None) -> dict[str, Step]:
    """Return what has to be done again and again, by name, in its order."""
    found: dict[str, Step] = {
        "replays": replays.sweep,
        "recurring_vouchers": recurring.make_due,
        "depreciation": assets.make_due,
        "voucher_numbers": numbers.give,
        "donor_erasures": erasing.carry_out_due,
        "obligations": making.make_due,
        "council_terms": alerts.make_due,
        "late_complaints": overdue.make_due,
        "retention": retention_rounds.make_due,
        "dispatches_kept": _within(lambda session: dispatches.forget(session, now() - messages_kept)),
        "answers_kept": _within(lambda session: idempotency.forget(session, now() - ANSWERS_KEPT)),
        "codes_kept": _within(lambda session: codes.forget(session, now() - CODES_KEPT)),
        "events_kept": _within(lambda session: outbox.forget(session, now() - EVENTS_KEPT)),
        "balances": _within(lambda session: balances.announce(session, today())),
        "check_ins": _within(check_ins.flag),
        "ways_of_giving": rounds.once,
    }
    if unclaimed_days is not None:
        found["bank_gifts"] = lambda database: bank_gifts.take_unclaimed(database, days=unclaimed_days)
    return found


def sweeps(messages_kept: timedelta) -> dict[str, Step]:
    """Return what reads whole tables, and is done soon after the worker's start and once an hour."""
    return {
        "delivery_bodies": _through(
            lambda session, last: retention.forget(session, now() - messages_kept, last)
        ),
        "vault_keys": _through(vault.rewrap),
        "unsealed_words": _through(unsealed.seal),
    }


def _through(part: Callable[[WriteSession, UUID], Awaitable[UUID | None]]) -> Step:
    return lambda database: batches.walk(database, part)


def _within(work: Callable[[WriteSession], Awaitable[object]]) -> Step:
    async def step(database: Database) -> None:
        async with database.writing() as session:
            await work(session)

    return step
