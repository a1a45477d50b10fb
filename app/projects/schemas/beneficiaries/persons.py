"""Beneficiaries as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Line, PastMoment, shown
from app.kit.http.pages import PageQuery
from app.kit.persons import documents
from app.kit.persons.documents import DocumentKind
from app.organizations.schemas.persons import Gender, GuardianIn, Phone
from app.organizations.schemas.words import RegionCode
from app.projects.beneficiaries.persons import Particulars
from app.projects.models import Beneficiary, BeneficiaryScope
from app.projects.schemas.beneficiaries import examples

DocumentNumber = Annotated[Line, Field(max_length=40)]
BankAccount = Annotated[str, Field(strict=True, pattern=r"^[0-9 ]{8,40}$")]


class BeneficiaryPersonIn(Body):
    """What is said about somebody who is to be helped; all but the codes is kept under seal."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PERSON_IN), extra="forbid", frozen=True)

    name: Line = Field(repr=False)
    document_kind: DocumentKind
    document_number: DocumentNumber = Field(repr=False)
    agreed_at: PastMoment = Field(description="When they agreed that this is kept (PIPL 29).")
    phone: Phone | None = Field(default=None, repr=False)
    born_on: Day | None = Field(default=None, description="Needed where the document's number tells none.")
    gender: Gender | None = None
    address: Line | None = Field(default=None, repr=False)
    bank_account: BankAccount | None = Field(default=None, repr=False)
    guardian: GuardianIn | None = Field(default=None, description="Needed for whoever is under 14.")
    region_code: RegionCode | None = None
    publish_scopes: list[BeneficiaryScope] = Field(
        default_factory=list[BeneficiaryScope],
        max_length=3,
        description="What may be published; nothing unless it is said.",
    )

    def particulars(self) -> Particulars:
        """Return the same in the words of the rules."""
        said = dict(self)
        guardian = said.pop("guardian")
        return Particulars(guardian=guardian and guardian.as_guardian(), **said)


class BeneficiaryIn(Body):
    """Somebody whom an organization is to help."""

    model_config = ConfigDict(json_schema_extra=shown(examples.BENEFICIARY_IN))

    organization_id: UUID
    person: BeneficiaryPersonIn


class BeneficiaryChange(Body):
    """What is set right about a beneficiary on their word; what is absent stays, null forgets."""

    model_config = ConfigDict(json_schema_extra=shown({"phone": "13800000003", "region_code": "610924"}))

    phone: Phone | None = Field(default=None, repr=False)
    address: Line | None = Field(default=None, repr=False)
    bank_account: BankAccount | None = Field(default=None, repr=False)
    region_code: RegionCode | None = None

    def changes(self) -> dict[str, Any]:
        """Return what was said."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class BeneficiaryLookUpIn(Body):
    """By which document to look for somebody."""

    model_config = ConfigDict(
        json_schema_extra=shown({"document_kind": "resident_id", "document_number": "11010519491231002X"})
    )

    document_kind: DocumentKind
    document_number: DocumentNumber = Field(repr=False)


class BeneficiaryConsentIn(Body):
    """What of a beneficiary may be published from now on."""

    model_config = ConfigDict(
        json_schema_extra=shown({"organization_id": examples.ORGANIZATION, "scopes": ["full_name"]})
    )

    organization_id: UUID = Field(description="Which organization they told.")
    scopes: list[BeneficiaryScope] = Field(max_length=3)


class BeneficiaryErasureIn(Body):
    """By which organization somebody asked to be forgotten."""

    model_config = ConfigDict(json_schema_extra=shown({"organization_id": examples.ORGANIZATION}))

    organization_id: UUID


class BeneficiaryQuery(PageQuery):
    """Which beneficiaries to list."""

    organization_id: UUID | None = None
    number: Annotated[Line, Field(max_length=20)] | None = None
    household_id: UUID | None = None
    region_code: RegionCode | None = Field(default=None, description="There, or anywhere in it.")


class BeneficiaryLine(BaseModel):
    """A beneficiary in a list, which names nobody."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.LINE))

    id: UUID
    number: str = Field(description="The beneficiary's number, which is not the document's.")
    organization_id: UUID = Field(description="Where they were registered first.")
    registered_on: date
    document_kind: DocumentKind
    region_code: str | None
    household_id: UUID | None
    relation: str | None = Field(description="To the head of the household.")
    publish_scopes: list[str]
    erased_at: datetime | None


_SEALED = ("name", "gender", "born_on", "phone", "address")
_GUARDIAN = ("guardian_name", "guardian_phone", "guardian_relation")


class BeneficiaryOut(BeneficiaryLine):
    """A beneficiary with what is kept under seal; of numbers only a part is shown."""

    model_config = ConfigDict(json_schema_extra=shown(examples.WHOLE))

    name: str | None = Field(description="Null once erased.")
    gender: str | None
    born_on: str | None
    document_number: str | None
    phone: str | None
    address: str | None
    bank_account_last4: str | None
    guardian_name: str | None
    guardian_phone: str | None
    guardian_relation: str | None

    @classmethod
    def whole(cls, beneficiary: Beneficiary, known: Mapping[str, str]) -> Self:
        """Return everything that is shown of a beneficiary."""
        line = BeneficiaryLine.model_validate(beneficiary)
        sealed: dict[str, Any] = {name: known.get(name) for name in (*_SEALED, *_GUARDIAN)}
        number, account = known.get("document_number"), known.get("bank_account")
        return cls(
            **dict(line),
            document_number=documents.masked(number) if number else None,
            bank_account_last4=account[-4:] if account else None,
            **sealed,
        )


class BeneficiarySheetOut(BaseModel):
    """How many people a roster holds, and whether it was only tried."""

    model_config = ConfigDict(json_schema_extra=shown({"beneficiary_count": 120, "dry_run": False}))

    beneficiary_count: int
    dry_run: bool
