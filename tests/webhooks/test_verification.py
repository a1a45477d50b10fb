"""Verification names the gift, the refund or the message that somebody changed behind the service's back."""

from typing import NamedTuple

import psycopg
import pytest
from httpx import AsyncClient
from sqlalchemy import select

from app.fundraising import corrections
from app.fundraising import invariants as fundraising
from app.fundraising.models import Donation
from app.kit.database import Database
from app.ledger.verification import Check
from app.webhooks import invariants as messages
from tests.databases import Cluster
from tests.webhooks.platforms import partner

CHECKS = (*fundraising.CHECKS, *messages.CHECKS)


async def checked(database: Database) -> dict[str, Check]:
    async with database.reading() as session:
        found = [await check(session) for check in CHECKS]
    return {check.name: check for check in found}


@pytest.fixture
async def ids(committed: Database, committed_client: AsyncClient) -> dict[str, str]:
    """The ids of three gifts by their numbers: one given back in part, one corrected, one in suspense.

    Besides them a refund waits whose gift nobody has heard of.
    """
    async with committed.writing() as session:
        here = await partner(session)
    given = {number: here.event(donation_id=number) for number in ("T-1", "T-2")}
    waiting = here.event(donation_id="T-3", campaign="NOWHERE")
    events = [*given.values(), waiting, here.refund(given["T-1"], 2000), here.refund(here.event())]
    answers = [await here.post(committed_client, event) for event in events]
    assert [answer.json()["outcome"] for answer in answers] == [
        *("posted", "posted", "suspense", "posted", "pending")
    ]
    async with committed.writing() as session:
        gifts = {gift.their_id: gift for gift in await session.scalars(select(Donation))}
        await corrections.change_amount(session, gifts["T-2"], 6000, reason="misread", actor="test")
    return {number: str(gift.id) for number, gift in gifts.items()}


async def test_sound_gifts_pass_and_everything_is_looked_at(committed: Database, ids: dict[str, str]) -> None:
    found = await checked(committed)
    assert {name: check.offender for name, check in found.items() if check.offender} == {}
    checks = {check for _, check, _ in TAMPERINGS.values()}
    assert {name: found[name].examined for name in checks if not found[name].examined} == {}


class Tampering(NamedTuple):
    """What somebody does as an administrator, which check finds it, and what that names."""

    statement: str
    check: str
    named: str


ONE, TWO, THREE = (f"their_id = 'T-{number}'" for number in (1, 2, 3))
GIFT = "donation_id = (select id from donations where {})"
TAMPERINGS = {
    "a gift's amount": Tampering(
        f"update donations set amount = amount + 1 where {ONE}", "donations", "donation {T-1}"
    ),
    "the amount of one in suspense": Tampering(
        f"update donations set amount = amount + 1 where {THREE}", "first_entries", "donation {T-3}"
    ),
    "what was first delivered": Tampering(
        f"update donations set first_amount = 1 where {TWO}", "first_entries", "donation {T-2}"
    ),
    "its day": Tampering(
        f"update donations set donated_at = donated_at - interval '1 hour' where {TWO}",
        *("first_entries", "donation {T-2}"),
    ),
    "its number": Tampering(
        f"update donations set their_id = 'T-9' where {ONE}", "commitments", "donation {T-1}"
    ),
    "its campaign": Tampering(
        f"update donations set campaign_id = null where {ONE}", "campaign_days", "campaign"
    ),
    "its state": Tampering(
        f"update donations set state = 'voided' where {ONE}", "donations", "donation {T-1}"
    ),
    "its entry": Tampering(
        f"update donations set entry_id = (select entry_id from donations where {TWO}) where {ONE}",
        *("donations", "donation {T-1}"),
    ),
    "the code that its giver was handed": Tampering(
        f"update donations set lookup_code = 'X' where {ONE}", "answers", "delivery"
    ),
    "a gift that is gone": Tampering(f"delete from donations where {THREE}", "answers", "delivery"),
    "what went back of it": Tampering(
        f"update donations set refunded = 0 where {ONE}", "refunds", "donation {T-1}"
    ),
    "a refund's amount": Tampering(
        "update refunds set amount = amount + 1 where state = 'posted'", "refund_entries", "refund"
    ),
    "a refund that nobody booked": Tampering(
        "update refunds set state = 'posted', entry_id = (select min(id::text)::uuid from entries)"
        " where state = 'pending'",
        *("refund_entries", "refund"),
    ),
    "a day's total": Tampering(
        "update campaign_days set raised = raised + 1 where raised > 0", "campaign_days", "campaign"
    ),
    "how many gave": Tampering(
        "update campaign_totals set donor_count = donor_count + 1", "campaign_donors", "campaign"
    ),
    "the gift that an answer named": Tampering(
        f"update deliveries set donation_id = (select id from donations where {TWO})"
        f" where {GIFT.format(ONE)} and type = 'donation.succeeded'",
        *("answers", "delivery"),
    ),
    "an event that came twice": Tampering(
        "drop index deliveries_event_idx;"
        "create temp table again as select * from deliveries where accepted limit 1;"
        "update again set id = gen_random_uuid(); insert into deliveries select * from again",
        *("events", "event"),
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
async def test_whatever_was_changed_is_named(
    cluster: Cluster, fresh_database: str, committed: Database, ids: dict[str, str], what: str
) -> None:
    statement, check, named = TAMPERINGS[what]
    with psycopg.connect(cluster.url(fresh_database, "admin"), autocommit=True) as administrator:
        administrator.execute("set session_replication_role = replica")
        for one in statement.split(";"):
            assert administrator.execute(one).rowcount != 0, one
    offender = (await checked(committed))[check].offender
    assert offender is not None
    assert named.format_map(ids) in offender
