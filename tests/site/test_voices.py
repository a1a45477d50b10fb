"""Events, news and complaints on pages: what everybody may know, and a word to who looks into it."""

import re

from httpx import AsyncClient
from sqlalchemy import select

from app.disclosure.complaints import complaints
from app.disclosure.events import events, speakers
from app.disclosure.models import Complaint, ComplaintChannel, EventSpeaker
from app.disclosure.naming.consents import Word
from app.kit.clock import today
from app.kit.database import WriteSession
from tests.disclosure.scenes import scene
from tests.factories import organizations
from tests.site import voices
from tests.site.pages import Sheet


async def test_an_event_names_who_agrees_and_nobody_else(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session, name="省慈善会")
    it = await voices.event(session, member)

    listed = Sheet((await client.get("/events")).text).text
    page = (await client.get(f"/events/{it.id}")).text

    assert "全省慈善工作经验交流会" in listed
    assert "省慈善会" in listed
    assert "刘维隆 会长" in page
    assert "一号厅" in page
    assert "共 80，尚余 80" in Sheet(page).text
    assert "不愿具名者" not in page
    assert '"@type":"Event"' in page

    named = await session.scalars(select(EventSpeaker).where(EventSpeaker.consented_at.is_not(None)))
    await speakers.withdraw_consent(session, it, named.one(), Word(today()), by="test")
    assert "刘维隆" not in (await client.get(f"/events/{it.id}")).text

    await events.cancel(session, it)
    off = (await client.get(f"/events/{it.id}")).text
    assert "本次活动已取消" in off
    assert "EventCancelled" in off
    assert "已取消" in (await client.get("/events")).text


async def test_drafts_stay_at_home_and_lists_are_narrowed(client: AsyncClient, session: WriteSession) -> None:
    member = await organizations.organization(session)
    it = await voices.event(session, member)
    it.published_at, it.state = None, type(it.state).draft
    await session.flush()
    assert (await client.get(f"/events/{it.id}")).status_code == 404
    assert "没有符合条件的活动" in (await client.get("/events")).text
    it.state = type(it.state).draft
    await events.publish(session, it)
    for asked, found in (
        ({"kind": "conference"}, True),
        ({"kind": "lecture"}, False),
        ({"organization": member.code}, True),
        ({"organization": "NOBODY"}, False),
        ({"kind": "nonsense"}, True),
    ):
        page = (await client.get("/events", params=asked)).text
        assert (it.title in page) is found, asked


async def test_news_links_to_what_it_tells_of_and_claims_to_be_no_disclosure(
    client: AsyncClient, session: WriteSession
) -> None:
    it = await scene(session)
    await voices.article(session, it.campaign)

    page = (await client.get("/news")).text

    assert "善天下 2026年第3期" in Sheet(page).text
    assert "报道不是法定信息公开" in Sheet(page).text
    [link] = [one for one in Sheet(page).all("a") if one.attributes.get("href") == voices.ADDRESS]
    assert "noopener" in (link.attributes["rel"] or "")
    assert f'href="/campaigns/{it.campaign.code}"' in page
    assert "一座桥" not in (await client.get("/news", params={"media": "陕慈快讯"})).text
    assert "一座桥" in (await client.get("/news", params={"organization": it.partner.organization.code})).text


async def test_anybody_complains_and_follows_it_by_its_code(
    client: AsyncClient, session: WriteSession
) -> None:
    member = await organizations.organization(session, name="县慈善会")
    form = (await client.get("/complaints", params={"organization": member.code})).text
    assert re.search(rf'value="{member.code}" selected', form)

    said = {"organization": member.code, "subject_kind": "organization", "text": "第一行\r\n第二行"}
    sent = await client.post("/complaints", data=said)

    assert sent.status_code == 303
    assert sent.headers["cache-control"] == "no-store"
    it = (await session.scalars(select(Complaint))).one()
    assert (it.organization_id, it.channel, it.anonymous) == (member.id, ComplaintChannel.web, True)
    assert (await complaints.words(session, it))[complaints.TEXT] == "第一行\n第二行"
    first = await client.get(sent.headers["location"])
    assert "请记下查询码" in first.text
    assert first.headers["cache-control"] == "no-store"
    assert "第一行" not in first.text, "what was said is read by who looks into it alone"

    await complaints.answer(session, it, "已查明\n并改正", actor="test")
    code = sent.headers["location"].split("/")[2].split("?")[0]
    grouped = "-".join(code[at : at + 5] for at in range(0, 20, 5)).lower()
    led = await client.get("/complaints", params={"code": grouped})
    answered = await client.get(led.headers["location"])
    assert "已查明" in answered.text
    assert "已答复" in answered.text
    assert "请记下查询码" not in answered.text


async def test_a_code_that_nobody_has_is_asked_for_once_more(client: AsyncClient) -> None:
    unknown = await client.get("/complaints/00000000000000000000")
    assert (unknown.status_code, "未找到该投诉" in unknown.text) == (404, True)
    assert 'value="00000000000000000000"' in unknown.text
    assert "noindex" in unknown.headers["x-robots-tag"]
    nothing = await client.get("/complaints", params={"code": " 码—码 "})
    assert (nothing.status_code, "未找到该投诉" in nothing.text) == (404, True)
