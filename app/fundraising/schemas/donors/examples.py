"""Examples: what the API document shows for the care for donors."""

from typing import Any

Example = dict[str, Any]

ORGANIZATION = "01997d5d-ac96-774b-bcce-b302099a8001"
DONATION = "01997d5d-ac96-774b-bcce-b302099a8005"
KEPT = "01997d5d-ac96-774b-bcce-b302099a8011"
MERGED = "01997d5d-ac96-774b-bcce-b302099a8012"
STAFF = "staff:01997d5d-ac96-774b-bcce-b302099a8013"
AT = "2026-05-06T02:30:00Z"

DONOR: Example = {
    "id": KEPT,
    "platform_id": "01997d5d-ac96-774b-bcce-b302099a8004",
    "kind": "individual",
    "name": "王**",
    "masked": True,
    "merged_count": 1,
    "gift_count": 3,
    "amount": {"amount": 15000, "currency": "CNY"},
    "refunded": {"amount": 0, "currency": "CNY"},
    "first_at": "2026-05-01T02:30:00Z",
    "last_at": AT,
}
DONOR_DETAIL: Example = DONOR | {
    "name": "王小明",
    "masked": False,
    "counts_as_id": KEPT,
    "merged_ids": [MERGED],
    "allowed_actions": ["merge", "note_contact"],
}
MERGE_IN: Example = {
    "organization_id": ORGANIZATION,
    "kept_id": KEPT,
    "merged_id": MERGED,
    "ground": "same_phone",
}
MERGE: Example = MERGE_IN | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8014",
    "merged_by": STAFF,
    "created_at": AT,
    "undone_at": None,
    "undone_by": None,
}
CONTACT_IN: Example = {
    "organization_id": ORGANIZATION,
    "way": "phone",
    "happened_at": AT,
    "words": "来电询问慈安桥进展，已告知查询方式。",
}
CONTACT: Example = CONTACT_IN | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8015",
    "donor_id": KEPT,
    "noted_by": STAFF,
    "created_at": AT,
}
THANKS_IN: Example = {"kind": "thanks", "way": "letter"}
THANKS: Example = THANKS_IN | {
    "id": "01997d5d-ac96-774b-bcce-b302099a8016",
    "organization_id": ORGANIZATION,
    "donation_id": DONATION,
    "told_by": STAFF,
    "created_at": AT,
}
