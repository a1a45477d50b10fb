"""Providers: who turns an order into what a payer's device needs to pay it."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import select

from app.accounting.models import Channel
from app.fundraising.gifts import Giver
from app.fundraising.models import Campaign
from app.fundraising.ways.errors import PlatformNotForCampaign, ProviderMissing
from app.kit.database import ReadSession
from app.kit.facts import fact
from app.organizations.models import Platform

PROVIDERS = "payment_providers"
"""Where a session carries the providers, by the slug of their platform (app/wiring.py hands them down)."""


@fact(kw_only=True)
class Payable:
    """An order as its provider sees it: what to collect, under which number, and what was said with it."""

    number: str
    campaign: str
    amount: int
    designation: str | None
    giver: Giver
    message: str | None
    receipt: Mapping[str, str]


Provider = Callable[[Payable], Mapping[str, Any]]
"""Returns the payment parameters of an order, at once and without asking anybody over the network.

A provider that has to ask (WeChat's prepay_id) asks before the transaction begins; none of ours does.
"""


def of(session: ReadSession, slug: str) -> Provider:
    """Return the provider of a platform, or refuse."""
    provider = cast("Mapping[str, Provider]", session.info.get(PROVIDERS, {})).get(slug)
    if provider is None:
        raise ProviderMissing(platform=slug)
    return provider


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


def sandbox(order: Payable) -> Mapping[str, Any]:
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
    return {
        "type": "donation.succeeded",
        "data": {name: value for name, value in data.items() if value is not None},
    }
