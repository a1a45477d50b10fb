from tests.access.words import FUNDRAISERS, GIFTS, ROLES

MAY = {
    "GET /v1/fundraising/campaigns": f"looks: {ROLES} audit accounting fundraising",
    "POST /v1/fundraising/campaigns": FUNDRAISERS,
    "GET /v1/fundraising/campaigns/{campaign_id}": f"looks: {ROLES} audit accounting fundraising",
    "PATCH /v1/fundraising/campaigns/{campaign_id}": FUNDRAISERS,
    "POST /v1/fundraising/campaigns/{campaign_id}/designations": FUNDRAISERS,
    "POST /v1/fundraising/campaigns/{campaign_id}/opening": FUNDRAISERS,
    "POST /v1/fundraising/campaigns/{campaign_id}/closing": FUNDRAISERS,
    "POST /v1/fundraising/campaigns/{campaign_id}/donations": f"{FUNDRAISERS} accountant cashier",
    "POST /v1/fundraising/campaigns/{campaign_id}/donations/batch": f"{FUNDRAISERS} accountant cashier",
    "GET /v1/fundraising/donations": f"looks: {GIFTS}",
    "GET /v1/fundraising/donations/{donation_id}": f"looks: {GIFTS}",
    "POST /v1/fundraising/donations/{donation_id}/corrections": f"{FUNDRAISERS} accountant",
    "POST /v1/fundraising/donations/{donation_id}/claim": f"{FUNDRAISERS} accountant",
    "POST /v1/fundraising/donations/{donation_id}/refunds": "acts: accountant fundraising",
    "GET /v1/fundraising/suspense": f"looks: {GIFTS}",
    "GET /v1/fundraising/refunds": f"looks: {GIFTS}",
    "GET /v1/fundraising/disputes": f"looks: {GIFTS}",
}
