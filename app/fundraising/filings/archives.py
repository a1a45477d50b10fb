"""Archives: the documents of a campaign, kept together, and which of them are not there yet (Measures 15)."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.fundraising.models import Campaign, CampaignKind, Designation
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.database import ReadSession, WriteSession
from app.kit.models import Attachment
from app.ledger.models import FundProject

KIND = "campaign"
"""Under this name the files of campaigns lie; `app/wiring.py` says who reads them."""

NEEDED = ("decision", "filing")
"""The kinds of document that a public campaign's archive holds: the decision, the filing as stamped."""


def owner(campaign: Campaign) -> Owner:
    """Return a campaign as an owner of files."""
    return Owner(KIND, campaign.id, campaign.organization_id)


async def add(session: WriteSession, campaign: Campaign, attachments: Sequence[UUID], *, by: str) -> None:
    """Put uploaded files into a campaign's archive; what they are, they said when they came (`kind`)."""
    await files.attach(session, attachments, owner(campaign), by=by)


async def of(session: ReadSession, campaign: Campaign) -> Sequence[Attachment]:
    """Return what lies in a campaign's archive, in the order in which it came."""
    return await files.of(session, owner(campaign))


async def of_project(
    session: ReadSession, project_id: UUID, organization_ids: Sequence[UUID]
) -> Sequence[Attachment]:
    """Return what lies in the archives of the campaigns whose money a project may be paid from."""
    campaigns = (
        select(Designation.campaign_id)
        .join(FundProject, FundProject.fund_id == Designation.fund_id)
        .where(FundProject.project_id == project_id)
    )
    return await files.of_several(session, KIND, campaigns, organization_ids)


def missing(campaign: Campaign, held: Sequence[Attachment]) -> list[str]:
    """Return the kinds of document that a campaign's archive lacks."""
    if campaign.kind is not CampaignKind.public:
        return []
    there = {file.kind for file in held if file.deleted_at is None}
    return [kind for kind in NEEDED if kind not in there]
