from tests.access.words import FINANCIAL, FUNDRAISERS, PUBLIC

GOODS = f"looks: {FINANCIAL} fundraising_officer project_officer fundraising"
RECORDERS = f"{FUNDRAISERS} project_officer"
VALUERS = "acts: accountant accounting"

MAY = {
    "GET /v1/fundraising/goods/warehouses": GOODS,
    "POST /v1/fundraising/goods/warehouses": RECORDERS,
    "POST /v1/fundraising/goods/warehouses/{warehouse_id}/closing": RECORDERS,
    "GET /v1/fundraising/goods/gifts": GOODS,
    "POST /v1/fundraising/goods/gifts": RECORDERS,
    "GET /v1/fundraising/goods/gifts/{gift_id}": GOODS,
    "POST /v1/fundraising/goods/gifts/{gift_id}/inspection": RECORDERS,
    "POST /v1/fundraising/goods/gifts/{gift_id}/valuations": VALUERS,
    "GET /v1/fundraising/goods/lots": GOODS,
    "GET /v1/fundraising/goods/lots/{lot_id}": GOODS,
    "GET /v1/fundraising/goods/handouts": GOODS,
    "POST /v1/fundraising/goods/handouts": RECORDERS,
    "GET /v1/fundraising/goods/handouts/{handout_id}": GOODS,
    "POST /v1/fundraising/goods/handouts/{handout_id}/receipt": RECORDERS,
    "GET /v1/fundraising/goods/imports/template": PUBLIC,
    "GET /v1/fundraising/goods/imports": GOODS,
    "POST /v1/fundraising/goods/imports": RECORDERS,
    "GET /v1/fundraising/goods/imports/{import_id}/rows": GOODS,
    "GET /v1/fundraising/collections": GOODS,
    "POST /v1/fundraising/collections": RECORDERS,
    "POST /v1/fundraising/collections/{collection_id}/voiding": RECORDERS,
    "GET /v1/fundraising/collections/points": GOODS,
    "POST /v1/fundraising/collections/points": RECORDERS,
    "POST /v1/fundraising/collections/points/{point_id}/closing": RECORDERS,
    "GET /v1/fundraising/collections/disposals": GOODS,
    "POST /v1/fundraising/collections/disposals": RECORDERS,
    "GET /v1/fundraising/collections/years": GOODS,
    "GET /v1/fundraising/goods/shipments": GOODS,
    "POST /v1/fundraising/goods/shipments": RECORDERS,
    "GET /v1/fundraising/goods/shipments/{shipment_id}": GOODS,
    "POST /v1/fundraising/goods/shipments/{shipment_id}/receipt": RECORDERS,
    "GET /v1/fundraising/goods/disposals": GOODS,
    "POST /v1/fundraising/goods/disposals": RECORDERS,
}
