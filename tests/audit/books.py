"""Books under audit: members with gifts in a signed log, and a key with its mandate."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from httpx import AsyncClient

from app.fundraising import donations
from app.kit.database import Database
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations import keys
from app.organizations.models import KeyKind, Organization, Scope
from app.transparency import signer
from app.transparency.signer import Office
from tests.factories import fundraising
from tests.factories import organizations as make
from tests.factories.fundraising import Appeal
from tests.transparency import logs
from tests.webhooks.platforms import Partner, partner


@dataclass(frozen=True, kw_only=True)
class Audited:
    """Two members, a partner's campaign at each, a signed log, and the key of the first one's auditor."""

    database: Database
    office: Office
    ours: Partner
    theirs: Partner
    headers: dict[str, str]
    project_id: UUID

    @property
    def organization(self) -> Organization:
        return self.ours.organization

    def appeal(self, at: Partner) -> Appeal:
        return Appeal(
            organization_id=at.organization.id,
            platform_id=at.platform.id,
            channel=at.channel,
            campaign=at.campaign,
        )

    async def give(self, at: Partner, *amounts: int, **over: object) -> list[str]:
        """Book gifts at a member; return their lookup codes."""
        async with self.database.writing() as session:
            gifts = [fundraising.gift(self.appeal(at), amount, **over) for amount in amounts]
            return [outcome.lookup_code or "" for outcome in await donations.receive(session, gifts)]

    async def sign(self) -> int:
        signed = await logs.sign(self.database, self.office)
        return signed.size if signed else 0


async def auditor(database: Database, organization: Organization, **mandate: Any) -> dict[str, str]:
    """What an auditor sends along: a key with its mandate."""
    terms = keys.Terms(KeyKind.auditor, [Scope.audit], **mandate)
    async with database.writing() as session:
        _, spelling = await keys.make(session, organization, terms, name="审计", made_by="test")
    return make.bearer(spelling)


async def audited(database: Database, folder: Path) -> Audited:
    office = logs.office_in(folder)
    await signer.open_office(database, office)
    async with database.writing() as session:
        ours, theirs = await partner(session), await partner(session)
        at = ours.organization.id
        project = await dimensions.declare(session, DimensionKind.project, "P-BRIDGE", organization_id=at)
    headers = await auditor(database, ours.organization)
    return Audited(
        database=database, office=office, ours=ours, theirs=theirs, headers=headers, project_id=project.id
    )


async def pull(client: AsyncClient, headers: dict[str, str], **asked: object) -> tuple[list[dict], dict]:
    """Pull the journal; return its lines and its trailer."""
    answer = await client.get("/v1/audit/journal", params=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    *lines, last = [orjson.loads(line) for line in answer.content.splitlines()]
    return lines, last["trailer"]
