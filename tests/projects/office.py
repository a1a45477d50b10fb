"""A project office: an officer, a reviewer and an admin, signed in, and bodies filled in for a test."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.organizations.models import Organization
from tests.factories import organizations as make
from tests.kit.attachments.pictures import PLACE, photo


@dataclass(frozen=True, kw_only=True)
class Office:
    """What an officer works with; every request carries a token and a key of its own."""

    client: AsyncClient
    headers: dict[str, str]
    reviewer: dict[str, str]
    admin: dict[str, str]
    organization: Organization

    async def get(self, path: str, **params: Any) -> Response:
        return await self.client.get(f"/v1/projects{path}", params=params, headers=self.headers)

    async def post(self, path: str, body: Any = None, *, by: dict[str, str] | None = None) -> Response:
        headers = (by or self.headers) | {"Idempotency-Key": new_code()}
        return await self.client.post(f"/v1/projects{path}", json=body, headers=headers)

    async def made(self, path: str, body: Any = None, *, by: dict[str, str] | None = None) -> dict[str, Any]:
        """Post something that must succeed, and return the answer."""
        answer = await self.post(path, body, by=by)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    async def patch(self, path: str, body: Any, version: str | None) -> Response:
        headers = self.headers | ({"If-Match": version} if version else {})
        return await self.client.patch(f"/v1/projects{path}", json=body, headers=headers)

    async def programme(self, **over: Any) -> dict[str, Any]:
        body = {
            "organization_id": str(self.organization.id),
            "code": f"P{new_code(6)}",
            "title": "慈安桥",
            "category": "transport",
            "brand": "慈安桥",
            "purpose": "为山区村民修桥",
            "starts_on": "1997-01-01",
        }
        return await self.made("/programmes", body | over)

    def told(self, **over: Any) -> dict[str, Any]:
        body = {
            "organization_id": str(self.organization.id),
            "code": f"J{new_code(8)}",
            "title": "紫阳县慈安桥",
            "category": "transport",
            "content": "修建便民桥",
            "region_code": "610924",
            "village": "示例村",
            "planned_from": "2026-03-01",
            "planned_to": "2026-11-30",
            "beneficiary_rule": "全体村民",
        }
        return body | over

    async def project(self, **over: Any) -> dict[str, Any]:
        return await self.made("", self.told(**over))

    async def upload(self, content: bytes | None = None) -> str:
        """A photograph that the officer has uploaded, and that belongs to nothing yet."""
        form = {"organization_id": str(self.organization.id), "kind": "photo", "access": "public"}
        files = {"file": ("桥.jpg", content or photo(), "image/jpeg")}
        answer = await self.client.post("/v1/attachments", data=form, files=files, headers=self.headers)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    async def site(self, project: dict[str, Any], **over: Any) -> dict[str, Any]:
        body = {
            "project_id": project["id"],
            "code": f"S{new_code(6)}",
            "title": "示例村慈安桥",
            "kind": "bridge",
            "structure": "slab",
            "region_code": "610924",
            "village": "示例村",
            "length_centimetres": 2000,
            "width_centimetres": 350,
            "latitude_microdegrees": PLACE[0],
            "longitude_microdegrees": PLACE[1],
            "planned_cost": {"amount": 60_000_00, "currency": "CNY"},
        }
        return await self.made("/sites", body | over)

    async def milestones(self, site: dict[str, Any]) -> dict[str, dict[str, Any]]:
        told = await self.get("/milestones", site_id=site["id"])
        return {one["kind"]: one for one in told.json()["items"]}

    async def reach(self, site: dict[str, Any], *kinds: str, on: str = "2026-09-01", **over: Any) -> None:
        found = await self.milestones(site)
        for kind in kinds:
            await self.made(f"/milestones/{found[kind]['id']}/completion", {"done_on": on} | over)

    async def built(self, project: dict[str, Any], **over: Any) -> dict[str, Any]:
        """A site that waits for its acceptance, with a photograph."""
        site = await self.site(project, **over)
        await self.reach(site, "survey")
        await self.reach(site, "construction", attachment_ids=[await self.upload()])
        await self.reach(site, "quality")
        return site

    async def accept(self, site: dict[str, Any], cost: int = 56_500_00, **over: Any) -> Response:
        body = {
            "inspected_on": "2026-10-20",
            "inspecting_body": "市慈善协会、县交通局",
            "passed": True,
            "findings": "符合设计要求",
            "cost": {"amount": cost, "currency": "CNY"},
        }
        return await self.post(f"/sites/{site['id']}/acceptances", body | over, by=self.reviewer)

    async def decide(self, verdict: str = "approve", *, by: dict[str, str] | None = None) -> Response:
        """Decide the request that was asked last."""
        headers = by or self.reviewer
        asked = await self.client.get("/v1/approvals", headers=headers, params={"state": "waiting"})
        [waiting] = [one for one in asked.json()["items"] if one["state"] == "waiting"][:1]
        step = {"approve": "approval", "reject": "rejection"}[verdict]
        path, body = f"/v1/approvals/{waiting['id']}/{step}", {"reason": "选址"}
        answer = await self.client.post(path, json=body, headers=headers)
        # Above ten thousand yuan a reviewer and then an admin decide.
        if answer.status_code == 200 and answer.json()["state"] == "waiting":
            answer = await self.client.post(path, json=body, headers=self.admin)
        return answer

    async def approved(self, **over: Any) -> dict[str, Any]:
        """A project that has been proposed and approved."""
        project = await self.project(**over)
        await self.made(f"/{project['id']}/proposal", {})
        decided = await self.decide()
        assert decided.status_code in {200, 201}, decided.text
        return (await self.get(f"/{project['id']}")).json()

    async def running(self, on: str = "2026-03-10", **over: Any) -> dict[str, Any]:
        project = await self.approved(**over)
        return await self.made(f"/{project['id']}/start", {"on": on})


async def office(
    app: FastAPI, client: AsyncClient, session: WriteSession, organization: Organization | None = None
) -> Office:
    """A member (a province unless another is given) with an officer and a reviewer."""
    member = organization or await make.organization(session, books_from=date(2026, 1, 1))
    return Office(
        client=client,
        headers=await make.sign_in(app, session, Role.project_officer, member),
        reviewer=await make.sign_in(app, session, Role.reviewer, member),
        admin=await make.sign_in(app, session, Role.admin, member),
        organization=member,
    )
