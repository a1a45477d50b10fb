from tests.access.words import FINANCIAL

RECORDS, REVIEWS, POSTS = "acts: accountant accounting", "acts: reviewer", "acts: accountant reviewer"
VOUCHERS = "/v1/accounting/vouchers"
NUMBERED, SCHEDULES = "/v1/accounting/numbered-vouchers", "/v1/accounting/voucher-schedules"
AT = "/v1/accounting/organizations/{organization_id}"
BUDGETS = "/v1/accounting/organizations/{organization_id}/budgets"
LETTERS = "/v1/accounting/organizations/{organization_id}/letters"

MAY = {
    "GET /v1/accounting/voucher-templates": f"looks: {FINANCIAL}",
    f"GET {VOUCHERS}": f"looks: {FINANCIAL}",
    f"POST {VOUCHERS}": RECORDS,
    f"GET {VOUCHERS}/{{voucher_id}}": f"looks: {FINANCIAL}",
    f"PUT {VOUCHERS}/{{voucher_id}}": RECORDS,
    f"POST {VOUCHERS}/{{voucher_id}}/submission": RECORDS,
    f"POST {VOUCHERS}/{{voucher_id}}/withdrawal": RECORDS,
    f"POST {VOUCHERS}/{{voucher_id}}/review": REVIEWS,
    f"POST {VOUCHERS}/{{voucher_id}}/return": REVIEWS,
    f"POST {VOUCHERS}/{{voucher_id}}/reversal": REVIEWS,
    f"POST {VOUCHERS}/{{voucher_id}}/posting": POSTS,
    f"POST {VOUCHERS}/reviews/batch": REVIEWS,
    f"POST {VOUCHERS}/postings/batch": POSTS,
    f"GET {NUMBERED}": f"looks: {FINANCIAL}",
    f"GET {NUMBERED}/pdf": f"looks: {FINANCIAL}",
    f"GET {NUMBERED}/{{number_id}}": f"looks: {FINANCIAL}",
    f"GET {NUMBERED}/{{number_id}}/entries": f"looks: {FINANCIAL}",
    f"GET {NUMBERED}/{{number_id}}/pdf": f"looks: {FINANCIAL}",
    f"GET {SCHEDULES}": f"looks: {FINANCIAL}",
    f"POST {SCHEDULES}": RECORDS,
    f"GET {SCHEDULES}/due": f"looks: {FINANCIAL}",
    f"GET {SCHEDULES}/{{schedule_id}}": f"looks: {FINANCIAL}",
    f"POST {SCHEDULES}/{{schedule_id}}/closing": RECORDS,
    "GET /v1/accounting/fixed-assets": f"looks: {FINANCIAL}",
    "POST /v1/accounting/fixed-assets": RECORDS,
    "GET /v1/accounting/fixed-assets/{asset_id}": f"looks: {FINANCIAL}",
    "POST /v1/accounting/fixed-assets/{asset_id}/disposal": RECORDS,
    f"GET {BUDGETS}": f"looks: {FINANCIAL}",
    f"POST {BUDGETS}": RECORDS,
    f"GET {BUDGETS}/{{year}}": f"looks: {FINANCIAL}",
    f"PUT {BUDGETS}/{{year}}/versions/{{number}}": RECORDS,
    f"POST {BUDGETS}/{{year}}/versions/{{number}}/approval": REVIEWS,
    "GET /v1/accounting/letter-fields": f"looks: {FINANCIAL}",
    f"GET {LETTERS}": f"looks: {FINANCIAL}",
    f"POST {LETTERS}": RECORDS,
    f"GET {LETTERS}/{{code}}": f"looks: {FINANCIAL}",
    f"POST {LETTERS}/{{code}}/pdf": RECORDS,
    "GET /v1/accounting/fund-moves": f"looks: {FINANCIAL}",
    "POST /v1/accounting/fund-moves": RECORDS,
    "GET /v1/accounting/fund-moves/{move_id}": f"looks: {FINANCIAL}",
    "POST /v1/accounting/fund-moves/{move_id}/approval": REVIEWS,
    "POST /v1/accounting/fund-moves/{move_id}/refusal": REVIEWS,
    "GET /v1/accounting/investments": f"looks: {FINANCIAL}",
    "POST /v1/accounting/investments": RECORDS,
    f"GET {AT}/account-mappings/{{program}}": f"looks: {FINANCIAL}",
    f"PUT {AT}/account-mappings/{{program}}": RECORDS,
    f"GET {AT}/voucher-exports": f"looks: {FINANCIAL}",
    f"POST {AT}/voucher-imports": RECORDS,
}
