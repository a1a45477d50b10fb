from tests.access.words import FINANCIAL, GIFTS, PUBLIC, ROLES

AT = "/v1/onboarding/organizations/{organization_id}"
MAY = {
    "GET /v1/onboarding/template": PUBLIC,
    f"POST {AT}": "acts: admin",
    f"GET {AT}": f"looks: {FINANCIAL}",
    f"POST {AT}/in-transit/{{number}}/arrivals": "acts: accountant accounting",
    f"GET {AT}/carried-gifts": f"looks: {GIFTS}",
    f"GET {AT}/carried-campaigns": f"looks: {ROLES} audit accounting fundraising",
}
