"""Who gave stays under seal: no table, no log line and no answer of ours holds a giver's name in clear."""

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import create_async_engine

from app.fundraising.models import Donation
from app.kit import logs, vault
from app.kit.database import Database, WriteSession, driver_url
from app.webhooks import deliveries, erasures
from app.webhooks.models import Delivery
from migrations.rights import SERVICE_ROLE
from tests.databases import Cluster
from tests.webhooks.operators import operator, platform_key
from tests.webhooks.platforms import Partner, partner

CANARIES = {
    "display_name": "金丝雀甲",
    "external_id": "canary-external-4711",
    "payer_name": "Canary Payer",
    "message": "金丝雀的留言",
    "title": "金丝雀有限公司",
    "tax_id": "91610000CANARY0000",
    "email": "canary@example.org",
    "unknown": "canary-unknown-member",
}


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """Everything this process logs, at its most talkative, as production would write it."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure(level="DEBUG", stream=stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.configure(**before)


def _event(here: Partner, **over: Any) -> dict[str, Any]:
    told = CANARIES
    donor = {name: told[name] for name in ("display_name", "external_id")} | {"publish_consent": True}
    receipt = {name: told[name] for name in ("title", "tax_id", "email")}
    return here.event(
        **{"donor": donor, "receipt_request": receipt, "payer_name": told["payer_name"]}
        | {"message": told["message"], "nickname": told["unknown"]}
        | over
    )


def _messages(here: Partner) -> list[bytes]:
    """Names in messages of every fate: booked, in suspense, refused, contradicting, waiting, ignored."""
    gift = _event(here)
    events = [
        gift,
        _event(here, campaign="NOWHERE"),
        _event(here, amount=0),
        _event(here, donated_at=CANARIES["display_name"]),
        gift | {"data": gift["data"] | {"amount": 1}},
        gift | {"type": "donation.updated"},
        gift | {"type": "something.else"},
        _event(here, test=True),
        here.refund(gift, 9000, note=CANARIES["display_name"]),
        here.refund(here.event(), note=CANARIES["payer_name"]),
    ]
    bodies = [json.dumps(event, ensure_ascii=False).encode() for event in events]
    return [*bodies, bodies[0][:-1], bodies[0].replace(b'"amount": 5000', b'"amount": NaN')]


def _spellings(canary: str) -> list[str]:
    raw = canary.encode()
    return [canary, raw.hex(), json.dumps(canary)[1:-1], repr(raw)[2:-1]]


def _found(haystack: str) -> list[str]:
    folded = haystack.casefold()
    return [
        name for name, canary in CANARIES.items() for one in _spellings(canary) if one.casefold() in folded
    ]


async def _tables(database: Database) -> dict[str, str]:
    """Every table as text; what is bytes reads in hexadecimal."""
    async with database.reading() as session:
        names = await session.scalars(text("select tablename from pg_tables where schemaname = 'public'"))
        found: dict[str, str] = {}
        for name in names.all():
            allowed = await session.scalar(
                text("select has_table_privilege(:name, 'select')"), {"name": name}
            )
            if allowed:
                rows = await session.scalars(text(f'select t::text from "{name}" t'))
                found[name] = "\n".join(rows)
        return found


async def test_no_table_no_log_line_and_no_answer_holds_a_name(
    committed: Database, committed_client: AsyncClient, log_lines: io.StringIO
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
        operating = await operator(session, here.organization)
        asking = await platform_key(session, here)
    bodies = _messages(here)

    answers = [await here.post(committed_client, body) for body in bodies]
    answers += await asyncio.gather(*(here.post(committed_client, body) for body in bodies))
    for url, headers in (("deliveries", operating), ("partner/deliveries", asking)):
        answers.append(await committed_client.get(f"/v1/{url}?limit=200", headers=headers))

    assert {answer.status_code for answer in answers} == {200, 400, 409}
    assert _found("\n".join(answer.text + str(answer.headers) for answer in answers)) == []
    tables = await _tables(committed)
    assert tables["deliveries"].count("\n") >= len(bodies)
    assert {"donations", "donors", "vault_values", "entries", "postings", "refunds"} <= set(tables)
    assert {name: _found(rows) for name, rows in tables.items() if _found(rows)} == {}
    assert log_lines.getvalue().count('"event":"delivery_conflict"') == 4
    assert _found(log_lines.getvalue()) == []


async def test_the_search_would_find_a_name_that_leaked(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
        here.platform.name = CANARIES["display_name"]
        await vault.keep(session, here.platform.id, {CANARIES["email"]: "a field is no value"})

    leaks = {name for name, rows in (await _tables(committed)).items() if _found(rows)}

    assert leaks == {"platforms", "vault_values"}
    assert _found(f"\\x{CANARIES['message'].encode().hex()}") == ["message"]


async def test_a_fault_of_ours_tells_nobody_what_the_message_said(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_client: AsyncClient,
    log_lines: io.StringIO,
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    owner = create_async_engine(driver_url(cluster.url(fresh_database, "owner")))
    async with owner.begin() as connection:
        await connection.execute(text(f"revoke insert on donations, deliveries from {SERVICE_ROLE}"))
    await owner.dispose()

    answer = await here.post(committed_client, _event(here))

    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert '"event":"fault"' in log_lines.getvalue()
    assert _found(answer.text + log_lines.getvalue()) == []


async def test_an_erased_givers_messages_can_not_be_opened_any_more(
    committed: Database, committed_client: AsyncClient
) -> None:
    async with committed.writing() as session:
        here = await partner(session)
    gift = _event(here)
    await here.post(committed_client, gift)
    await here.post(committed_client, here.refund(gift, 100))

    async with committed.writing() as session:
        donation = (await session.scalars(select(Donation))).one()
        await vault.erase(session, donation.person_id)

    async with committed.reading() as session:
        kept = (await session.scalars(select(Delivery))).all()
        assert len(kept) == 2
        for delivery in kept:
            with pytest.raises(deliveries.DeliveryBodyGone):
                await deliveries.body(session, delivery)


async def test_erasing_a_giver_reads_neither_all_gifts_nor_all_messages(
    client: AsyncClient, session: WriteSession
) -> None:
    here = await partner(session)
    code = (await here.post(client, here.event())).json()["lookup_code"]
    read_whole = text(
        "select relname, seq_scan from pg_stat_xact_user_tables where relname in ('deliveries', 'donations')"
    )
    # With little to read a whole table is as cheap as an index; it is read as if it were not.
    await session.execute(text("set local enable_seqscan = off"))
    giver = await erasures.giver_of(session, code)
    before = dict(map(tuple, await session.execute(read_whole)))

    await erasures.erase(session, giver)

    assert dict(map(tuple, await session.execute(read_whole))) == before
    assert len(before) == 2
    assert (await session.scalars(select(Delivery.body_sealed))).all() == [None]
