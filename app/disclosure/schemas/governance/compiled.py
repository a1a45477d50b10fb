"""Basic information as one document."""

from datetime import date
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.governance.compiled import BasicInformation
from app.disclosure.schemas.governance import contact_examples, examples, related_examples
from app.disclosure.schemas.governance.contacts import (
    ManagementSystemOut,
    OfficialChannelOut,
    PublicContactOut,
)
from app.disclosure.schemas.governance.councils import CharterOut, CouncilTermOut
from app.disclosure.schemas.governance.pay import ExpenseStandardOut
from app.disclosure.schemas.governance.posts import RosterLineOut
from app.disclosure.schemas.governance.related import PublicRelatedPartyOut
from app.disclosure.schemas.governance.units import OrganizationUnitOut
from app.kit.fields import Day, shown

_FUND = {
    "code": "ZX-01",
    "title": "某助学基金",
    "purpose": "资助困难学生",
    "founded_on": "2022-05-01",
    "unit": "助学工作委员会",
}


class SpecialFundOut(BaseModel):
    """A special fund as basic information lists it."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(_FUND))

    code: str
    title: str
    purpose: str
    founded_on: date
    unit: str | None = Field(description="The unit that keeps its books in this fund, if one does.")


class BasicInformationOut(BaseModel):
    """What an organization publishes of itself, as it stood at the end of a day."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "organization_id": examples.ORGANIZATION,
                "name": "陕西省慈善协会",
                "as_of": "2026-04-01",
                "charter": examples.CHARTER,
                "terms": [examples.TERM],
                "roster": [examples.ROSTER_LINE],
                "units": [contact_examples.UNIT],
                "funds": [_FUND],
                "standards": [related_examples.STANDARD],
                "contact": contact_examples.CONTACT,
                "channels": [contact_examples.CHANNEL],
                "systems": [contact_examples.SYSTEM],
                "related_parties": [related_examples.PARTY_PUBLIC],
                "demo": False,
            }
        )
    )

    organization_id: UUID
    name: str
    as_of: date
    charter: CharterOut | None
    terms: list[CouncilTermOut]
    roster: list[RosterLineOut]
    units: list[OrganizationUnitOut]
    funds: list[SpecialFundOut]
    standards: list[ExpenseStandardOut]
    contact: PublicContactOut | None
    channels: list[OfficialChannelOut]
    systems: list[ManagementSystemOut]
    related_parties: list[PublicRelatedPartyOut]
    demo: bool = Field(description="Whether the organization is no real one.")

    @classmethod
    def of(cls, one: BasicInformation) -> Self:
        """Return basic information as JSON shows it."""
        numbers: dict[UUID | None, int] = {term.id: term.number for term in one.terms}
        return cls(
            organization_id=one.organization.id,
            name=one.organization.name,
            as_of=one.as_of,
            charter=one.charter and CharterOut.of(one.charter, one.files.get(one.charter.id, ())),
            terms=[CouncilTermOut.of(term) for term in one.terms],
            roster=[
                RosterLineOut.of(line, one.names.get(line.officer_id), numbers.get(line.term_id))
                for line in one.roster
            ],
            units=[
                OrganizationUnitOut.of(unit, [one.books[unit.id]] if unit.id in one.books else [], one.as_of)
                for unit in one.units
            ],
            funds=[SpecialFundOut.model_validate(fund) for fund in one.funds],
            standards=[ExpenseStandardOut.of(row, one.files.get(row.id, ())) for row in one.standards],
            contact=one.contact and PublicContactOut.of(one.contact, one.names.get(one.contact.id)),
            channels=[OfficialChannelOut.model_validate(row) for row in one.channels],
            systems=[ManagementSystemOut.of(row, one.files.get(row.id, ())) for row in one.systems],
            related_parties=[PublicRelatedPartyOut.of(row, one.names.get(row.id)) for row in one.related],
            demo=one.organization.demo,
        )


class AsOfQuery(BaseModel):
    """As of which day to read; today if none is named."""

    model_config = ConfigDict(extra="forbid")

    on: Day | None = None
