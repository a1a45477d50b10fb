"""Subscribers are told of publications, their corrections, events and closed complaints."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from app.disclosure.complaints import complaints
from app.disclosure.complaints.complaints import NewComplaint
from app.disclosure.events import events
from app.disclosure.models import (
    ComplaintOutcome,
    ComplaintSubject,
    EventKind,
    PublicEvent,
)
from app.fundraising import donations
from app.kit.clock import now
from app.kit.database import Database, WriteSession
from app.main import create_app
from app.organizations.models import Organization
from app.settings import Settings
from app.webhooks.outward import sending, subscriptions
from app.webhooks.outward.catalogue import EventType
from app.webhooks.outward.subscriptions import Terms
from tests.disclosure.publications.press import Press, press, with_gifts
from tests.disclosure.scenes import Scene
from tests.factories import organizations as make
from tests.webhooks.outward.bodies import faults, told
from tests.webhooks.outward.receivers import Receiver

REASON = "补记李大力的捐赠"


@pytest.fixture
async def scene(database: Database) -> Scene:
    async with database.writing() as session:
        return await with_gifts(session)


@pytest.fixture
async def here(database: Database, settings: Settings, scene: Scene) -> AsyncIterator[Press]:
    app: FastAPI = create_app(settings, database=database)
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        async with database.writing() as session:
            made = await press(app, client, session, scene)
        yield made
    await app.state.door.close()


async def test_a_subscriber_is_told_of_a_publication_and_of_its_correction(
    here: Press, scene: Scene, database: Database, receiver: Receiver
) -> None:
    async with database.writing() as session:
        organization = await session.get_one(Organization, here.organization.id)
        wanted = {EventType.publication_published, EventType.publication_corrected}
        terms = Terms(name="公示平台", url=receiver.url, event_types=wanted)
        made, secret = await subscriptions.create(session, organization, terms, made_by="test")
    first = await here.publish(await here.draft(period_to="2026-06-30"))
    async with database.writing() as session:
        await donations.receive(session, [scene.gift(7_00)])
    second = await here.publish(await here.correct(first, REASON))
    await sending.take_turn(database, made.id)

    said = [letter.verified(secret) for letter in receiver.letters]
    assert [one["type"] for one in said] == ["publication.published", "publication.corrected"]
    assert all(not faults(one) for one in said)
    for one, published in zip(said, (first, second), strict=True):
        assert one["data"] | {"corrects": None} == {
            "publication_id": published["id"],
            "kind": "campaign_progress",
            "subject_code": scene.campaign.code,
            "from": "2026-01-01",
            "to": "2026-06-30",
            "published_on": published["published_on"],
            "sha256": published["sha256"],
            "corrects": None,
        }
    assert said[1]["data"]["corrects"] == first["id"]
    # A reason is in somebody's own words, which may name a person.
    assert "李大力" not in " ".join(letter.body.decode() for letter in receiver.letters)


async def test_events_and_closed_complaints_are_told_as_the_catalogue_says(
    session: WriteSession,
) -> None:
    member = await make.organization(session)
    moment = now() + timedelta(days=1)
    event = PublicEvent(
        organization_id=member.id,
        code="SX-2026-FORUM",
        kind=EventKind.conference,
        title="经验交流会",
        description="交流",
        place="西安市",
        seats=2,
        starts_at=moment,
        ends_at=moment + timedelta(hours=2),
    )
    session.add(event)
    await events.publish(session, event)
    await events.cancel(session, event)
    new = NewComplaint(
        organization_id=member.id, subject_kind=ComplaintSubject.organization, text="李大力经手的物资"
    )
    complaint, _ = await complaints.receive(session, new, actor="test")
    await complaints.close(session, complaint, ComplaintOutcome.referred, "已移送", actor="test")

    for kind in (EventType.event_published, EventType.event_cancelled):
        [one] = await told(session, kind)
        assert (one["event_id"], one["code"]) == (str(event.id), "SX-2026-FORUM")
    [closed] = await told(session, EventType.complaint_closed)
    assert closed == {
        "complaint_id": str(complaint.id),
        "subject_kind": "organization",
        "result": "referred",
    }
    # That it was received is told to nobody outside: whom it is about might read it there.
    assert "complaint.received" not in set(EventType)
