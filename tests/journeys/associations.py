"""An association that went live from a workbook, and its people, who speak to it over HTTP alone."""

import io
import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response
from openpyxl import load_workbook
from pypdf import PdfReader
from sqlalchemy import select

from app.kit import signatures
from app.kit.clock import now
from app.kit.database import Database
from app.kit.ids import new_code
from app.organizations.access import Role
from app.organizations.models import Organization, Scope, Staff
from tests.accounting.banking import Told, statement
from tests.factories import organizations as make
from tests.onboarding.workbooks import sheets, write

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PEOPLE = {
    "onb.wang": ("王芳", "会计"),
    "onb.zhao": ("赵敏", "会计"),
    "onb.li": ("李强", "复核、查看"),
    "onb.qian": ("钱进", "出纳"),
}


def fen(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "CNY"}


@dataclass(kw_only=True)
class Association:
    """Who sends what: `onb.wang` and `onb.zhao` keep the books, `onb.li` reviews, `onb.qian` has the cash."""

    client: AsyncClient
    organization: Organization
    tokens: dict[str, dict[str, str]]
    ids: dict[str, str] = field(default_factory=dict[str, str])
    """Ids of people, channels and campaigns by their codes."""
    slug: str = ""
    secret: bytes = b""

    @property
    def books(self) -> str:
        return f"/v1/accounting/organizations/{self.organization.id}"

    @property
    def audit(self) -> str:
        return f"/v1/audit/organizations/{self.organization.id}"

    async def get(self, path: str, by: str = "onb.wang", **params: Any) -> Any:
        answer = await self.client.get(path, params=params, headers=self.tokens[by])
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def file(self, path: str, kind: str, **params: Any) -> bytes:
        headers = self.tokens["onb.wang"] | {"Accept": kind}
        answer = await self.client.get(path, params=params, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), answer.text
        return answer.content

    async def send(self, path: str, by: str, **said: Any) -> Response:
        headers = self.tokens[by] | {"Idempotency-Key": new_code()}
        return await self.client.post(path, headers=headers, **said)

    async def post(self, path: str, body: Any = None, by: str = "onb.wang", **said: Any) -> Any:
        answer = await self.send(path, by, **(said if body is None else {"json": body}))
        assert answer.status_code in (200, 201), answer.text
        return answer.json()

    async def hear(self, amount: int, day: str, campaign: str) -> dict[str, Any]:
        """Let the platform tell of a gift, signed."""
        data = {
            "donation_id": f"T-{new_code(12)}",
            "campaign": campaign,
            **fen(amount),
            "donated_at": f"{day}T09:00:00+08:00",
            "donor": {"external_id": f"u-{new_code(6)}", "display_name": "爱心网友"},
        }
        event = {"type": "donation.succeeded", "timestamp": f"{day}T09:00:01+08:00", "data": data}
        body, name, moment = json.dumps(event).encode(), f"msg_{new_code(16)}", int(now().timestamp())
        headers = {
            "webhook-id": name,
            "webhook-timestamp": str(moment),
            "webhook-signature": signatures.sign(self.secret, name, moment, body),
            "content-type": "application/json",
        }
        answer = await self.client.post(f"/v1/webhooks/{self.slug}", content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def take_in(self, account: str, *told: Told, opening: int) -> dict[str, Any]:
        """Send a bank's statement of an account."""
        file = {"file": ("statement.csv", statement(*told, opening=opening))}
        path = f"/v1/accounting/bank-accounts/{self.ids[account]}/statements"
        return await self.post(path, files=file)

    async def lines(self, account: str, **params: Any) -> list[dict[str, Any]]:
        path = "/v1/accounting/bank-lines"
        return (await self.get(path, channel_id=self.ids[account], **params))["items"]

    async def by_three(self, template: str, day: str, summary: str, **inputs: Any) -> dict[str, Any]:
        """Let three people bring a voucher into the books."""
        body = {"organization_id": str(self.organization.id), "happened_on": day, "summary": summary}
        voucher = await self.post("/v1/accounting/vouchers", body | {"template": template, "inputs": inputs})
        path = f"/v1/accounting/vouchers/{voucher['id']}"
        await self.post(f"{path}/submission")
        await self.post(f"{path}/review", by="onb.li")
        return await self.post(f"{path}/posting", {}, by="onb.zhao")

    async def statement(self, name: str, period: str) -> dict[str, list[int]]:
        """Read one of the three statements, which must tie; amounts in fen by the key of their line."""
        told = await self.get(f"{self.books}/statements/{name}", period=period)
        assert told["ties"] is True, told["proofs"]
        return {line["key"]: [one["amount"] for one in line["amounts"]] for line in told["lines"]}

    async def printed(self, name: str, period: str) -> tuple[set[Any], str]:
        """Return the cells of a statement's workbook, and the text of its paper."""
        path = f"{self.books}/statements/{name}"
        book = load_workbook(io.BytesIO(await self.file(path, XLSX, period=period)), read_only=True)
        cells = {cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row}
        paper = PdfReader(io.BytesIO(await self.file(path, "application/pdf", period=period)))
        return cells, "".join(page.extract_text() for page in paper.pages)


async def go_live(
    database: Database, app: FastAPI, client: AsyncClient, folder: Path, *, live_on: date
) -> Association:
    """Take an association over from one workbook, through the route; then its people sign in."""
    async with database.writing() as session:
        organization = await make.organization(session, books_from=live_on)
        admin = await make.sign_in(app, session, Role.admin, organization)
        _, auditor = await make.key(session, organization, Scope.audit)
    at = Association(client=client, organization=organization, tokens={"admin": admin, "auditor": auditor})
    told = sheets()
    told["人员"][1:] = [[username, *who, None] for username, who in PEOPLE.items()]
    workbook = write(folder / "live.xlsx", told).read_bytes()
    path = f"/v1/onboarding/organizations/{organization.id}"
    live = await at.post(path, by="admin", files={"file": ("live.xlsx", workbook)})
    assert (live["accounts"], live["people"], live["campaigns"]) == (3, len(PEOPLE), 1)
    async with database.writing() as session:
        for person in await session.scalars(select(Staff).where(Staff.username.in_(PEOPLE))):
            at.tokens[person.username] = await make.headers(app, session, person)
            at.ids[person.username] = str(person.id)
    for channel in (await at.get("/v1/accounting/channels"))["items"]:
        at.ids[channel["code"]] = channel["id"]
    for campaign in (await at.get("/v1/fundraising/campaigns"))["items"]:
        at.ids[campaign["code"]] = campaign["id"]
    await _open_more(at)
    return at


async def _open_more(at: Association) -> None:
    """A second bank account, and a platform with its merchant account."""
    here = {"organization_id": str(at.organization.id)}
    second = {"code": "abc-7788", "name": "农业银行", "kind": "bank"}
    at.ids["abc-7788"] = (await at.post("/v1/accounting/channels", here | second))["id"]
    at.slug = f"p-{new_code(6).lower()}"
    account = {"code": "tencent", "name": "腾讯公益商户号"}
    platform = {"slug": at.slug, "name": "腾讯公益", "merchant_account": account}
    made = await at.post("/v1/platforms", here | platform, by="admin")
    at.secret, at.ids["tencent"] = signatures.read_secret(made["secret"]), made["merchant_account"]["id"]
