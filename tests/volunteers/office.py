"""A coordinator's office: one who has signed in, people who register, and what their telephones get."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response
from stdnum.cn import ric

from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations.access import Role
from app.organizations.models import Organization
from app.organizations.visitors.messages import FileSender
from tests.factories import organizations as make

_numbers = count(1)


def id_number(born: str = "19900307", *, region: str = "110105", place: int | None = None) -> str:
    """A citizen's number of the right shape that nobody holds: generated."""
    digits = f"{region}{born}{(next(_numbers) if place is None else place) % 1000:03d}"
    return digits + ric.calc_check_digit(digits + "0")


def person(**over: Any) -> dict[str, Any]:
    number = next(_numbers)
    told = {
        "name": f"志愿者{number:04d}",
        "document_kind": "resident_id",
        "document_number": id_number(),
        "phone": f"138{number:08d}",
    }
    return {name: value for name, value in (told | over).items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class Office:
    """What a coordinator works with; every request carries the token and a key of its own."""

    client: AsyncClient
    headers: dict[str, str]
    organization: Organization
    codes: Path

    async def get(self, path: str, **params: Any) -> Response:
        return await self.client.get(f"/v1/volunteers{path}", params=params, headers=self.headers)

    async def post(self, path: str, body: Any = None) -> Response:
        headers = self.headers | {"Idempotency-Key": new_code()}
        return await self.client.post(f"/v1/volunteers{path}", json=body, headers=headers)

    async def patch(self, path: str, body: Any, version: str | None = None) -> Response:
        headers = self.headers | ({"If-Match": version} if version else {})
        return await self.client.patch(f"/v1/volunteers{path}", json=body, headers=headers)

    def register(self, *, checked: bool = True, at: Organization | None = None, **over: Any) -> Any:
        body = {"organization_id": str((at or self.organization).id), "checked": checked}
        return self.post("", body | {"person": person(**over)})

    async def volunteer(self, **over: Any) -> dict[str, Any]:
        answer = await self.register(**over)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def team(self, **over: Any) -> dict[str, Any]:
        body = {
            "organization_id": str(self.organization.id),
            "code": f"T{new_code(8)}",
            "name": "爱心服务队",
            "founded_on": "2020-10-13",
        }
        answer = await self.post("/teams", body | over)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def messages(self) -> Iterator[dict[str, str]]:
        """What telephones got, the latest first."""
        lines = self.codes.read_text().splitlines() if self.codes.exists() else []
        yield from map(json.loads, reversed(lines))

    async def sign_in(self, phone: str) -> "Office":
        """The same office as a volunteer sees it who has signed in by the code on this telephone."""
        asked = await self.client.post("/v1/volunteers/sign-in-codes", json={"phone": phone})
        assert asked.status_code == 202, asked.text
        message = next(one for one in self.messages() if one["phone"].endswith(phone[-8:]))
        number, code = re.findall(r"V[0-9A-Z]{10}|[0-9]{6}(?![0-9A-Z])", message["text"])[:2]
        answer = await self.client.post("/v1/volunteers/sign-ins", json={"number": number, "code": code})
        assert answer.status_code == 200, answer.text
        return Office(
            client=self.client,
            headers=make.bearer(answer.json()["access_token"]),
            organization=self.organization,
            codes=self.codes,
        )


async def office(
    app: FastAPI, client: AsyncClient, session: WriteSession, codes: Path, **over: Any
) -> Office:
    """A member with a coordinator; `over` is the organization's."""
    app.state.sender = FileSender(codes)
    organization = await make.organization(session, books_from=date(2026, 1, 1), **over)
    headers = await make.sign_in(app, session, Role.volunteer_coordinator, organization)
    return Office(client=client, headers=headers, organization=organization, codes=codes)
