"""Check-ins as JSON."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.kit.fields import Body, PastMoment, Words, shown, wrong
from app.kit.http.pages import PageQuery
from app.volunteers.models import CheckIn, CheckMethod
from app.volunteers.schemas import examples
from app.volunteers.schemas.activities import MICRO, Latitude, Longitude
from app.volunteers.schemas.records import Excluded

Way = Literal["in", "out"]


class PassIn(Body):
    """Whether the code lets people in or out."""

    model_config = ConfigDict(json_schema_extra=shown({"way": "in"}))

    way: Way


class PassOut(BaseModel):
    """A code to show on a screen: whoever scans it within its short life is there."""

    model_config = ConfigDict(
        json_schema_extra=shown({"pass_token": "eyJ.e30.x", "expires_at": examples.MOMENT, "svg": "<svg/>"})
    )

    pass_token: str
    expires_at: datetime
    svg: str = Field(description="The same as a QR code.")


class PresenceIn(Body):
    """How a volunteer shows to be there: by the code on the screen, or by where they are."""

    model_config = ConfigDict(json_schema_extra=shown({"latitude": 34.265, "longitude": 108.954}))

    pass_token: Annotated[str, Field(max_length=1000, pattern=r"^[A-Za-z0-9._-]+$")] | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        placed = self.latitude is not None and self.longitude is not None
        if (self.pass_token is not None) == placed or (self.latitude is None) != (self.longitude is None):
            raise wrong(
                "either pass_token, or latitude and longitude",
                "须填写 pass_token，或 latitude 与 longitude",
            )
        return self

    @property
    def spot(self) -> tuple[int, int]:
        """Where the volunteer is, in millionths of a degree."""
        return round((self.latitude or 0) * MICRO), round((self.longitude or 0) * MICRO)


class LeavingPresenceIn(PresenceIn):
    """The same when going, with the minutes that were travel or a break."""

    excluded_minutes: Excluded = 0


class CameIn(Body):
    """When somebody came whom you saw: now, if absent."""

    model_config = ConfigDict(json_schema_extra=shown({"checked_in_at": "2026-06-06T09:00:00+08:00"}))

    checked_in_at: PastMoment | None = None


class CheckOutIn(Body):
    """How many of the minutes were travel or a break, and so do not count."""

    model_config = ConfigDict(json_schema_extra=shown({"excluded_minutes": 30}))

    excluded_minutes: Excluded = 0


class ForgottenCheckOutIn(Body):
    """When somebody went who forgot to check out, and how that is known."""

    model_config = ConfigDict(
        json_schema_extra=shown({"checked_out_at": "2026-06-06T13:00:00+08:00", "reason": "负责人证实"})
    )

    checked_out_at: PastMoment
    reason: Words
    excluded_minutes: Excluded = 0


class CheckInQuery(PageQuery):
    """Which check-ins to list."""

    flagged: bool | None = Field(default=None, description="Only those whose check-out was forgotten.")


class CheckInOut(BaseModel):
    """That somebody came, and when they went."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.CHECK_IN_OUT))

    id: UUID
    sign_up_id: UUID
    checked_in_at: datetime
    in_method: CheckMethod
    checked_out_at: datetime | None
    out_method: CheckMethod | None
    excluded_minutes: int
    flagged_at: datetime | None
    settled_reason: str | None = Field(default=None, description="Null once the volunteer has been erased.")

    @classmethod
    def of(cls, check_in: CheckIn, why: str | None) -> Self:
        """Return a check-in as JSON shows it, with how it is known when they went."""
        return cls.model_validate(check_in).model_copy(update={"settled_reason": why})
