"""Volunteers as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.kit.fields import Body, Day, Flag, Line, shown
from app.kit.http.pages import PageQuery
from app.kit.persons import documents
from app.kit.persons.documents import DocumentKind
from app.organizations.schemas.persons import Gender, GuardianIn, Phone
from app.organizations.schemas.words import RegionCode
from app.volunteers.models import Category, PublishScope, Volunteer
from app.volunteers.schemas import examples
from app.volunteers.volunteers import Particulars

Tag = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
"""A code for a skill, a qualification or a language (`zh`, `en`)."""

Tags = Annotated[list[Tag], Field(max_length=30)]


class VolunteerPersonIn(Body):
    """What somebody says about themselves; all but the codes is kept under seal."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PERSON_IN), extra="forbid", frozen=True)

    name: Line = Field(repr=False)
    document_kind: DocumentKind
    document_number: Annotated[Line, Field(max_length=40)] = Field(repr=False)
    phone: Phone = Field(repr=False)
    born_on: Day | None = Field(default=None, description="Needed where the document's number tells none.")
    gender: Gender | None = None
    address: Line | None = None
    emergency_name: Line | None = None
    emergency_phone: Phone | None = None
    guardian: GuardianIn | None = None
    region_code: RegionCode | None = None
    skills: Tags = Field(default_factory=list)
    categories: list[Category] = Field(default_factory=list[Category], max_length=11)
    languages: Tags = Field(default_factory=list)
    publish_scopes: list[PublishScope] = Field(
        default_factory=list[PublishScope],
        max_length=4,
        description="What may be published; nothing unless it is said.",
    )

    def particulars(self) -> Particulars:
        """Return the same in the words of the rules."""
        said = dict(self)
        guardian = said.pop("guardian")
        return Particulars(guardian=guardian and guardian.as_guardian(), **said)


class RegistrationIn(Body):
    """Somebody registers themselves."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REGISTRATION_IN))

    organization_id: UUID = Field(description="With which organization they want to serve.")
    person: VolunteerPersonIn


class VolunteerIn(RegistrationIn):
    """Somebody is registered by staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.VOLUNTEER_IN))

    checked: Flag = Field(default=False, description="You have compared the document with the person.")


class MessageSentOut(BaseModel):
    """That a message was received. The rest is told on the telephone that it names, and nowhere else."""

    model_config = ConfigDict(json_schema_extra=shown({"received": True}))

    received: bool = True


class OwnChange(Body):
    """What a volunteer changes about themselves; what is absent stays, null forgets."""

    model_config = ConfigDict(json_schema_extra=shown({"phone": "13800000003", "skills": ["first_aid"]}))

    phone: Phone = Field(default_factory=str, repr=False)
    address: Line | None = None
    emergency_name: Line | None = None
    emergency_phone: Phone | None = None
    region_code: RegionCode | None = None
    skills: Tags = Field(default_factory=list)
    categories: list[Category] = Field(default_factory=list[Category], max_length=11)
    languages: Tags = Field(default_factory=list)

    def changes(self) -> dict[str, Any]:
        """Return what was said."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class VolunteerChange(OwnChange):
    """What staff set right on a volunteer's word; another name or document is to be compared anew."""

    model_config = ConfigDict(json_schema_extra=shown({"name": "志愿者0002"}))

    name: Line = Field(default_factory=str, repr=False)
    document_kind: DocumentKind = Field(default_factory=lambda: DocumentKind.resident_id)
    document_number: Annotated[Line, Field(max_length=40)] = Field(default_factory=str, repr=False)
    born_on: Day = Field(default_factory=date.today)
    national_number: Line | None = None


class PublicationConsentIn(Body):
    """What of a volunteer may be published from now on."""

    model_config = ConfigDict(json_schema_extra=shown({"scopes": ["full_name", "hours"]}))

    scopes: list[PublishScope] = Field(max_length=4)


class VolunteerLookUpIn(Body):
    """By which document to look for somebody."""

    model_config = ConfigDict(
        json_schema_extra=shown({"document_kind": "resident_id", "document_number": "11010519491231002X"})
    )

    document_kind: DocumentKind
    document_number: Annotated[Line, Field(max_length=40)] = Field(repr=False)


class VolunteerQuery(PageQuery):
    """Which volunteers to list."""

    organization_id: UUID | None = None
    number: Annotated[Line, Field(max_length=20)] | None = None
    region_code: RegionCode | None = None
    skill: Tag | None = None
    category: Category | None = None
    checked: bool | None = None
    registered_on_from: Day | None = None
    registered_on_to: Day | None = None


class VolunteerLine(BaseModel):
    """A volunteer in a list."""

    model_config = ConfigDict(json_schema_extra=shown(examples.LINE))

    id: UUID
    number: str = Field(description="The volunteer's number, which is not the document's.")
    name: str | None = Field(description="Null once erased.")
    organization_id: UUID = Field(description="Where they registered first.")
    registered_on: date
    document_kind: DocumentKind
    region_code: str | None
    skills: list[str]
    categories: list[str]
    languages: list[str]
    publish_scopes: list[str]
    national_number: str | None
    checked_at: datetime | None = Field(description="When somebody compared the document with the person.")
    erased_at: datetime | None

    @classmethod
    def of(cls, volunteer: Volunteer, known: Mapping[str, str], **more: Any) -> Self:  # noqa: ANN401
        """Return a volunteer as JSON shows them."""
        codes: dict[str, Any] = {name: getattr(volunteer, name) for name in _COPIED}
        return cls(name=known.get("name"), **codes, **more)


_COPIED = (
    *("id", "number", "organization_id", "registered_on", "document_kind", "region_code", "skills"),
    *("categories", "languages", "publish_scopes", "national_number", "checked_at", "erased_at"),
)
_SEALED = (
    *("gender", "born_on", "phone", "address", "emergency_name", "emergency_phone"),
    *("guardian_name", "guardian_phone", "guardian_relation"),
)


class VolunteerOut(VolunteerLine):
    """A volunteer with what is kept under seal; of the document's number only a part is shown."""

    model_config = ConfigDict(json_schema_extra=shown(examples.WHOLE))

    gender: str | None
    born_on: str | None
    document_number: str | None
    phone: str | None
    address: str | None
    emergency_name: str | None
    emergency_phone: str | None
    guardian_name: str | None
    guardian_phone: str | None
    guardian_relation: str | None

    @classmethod
    def whole(cls, volunteer: Volunteer, known: Mapping[str, str]) -> Self:
        """Return everything that is shown of a volunteer."""
        number = known.get("document_number")
        sealed = {name: known.get(name) or None for name in _SEALED}
        masked = documents.masked(number) if number else None
        return cls.of(volunteer, known, document_number=masked, **sealed)
