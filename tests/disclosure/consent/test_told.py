"""What is told without being asked: events, subscribers' letters, leaves of the log, and our own log."""

import io
import json
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.models import OutboxEvent
from app.ledger.models import Entry
from app.organizations.access import Role
from app.transparency import leaves
from app.transparency.models import Submission
from app.webhooks.models import Dispatch
from app.webhooks.outward import dispatches
from tests.disclosure.consent import birds
from tests.disclosure.consent.lives import Lived, lived
from tests.disclosure.obligations.scenes import made
from tests.factories import organizations as members
from tests.webhooks.test_personal_data import log_lines

__all__ = ["log_lines"]


@pytest.fixture
async def here(
    log_lines: io.StringIO, app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path
) -> Lived:
    """Everybody, who now agrees to everything: what is public by consent is told to no machine either."""
    here = await lived(app, client, session, tmp_path)
    await here.agree()
    return here


async def test_no_canary_sings_in_an_event_or_in_a_letter_to_a_subscriber(
    session: WriteSession, here: Lived
) -> None:
    rows = (await session.scalars(select(OutboxEvent))).all()
    heard = {}
    for row in rows:
        waiting = Dispatch(
            subscription_id=row.id,
            event_id=row.id,
            cursor="",
            type=row.topic,
            organization_id=row.organization_id,
            occurred_at=row.created_at,
        )
        letter = await dispatches.body(session, waiting)
        assert letter is not None
        told = f"{json.dumps(row.payload, ensure_ascii=False)} {row.subject} {letter.decode()}"
        if sung := birds.told(told):
            heard[row.topic] = sung
    assert heard == {}
    topics = {row.topic.partition(":")[0] for row in rows}
    assert topics >= {
        *("donation.succeeded", "donation.consent_changed", "commendation.publicised", "event.published"),
        *("complaint.received", "publication.published", "site.accepted"),
    }


async def test_no_canary_sings_in_a_leaf(session: WriteSession, here: Lived) -> None:
    entries = (await session.scalars(select(Entry.id))).all()
    said = await leaves.said(session, entries)
    told = [leaves.of_entry(0, one) for one in said.values()]
    bodies = (await session.scalars(select(Submission))).all()
    told += [leaves.of_submission(0, one.id, one.kind, one.body) for one in bodies]
    assert len(said) == len(entries) > 5
    assert "publication" in {one.kind for one in bodies}
    assert [sung for one in told if (sung := birds.told(one.decode()))] == []


async def test_no_canary_sings_in_the_calendar_that_staff_subscribe_to(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Lived
) -> None:
    # It goes to calendars of others, on telephones that are lost.
    for member in (here.public.board.member, here.it.partner.organization):
        await made(session, member, today())
        headers = await members.sign_in(app, session, Role.disclosure_officer, member)
        answer = await client.get("/v1/disclosure/obligations.ics", headers=headers)
        assert answer.text.count("BEGIN:VEVENT") > 1, answer.text
        # A line is folded after 75 bytes, in the middle of a name if it must be.
        assert birds.told(answer.text.replace("\r\n ", "")) == []


async def test_no_canary_sings_in_our_log_nor_in_what_operators_read(
    client: AsyncClient, here: Lived, log_lines: io.StringIO
) -> None:
    for path in ("/openapi.json", "/metrics", "/healthz"):
        assert birds.told(birds.spelled(await client.get(path))) == []
    # Whoever looks for somebody by name writes it into an address.
    await client.get("/", params={"q": birds.DONOR})
    await client.get(f"/campaigns/{birds.DONOR}")
    await client.get(f"/v1/disclosure/campaigns/{birds.DONOR}")
    lines = log_lines.getvalue()
    assert lines.count("\n") > 50
    assert birds.told(lines) == []
