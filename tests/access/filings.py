from tests.access.words import FUNDRAISERS, GIFTS, PLATFORMS, PUBLIC, ROLES

_CAMPAIGN = "/v1/fundraising/campaigns/{campaign_id}"
_PLAN = f"{_CAMPAIGN}/plan"
_LOOKS = f"looks: {ROLES} audit accounting fundraising"

MAY = {
    f"POST {_PLAN}": FUNDRAISERS,
    f"GET {_PLAN}": _LOOKS,
    f"PATCH {_PLAN}": FUNDRAISERS,
    f"GET {_PLAN}/checks": _LOOKS,
    f"GET {_PLAN}/form": _LOOKS,
    f"POST {_PLAN}/reviews": "acts: admin reviewer",
    f"POST {_PLAN}/submission": FUNDRAISERS,
    f"POST {_PLAN}/return": FUNDRAISERS,
    f"POST {_PLAN}/filing": FUNDRAISERS,
    f"POST {_PLAN}/changes": FUNDRAISERS,
    f"GET {_PLAN}/changes": _LOOKS,
    f"POST {_PLAN}/changes/{{change_id}}/consent": FUNDRAISERS,
    f"POST {_PLAN}/changes/{{change_id}}/filing": FUNDRAISERS,
    f"POST {_PLAN}/changes/{{change_id}}/publication": FUNDRAISERS,
    f"POST {_CAMPAIGN}/documents": FUNDRAISERS,
    f"GET {_CAMPAIGN}/archive": _LOOKS,
    f"GET {_CAMPAIGN}/notice": PUBLIC,
    f"POST {_CAMPAIGN}/local-filings": FUNDRAISERS,
    f"GET {_CAMPAIGN}/local-filings": _LOOKS,
    f"POST {_CAMPAIGN}/invitations": FUNDRAISERS,
    f"GET {_CAMPAIGN}/invitations": _LOOKS,
    "POST /v1/fundraising/certificates": "acts: admin",
    "GET /v1/fundraising/certificates": _LOOKS,
    "POST /v1/fundraising/certificates/{certificate_id}/revocation": "acts: admin",
    "POST /v1/fundraising/platforms/{platform_id}/standings": "acts: admin platforms",
    "POST /v1/fundraising/platforms/{platform_id}/standings/{standing_id}/end": "acts: admin platforms",
    "GET /v1/fundraising/platform-standings": f"looks: {PLATFORMS}",
    "GET /v1/fundraising/irregular-days": f"looks: {GIFTS}",
    "GET /v1/fundraising/irregular-gifts": f"looks: {GIFTS}",
    "POST /v1/fundraising/emergencies": FUNDRAISERS,
    "GET /v1/fundraising/emergencies": PUBLIC,
    "POST /v1/fundraising/emergencies/{emergency_id}/closing": FUNDRAISERS,
}
