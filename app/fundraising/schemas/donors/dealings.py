"""Merges of donors, contacts with them and thanks to them as JSON."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.care.contacts import Said
from app.fundraising.models import ContactWay, DonorContact, MergeGround, ThanksKind
from app.fundraising.schemas.donors import examples
from app.kit.fields import Body, PastMoment, Words, shown
from app.kit.http.pages import PageQuery


class DonorMergeIn(Body):
    """Two donors who are one person, to one organization."""

    model_config = ConfigDict(json_schema_extra=shown(examples.MERGE_IN))

    organization_id: UUID
    kept_id: UUID = Field(description="As whom both count from now on.")
    merged_id: UUID
    ground: MergeGround


class DonorMergeQuery(PageQuery):
    """Which merges to list."""

    organization_id: UUID | None = None
    donor_id: UUID | None = None


class DonorMergeOut(BaseModel):
    """A merge, and who took it back if somebody did."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.MERGE))

    id: UUID
    organization_id: UUID
    kept_id: UUID
    merged_id: UUID
    ground: MergeGround
    merged_by: str
    created_at: datetime
    undone_at: datetime | None
    undone_by: str | None


class DonorContactIn(Body):
    """That somebody spoke with a donor."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CONTACT_IN))

    organization_id: UUID
    way: ContactWay
    happened_at: PastMoment
    words: Words = Field(description="Sealed under the donor's key, and erased with them.")

    def said(self) -> Said:
        """Return the same in the words of the rules."""
        return Said(self.way, self.happened_at, self.words)


class DonorContactQuery(PageQuery):
    """Whose contacts with the donor to list."""

    organization_id: UUID


class DonorContactOut(BaseModel):
    """A contact in clear; who reads it is logged."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CONTACT))

    id: UUID
    organization_id: UUID
    donor_id: UUID
    way: ContactWay
    happened_at: datetime
    words: str | None = Field(description="Null of a donor who was erased.")
    noted_by: str
    created_at: datetime

    @classmethod
    def of(cls, contact: DonorContact, words: str | None) -> Self:
        """Return a contact as JSON shows it."""
        copied = {name: getattr(contact, name) for name in cls.model_fields if name != "words"}
        return cls(words=words, **copied)


class GiftThanksIn(Body):
    """What a gift's giver was told, and how."""

    model_config = ConfigDict(json_schema_extra=shown(examples.THANKS_IN))

    kind: ThanksKind
    way: ContactWay


class GiftThanksQuery(PageQuery):
    """Which thanks to list."""

    organization_id: UUID | None = None
    donation_id: UUID | None = None
    kind: ThanksKind | None = None


class GiftThanksOut(BaseModel):
    """That a gift's giver was thanked, or told what has become of it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.THANKS))

    id: UUID
    organization_id: UUID
    donation_id: UUID
    kind: ThanksKind
    way: ContactWay
    told_by: str
    created_at: datetime
