from tests.access.words import PLATFORMS

MAY = {
    "GET /v1/platforms": f"looks: {PLATFORMS}",
    "POST /v1/platforms": "acts: admin platforms",
    "GET /v1/platforms/{platform_id}": f"looks: {PLATFORMS}",
    "PATCH /v1/platforms/{platform_id}": "acts: admin platforms",
    "POST /v1/platforms/{platform_id}/secrets": "acts: admin platforms",
    "POST /v1/platforms/{platform_id}/disablement": "acts: admin platforms",
    "DELETE /v1/platforms/{platform_id}/disablement": "acts: admin platforms",
    "GET /v1/platforms/{platform_id}/credentials": f"looks: {PLATFORMS}",
    "POST /v1/platforms/{platform_id}/credentials": "acts: admin platforms",
    "DELETE /v1/platforms/{platform_id}/credentials/{credential_id}": "acts: admin platforms",
    "GET /v1/platforms/{platform_id}/keys": "looks: admin",
    "POST /v1/platforms/{platform_id}/keys": "acts: admin",
    "DELETE /v1/platforms/{platform_id}/keys/{key_id}": "acts: admin",
    "GET /v1/deliveries": "looks: admin accountant reviewer platforms",
    "GET /v1/deliveries/{delivery_id}": "looks: admin accountant reviewer platforms",
    "POST /v1/deliveries/{delivery_id}/replay": "acts: admin accountant platforms",
    "GET /v1/partner/campaigns": "looks: partner",
    "GET /v1/partner/donations/{donation_id}": "looks: partner",
    "GET /v1/partner/deliveries": "looks: partner",
    "POST /v1/partner/settlements": "acts: partner",
}
