from tests.access.words import PUBLIC

MAY = {
    "GET /v1/onboarding/template": PUBLIC,
    "POST /v1/onboarding/organizations/{organization_id}": "acts: admin",
}
