from tests.access.words import CHANNELS, FINANCIAL

_BOOKS = "GET /v1/accounting/organizations/{organization_id}"

MAY = {
    "GET /v1/accounting/channels": f"looks: {CHANNELS}",
    "POST /v1/accounting/channels": "acts: accountant accounting",
    "GET /v1/accounting/channels/{channel_id}": f"looks: {CHANNELS}",
    "POST /v1/accounting/channels/{channel_id}/closing": "acts: accountant accounting",
    f"{_BOOKS}/statements/{{statement}}": f"looks: {FINANCIAL}",
    f"{_BOOKS}/account-balances": f"looks: {FINANCIAL}",
    f"{_BOOKS}/general-ledger": f"looks: {FINANCIAL}",
    f"{_BOOKS}/detail-ledger": f"looks: {FINANCIAL}",
    f"{_BOOKS}/chronological": f"looks: {FINANCIAL}",
    f"{_BOOKS}/late-entries": f"looks: {FINANCIAL}",
}
