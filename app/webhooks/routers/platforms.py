"""Platforms over HTTP: who may tell us of gifts, how fast, and signed with what."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.errors import ChannelCodeTaken
from app.accounting.models import Channel, ChannelKind
from app.kit.database import Reading, ReadSession, WriteSession, Writing
from app.kit.errors import VersionNotStated, VersionStale
from app.kit.http import pages, problems
from app.kit.http.idempotency import IdempotentRoute
from app.kit.http.pages import Page, Slice
from app.kit.http.versions import IfMatch, expect
from app.organizations import keys, organizations, platforms
from app.organizations.access import Asking, Permission, Scope
from app.organizations.errors import OutOfSight, SlugTaken, TermOutOfBounds
from app.organizations.models import ApiKey, KeyKind, Organization, Platform, PlatformKind
from app.organizations.schemas.keys import KeyMade, KeyOut
from app.organizations.signin import may
from app.webhooks import credentials
from app.webhooks.errors import CredentialUnusable, PlatformSignsOtherwise
from app.webhooks.representations import (
    PartnerKeyIn,
    PlatformChange,
    PlatformIn,
    PlatformMade,
    PlatformOut,
    PlatformQuery,
    RotationIn,
    SecretOut,
)

router = APIRouter(prefix="/v1/platforms", tags=["platforms"], route_class=IdempotentRoute)

Reader = Annotated[Asking, may(Permission.platforms_read)]
Changer = Annotated[Asking, may(Permission.platforms_change)]
KeyReader = Annotated[Asking, may(Permission.keys_read)]
# Not `platforms_change`, which a machine may hold: a key that makes keys would outlive its own end.
KeyMaker = Annotated[Asking, may(Permission.keys_change)]


@router.post(
    "",
    operation_id="create_platform",
    response_model=PlatformMade,
    status_code=201,
    responses=problems.responses(SlugTaken, ChannelCodeTaken, CredentialUnusable),
)
async def create_platform(
    session: Writing, caller: Changer, response: Response, body: PlatformIn
) -> PlatformMade:
    """Make a platform known with the organization's merchant account there; its secret is shown once.

    WeChat Pay and Alipay, which sign with keys of their own, are told by `payment_terms`.
    """
    caller.must(at=body.organization_id)
    organization = await organizations.get(session, body.organization_id)
    platform, secret = await _make(session, organization, body)
    account = NewChannel(
        organization_id=organization.id,
        chart=organization.chart_version,
        code=body.merchant_account.code,
        name=body.merchant_account.name,
        kind=ChannelKind.merchant,
        platform_id=platform.id,
    )
    made = PlatformOut.of(platform, await channels.create(session, account))
    response.headers.update({"ETag": made.etag, "Cache-Control": "no-store"})
    return PlatformMade(secret=secret, **dict(made))


@router.get("", operation_id="list_platforms")
async def list_platforms(
    session: Reading, caller: Reader, asked: Annotated[PlatformQuery, Query()]
) -> Page[PlatformOut]:
    """List the platforms of the organizations that you can see, the newest first."""
    query = select(Platform).where(Platform.organization_id.in_(caller.visible()))
    if asked.organization_id:
        query = query.where(Platform.organization_id == asked.organization_id)
    if asked.disabled is not None:
        query = query.where(Platform.disabled_at.is_not(None) == asked.disabled)
    found = await pages.page(session, query, [Platform.id], asked, newest_first=True)
    theirs = select(Channel).where(Channel.platform_id.in_([platform.id for platform in found.items]))
    account = {channel.platform_id: channel for channel in await session.scalars(theirs)}
    items = [PlatformOut.of(one, account[one.id]) for one in found.items if one.id in account]
    return found.told(items)


@router.get("/{platform_id}", operation_id="read_platform")
async def read_platform(
    session: Reading, caller: Reader, response: Response, platform_id: UUID
) -> PlatformOut:
    """Read a platform; the `ETag` is what a change of it must name."""
    return await _told(session, await _asked_of(session, caller, platform_id), response)


@router.patch(
    "/{platform_id}",
    operation_id="change_platform",
    responses=problems.responses(VersionNotStated, VersionStale),
)
async def change_platform(
    session: Writing,
    caller: Changer,
    response: Response,
    platform_id: UUID,
    body: PlatformChange,
    if_match: IfMatch = None,
) -> PlatformOut:
    """Change a platform's name or rate, on the version that you read."""
    platform = await _held(session, caller, platform_id)
    before = await _told(session, platform, response)
    expect(if_match, int(before.etag.strip('"')))
    for name, value in body.model_dump(exclude_none=True).items():
        setattr(platform, name, value)
    return await _told(session, platform, response)


@router.post(
    "/{platform_id}/secrets",
    operation_id="rotate_platform_secret",
    status_code=201,
    responses=problems.responses(PlatformSignsOtherwise),
)
async def rotate_secret(
    session: Writing, caller: Changer, response: Response, platform_id: UUID, body: RotationIn
) -> SecretOut:
    """Make a new secret, shown once; those before it stay live until the overlap ends."""
    platform = await _held(session, caller, platform_id)
    if platform.kind is not PlatformKind.standard:
        raise PlatformSignsOtherwise
    secret = await platforms.rotate_secret(session, platform, overlap=timedelta(hours=body.overlap_hours))
    response.headers["Cache-Control"] = "no-store"
    return SecretOut(secret=secret)


@router.post("/{platform_id}/disablement", operation_id="disable_platform")
async def disable_platform(
    session: Writing, caller: Changer, response: Response, platform_id: UUID
) -> PlatformOut:
    """Stop listening to a platform; it is answered as if it were unknown."""
    platform = await _held(session, caller, platform_id)
    platforms.disable(platform)
    return await _told(session, platform, response)


@router.delete("/{platform_id}/disablement", operation_id="enable_platform")
async def enable_platform(
    session: Writing, caller: Changer, response: Response, platform_id: UUID
) -> PlatformOut:
    """Listen to a platform again."""
    platform = await _held(session, caller, platform_id)
    platforms.enable(platform)
    return await _told(session, platform, response)


@router.post(
    "/{platform_id}/keys",
    operation_id="make_partner_key",
    status_code=201,
    responses=problems.responses(TermOutOfBounds),
)
async def make_key(
    session: Writing, caller: KeyMaker, response: Response, platform_id: UUID, body: PartnerKeyIn
) -> KeyMade:
    """Make a key with which the platform asks at `/v1/partner`; it is shown once."""
    platform = await _asked_of(session, caller, platform_id)
    key, spelling = await keys.make(
        session,
        platform,
        keys.Terms(KeyKind.partner, [Scope.partner], body.expires_at),
        name=body.name,
        made_by=caller.label,
    )
    response.headers["Cache-Control"] = "no-store"
    return KeyMade(key=KeyOut.model_validate(key), spelling=spelling)


@router.get("/{platform_id}/keys", operation_id="list_partner_keys", response_model=Page[KeyOut])
async def list_keys(
    session: Reading, caller: KeyReader, platform_id: UUID, paging: pages.Paging
) -> Slice[ApiKey]:
    """List a platform's keys, the newest first."""
    platform = await _asked_of(session, caller, platform_id)
    query = select(ApiKey).where(ApiKey.platform_id == platform.id)
    return await pages.page(session, query, [ApiKey.id], paging, newest_first=True)


@router.delete("/{platform_id}/keys/{key_id}", operation_id="revoke_partner_key", response_model=KeyOut)
async def revoke_key(session: Writing, caller: KeyMaker, platform_id: UUID, key_id: UUID) -> ApiKey:
    """Let a platform's key stop working at once."""
    platform = await _asked_of(session, caller, platform_id)
    key = await session.get(ApiKey, key_id)
    if key is None or key.platform_id != platform.id:
        raise OutOfSight
    keys.revoke(key, by=caller.label)
    return key


async def _make(
    session: WriteSession, organization: Organization, body: PlatformIn
) -> tuple[Platform, str | None]:
    said = body.payment_terms
    if said is None:
        return await platforms.create(session, organization, slug=body.slug, name=body.name)
    terms = credentials.terms(said)
    platform = await platforms.enrol(session, organization, terms, slug=body.slug, name=body.name)
    await credentials.add_all(session, platform, said)
    return platform, None


async def _asked_of(session: ReadSession, caller: Asking, platform_id: UUID) -> Platform:
    platform = await platforms.get(session, platform_id)
    caller.must(at=platform.organization_id)
    return platform


async def _held(session: WriteSession, caller: Asking, platform_id: UUID) -> Platform:
    platform = await _asked_of(session, caller, platform_id)
    # Held until the end: of two who change the same version one is told that it is stale.
    await session.refresh(platform, with_for_update=True)
    return platform


async def _told(session: ReadSession, platform: Platform, response: Response) -> PlatformOut:
    told = PlatformOut.of(platform, await channels.of_platform(session, platform.id))
    response.headers["ETag"] = told.etag
    return told
