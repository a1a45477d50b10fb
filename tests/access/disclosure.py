from tests.access.words import PAGES, PUBLIC, ROLES

LOOKS = f"looks: {ROLES} audit accounting disclosure"
ACTS = "acts: disclosure_officer disclosure"
_OBLIGATION = "/v1/disclosure/obligations/{obligation_id}"

MAY = {
    "GET /v1/disclosure/campaigns": PUBLIC,
    "GET /v1/disclosure/campaigns/{code}": PUBLIC,
    "GET /v1/disclosure/campaigns/{code}/donations": PUBLIC,
    "GET /v1/disclosure/projects": PUBLIC,
    "GET /v1/disclosure/projects/{code}": PUBLIC,
    "GET /v1/disclosure/projects/{code}/funding": PUBLIC,
    "GET /v1/disclosure/projects/{code}/sites": PUBLIC,
    "GET /v1/disclosure/open-data": PUBLIC,
    "GET /v1/disclosure/open-data/{dataset}.csv": PUBLIC,
    "GET /v1/disclosure/open-data/{dataset}.jsonl": PUBLIC,
    "GET /v1/disclosure/donations/{lookup_code}/trace": PUBLIC,
    "GET /v1/disclosure/donations/{lookup_code}/receipt-file": PUBLIC,
    "POST /v1/disclosure/traces": PUBLIC,
    "GET /v1/disclosure/rules": LOOKS,
    "GET /v1/disclosure/thresholds": LOOKS,
    "POST /v1/disclosure/thresholds": ACTS,
    "GET /v1/disclosure/obligations": LOOKS,
    "GET /v1/disclosure/obligations.ics": LOOKS,
    f"GET {_OBLIGATION}": LOOKS,
    f"POST {_OBLIGATION}/preparation": ACTS,
    f"POST {_OBLIGATION}/filings": ACTS,
    f"POST {_OBLIGATION}/filings/{{filing_id}}/withdrawal": ACTS,
    f"POST {_OBLIGATION}/overrides": ACTS,
    "GET /v1/disclosure/organizations/{organization_id}/late": PUBLIC,
    "GET /v1/disclosure/organizations/{organization_id}/annual-figures/{year}": PUBLIC,
    "GET /v1/disclosure/organizations/{organization_id}/ratios/{year}": PUBLIC,
    "GET /v1/disclosure/organizations/{organization_id}/ratios/{year}/forecast": LOOKS,
    "GET /v1/disclosure/organizations/{organization_id}/briefs": PUBLIC,
    "GET /v1/disclosure/organizations/{organization_id}/statements/{period}": PUBLIC,
    "POST /follow": PUBLIC,
    "POST /complaints": PUBLIC,
    "POST /events/{event_id}/sign-ups": PUBLIC,
    "POST /events/{event_id}/sign-ups/{ticket}": PUBLIC,
    **{f"{method} {path}": PUBLIC for path in PAGES for method in ("GET", "HEAD")},
}
