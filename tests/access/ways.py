from tests.access.words import FUNDRAISERS, GIFTS, PUBLIC

MAY = {
    "POST /v1/fundraising/orders": PUBLIC,
    "GET /v1/fundraising/orders": f"looks: {GIFTS}",
    "GET /v1/fundraising/orders/{number}": PUBLIC,
    "POST /v1/fundraising/plans": f"{FUNDRAISERS} accountant cashier",
    "GET /v1/fundraising/plans": f"looks: {GIFTS}",
    "GET /v1/fundraising/plans/unexpected-charges": f"looks: {GIFTS}",
    "GET /v1/fundraising/plans/{plan_id}": f"looks: {GIFTS}",
    "POST /v1/fundraising/plans/{plan_id}/changes": f"{FUNDRAISERS} accountant cashier",
}
