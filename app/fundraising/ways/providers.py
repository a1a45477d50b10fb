"""Providers: who turns an order into what a payer's device needs to pay it."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import select

from app.accounting.models import Channel
from app.fundraising.models import Campaign
from app.fundraising.paying import alipay, wechat_pay
from app.fundraising.paying.errors import ProviderMissing
from app.fundraising.paying.payables import Asking, Gates, Merchant, Payable, Provider, ready
from app.fundraising.ways.errors import PlatformNotForCampaign
from app.kit.database import ReadSession
from app.organizations import platforms
from app.organizations.models import Platform, PlatformKind

PROVIDERS = "payment_providers"
"""Where a session carries the providers, by the slug of their platform (app/wiring.py hands them down)."""


GATES = "payment_gates"
"""Where a session carries how payment platforms are reached (settings)."""

OF_KIND: Mapping[PlatformKind, Provider] = {
    PlatformKind.wechat_pay: wechat_pay.prepare,
    PlatformKind.alipay: alipay.prepare,
}
"""Who makes payment parameters for the platforms that sign with keys of their own."""


async def asking(session: ReadSession, platform: Platform, order: Payable) -> Asking:
    """Return what asks a platform to collect an order, to be called after the transaction.

    Raises ProviderMissing without a provider or a key to ask with, and PaymentMethodUnfit.
    """
    provider = OF_KIND.get(platform.kind)
    if provider is not None:
        return provider(order, await _merchant(session, platform))
    named = cast("Mapping[str, Provider]", session.info.get(PROVIDERS, {})).get(platform.slug)
    if named is None:
        raise ProviderMissing(platform=platform.slug)
    return named(order, None)


async def _merchant(session: ReadSession, platform: Platform) -> Merchant:
    keyring, key = await platforms.keyring(session, platform), await platforms.asking_key(session, platform)
    if keyring is None or key is None:
        raise ProviderMissing(platform=platform.slug)
    gates = cast("Gates", session.info.get(GATES, Gates()))
    return Merchant(
        keyring=keyring,
        serial=key[0],
        key=key[1],
        gates=gates,
        notify_url=f"{gates.ours}/v1/webhooks/{platform.slug}",
    )


async def collecting(session: ReadSession, campaign: Campaign, slug: str) -> tuple[Channel, Platform]:
    """Return the account and the platform that collect for a campaign's organization, or refuse."""
    query = (
        select(Channel, Platform)
        .join(Platform, Platform.id == Channel.platform_id)
        .where(Platform.slug == slug, Platform.disabled_at.is_(None), Channel.closed_at.is_(None))
        .where(Channel.organization_id == campaign.organization_id)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        raise PlatformNotForCampaign(platform=slug)
    return found[0], found[1]


def sandbox(order: Payable, _merchant: Merchant | None) -> Asking:
    """Return what the demo's platform is to tell once the order is paid: the event's type and data.

    The platform adds `donated_at` and signs; its `donation_id` is the order's number.
    """
    giver = order.giver
    donor = {
        "display_name": giver.name,
        "kind": giver.kind.value,
        "anonymous": giver.anonymous,
        "consent": {
            "name": giver.show_name,
            "amount": giver.show_amount,
            "message": giver.show_message,
            "photo": False,
        },
    }
    data = {
        "donation_id": order.number,
        "campaign": order.campaign,
        "amount": order.amount,
        "currency": "CNY",
        "designation": order.designation,
        "donor": {name: value for name, value in donor.items() if value is not None},
        "message": order.message,
        "receipt_request": dict(order.receipt) or None,
    }
    told = {name: value for name, value in data.items() if value is not None}
    return ready({"type": "donation.succeeded", "data": told})
