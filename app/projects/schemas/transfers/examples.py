"""Examples: what the API's document shows of transfers; nobody in them exists."""

from typing import Any

from app.projects.schemas.disbursements.examples import (
    AMOUNT,
    CHANNEL,
    COUNTERPARTY,
    ENTRY,
    FUND,
    OFFICER,
    PART,
)
from app.projects.schemas.register.examples import MOMENT, ORGANIZATION, OTHER, PARTNER, PROJECT

TRANSFER_ID = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a7001"
LINE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a7002"
NOTHING: dict[str, Any] = {"amount": 0, "currency": "CNY"}

TRANSFER_IN: dict[str, Any] = {
    "sender_id": ORGANIZATION,
    "receiver_id": PARTNER,
    "nature": "grant",
    "amount": AMOUNT,
    "purpose": "紫阳县慈安桥项目款",
    "fund_id": FUND,
}
TRANSFER: dict[str, Any] = TRANSFER_IN | {
    "id": TRANSFER_ID,
    "code": "T7K2M9Q4XA1",
    "state": "sent",
    "requested_by": OFFICER,
    "mandate_id": None,
    "receiver_fund_id": None,
    "receiver_mandate_id": None,
    "sent_on": "2026-05-02",
    "received_on": None,
    "days_in_transit": 3,
    "account": None,
    "returned": NOTHING,
    "created_at": MOMENT,
}
DETAIL: dict[str, Any] = TRANSFER | {"allowed_actions": ["receive"]}
SENDING_IN: dict[str, Any] = {"channel_id": CHANNEL, "sent_on": "2026-05-02"}
RECEIPT_IN: dict[str, Any] = {"channel_id": CHANNEL, "received_on": "2026-05-04", "fund_id": FUND}
ACCOUNT_IN: dict[str, Any] = {"fund_id": FUND, "content": "已完成桥基施工，附决算"}
RETURN_IN: dict[str, Any] = {
    "channel_id": CHANNEL,
    "amount": PART,
    "sent_on": "2026-06-01",
    "reason": "工程结余",
}
RETURN: dict[str, Any] = {
    "id": OTHER,
    "transfer_id": TRANSFER_ID,
    "amount": PART,
    "sent_on": "2026-06-01",
    "reason": "工程结余",
    "given_by": OFFICER,
    "received_on": None,
    "received_by": None,
    "created_at": MOMENT,
}
STATION: dict[str, Any] = {
    "where": "paid_on",
    "amount": PART,
    "organization_id": PARTNER,
    "since": "2026-05-10",
    "days": 12,
    "fund_id": FUND,
    "project_id": PROJECT,
    "counterparty_id": COUNTERPARTY,
    "entry_id": ENTRY,
}
REACH: dict[str, Any] = {
    "id": TRANSFER_ID,
    "code": "T7K2M9Q4XA1",
    "sender_id": ORGANIZATION,
    "receiver_id": PARTNER,
    "nature": "grant",
    "sent_on": "2026-05-02",
    "amount": AMOUNT,
    "arrived": {"amount": 2000000, "currency": "CNY"},
    "in_transit": NOTHING,
    "unspent": NOTHING,
    "paid_on": PART,
    "returning": NOTHING,
    "returned": NOTHING,
    "unclear": NOTHING,
    "stuck_since": "2026-05-10",
    "stuck_days": 12,
}
LINE_OUT: dict[str, Any] = {"line_id": LINE, "entry_id": ENTRY, "kind": "member_transfer"}
