"""Credentials over HTTP: the keys of payment platforms, added when they change, retired when they leak."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import select

from app.kit.database import Reading, ReadSession, Writing
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.organizations import platforms
from app.organizations.access import Asking, Permission
from app.organizations.errors import SerialTaken
from app.organizations.models import Platform, PlatformSecret, SecretPurpose
from app.organizations.signin import may
from app.webhooks import credentials
from app.webhooks.credentials import CredentialIn, CredentialOut
from app.webhooks.errors import CredentialUnusable, PlatformSignsOtherwise

router = APIRouter(prefix="/v1/platforms", tags=["platforms"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.platforms_read)]
Changer = Annotated[Asking, may(Permission.platforms_change)]


@router.post(
    "/{platform_id}/credentials",
    operation_id="add_platform_credential",
    response_model=CredentialOut,
    status_code=201,
    responses=problems.responses(CredentialUnusable, PlatformSignsOtherwise, SerialTaken),
)
async def add_credential(
    session: Writing, caller: Changer, platform_id: UUID, body: CredentialIn
) -> PlatformSecret:
    """Add a key that a payment platform has told you, beside those that are live; it is never shown."""
    platform = await _asked_of(session, caller, platform_id)
    return await credentials.add(session, platform, body)


@router.get(
    "/{platform_id}/credentials",
    operation_id="list_platform_credentials",
    response_model=Page[CredentialOut],
)
async def list_credentials(
    session: Reading, caller: Reader, platform_id: UUID, paging: pages.Paging
) -> Slice[PlatformSecret]:
    """List the keys that a payment platform has told you, the newest first, without the keys."""
    platform = await _asked_of(session, caller, platform_id)
    query = select(PlatformSecret).where(
        PlatformSecret.platform_id == platform.id, PlatformSecret.purpose != SecretPurpose.signs
    )
    return await pages.page(session, query, [PlatformSecret.id], paging, newest_first=True)


@router.delete(
    "/{platform_id}/credentials/{credential_id}",
    operation_id="revoke_platform_credential",
    response_model=CredentialOut,
)
async def revoke_credential(
    session: Writing, caller: Changer, platform_id: UUID, credential_id: UUID
) -> PlatformSecret:
    """Let a payment platform's key be of no more use for what comes; what was kept stays readable."""
    platform = await _asked_of(session, caller, platform_id)
    return await platforms.retire_key(session, platform, credential_id)


async def _asked_of(session: ReadSession, caller: Asking, platform_id: UUID) -> Platform:
    platform = await platforms.get(session, platform_id)
    caller.must(at=platform.organization_id)
    return platform
