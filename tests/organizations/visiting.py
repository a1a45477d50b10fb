"""A front end: a machine with a key, what telephones get, and people who sign in through it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.kit.database import WriteSession
from app.organizations.models import Organization, Scope
from app.organizations.visitors.messages import FileSender
from tests.factories import organizations as make


@dataclass(frozen=True, kw_only=True)
class FrontEnd:
    """What a front end holds: its key, and here also what was sent to telephones."""

    client: AsyncClient
    headers: dict[str, str]
    codes: Path

    async def ask(self, phone: str) -> Response:
        """Have a code sent."""
        return await self.client.post("/v1/auth/visitor-codes", json={"phone": phone}, headers=self.headers)

    async def exchange(self, **proof: Any) -> Response:
        return await self.client.post("/v1/auth/token-exchange", json=proof, headers=self.headers)

    def digits(self) -> str:
        """The code in the latest message."""
        [code] = re.findall(r"[0-9]{6}", json.loads(self.codes.read_text().splitlines()[-1])["text"])
        return code

    async def proof(self, phone: str) -> dict[str, str]:
        """What proves a telephone whose owner reads the code to us."""
        asked = await self.ask(phone)
        assert asked.status_code == 202, asked.text
        return {"code_id": asked.json()["code_id"], "code": self.digits()}

    async def sign_in(self, phone: str | None = None, **proof: Any) -> dict[str, str]:
        """The headers of a person who proved a telephone, or whatever else is said."""
        if phone is not None:
            proof["phone"] = await self.proof(phone)
        answer = await self.exchange(**proof)
        assert answer.status_code == 200, answer.text
        return make.bearer(answer.json()["access_token"])

    async def who(self, headers: dict[str, str]) -> str:
        """The visitor's id behind a token."""
        return (await self.client.get("/v1/me", headers=headers)).json()["id"]


async def front_end(
    app: FastAPI,
    client: AsyncClient,
    session: WriteSession,
    codes: Path,
    organization: Organization | None = None,
) -> FrontEnd:
    """A front end with a key of its own at a member."""
    app.state.sender = FileSender(codes)
    organization = organization or await make.organization(session)
    _, headers = await make.key(session, organization, Scope.front_end)
    return FrontEnd(client=client, headers=headers, codes=codes)
