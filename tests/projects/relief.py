"""An aid case's desk: who handles, verifies, decides and pays, and the way of a case up to any point."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.factories import organizations as make
from tests.projects.helped import beneficiary, money
from tests.projects.office import Office, office

STORY = {
    "applicant": "金丝雀申请人",
    "applicant_relation": "女儿",
    "diagnosis": "金丝雀诊断",
    "hospital": "金丝雀医院",
    "treatment": "手术",
    "payee_name": "金丝雀收款人",
    "payee_account": "6222000000004711",
}
BEFORE = (today() - timedelta(days=30)).isoformat()
DECIDED = (today() - timedelta(days=20)).isoformat()
TODAY = today().isoformat()
STANDARD = {
    "valid_from": "2026-01-01",
    "standard": "自付超过两万元的部分资助三成",
    "workflow": "申请、核实、审批、公示、发放",
    "norms": "不收费",
    "cap_episode": money(20_000),
    "cap_year": money(30_000),
}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works here, and what they send along."""

    id: str
    headers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Relief:
    """Everybody who has to do with a case, and the project that helps."""

    desk: Office
    handler: Person
    verifiers: tuple[Person, Person]
    deciders: tuple[Person, Person]
    cashier: Person
    project: dict[str, Any]

    async def read(self, case: dict[str, Any], by: Person | None = None) -> Any:
        headers = (by or self.handler).headers
        return await self.desk.client.get(f"/v1/projects/aid-cases/{case['id']}", headers=headers)

    async def act(self, case: dict[str, Any], step: str, body: Any, by: Person | None = None) -> Any:
        path = f"/aid-cases/{case['id']}/{step}"
        return await self.desk.post(path, body, by=(by or self.handler).headers)

    async def done(self, case: dict[str, Any], step: str, body: Any, by: Person | None = None) -> Any:
        answer = await self.act(case, step, body, by)
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    async def upload(self) -> str:
        made = await self.desk.client.post(
            "/v1/attachments",
            data={
                "organization_id": str(self.desk.organization.id),
                "kind": "medical_record",
                "access": "personal",
            },
            files={"file": ("病历.pdf", b"%PDF-1.4\n%%EOF\n")},
            headers=self.handler.headers,
        )
        assert made.status_code == 201, made.text
        return made.json()["id"]

    async def applied(self, who: dict[str, Any] | None = None, **over: Any) -> dict[str, Any]:
        who = who or await beneficiary(self.desk, name="金丝雀患者")
        body = {
            "project_id": self.project["id"],
            "beneficiary_id": who["id"],
            "applied_on": BEFORE,
            "asked": money(20_000),
            "cost": money(90_000),
            "insured": money(50_000),
            "story": STORY,
        }
        case = await self.desk.made("/aid-cases", body | over, by=self.handler.headers)
        tasks = [(one, "verify") for one in self.verifiers] + [(one, "decide") for one in self.deciders]
        for one, task in tasks:
            await self.done(case, "people", {"staff_id": one.id, "task": task})
        return case

    async def verified(self, who: dict[str, Any] | None = None, **over: Any) -> dict[str, Any]:
        case = await self.applied(who, **over)
        await self.done(case, "documents", {"attachment_ids": [await self.upload()]})
        for one in self.verifiers:
            case = await self.done(case, "verifications", FOUND, one)
        await self.done(case, "duplicate-check", None)
        return case

    async def approved(self, yuan: int = 12_000, **over: Any) -> dict[str, Any]:
        return await self.done(await self.verified(**over), "approval", grant(yuan), self.deciders[0])

    async def noticed(self, yuan: int = 12_000, **over: Any) -> dict[str, Any]:
        return await self.done(await self.approved(yuan, **over), "notice", NOTICE)


FOUND = {"verified_on": BEFORE, "way": "入户走访", "supported": True, "words": "金丝雀家庭情况属实"}
REFUSED = {"decided_on": DECIDED, "words": "金丝雀自付费用不足"}
NOTICE = {"starts_on": DECIDED, "days": 7, "place": "村务公开栏", "contact": "029-00000000"}


def grant(yuan: int) -> dict[str, Any]:
    return {"decided_on": DECIDED, "words": "金丝雀按标准核定", "amount": money(yuan)}


async def relief(app: FastAPI, client: AsyncClient, session: WriteSession, folder: Path) -> Relief:
    """A running project with a standard that was told, and everybody who has to do with its cases."""
    app.state.store = stores.opened(f"file://{folder}/files")
    desk = await office(app, client, session)

    async def person(role: Role) -> Person:
        staff = await make.staff(session, desk.organization, role)
        return Person(id=str(staff.id), headers=await make.headers(app, session, staff))

    return Relief(
        desk=desk,
        handler=await person(Role.project_officer),
        verifiers=(await person(Role.project_officer), await person(Role.project_officer)),
        deciders=(await person(Role.reviewer), await person(Role.reviewer)),
        cashier=await person(Role.cashier),
        project={},
    )


async def opened(here: Relief) -> None:
    """Begin the project, give it its standard and tell it."""
    here.project.update(await here.desk.running(category="medical_aid", title="大病救助"))
    standards = f"/{here.project['id']}/standards"
    standard = await here.desk.made(standards, STANDARD)
    told = {"told_on": "2026-01-05", "way": "公开栏", "audience": "全县"}
    await here.desk.made(f"{standards}/{standard['id']}/notices", told)
