from tests.access.words import FUNDRAISERS, GIFTS, ROLES

_PARTNERS = "/v1/fundraising/campaigns/{campaign_id}/partners"
_AGREEMENTS, _TRUSTS = "/v1/fundraising/agreements", "/v1/fundraising/trusts"
_LOOKS = f"looks: {ROLES} audit accounting fundraising"

MAY = {
    f"POST {_PARTNERS}": FUNDRAISERS,
    f"GET {_PARTNERS}": _LOOKS,
    f"POST {_PARTNERS}/{{partner_id}}/agreement": FUNDRAISERS,
    f"POST {_PARTNERS}/{{partner_id}}/end": FUNDRAISERS,
    f"POST {_PARTNERS}/{{partner_id}}/supervisions": FUNDRAISERS,
    f"GET {_PARTNERS}/{{partner_id}}/supervisions": _LOOKS,
    f"POST {_AGREEMENTS}": FUNDRAISERS,
    f"GET {_AGREEMENTS}": f"looks: {GIFTS}",
    f"GET {_AGREEMENTS}/{{agreement_id}}": f"looks: {GIFTS}",
    f"POST {_AGREEMENTS}/{{agreement_id}}/review": "acts: admin reviewer",
    f"POST {_AGREEMENTS}/{{agreement_id}}/signature": FUNDRAISERS,
    f"POST {_AGREEMENTS}/{{agreement_id}}/commendation": FUNDRAISERS,
    f"POST {_TRUSTS}": FUNDRAISERS,
    f"GET {_TRUSTS}": f"looks: {GIFTS}",
    f"GET {_TRUSTS}/{{trust_id}}": f"looks: {GIFTS}",
    f"POST {_TRUSTS}/{{trust_id}}/trustees": FUNDRAISERS,
    f"POST {_TRUSTS}/{{trust_id}}/trustees/{{trusteeship_id}}/filing": FUNDRAISERS,
    f"POST {_TRUSTS}/{{trust_id}}/publication": FUNDRAISERS,
    f"POST {_TRUSTS}/{{trust_id}}/reports": FUNDRAISERS,
    f"GET {_TRUSTS}/{{trust_id}}/reports": f"looks: {GIFTS}",
    "POST /v1/fundraising/named-funds": f"{FUNDRAISERS} accountant accounting",
    "GET /v1/fundraising/named-funds": _LOOKS,
    "POST /v1/fundraising/needs": FUNDRAISERS,
    "GET /v1/fundraising/needs": _LOOKS,
    "POST /v1/fundraising/needs/{need_id}/end": FUNDRAISERS,
    "POST /v1/fundraising/love-supermarkets": FUNDRAISERS,
    "GET /v1/fundraising/love-supermarkets": _LOOKS,
    "POST /v1/fundraising/love-supermarkets/{supermarket_id}/closing": FUNDRAISERS,
}
