"""Messages: what a platform sends in the benchmarks, as events, as requests, and as the inbox reads them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime

from app.kit import signatures
from app.kit.clock import now
from app.webhooks import inbox
from app.webhooks.events import Message, Sender
from benchmarks import load
from tests.webhooks.platforms import Partner

RETURNS_AFTER = 1001
"""Odd gifts are given by whoever gave so many gifts before: half of the donors are new."""


def body(platform: Partner, number: int, campaign: str | None = None) -> bytes:
    """The event of one gift; its number makes it another one than all others."""
    known = number % 2 and number > RETURNS_AFTER
    giver = f"u_{number - RETURNS_AFTER if known else number}"
    event = platform.event(
        donation_id=f"T-{number}",
        campaign=campaign or platform.campaign.code,
        amount=100 + number * 7919 % 50_000,
        donor={"external_id": giver, "display_name": "爱心网友", "publish_consent": True},
    )
    return json.dumps(event, ensure_ascii=False).encode()


def requests(platform: Partner, numbers: Sequence[int]) -> list[bytes]:
    """Signed requests, to be sent within five minutes."""
    path = f"/v1/webhooks/{platform.platform.slug}"
    moment = int(now().timestamp())
    made: list[bytes] = []
    for number in numbers:
        said = body(platform, number)
        headers = {
            "webhook-id": f"msg_{number}",
            "webhook-timestamp": str(moment),
            "webhook-signature": signatures.sign(platform.secret, f"msg_{number}", moment, said),
            "content-type": "application/json",
        }
        made.append(load.post(path, headers, said))
    return made


def read(platform: Partner, numbers: Sequence[int], campaigns: Sequence[str] = ()) -> list[Message]:
    """Messages as the door hands them to the inbox; their gifts go round the campaigns."""
    sender = Sender(platform.platform.id, platform.platform.slug, platform.channel)
    signed_at = datetime.now(UTC)
    return [
        inbox.read(
            sender,
            body(platform, number, campaigns[number % len(campaigns)] if campaigns else None),
            event_id=f"msg_{number}",
            signed_at=signed_at,
        )
        for number in numbers
    ]
