"""An organization with somebody who looks after its governance, as they work over HTTP."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.organizations.models import LegalForm, Organization
from tests.disclosure.obligations.scenes import association
from tests.factories import organizations as members

BASE = "/v1/disclosure/governance"
PLENUM: dict[str, Any] = {
    "entitled_count": 30,
    "present_count": 24,
    "in_favour_count": 20,
    "meeting": "会员代表大会",
}


@dataclass(frozen=True, kw_only=True)
class Board:
    """What a disclosure officer does for one organization."""

    client: AsyncClient
    member: Organization
    headers: dict[str, str]

    @property
    def at(self) -> str:
        return str(self.member.id)

    async def get(self, path: str, headers: dict[str, str] | None = None, **asked: Any) -> Response:
        return await self.client.get(f"{BASE}{path}", params=asked, headers=headers or self.headers)

    async def post(self, path: str, **body: Any) -> Response:
        return await self.client.post(
            f"{BASE}{path}", json={"organization_id": self.at} | body, headers=self.headers
        )

    async def made(self, path: str, **body: Any) -> dict[str, Any]:
        answer = await self.post(path, **body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def term(self, starts: str, ends: str, number: int = 4, body: str = "council") -> str:
        made = await self.made("/terms", body=body, number=number, starts_on=starts, ends_on=ends)
        return str(made["id"])

    async def officer(self, name: str = "演示理事一", **over: Any) -> str:
        return str((await self.made("/officers", name=name, **over))["id"])

    async def audit(self, reported: str = "2026-02-28") -> str:
        made = await self.made(
            "/audits",
            auditor="某会计师事务所",
            report_no=new_code(8),
            period_from="2021-01-01",
            period_to=reported,
            reported_on=reported,
            finding="未发现重大问题",
        )
        return str(made["id"])

    async def appoint(self, officer: str, post: str, starts: str, **over: Any) -> Response:
        body = {"officer_id": officer, "post": post, "starts_on": starts, "paid": False} | over
        return await self.post("/appointments", **body)

    async def elect(self, held: str = "2026-03-19", /, **over: Any) -> Response:
        body = {
            "kind": "re_election",
            "body": "council",
            "held_on": held,
            "term": {"starts_on": "2026-03-20", "ends_on": "2031-03-19"},
        }
        return await self.post("/elections", **(body | PLENUM | over))

    async def roster(self, **asked: Any) -> list[tuple[str, str | None, int | None]]:
        """What everybody reads, who sends no token along."""
        answer = await self.client.get(f"{BASE}/organizations/{self.at}/roster", params=asked)
        assert answer.status_code == 200, answer.text
        return [(one["post"], one["name"], one["term_number"]) for one in answer.json()["items"]]


async def board(
    app: FastAPI, client: AsyncClient, session: WriteSession, form: LegalForm = LegalForm.association
) -> Board:
    member = await association(session, books_from="2020-01-01", legal_form=form)
    headers = await members.sign_in(app, session, Role.disclosure_officer, member)
    return Board(client=client, member=member, headers=headers)


def refused(answer: Response) -> tuple[int, str]:
    return answer.status_code, answer.json().get("code", "")
