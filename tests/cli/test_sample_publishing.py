"""The demo's publications: published, corrected and proven like any other, by two people."""

from sqlalchemy import select

from app.cli.samples.publishing import publications as publishing
from app.disclosure.events import seats
from app.disclosure.models import EventState, NewsArticle, Publication, PublicationKind, PublicEvent
from app.disclosure.publications import contents
from app.fundraising import donations
from app.kit.database import Database
from tests.disclosure.publications.press import with_gifts


async def test_the_demo_publishes_corrects_and_reports(committed: Database) -> None:
    async with committed.writing() as session:
        scene = await with_gifts(session)
    organization, code = scene.partner.organization, scene.campaign.code
    first = await publishing.tell_of(committed, organization, code)
    async with committed.writing() as session:
        await donations.receive(session, [scene.gift(1_00)])
    await publishing.go_on(committed, organization, code, first)

    async with committed.reading() as session:
        published = (await session.scalars(select(Publication).order_by(Publication.id))).all()
        asked = (await session.scalars(select(PublicEvent).order_by(PublicEvent.starts_at))).all()
        news = (await session.scalars(select(NewsArticle))).all()
    assert [(one.kind, one.corrects_id) for one in published] == [
        (PublicationKind.campaign_progress, None),
        (PublicationKind.campaign_progress, first),
        (PublicationKind.annual_financial_report, None),
    ]
    [policies] = [
        field["value"]
        for section in contents.read(published[-1].snapshot)["sections"]
        for field in section["fields"]
        if field["code"] == "policies"
    ]
    assert policies == "以权责发生制为基础，按历史成本计量（演示）"
    assert all(one.reviewed_by != one.compiled_by for one in published)
    assert len(news) == 1
    assert [(one.state, seats.takes_sign_ups(one)) for one in asked] == [
        (EventState.published, True),
        (EventState.cancelled, False),
    ]
