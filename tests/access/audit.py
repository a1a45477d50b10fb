from tests.access.words import FINANCIAL

MAY = {
    "GET /v1/audit/organizations/{organization_id}/trial-balance": f"looks: {FINANCIAL}",
    "GET /v1/audit/organizations/{organization_id}/accounts": f"looks: {FINANCIAL}",
    "GET /v1/audit/organizations/{organization_id}/funds": f"looks: {FINANCIAL}",
}
