"""Contacts, channels and internal systems as JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.disclosure.models import (
    ManagementSystem,
    OfficialChannel,
    OfficialChannelKind,
    PublicContact,
    SystemKind,
)
from app.disclosure.schemas.governance import contact_examples as examples
from app.disclosure.schemas.governance.councils import Documents
from app.kit.fields import Body, Day, Line, shown, wrong


class PublicContactIn(Body):
    """Where everybody reaches your organization from a day on; all of it is published."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CONTACT_IN))

    organization_id: UUID
    effective_from: Day
    office: Line = Field(description="Which office answers.")
    address: Line
    phone: Line = Field(description="The office's, and nobody's own.")
    email: Line | None = None
    officer_id: UUID | None = Field(default=None, description="The contact person, among your officers.")

    def as_contact(self, by: str) -> PublicContact:
        """Return the same as a row, which is given its version when it is kept."""
        return PublicContact(version=0, recorded_by=by, **dict(self))


class PublicContactOut(BaseModel):
    """Where everybody reaches an organization from a day on."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CONTACT))

    id: UUID
    organization_id: UUID
    effective_from: date
    version: int = Field(description="The highest of a day counts.")
    office: str
    address: str
    phone: str
    email: str | None
    person: str | None = Field(description="The contact person, while they may be named.")

    @classmethod
    def of(cls, one: PublicContact, person: str | None) -> Self:
        """Return a contact as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "person"}
        return cls(person=person, **told)


class OfficialChannelIn(Body):
    """A site or an account that you opened in your organization's name."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHANNEL_IN))

    organization_id: UUID
    kind: OfficialChannelKind
    name: Line
    address: Line = Field(description="A site's URL, or the account as people find it.")
    opened_on: Day

    @model_validator(mode="after")
    def _url(self) -> Self:
        if self.kind is OfficialChannelKind.website and not self.address.startswith(("https://", "http://")):
            raise wrong("a website has a URL", "网站须填写网址")
        return self

    def as_channel(self, by: str) -> OfficialChannel:
        """Return the same as a row."""
        return OfficialChannel(recorded_by=by, **dict(self))


class ChannelClosingIn(Body):
    """The last day of a site or an account."""

    model_config = ConfigDict(json_schema_extra=shown(examples.CHANNEL_CLOSING))

    closed_on: Day


class OfficialChannelOut(BaseModel):
    """A site or an account in an organization's name."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.CHANNEL))

    id: UUID
    organization_id: UUID
    kind: OfficialChannelKind
    name: str
    address: str
    opened_on: date
    closed_on: date | None


class ManagementSystemIn(Body):
    """A system of internal rules, and which one it replaces."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SYSTEM_IN))

    organization_id: UUID
    kind: SystemKind
    title: Line
    adopted_by: Line
    adopted_on: Day
    effective_from: Day
    replaces_id: UUID | None = Field(
        default=None, description="One of the same kind; it ends the day before."
    )
    documents: Documents = Field(default_factory=list[UUID])

    def as_system(self, by: str) -> ManagementSystem:
        """Return the same as a row."""
        said = {name: value for name, value in dict(self).items() if name != "documents"}
        return ManagementSystem(recorded_by=by, **said)


class SystemEndIn(Body):
    """The last day of a system that nothing replaces."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SYSTEM_END))

    ends_on: Day


class ManagementSystemOut(BaseModel):
    """A system of internal rules, from when until when it holds, and where its documents are read."""

    model_config = ConfigDict(json_schema_extra=shown(examples.SYSTEM))

    id: UUID
    organization_id: UUID
    kind: SystemKind
    title: str
    adopted_by: str
    adopted_on: date
    effective_from: date
    replaces_id: UUID | None
    ends_on: date | None
    documents: list[str] = Field(description="Addresses of the copies for everybody.")

    @classmethod
    def of(cls, one: ManagementSystem, files: Sequence[UUID]) -> Self:
        """Return a system as JSON shows it."""
        told = {name: getattr(one, name) for name in cls.model_fields if name != "documents"}
        return cls(documents=[f"/v1/attachments/{file}/public-copy" for file in files], **told)
