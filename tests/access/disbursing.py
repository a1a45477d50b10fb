from tests.access.words import APPROVING, ROLES

LOOKS = f"looks: {ROLES} audit accounting projects"
ACTS = "acts: project_officer projects"
SECOND = "acts: reviewer"
PAYS = "acts: cashier"
REQUESTS = f"looks: {APPROVING} auditor audit accounting"
_SENT = "/v1/projects/transfers/{transfer_id}"
_PAID = "/v1/projects/disbursements/{disbursement_id}"

MAY = {
    "POST /v1/projects/transfers": ACTS,
    "GET /v1/projects/transfers": LOOKS,
    f"GET {_SENT}": LOOKS,
    f"GET {_SENT}/steps": LOOKS,
    f"GET {_SENT}/last-mile": LOOKS,
    "GET /v1/projects/last-mile": LOOKS,
    f"POST {_SENT}/withdrawal": ACTS,
    f"POST {_SENT}/account": ACTS,
    f"POST {_SENT}/sending": PAYS,
    f"POST {_SENT}/receipt": PAYS,
    f"POST {_SENT}/settlement": SECOND,
    f"POST {_SENT}/returns": PAYS,
    f"GET {_SENT}/returns": LOOKS,
    f"POST {_SENT}/returns/{{return_id}}/receipt": PAYS,
    "POST /v1/projects/bank-lines/{line_id}/transfer": "acts: accountant accounting",
    "POST /v1/projects/bank-lines/{line_id}/return": "acts: accountant accounting",
    "POST /v1/projects/disbursements": ACTS,
    "GET /v1/projects/disbursements": LOOKS,
    f"GET {_PAID}": LOOKS,
    f"GET {_PAID}/steps": LOOKS,
    f"GET {_PAID}/sources": LOOKS,
    **{f"POST {_PAID}/{step}": ACTS for step in ("withdrawal", "confirmation", "evidence", "arrivals")},
    f"POST {_PAID}/signed-lists": ACTS,
    f"GET {_PAID}/signed-lists": LOOKS,
    f"GET {_PAID}/signed-lists/{{list_id}}/rows": "looks: project_officer projects",
    f"POST {_PAID}/reports": ACTS,
    f"GET {_PAID}/reports": LOOKS,
    f"POST {_PAID}/reports/{{report_id}}/acceptance": SECOND,
    f"POST {_PAID}/reports/{{report_id}}/refusal": SECOND,
    f"POST {_PAID}/returns": PAYS,
    f"GET {_PAID}/returns": LOOKS,
    "POST /v1/projects/payment-orders": PAYS,
    "GET /v1/projects/payment-orders": LOOKS,
    "GET /v1/projects/payment-orders/{order_id}": LOOKS,
    "GET /v1/projects/payment-orders/{order_id}/file": PAYS,
    "POST /v1/projects/payment-orders/{order_id}/results": PAYS,
    "GET /v1/projects/payment-orders/{order_id}/unmatched-rows": LOOKS,
    "POST /v1/projects/payees/{counterparty_id}/accounts": ACTS,
    "GET /v1/projects/payees/{counterparty_id}/accounts": LOOKS,
    "GET /v1/projects/payee-accounts/{account_id}": SECOND,
    "POST /v1/projects/payee-accounts/{account_id}/confirmation": SECOND,
    "POST /v1/projects/payee-accounts/{account_id}/refusal": SECOND,
    "POST /v1/projects/payees/{counterparty_id}/relations": f"acts: {APPROVING}",
    "GET /v1/projects/payees/{counterparty_id}/relations": REQUESTS,
    "POST /v1/projects/payee-agreements": ACTS,
    "GET /v1/projects/payee-agreements": LOOKS,
    "GET /v1/projects/payee-agreements/{agreement_id}": LOOKS,
    "POST /v1/projects/payee-agreements/{agreement_id}/ending": ACTS,
}
