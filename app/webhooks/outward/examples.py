"""Examples: what the API document shows for subscriptions and dispatches."""

from typing import Any

Example = dict[str, Any]

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_EVENT = "01997d5d-ac96-774b-bcce-b302099a8005"

SUBSCRIPTION_IN: Example = {
    "organization_id": _ORGANIZATION,
    "name": "省级公示平台",
    "url": "https://events.example.org/zhengxinlu",
    "event_types": ["donation.succeeded", "donation.refunded"],
    "with_subtree": True,
}
SUBSCRIPTION: Example = SUBSCRIPTION_IN | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8010",
    "attempt_count": 0,
    "failing_since_at": None,
    "next_attempt_at": "2026-05-01T00:00:00Z",
    "disabled_at": None,
    "disabled_because": None,
    "made_by": "staff:01997d5d-ac96-774b-bcce-b302099a8011",
    "created_at": "2026-05-01T00:00:00Z",
}
SUBSCRIPTION_MADE: Example = SUBSCRIPTION | {"secret": "whsec_c2VjcmV0"}
DISPATCH: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8012",
    "event_id": _EVENT,
    "type": "donation.succeeded",
    "organization_id": _ORGANIZATION,
    "occurred_at": "2026-05-01T00:00:01Z",
    "state": "delivered",
    "attempt_count": 2,
    "delivered_at": "2026-05-01T00:00:09Z",
    "asked_again_at": None,
    "begun_at": "2026-05-01T00:00:03Z",
}
DISPATCH_IN_FULL: Example = DISPATCH | {
    "body": '{"data":{"amount":5000},"timestamp":"2026-05-01T00:00:01+00:00","type":"donation.succeeded"}'
}
ATTEMPT: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8013",
    "attempted_at": "2026-05-01T00:00:09Z",
    "outcome": "accepted",
    "status_code": 204,
    "took_ms": 41,
    "again": False,
}
