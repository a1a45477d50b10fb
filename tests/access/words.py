"""Words that several tables use: groups of roles and scopes."""

PUBLIC, SIGNED_IN = "public", "signed_in"
ROLES = (
    "admin accountant reviewer cashier fundraising_officer project_officer volunteer_coordinator"
    " disclosure_officer auditor viewer"
)
EVERYBODY = f"{ROLES} audit organizations accounting fundraising projects volunteers disclosure"
APPROVING = (
    "admin accountant reviewer cashier fundraising_officer project_officer volunteer_coordinator"
    " disclosure_officer"
)
FINANCIAL = "accountant reviewer cashier disclosure_officer auditor audit accounting"
CHANNELS = f"{FINANCIAL} admin fundraising_officer"
GIFTS = f"{FINANCIAL} fundraising_officer fundraising"
FUNDRAISERS = "acts: fundraising_officer fundraising"
PLATFORMS = "admin accountant fundraising_officer platforms"
PAGES = (
    *("/", "/campaigns/{code}", "/follow", "/follow/{lookup_code}", "/about", "/static/{name}"),
    *("/publications", "/publications/{publication_id}"),
    *("/projects", "/projects/{code}", "/organizations/{code}/statements/{period}.xlsx"),
    *("/organizations", "/organizations/{code}", "/certificates", "/certificates/{number}/{code}", "/data"),
    *("/organizations/{code}/briefs", "/organizations/{code}/briefs.{form}", "/organizations/{code}/ratios"),
    *("/events", "/events/{event_id}", "/news", "/complaints", "/complaints/{lookup_code}"),
    *("/events/{event_id}/sign-ups", "/events/{event_id}/sign-ups/{ticket}"),
    *("/robots.txt", "/sitemap.xml", "/favicon.ico"),
    "/v1/log",
)
