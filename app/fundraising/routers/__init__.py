"""The doors of fundraising."""

from fastapi import APIRouter

from app.fundraising.routers import (
    agreements,
    archives,
    bank,
    campaigns,
    cash,
    certificates,
    corrections,
    donation_certificates,
    donations,
    emergencies,
    filings,
    goods,
    me,
    partners,
    plan_changes,
    receipts,
    refunds,
    registers,
    settlements,
    trusts,
    ways,
)

router = APIRouter()
for door in (
    *(campaigns, filings, plan_changes, archives, certificates, emergencies),
    *(partners, agreements, trusts, registers),
    *(donations, corrections, refunds, bank, cash, settlements, me, ways),
    *(receipts, donation_certificates),
    goods,
):
    router.include_router(door.router)
router.include_router(settlements.payout)

__all__ = ["router"]
