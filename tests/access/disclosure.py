from tests.access.words import PAGES, PUBLIC

MAY = {
    "GET /v1/disclosure/campaigns": PUBLIC,
    "GET /v1/disclosure/campaigns/{code}": PUBLIC,
    "GET /v1/disclosure/campaigns/{code}/donations": PUBLIC,
    "GET /v1/disclosure/donations/{lookup_code}/trace": PUBLIC,
    "GET /v1/disclosure/donations/{lookup_code}/receipt-file": PUBLIC,
    "POST /v1/disclosure/traces": PUBLIC,
    "POST /follow": PUBLIC,
    **{f"{method} {path}": PUBLIC for path in PAGES for method in ("GET", "HEAD")},
}
