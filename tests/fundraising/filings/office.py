"""A member's office for filings: an officer and a reviewer who have signed in, and what a plan needs."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.fundraising.filings import certificates, standings
from app.fundraising.models import FundraisingCertificate, PlanQuestion, PlatformStanding, StandingKind
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations import platforms
from app.organizations.access import Role
from app.organizations.models import Platform, Staff
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, bank, desk, fen

USCC = "52620600MJY949356H"
_numbers = count(1)


def iso(days: int = 0) -> str:
    """A day so many days from today, as JSON says it."""
    return (today() + timedelta(days=days)).isoformat()


@dataclass(frozen=True, kw_only=True)
class Office:
    """The officer's desk, the reviewer's token, and what a plan names."""

    officer: Desk
    reviewer: dict[str, str]
    admin: dict[str, str]
    responsible: Staff
    account: UUID
    platform: Platform

    def plan(self, **over: Any) -> dict[str, Any]:
        """A plan that says everything the law wants."""
        return {
            "use_of_money": "建桥",
            "use_plan": "建桥六座",
            "support_project": "慈安桥",
            "area": "陕西省",
            "ways": ["internet"],
            "receiving_methods": "互联网平台",
            "responsible_id": str(self.responsible.id),
            "responsible_full_time": True,
            "office_address": "某街1号",
            "contact": "029-00000000",
            "bank_channel_id": str(self.account),
            "beneficiary_scope": "出行困难的村民",
            "beneficiary_count": 3000,
            "beneficiary_selection": "集体决定",
            "grants_note": "95%以上",
            "staff_cost_note": "不列支",
            "management_cost_note": "不超过3%",
            "fundraising_cost": "据实列支",
            "remainder": "用于同类项目并公开",
            "decided_on": iso(-40),
            "decided_by": "理事会",
            "legal_representative_agreed": True,
        } | over

    async def draft(self, **over: Any) -> str:
        """Draft a campaign over HTTP that begins in two weeks; its path."""
        code = f"SX-{new_code(8)}"
        body = {
            "organization_id": str(self.officer.organization.id),
            "code": code,
            "title": "慈安桥",
            "purpose": "修桥",
            "starts_on": iso(14),
            "ends_on": iso(200),
            "target": fen(1_000_000_00),
            "designations": [{"code": "main", "title": "建桥", "fund_code": f"F-{code}"}],
        } | over
        made = await self.officer.post("/campaigns", body)
        assert made.status_code == 201, made.text
        return f"/campaigns/{made.json()['id']}"

    async def review(self, path: str, **over: Any) -> list[Response]:
        """Let the reviewer agree to every question."""
        reviewer = replace(self.officer, headers=self.reviewer)
        said = {"agreed": True, "reason": "属实"} | over
        questions = list(PlanQuestion)
        return [await reviewer.post(f"{path}/plan/reviews", {"question": one} | said) for one in questions]

    async def submit(self, path: str, on: str | None = None) -> Response:
        return await self.officer.post(f"{path}/plan/submission", {"submitted_on": on or iso()})

    async def file(self, path: str, number: str | None = None, on: str | None = None) -> Response:
        body = {"filing_no": number or filing_no(), "filed_on": on or iso()}
        return await self.officer.post(f"{path}/plan/filing", body)

    async def filed(self, plan: dict[str, Any] | None = None, **over: Any) -> str:
        """A draft whose plan went the whole way; its path. It may start today: it was filed a month ago."""
        path = await self.draft(**{"starts_on": iso(), "ends_on": iso(200)} | over)
        made = await self.officer.post(f"{path}/plan", plan or self.plan())
        assert made.status_code == 201, made.text
        assert {one.status_code for one in await self.review(path)} == {201}
        answers = [await self.submit(path, iso(-30)), await self.file(path, on=iso(-25))]
        assert [one.status_code for one in answers] == [200, 200], [one.text for one in answers]
        return path


def filing_no(year: int = 26) -> str:
    """A number as an authority might have given it to this association."""
    return f"{USCC}A{year}{next(_numbers):03d}"


async def office(
    app: FastAPI, client: AsyncClient, session: WriteSession, *, certified: bool = True
) -> Office:
    officer = await desk(app, client, session, role=Role.fundraising_officer)
    at = officer.organization
    at.uscc = USCC
    account = await bank(session, at, in_plans=True)
    platform, _ = await platforms.create(session, at, slug=f"p{new_code(8).lower()}", name="某平台")
    await designate(session, platform)
    if certified:
        await certify(session, at.id)
    return Office(
        officer=officer,
        reviewer=await members.sign_in(app, session, Role.reviewer, at),
        admin=await members.sign_in(app, session, Role.admin, at),
        responsible=await members.staff(session, at),
        account=account.id,
        platform=platform,
    )


async def certify(session: WriteSession, organization_id: UUID, **over: Any) -> FundraisingCertificate:
    values: dict[str, Any] = {
        "organization_id": organization_id,
        "number": f"陕慈募证{new_code(6)}",
        "authority": "陕西省民政厅",
        "issued_on": date(2018, 1, 10),
        "recorded_by": "test",
    } | over
    return await certificates.record(session, FundraisingCertificate(**values))


async def designate(session: WriteSession, platform: Platform, **over: Any) -> PlatformStanding:
    values: dict[str, Any] = {
        "platform_id": platform.id,
        "kind": StandingKind.designated,
        "valid_from": date(2021, 11, 15),
        "batch": "第三批",
        "actor": "test",
    } | over
    return await standings.record(session, PlatformStanding(**values))
