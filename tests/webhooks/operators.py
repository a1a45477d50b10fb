"""Whoever looks after a platform or asks for one: API keys with their scopes."""

from app.kit.database import WriteSession
from app.organizations import keys
from app.organizations.models import KeyKind, Organization, Platform, Scope
from tests.webhooks.platforms import Partner

Headers = dict[str, str]


async def operator(
    session: WriteSession, organization: Organization, scope: Scope = Scope.platforms
) -> Headers:
    """The Authorization header of a service of this organization."""
    return await _bearer(session, organization, keys.Terms(KeyKind.service, [scope]))


async def platform_key(session: WriteSession, partner: Partner) -> Headers:
    """The Authorization header of the platform itself."""
    return await _bearer(session, partner.platform, keys.Terms(KeyKind.partner, [Scope.partner]))


async def _bearer(session: WriteSession, mandate: Organization | Platform, terms: keys.Terms) -> Headers:
    _, spelling = await keys.make(session, mandate, terms, name="key", made_by="test")
    return {"Authorization": f"Bearer {spelling}"}
