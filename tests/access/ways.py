from tests.access.words import GIFTS, PUBLIC

MAY = {
    "POST /v1/fundraising/orders": PUBLIC,
    "GET /v1/fundraising/orders": f"looks: {GIFTS}",
    "GET /v1/fundraising/orders/{number}": PUBLIC,
}
