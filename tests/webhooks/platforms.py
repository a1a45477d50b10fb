"""A platform that signs its messages, and an appeal that they are for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from httpx import AsyncClient, Response

from app.accounting import channels
from app.accounting.channels import NewChannel
from app.accounting.models import Channel, ChannelKind
from app.fundraising.models import Campaign
from app.kit import signatures
from app.kit.clock import now
from app.kit.database import WriteSession
from app.kit.ids import new_code
from app.organizations import organizations, platforms
from app.organizations.models import Organization, Platform, Tier
from app.organizations.organizations import Particulars
from tests.factories import fundraising as make


@dataclass(frozen=True, kw_only=True)
class Partner:
    """A platform with its secret, its merchant account at an organization, and an open campaign there."""

    organization: Organization
    platform: Platform
    secret: bytes
    channel: Channel
    campaign: Campaign

    def event(self, **data: Any) -> dict[str, Any]:
        body = {
            "donation_id": f"T-{new_code(12)}",
            "campaign": self.campaign.code,
            "amount": 5000,
            "currency": "CNY",
            "donated_at": "2026-05-01T07:59:58+08:00",
            "donor": {"external_id": "u_123", "display_name": "爱心网友", "publish_consent": True},
            "message": "加油",
        }
        return {"type": "donation.succeeded", "timestamp": "2026-05-01T08:00:00+08:00", "data": body | data}

    def refund(self, gift: dict[str, Any], amount: int | None = None, **data: Any) -> dict[str, Any]:
        body = {
            "refund_id": f"R-{new_code(12)}",
            "donation_id": gift["data"]["donation_id"],
            "amount": amount or gift["data"]["amount"],
            "currency": "CNY",
            "refunded_at": "2026-05-02T08:00:00+08:00",
            "reason": "donor_request",
        }
        return {"type": "donation.refunded", "timestamp": "2026-05-02T08:00:00+08:00", "data": body | data}

    def headers(
        self, body: bytes, *, event_id: str | None = None, at: datetime | None = None
    ) -> dict[str, str]:
        message_id, moment = event_id or f"msg_{new_code(16)}", int((at or now()).timestamp())
        return {
            "webhook-id": message_id,
            "webhook-timestamp": str(moment),
            "webhook-signature": signatures.sign(self.secret, message_id, moment, body),
            "content-type": "application/json",
        }

    async def post(
        self, client: AsyncClient, event: dict[str, Any] | bytes, *, event_id: str | None = None
    ) -> Response:
        body = event if isinstance(event, bytes) else json.dumps(event, ensure_ascii=False).encode()
        headers = self.headers(body, event_id=event_id)
        return await client.post(f"/v1/webhooks/{self.platform.slug}", content=body, headers=headers)


async def partner(
    session: WriteSession,
    *,
    slug: str | None = None,
    joined: Mapping[str, Any] | None = None,
    **over: Any,
) -> Partner:
    """A member with a platform; `joined` is what it is otherwise, `over` what its campaign is."""
    code = new_code(6)
    said: dict[str, Any] = {
        "code": f"6100{code}",
        "name": "陕西省慈善协会",
        "tier": Tier.province,
        "region_code": "610000",
        "books_from": date(2026, 1, 1),
    }
    organization = await organizations.create(session, Particulars(**(said | dict(joined or {}))))
    platform, secret = await platforms.create(
        session, organization, slug=slug or f"p-{code.lower()}", name="沙箱平台"
    )
    channel = await channels.create(
        session,
        NewChannel(
            organization_id=organization.id,
            chart=organization.chart_version,
            code="tencent",
            name="腾讯公益",
            kind=ChannelKind.merchant,
            platform_id=platform.id,
        ),
    )
    return Partner(
        organization=organization,
        platform=platform,
        secret=signatures.read_secret(secret),
        channel=channel,
        campaign=await make.campaign(session, organization.id, **over),
    )


SOON = datetime(2026, 5, 1, tzinfo=UTC)
