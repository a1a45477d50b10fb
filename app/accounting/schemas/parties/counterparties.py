"""Counterparties as JSON."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.accounting.models import CounterpartyKind
from app.accounting.parties.counterparties import Known, NewCounterparty, Search
from app.accounting.schemas import bank_examples as examples
from app.kit.fields import Body, Code, Line, Words, shown, wrong
from app.kit.http.pages import FRAME, PageQuery

ID = "01997d5d-ac96-774b-bcce-b302099a8051"
_TOLD = {
    "kind": "supplier",
    "name": "西安某建筑工程有限公司",
    "credit_code": "91350100M000100Y43",
    "note": "慈安桥施工方",
}
CreditCode = Annotated[
    str,
    Field(
        strict=True,
        min_length=15,
        max_length=30,
        description="Unified social credit code; its checksum is checked.",
        examples=["91350100M000100Y43"],
    ),
]


class CounterpartyIn(Body):
    """Who is paid, or pays, and keeps no books here. A person's name is sealed."""

    model_config = ConfigDict(
        json_schema_extra=shown({"organization_id": examples.ORGANIZATION, "code": "builder-01"} | _TOLD)
    )

    organization_id: UUID
    code: Code = Field(description="Unique in the organization; it appears in published leaves: no name.")
    kind: CounterpartyKind
    name: Line
    credit_code: CreditCode | None = None
    note: Words | None = None

    def as_counterparty(self) -> NewCounterparty:
        """Return the same in the words of the rules."""
        return NewCounterparty(**dict(self))


class CounterpartyChanges(Body):
    """What is said anew of a counterparty; what is absent stays, and null takes it away."""

    model_config = ConfigDict(json_schema_extra=shown({"name": "西安某建筑集团有限公司"}))

    kind: CounterpartyKind | None = None
    name: Line | None = None
    credit_code: CreditCode | None = None
    note: Words | None = None

    @model_validator(mode="after")
    def _keeps_what_must_be(self) -> Self:
        if any(getattr(self, name) is None for name in {"kind", "name"} & self.model_fields_set):
            raise wrong("kind and name can be changed, not removed", "类型和名称可以修改，不能清空")
        return self

    def said(self) -> dict[str, Any]:
        """Return what is said anew."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class CounterpartyQuery(PageQuery):
    """Which counterparties to list."""

    organization_id: UUID | None = None
    kind: CounterpartyKind | None = None
    ended: bool | None = None
    q: Line | None = Field(default=None, description="Part of the code or the name; not of a person's name.")

    def search(self) -> Search:
        """Return the same in the words of the register."""
        return Search(**self.model_dump(exclude=FRAME))


class PartyOut(BaseModel):
    """A counterparty. One that only the books know has a code and nothing else until it is told of."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {"id": ID, "organization_id": examples.ORGANIZATION, "code": "builder-01"}
            | _TOLD
            | {"version": 1, "ended_at": None, "created_at": "2026-05-08T02:30:00Z"}
        )
    )

    id: UUID
    organization_id: UUID | None
    code: str
    kind: CounterpartyKind | None
    name: str | None = Field(description="Of a person masked without the right to read donors.")
    credit_code: str | None
    note: str | None = Field(description="Of a person null without the right to read donors.")
    version: int
    ended_at: datetime | None
    created_at: datetime

    @classmethod
    def of(cls, known: Known) -> Self:
        """Return a counterparty as JSON shows it."""
        told = known.told
        return cls(
            id=known.dimension.id,
            organization_id=known.dimension.organization_id,
            code=known.dimension.code,
            kind=told and told.kind,
            name=known.name,
            credit_code=told and told.credit_code,
            note=known.note,
            version=told.version if told else 0,
            ended_at=told and told.ended_at,
            created_at=known.dimension.created_at,
        )
