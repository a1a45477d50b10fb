"""The doors of fundraising."""

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
    donors,
    emergencies,
    filings,
    goods,
    me,
    needs,
    partners,
    plan_changes,
    receipt_losses,
    receipts,
    refunds,
    registers,
    settlements,
    trusts,
    ways,
)
from app.kit.http.doors import joined

_DOORS = (
    *(campaigns, filings, plan_changes, archives, certificates, emergencies),
    *(partners, agreements, trusts, registers, needs),
    *(donations, corrections, refunds, bank, cash, settlements, me, ways),
    # Losses before receipts: their path would be read as a receipt's id.
    *(receipt_losses, receipts, donation_certificates),
    *(goods, donors),
)
router = joined([*(door.router for door in _DOORS), settlements.payout])

__all__ = ["router"]
