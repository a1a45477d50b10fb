"""Organizations in JSON."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.kit.fields import Day, wrong
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission
from app.organizations.models import LegalForm, Organization, Tier
from app.organizations.organizations import Particulars
from app.organizations.schemas.people import LinkOut, PersonIn, PersonOut
from app.organizations.schemas.words import Code, Line, RegionCode, Said, Search, Told, example

_JOINING = {
    "parent_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0001",
    "code": "610100",
    "name": "西安市慈善会",
    "name_en": "Xi'an Charity Federation",
    "tier": "city",
    "region_code": "610100",
    "legal_form": "association",
    "uscc": None,
    "founded_on": "1997-06-01",
    "books_from": "2026-01-01",
    "ended_on": None,
    "admin": {"username": "xian.admin", "name": "管理员"},
}
_SHOWN = {key: value for key, value in _JOINING.items() if key != "admin"} | {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "chart_version": "2026",
    "demo": False,
    "version": 1,
    "created_at": "2026-05-01T00:00:00Z",
    "changed_at": "2026-05-01T00:00:00Z",
}

_ABOVE = {"id": _JOINING["parent_id"], "code": "610000", "name": "陕西省慈善联合会", "tier": "province"}


class OrganizationIn(Said):
    """A member that joins the federation, and who administers it first."""

    model_config = ConfigDict(json_schema_extra=example(_JOINING))

    parent_id: UUID = Field(description="The member above; of a higher tier.")
    code: Code = Field(description="Never changes: published leaves name it.")
    name: Line
    name_en: Line | None = None
    tier: Tier
    region_code: RegionCode
    legal_form: LegalForm = LegalForm.association
    uscc: Line | None = Field(default=None, description="Unified social credit code, with its checksum.")
    founded_on: Day | None = None
    books_from: Day | None = Field(
        default=None, description="The books begin; by default on this year's first day."
    )
    ended_on: Day | None = Field(
        default=None,
        description="Of a member that is past, or a closed set of its data: its last day. Never changes.",
    )
    admin: PersonIn | None = Field(default=None, description="The member's first admin.")

    def particulars(self) -> Particulars:
        """Return what the rules need to know."""
        return Particulars(**self.model_dump(exclude={"parent_id", "admin"}))


class OrganizationChanges(Said):
    """What is said anew about a member; what is absent stays."""

    model_config = ConfigDict(json_schema_extra=example({"name_en": "Xi'an Charity Federation"}))

    name: Line | None = None
    name_en: Line | None = None
    region_code: RegionCode | None = None
    legal_form: LegalForm | None = None
    uscc: Line | None = None
    founded_on: Day | None = None

    @model_validator(mode="after")
    def _keep_what_must_be(self) -> Self:
        emptied = {"name", "region_code", "legal_form"} & self.model_fields_set
        if any(getattr(self, field) is None for field in emptied):
            raise wrong(
                "name, region_code and legal_form can be changed, not removed",
                "name、region_code 和 legal_form 可以修改，不能清空",
            )
        return self


class ParentIn(Said):
    """Where a member moves, with everything below it."""

    model_config = ConfigDict(json_schema_extra=example({"parent_id": _JOINING["parent_id"]}))

    parent_id: UUID


class OrganizationOut(Told):
    """A member of the federation."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(_SHOWN))

    id: UUID
    parent_id: UUID | None
    code: str
    name: str
    name_en: str | None
    tier: Tier
    region_code: str
    legal_form: LegalForm
    uscc: str | None
    founded_on: date | None
    books_from: date
    ended_on: date | None = Field(description="The last day of a member that is past.")
    chart_version: str = Field(description="Which chart of accounts the books are kept on.")
    demo: bool = Field(description="Its data is for show, not real.")
    version: int
    created_at: datetime
    changed_at: datetime


class AncestorOut(Told):
    """A member above another one."""

    id: UUID
    code: str
    name: str
    tier: Tier


_ACTIONS = {
    "change": Permission.organizations_change,
    "add_member": Permission.organizations_create,
    "give_role": Permission.grants_change,
    "add_person": Permission.people_change,
    "make_key": Permission.keys_change,
    "delegate": Permission.delegations_change,
    "change_policies": Permission.policies_change,
}


class OrganizationDetail(OrganizationOut):
    """A member with those above it, the federation's head first."""

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(
            _SHOWN | {"ancestors": [_ABOVE], "allowed_actions": ["change", "add_member"]}
        ),
    )

    ancestors: list[AncestorOut]
    allowed_actions: list[str] = Field(description="What the caller may do about it.")

    @classmethod
    def of(cls, organization: Organization, above: Sequence[Organization], caller: Caller) -> Self:
        """Return a member as it is told together with those above it, and what the caller may do."""
        shown = OrganizationOut.model_validate(organization).model_dump()
        return cls(
            **shown,
            ancestors=[AncestorOut.model_validate(one) for one in above],
            allowed_actions=caller.allowed(_ACTIONS, at=organization.id),
        )


class OrganizationJoined(Told):
    """A member that has joined, and the link by which its first admin chooses a password."""

    model_config = ConfigDict(
        json_schema_extra=example({"organization": _SHOWN, "admin": None, "password_link": None})
    )

    organization: OrganizationOut
    admin: PersonOut | None
    password_link: LinkOut | None


class SubtreeQuery(PageQuery):
    """Which part of a list of members."""

    tier: Tier | None = None
    q: Search | None = Field(default=None, description="Part of a name, or the beginning of a code.")
    sort: Literal["code", "-code", "name", "-name", "created_at", "-created_at"] = "code"


class OrganizationQuery(SubtreeQuery):
    """Which of the members that the caller sees."""

    parent_id: UUID | None = None
    region_code: RegionCode | None = None
