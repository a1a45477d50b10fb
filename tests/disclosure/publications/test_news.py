"""News about campaigns and projects: found by everybody, and never a disclosure (81号令 art. 2)."""

from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import func, select

from app.disclosure.models import Publication
from app.kit.clock import today
from app.kit.database import WriteSession
from app.projects.models import ProjectCategory
from app.transparency.models import Submission
from tests.disclosure.obligations.scenes import made, told
from tests.disclosure.publications.press import Press, press, with_gifts
from tests.disclosure.scenes import Scene
from tests.factories import registers

NEWS = "/v1/disclosure/news"


@pytest.fixture
async def scene(session: WriteSession) -> Scene:
    return await with_gifts(session)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    return await press(app, client, session, scene)


def issue(here: Press, *articles: dict[str, Any], **over: Any) -> dict[str, Any]:
    body = {
        "organization_id": str(here.organization.id),
        "media": "善天下",
        "number": "2026年第3期",
        "published_on": "2026-06-15",
        "articles": list(articles) or [{"title": "一座桥，两岸亲", "campaigns": [here.campaign_id]}],
    }
    return body | over


async def test_an_issue_is_recorded_found_and_an_article_taken_off(
    here: Press, session: WriteSession, scene: Scene
) -> None:
    [project] = await registers.projects(
        session, [here.organization], 1, first=date(2026, 2, 1), categories=[ProjectCategory.transport]
    )
    both = {
        "title": "桥通了",
        "address": "https://charity.example/3/12",
        "campaigns": [here.campaign_id],
        "projects": [str(project.id)],
    }
    first = await here.client.post(NEWS, json=issue(here, both), headers=here.officer)
    other = issue(here, media="陕慈快讯", number="12", published_on="2026-07-01")
    second = await here.client.post(NEWS, json=other, headers=here.officer)
    again = await here.client.post(NEWS, json=issue(here), headers=here.officer)
    [article] = first.json()["articles"]

    async def titles(**asked: str) -> list[str]:
        answer = await here.client.get(NEWS, params={"organization": here.organization.code} | asked)
        assert answer.status_code == 200, answer.text
        return [one["title"] for one in answer.json()["items"]]

    assert (first.status_code, second.status_code) == (201, 201)
    assert (again.status_code, again.json()["code"]) == (409, "issue-known")
    assert article["campaigns"] == [scene.campaign.code]
    assert article["projects"] == [project.code]
    assert await titles() == ["一座桥，两岸亲", "桥通了"]
    assert await titles(sort="published_on", limit="1") == ["桥通了"]
    assert await titles(project=project.code) == ["桥通了"]
    assert await titles(campaign=scene.campaign.code, media="陕慈快讯") == ["一座桥，两岸亲"]
    assert await titles(published_on_from="2026-06-16") == ["一座桥，两岸亲"]
    assert await titles(published_on_to="2026-06-15") == ["桥通了"]
    path = f"{NEWS}/{article['id']}/withdrawal"
    gone = await here.client.post(path, json={"reason": "登记有误"}, headers=here.officer)
    twice = await here.client.post(path, json={"reason": "登记有误"}, headers=here.officer)
    assert (gone.status_code, twice.json()["code"]) == (200, "article-withdrawn")
    assert await titles() == ["一座桥，两岸亲"]


@pytest.mark.parametrize("about", ["nothing", "another"])
async def test_an_article_tells_of_something_of_ours(here: Press, session: WriteSession, about: str) -> None:
    other = await with_gifts(session)
    campaigns = [] if about == "nothing" else [str(other.campaign.id)]
    body = issue(here, {"title": "无关报道", "campaigns": campaigns})
    answer = await here.client.post(NEWS, json=body, headers=here.officer)
    assert (answer.status_code, answer.json()["code"]) == (422, "article-about-nothing")


async def test_news_fulfils_no_obligation_and_is_no_publication(
    here: Press, session: WriteSession, scene: Scene
) -> None:
    before = await made(session, scene.partner.organization, today())
    stood = told(before), [(one.prepared_on, one.filed_on) for one in before]
    answer = await here.client.post(NEWS, json=issue(here), headers=here.officer)
    after = await made(session, scene.partner.organization, today())

    assert answer.status_code == 201
    assert any(one.subject_id == scene.campaign.id for one in after)
    assert (told(after), [(one.prepared_on, one.filed_on) for one in after]) == stood
    assert all(one.prepared_on is None and one.filed_on is None for one in after)
    assert await session.scalar(select(func.count()).select_from(Publication)) == 0
    assert await session.scalar(select(func.count()).where(Submission.kind == "publication")) == 0
    assert (await here.get("", organization=here.organization.code)).json()["items"] == []
