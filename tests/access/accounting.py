from tests.access.words import CHANNELS

MAY = {
    "GET /v1/accounting/channels": f"looks: {CHANNELS}",
    "POST /v1/accounting/channels": "acts: accountant accounting",
    "GET /v1/accounting/channels/{channel_id}": f"looks: {CHANNELS}",
    "POST /v1/accounting/channels/{channel_id}/closing": "acts: accountant accounting",
}
