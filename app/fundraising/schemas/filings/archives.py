"""A campaign's archive, notice, filings at places and invitations as JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.filings import archives
from app.fundraising.filings.notices import Posted
from app.fundraising.models import (
    Campaign,
    Invitation,
    InvitedCircle,
    LocalFiling,
    PublicWay,
)
from app.fundraising.schemas.filings import examples
from app.kit.fields import Body, Day, Line, MoneyOut, shown
from app.kit.models import AccessClass, Attachment
from app.organizations.schemas.words import RegionCode


class DocumentsIn(Body):
    """Uploaded files that belong to a campaign."""

    model_config = ConfigDict(json_schema_extra=shown({"attachment_ids": [examples.FILE]}))

    attachment_ids: list[UUID] = Field(min_length=1, max_length=50)


class DocumentOut(BaseModel):
    """A document of an archive; the name of a personal one is sealed."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    kind: str
    access: AccessClass
    file_name: str | None
    media_type: str
    size_bytes: int
    uploaded_by: str
    created_at: datetime


class ArchiveOut(BaseModel):
    """A campaign's documents, and the kinds of which there is none yet."""

    model_config = ConfigDict(json_schema_extra=shown(examples.ARCHIVE))

    documents: list[DocumentOut]
    missing: list[str]

    @classmethod
    def of(cls, campaign: Campaign, held: Sequence[Attachment]) -> Self:
        """Return an archive as JSON shows it."""
        documents = [DocumentOut.model_validate(file) for file in held]
        return cls(documents=documents, missing=archives.missing(campaign, held))


class NoticeOut(BaseModel):
    """What stands conspicuously at the place or on the page (Charity Law 25)."""

    model_config = ConfigDict(json_schema_extra=shown(examples.NOTICE))

    organization_name: str
    certificate_number: str | None
    certificate_authority: str | None
    filing_no: str | None
    title: str
    purpose: str
    starts_on: date
    ends_on: date | None
    target: MoneyOut | None
    area: str | None
    use_of_money: str | None
    beneficiary_scope: str | None
    fundraising_cost: str | None
    remainder: str | None
    contact: str | None
    office_address: str | None
    query_page: str
    follow_page: str
    emergency: str | None

    @classmethod
    def of(cls, posted: Posted) -> Self:
        """Return a notice as JSON shows it."""
        campaign, plan = posted.campaign, posted.plan
        filed = ("area", "use_of_money", "beneficiary_scope", "fundraising_cost", "remainder")
        told: dict[str, Any] = {
            name: getattr(plan, name, None) for name in (*filed, "contact", "office_address")
        }
        told |= {
            name: getattr(campaign, name)
            for name in ("filing_no", "title", "purpose", "starts_on", "ends_on")
        }
        return cls(
            organization_name=posted.organization.name,
            certificate_number=posted.certificate and posted.certificate.number,
            certificate_authority=posted.certificate and posted.certificate.authority,
            target=None if campaign.target_minor is None else MoneyOut.of(campaign.target_minor),
            query_page=f"/campaigns/{campaign.code}",
            follow_page="/follow",
            emergency=posted.emergency and posted.emergency.title,
            **told,
        )


class LocalFilingIn(Body):
    """A filing at a place outside the registering authority's area."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LOCAL_IN))

    region_code: RegionCode
    place: Line
    way: PublicWay = Field(description="`box` or `event`: the others stand at no place.")
    authority: Line
    starts_on: Day
    ends_on: Day
    filed_on: Day
    reference: Line | None = None

    def as_filing(self, campaign: Campaign, actor: str) -> LocalFiling:
        """Return the same as a row."""
        return LocalFiling(
            campaign_id=campaign.id, organization_id=campaign.organization_id, actor=actor, **dict(self)
        )


class LocalFilingOut(BaseModel):
    """A filing at a place."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.LOCAL_OUT))

    id: UUID
    region_code: str
    place: str
    way: PublicWay
    authority: str
    starts_on: date
    ends_on: date
    filed_on: date
    reference: str | None
    actor: str
    created_at: datetime


class InvitationIn(Body):
    """Somebody whom a targeted campaign asks."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INVITATION_IN))

    circle: InvitedCircle
    name: Line


class InvitationOut(BaseModel):
    """Somebody on the list; the name is told to those who may see people's data."""

    model_config = ConfigDict(json_schema_extra=shown(examples.INVITATION_OUT))

    id: UUID
    circle: InvitedCircle
    name: str | None
    actor: str
    created_at: datetime

    @classmethod
    def of(cls, invitation: Invitation, name: str | None) -> Self:
        """Return an invitation as JSON shows it."""
        return cls(
            id=invitation.id,
            circle=invitation.circle,
            name=name,
            actor=invitation.actor,
            created_at=invitation.created_at,
        )
