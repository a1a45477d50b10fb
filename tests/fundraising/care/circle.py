"""A fundraising officer's desk with donors whom a platform knows."""

from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.fundraising import donations
from app.fundraising.gifts import Giver
from app.fundraising.models import Campaign, Donation
from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.factories import fundraising as make
from tests.factories import organizations as members
from tests.fundraising.desk import Desk, desk

WANG, WANG_TOO, LI = (
    Giver(external_id="u_wang", name="金丝雀王"),
    Giver(external_id="u_wang_2", name="金丝雀王"),
    Giver(external_id="u_li", name="金丝雀李"),
)


async def circle(app: FastAPI, client: AsyncClient, session: WriteSession) -> Desk:
    return await desk(app, client, session, role=Role.fundraising_officer)


async def give(
    session: WriteSession, at: Desk, giver: Giver = WANG, amount: int = 100, **over: Any
) -> Donation:
    """Receive a gift from the platform, as the webhook does."""
    [outcome] = await donations.receive(session, [make.gift(at.appeal, amount, giver=giver, **over)])
    return await session.get_one(Donation, outcome.donation_id)


async def merge(at: Desk, kept: Donation, merged: Donation, **over: Any) -> Any:
    body = {
        "organization_id": str(at.organization.id),
        "kept_id": str(kept.donor_id),
        "merged_id": str(merged.donor_id),
        "ground": "same_phone",
    }
    return await at.post("/donor-merges", body | over)


async def undo(at: Desk, merge_id: str) -> Any:
    return await at.post(f"/donor-merges/{merge_id}/reversal")


async def donor_count(at: Desk, campaign: Campaign | None = None) -> int:
    return (await at.totals(campaign))["donor_count"]


async def admin(app: FastAPI, session: WriteSession, at: Desk) -> dict[str, str]:
    """Who reads the access log."""
    return await members.sign_in(app, session, Role.admin, at.organization)
