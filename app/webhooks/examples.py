"""Examples: what the API document shows for platforms, their messages and their gifts."""

from typing import Any

Example = dict[str, Any]

_ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
_CHANNEL = "01997d5d-ac96-774b-bcce-b302099a8003"
_PLATFORM = "01997d5d-ac96-774b-bcce-b302099a8004"
_DONATION = "01997d5d-ac96-774b-bcce-b302099a8005"
_ENTRY = "01997d5d-ac96-774b-bcce-b302099a8006"
_DELIVERY = "01997d5d-ac96-774b-bcce-b302099a8007"
_LOOKUP_CODE = "7ZQ4M0T2V9KXC3HB5N8D"

PLATFORM: Example = {
    "id": _PLATFORM,
    "slug": "tencent",
    "kind": "standard",
    "payment_terms": None,
    "name": "腾讯公益",
    "organization_id": _ORGANIZATION,
    "merchant_account": {"id": _CHANNEL, "code": "tencent", "name": "腾讯公益商户号 1900001"},
    "rate_per_second": 2000,
    "disabled_at": None,
    "created_at": "2026-01-05T01:00:00Z",
}
PLATFORM_MADE: Example = PLATFORM | {"secret": "whsec_c2VjcmV0"}
PARTNER_DELIVERY: Example = {
    "id": _DELIVERY,
    "event_id": "msg_20260501_000001",
    "type": "donation.succeeded",
    "outcome": "posted",
    "accepted": True,
    "problem": None,
    "received_at": "2026-05-01T00:00:00Z",
    "signed_at": "2026-05-01T00:00:00Z",
    "donation_id": _DONATION,
    "entry_id": _ENTRY,
    "lookup_code": _LOOKUP_CODE,
}
DELIVERY: Example = PARTNER_DELIVERY | {"platform_id": _PLATFORM}
DELIVERY_IN_FULL: Example = DELIVERY | {
    "body": '{"type": "donation.succeeded", "timestamp": "2026-05-01T08:00:00+08:00", "data": {}}',
    "body_encoding": "utf-8",
}
PARTNER_CAMPAIGN: Example = {
    "code": "SX-2026-BRIDGE",
    "title": "慈安桥",
    "purpose": "为山区村庄修建便民桥",
    "filing_no": "53610000MJX00001-A26001",
    "starts_on": "2026-01-01",
    "ends_on": None,
    "designations": [{"code": "main", "title": "慈安桥建设", "is_default": True}],
}
PARTNER_DONATION: Example = {
    "donation_id": "T-20260501-000001",
    "id": _DONATION,
    "state": "posted",
    "campaign": "SX-2026-BRIDGE",
    "amount": {"amount": 5000, "currency": "CNY"},
    "refunded": {"amount": 0, "currency": "CNY"},
    "donated_at": "2026-04-30T23:59:58Z",
    "received_at": "2026-05-01T00:00:00Z",
    "entry_id": _ENTRY,
    "lookup_code": _LOOKUP_CODE,
}
TERMS: Example = {
    "kind": "alipay",
    "app_id": "2021000000000001",
    "merchant_no": "2088000000000001",
    "public_key": {"key": "-----BEGIN PUBLIC KEY-----\n...\n-----END PUBLIC KEY-----", "serial": None},
    "api_v3_key": None,
}
CREDENTIAL_IN: Example = {"public_key": TERMS["public_key"] | {"serial": "PUB_KEY_ID_01190000100000"}}
CREDENTIAL: Example = {
    "id": "01997d5d-ac96-774b-bcce-b302099a8008",
    "purpose": "verifies",
    "serial": "PUB_KEY_ID_01190000100000",
    "expires_at": None,
    "created_at": "2026-01-05T01:00:00Z",
}
