from tests.access.words import FINANCIAL, PUBLIC

_BOOKS = "GET /v1/audit/organizations/{organization_id}"

MAY = {
    "GET /v1/audit/journal": f"looks: {FINANCIAL}",
    "GET /v1/audit/export": f"looks: {FINANCIAL}",
    "GET /v1/audit/projects/{project_id}/audit-pack": f"looks: {FINANCIAL}",
    **{
        f"GET /v1/audit/organizations/{{organization_id}}/{door}": f"looks: {FINANCIAL}"
        for door in ("samples", "cut-off", "exceptions", "deliveries", "settlements", "settlement-lines")
    },
    "GET /v1/log/checkpoint": PUBLIC,
    "GET /v1/log/vkey": PUBLIC,
    "GET /v1/log/proof/{index}": PUBLIC,
    "GET /v1/log/tile/entries/{tile}": PUBLIC,
    "GET /v1/log/tile/{level}/{tile}": PUBLIC,
    "GET /v1/audit/organizations/{organization_id}/trial-balance": f"looks: {FINANCIAL}",
    "GET /v1/audit/organizations/{organization_id}/accounts": f"looks: {FINANCIAL}",
    "GET /v1/audit/organizations/{organization_id}/funds": f"looks: {FINANCIAL}",
    f"{_BOOKS}/statements/{{statement}}": f"looks: {FINANCIAL}",
    f"{_BOOKS}/account-balances": f"looks: {FINANCIAL}",
    f"{_BOOKS}/general-ledger": f"looks: {FINANCIAL}",
    f"{_BOOKS}/detail-ledger": f"looks: {FINANCIAL}",
    f"{_BOOKS}/chronological": f"looks: {FINANCIAL}",
    f"{_BOOKS}/late-entries": f"looks: {FINANCIAL}",
    f"{_BOOKS}/month-steps": f"looks: {FINANCIAL}",
}
