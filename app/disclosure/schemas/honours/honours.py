"""Honours and ambassadors as JSON."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.honours import ambassadors
from app.disclosure.honours.ambassadors import AmbassadorState
from app.disclosure.models import Ambassador, Honour
from app.disclosure.schemas.honours import examples
from app.kit.fields import Body, Day, Flag, Line, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.ids import new_id


class HonourIn(Body):
    """What an organization was honoured with."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HONOUR_IN))

    organization_id: UUID
    title: Line
    awarded_by: Line
    awarded_on: Day
    document: Line | None = None
    expires_on: Day | None = Field(default=None, description="The first day on which it is held no more.")

    def as_honour(self, by: str) -> Honour:
        """Return the same as a row."""
        return Honour(recorded_by=by, **dict(self))


class HonourQuery(PageQuery):
    """Which honours to list."""

    organization_id: UUID | None = None
    held_on: Day | None = Field(default=None, description="Those that were held on that day.")


class HonourOut(BaseModel):
    """What an organization was honoured with, and whether that was taken back."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.PUBLIC_HONOUR))

    id: UUID
    organization_id: UUID
    title: str
    awarded_by: str
    awarded_on: date
    document: str | None
    expires_on: date | None
    withdrawn_on: date | None
    withdrawn_reason: str | None


class HonourWithdrawalIn(Body):
    """When and why an honour was taken back."""

    model_config = ConfigDict(json_schema_extra=shown({"withdrawn_on": "2026-05-01", "reason": "评定失效"}))

    withdrawn_on: Day
    reason: Words


class AmbassadorIn(Body):
    """Who is to speak for an organization, under which contract, and for what."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AMBASSADOR_IN))

    organization_id: UUID
    name: Line
    contract: Line
    scope: Words
    starts_on: Day
    ends_on: Day
    publish_consent: Flag = Field(default=False, description="They agreed to be named in public.")

    def as_ambassador(self, by: str, day: date) -> Ambassador:
        """Return the same as a row; the name goes to the vault."""
        apart = {"name", "publish_consent"}
        said = {name: value for name, value in dict(self).items() if name not in apart}
        consented = day if self.publish_consent else None
        return Ambassador(person_id=new_id(), recorded_by=by, consented_on=consented, **said)


class AmbassadorReviewIn(Body):
    """The answer to whether it is a disguised advertisement."""

    model_config = ConfigDict(
        json_schema_extra=shown({"is_advertisement": False, "finding": "合同未涉及任何商品或服务"})
    )

    is_advertisement: Flag
    finding: Words


class AmbassadorEndIn(Body):
    """Why a term ends before its day."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "双方协商终止"}))

    reason: Words


class AmbassadorQuery(PageQuery):
    """Whose ambassadors to list."""

    organization_id: UUID | None = None


class PublicAmbassadorOut(BaseModel):
    """Who speaks for an organization today; without a name if they do not agree to be named."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLIC_AMBASSADOR))

    id: UUID
    organization_id: UUID
    name: str | None
    scope: str
    starts_on: date
    ends_on: date

    @classmethod
    def of(cls, one: Ambassador, said: Mapping[str, str]) -> Self:
        """Return an ambassador as everybody sees them."""
        told: dict[str, Any] = {name: getattr(one, name) for name in cls.model_fields if name != "name"}
        return cls(name=said.get(ambassadors.NAME) if one.named else None, **told)


class AmbassadorOut(BaseModel):
    """Who speaks for an organization, for staff."""

    model_config = ConfigDict(json_schema_extra=shown(examples.AMBASSADOR))

    id: UUID
    organization_id: UUID
    name: str | None
    contract: str
    scope: str
    starts_on: date
    ends_on: date
    state: AmbassadorState
    recorded_by: str
    consented_on: date | None
    withdrawn_on: date | None
    reviewed_by: str | None
    reviewed_on: date | None
    is_advertisement: bool | None
    finding: str | None = Field(description="Null once they were forgotten.")
    ended_on: date | None
    ended_reason: str | None = Field(description="Null once they were forgotten.")

    @classmethod
    def of(cls, one: Ambassador, sealed: Mapping[str, Any], day: date) -> Self:
        """Return an ambassador as staff see them on a day, with what lies under seal."""
        apart = {"name", "state", "finding", "ended_reason"}
        told: dict[str, Any] = {name: getattr(one, name) for name in cls.model_fields if name not in apart}
        return cls(state=ambassadors.state_of(one, day), **told, **sealed)
