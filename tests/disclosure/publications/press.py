"""A campaign with gifts and uses, and the people who publish its account over HTTP."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.database import WriteSession
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.disclosure import scenes
from tests.disclosure.scenes import Scene
from tests.factories import organizations as members

BASE = "/v1/disclosure/publications"
Headers = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Press:
    """An organization's officer, a second one, and a reviewer, over one campaign."""

    client: AsyncClient
    organization: Organization
    campaign_id: str
    officer: Headers
    colleague: Headers
    reviewer: Headers

    async def get(self, path: str, headers: Headers | None = None, **asked: Any) -> Response:
        return await self.client.get(f"{BASE}{path}", params=asked, headers=headers or {})

    async def post(
        self, path: str, body: dict[str, Any] | None = None, headers: Headers | None = None
    ) -> Response:
        return await self.client.post(f"{BASE}{path}", json=body, headers=headers or self.officer)

    async def ask(self, **over: Any) -> Response:
        body = {
            "organization_id": str(self.organization.id),
            "kind": "campaign_progress",
            "subject_id": self.campaign_id,
            "period_to": "2026-06-30",
        }
        said = {name: value for name, value in (body | over).items() if value is not None}
        return await self.post("/drafts", said)

    async def draft(self, **over: Any) -> dict[str, Any]:
        answer = await self.ask(**over)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def review(
        self, draft: dict[str, Any], headers: Headers | None = None, *, approved: bool = True
    ) -> Response:
        tag = {"If-Match": f'"{draft["version"]}"'}
        path = f"/drafts/{draft['id']}/review"
        return await self.post(path, {"approved": approved}, (headers or self.reviewer) | tag)

    async def release(self, draft: dict[str, Any]) -> Response:
        return await self.post(f"/drafts/{draft['id']}/publication")

    async def publish(self, draft: dict[str, Any]) -> dict[str, Any]:
        reviewed = await self.review(draft)
        assert reviewed.status_code == 200, reviewed.text
        answer = await self.release(draft)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def correct(self, published: dict[str, Any], reason: str = "补记一笔捐赠") -> dict[str, Any]:
        answer = await self.post(f"/{published['id']}/correction", {"reason": reason})
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def read(self, publication_id: str) -> dict[str, Any]:
        answer = await self.get(f"/{publication_id}")
        assert answer.status_code == 200, answer.text
        return answer.json()


async def press(app: FastAPI, client: AsyncClient, session: WriteSession, scene: Scene) -> Press:
    organization = scene.partner.organization
    return Press(
        client=client,
        organization=organization,
        campaign_id=str(scene.campaign.id),
        officer=await members.sign_in(app, session, Role.disclosure_officer, organization),
        colleague=await members.sign_in(app, session, Role.disclosure_officer, organization),
        reviewer=await members.sign_in(app, session, Role.reviewer, organization),
    )


async def with_gifts(session: WriteSession, **over: Any) -> Scene:
    """Three gifts, one of them large and by name, one given back, and something used."""
    scene = await scenes.scene(session, **over)
    small = scene.gift(50_00)
    await scene.give(scene.gift(20_000_00, giver={"name": "王小明"}), scene.gift(300_00), small)
    await scene.refund(small)
    await scene.spend(5_000_00)
    return scene


def value(said: dict[str, Any], section: str, field: str) -> Any:
    """What a publication says in one field, or the rows of one table."""
    [found] = [one for one in said["sections"] if one["code"] == section]
    [told] = [one for one in found["fields"] if one["code"] == field]
    return told["rows"] if told.get("rows") is not None else told["value"]


Opened = Callable[[], AbstractAsyncContextManager[WriteSession]]
