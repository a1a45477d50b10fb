"""A platform changes its secret without losing an event: several are live until the overlap ends."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from httpx import AsyncClient
from sqlalchemy import func, select, update

from app.kit import signatures
from app.kit.clock import now
from app.kit.database import WriteSession
from app.organizations.models import PlatformSecret
from app.webhooks.senders import REMEMBERED_SECONDS
from tests.webhooks.operators import operator
from tests.webhooks.platforms import Partner, partner


async def _rotate(client: AsyncClient, session: WriteSession, here: Partner, hours: int) -> Partner:
    headers = await operator(session, here.organization)
    url = f"/v1/platforms/{here.platform.id}/secrets"
    answer = await client.post(url, json={"overlap_hours": hours}, headers=headers)
    assert answer.status_code == 201, answer.text
    return replace(here, secret=signatures.read_secret(answer.json()["secret"]))


async def test_the_old_and_the_new_secret_are_live_during_the_overlap(
    client: AsyncClient, session: WriteSession
) -> None:
    old = await partner(session)
    new = await _rotate(client, session, old, 24)
    newest = await _rotate(client, session, new, 24)

    answers = [await one.post(client, one.event()) for one in (old, new, newest)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


async def test_a_secret_is_dead_when_its_overlap_has_ended(
    client: AsyncClient, session: WriteSession
) -> None:
    old = await partner(session)
    new = await _rotate(client, session, old, 1)
    past = now() - timedelta(seconds=1)
    await session.execute(
        update(PlatformSecret).where(PlatformSecret.expires_at.is_not(None)).values(expires_at=past)
    )

    assert (await old.post(client, old.event())).status_code == 401
    assert (await new.post(client, new.event())).status_code == 200


async def test_without_an_overlap_the_old_secret_dies_at_once(
    client: AsyncClient, session: WriteSession
) -> None:
    old = await partner(session)
    before = await old.post(client, old.event())
    new = await _rotate(client, session, old, 0)
    # What the door remembers of a platform it remembers for this long.
    await asyncio.sleep(REMEMBERED_SECONDS + 0.05)

    assert before.status_code == 200
    assert (await old.post(client, old.event())).status_code == 401
    assert (await new.post(client, new.event())).status_code == 200


async def test_a_shorter_rotation_never_lengthens_an_earlier_secrets_life(
    client: AsyncClient, session: WriteSession
) -> None:
    first = await partner(session)
    second = await _rotate(client, session, first, 1)
    await _rotate(client, session, second, 700)

    soon = now() + timedelta(hours=2)
    query = select(func.count()).where(
        PlatformSecret.platform_id == first.platform.id, PlatformSecret.expires_at < soon
    )
    assert await session.scalar(query) == 1


async def test_one_message_may_bear_signatures_of_both_secrets(
    client: AsyncClient, session: WriteSession
) -> None:
    old = await partner(session)
    new = await _rotate(client, session, old, 24)
    stranger = replace(old, secret=bytes(32))
    body = b'{"type": "ping", "timestamp": "2026-05-01T08:00:00+08:00", "data": {}}'
    at = now()
    heads = [one.headers(body, event_id="msg_1", at=at) for one in (stranger, old, new)]
    heads[0]["webhook-signature"] = " ".join(head["webhook-signature"] for head in heads)

    answer = await client.post(f"/v1/webhooks/{old.platform.slug}", content=body, headers=heads[0])

    assert (answer.status_code, answer.json()["outcome"]) == (200, "ignored")
