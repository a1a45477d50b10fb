from tests.access.words import FUNDRAISERS, GIFTS, PUBLIC

FUNDS = "accountant fundraising_officer accounting fundraising"

MAY = {
    "POST /v1/fundraising/orders": PUBLIC,
    "GET /v1/fundraising/orders": f"looks: {GIFTS}",
    "GET /v1/fundraising/orders/{number}": PUBLIC,
    "POST /v1/fundraising/plans": f"{FUNDRAISERS} accountant cashier",
    "GET /v1/fundraising/plans": f"looks: {GIFTS}",
    "GET /v1/fundraising/plans/unexpected-charges": f"looks: {GIFTS}",
    "GET /v1/fundraising/plans/{plan_id}": f"looks: {GIFTS}",
    "POST /v1/fundraising/plans/{plan_id}/changes": f"{FUNDRAISERS} accountant cashier",
    "POST /v1/fundraising/matching": f"acts: {FUNDS}",
    "GET /v1/fundraising/matching": f"looks: {GIFTS}",
    "GET /v1/fundraising/matching/{pool_id}": f"looks: {GIFTS}",
    "GET /v1/fundraising/matching/{pool_id}/matches": f"looks: {GIFTS}",
    "POST /v1/fundraising/matching/{pool_id}/runs": f"acts: {FUNDS}",
    "POST /v1/fundraising/matching/{pool_id}/payments": f"acts: {FUNDS}",
    "POST /v1/fundraising/matching/{pool_id}/closing": f"acts: {FUNDS}",
    "POST /v1/fundraising/pledges": f"{FUNDRAISERS} accountant cashier",
    "GET /v1/fundraising/pledges": f"looks: {GIFTS}",
    "GET /v1/fundraising/pledges/{pledge_id}": f"looks: {GIFTS}",
    "POST /v1/fundraising/pledges/{pledge_id}/payments": f"{FUNDRAISERS} accountant cashier",
    "POST /v1/fundraising/pledges/{pledge_id}/write-off": f"{FUNDRAISERS} accountant",
    "POST /v1/fundraising/fundraisers": FUNDRAISERS,
    "GET /v1/fundraising/fundraisers": f"looks: {GIFTS}",
    "GET /v1/fundraising/fundraisers/league": f"looks: {GIFTS}",
    "GET /v1/fundraising/fundraisers/{fundraiser_id}": f"looks: {GIFTS}",
    "POST /v1/fundraising/fundraisers/{fundraiser_id}/targets": FUNDRAISERS,
    "POST /v1/fundraising/fundraisers/{fundraiser_id}/closing": FUNDRAISERS,
    "POST /v1/fundraising/donations/{donation_id}/attribution": f"{FUNDRAISERS} accountant",
    "GET /v1/fundraising/teams/{code}": PUBLIC,
}
