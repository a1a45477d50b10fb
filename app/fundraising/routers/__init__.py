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
    partners,
    plan_changes,
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
    *(partners, agreements, trusts, registers),
    *(donations, corrections, refunds, bank, cash, settlements, me, ways),
    *(receipts, donation_certificates),
    *(goods, donors),
)
router = joined([*(door.router for door in _DOORS), settlements.payout])

__all__ = ["router"]
