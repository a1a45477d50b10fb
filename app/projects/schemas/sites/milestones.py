"""Milestones and what they have to show, as JSON."""

import math
from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, Day, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.models import Attachment
from app.projects.models import MilestoneKind, Site
from app.projects.schemas.sites import examples
from app.projects.sites.milestones import Reached

_EARTH_METRES = 6_371_000
_MICRO = 1_000_000


class ReachedIn(Body):
    """That a milestone was reached, with what there is to show for it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.REACHED_IN))

    done_on: Day | None = Field(default=None, description="Today, if absent.")
    note: Words | None = None
    attachment_ids: list[UUID] = Field(default_factory=list[UUID], max_length=50)

    def as_reached(self, by: str) -> Reached:
        """Return the same in the words of the rules."""
        return Reached(by=by, on=self.done_on, note=self.note, attachment_ids=self.attachment_ids)


class DueDayIn(Body):
    """Until when a milestone is to be reached."""

    model_config = ConfigDict(json_schema_extra=shown({"due_on": "2026-09-30"}))

    due_on: Day


class PhotosIn(Body):
    """Uploaded files to put to a milestone."""

    model_config = ConfigDict(json_schema_extra=shown({"attachment_ids": [examples.PHOTO]}))

    attachment_ids: list[UUID] = Field(min_length=1, max_length=50)


class MilestoneQuery(PageQuery):
    """Which milestones to list."""

    project_id: UUID | None = None
    site_id: UUID | None = None
    kind: MilestoneKind | None = None
    done: bool | None = None
    due_on_to: Day | None = Field(default=None, description="Due until this day.")


class MilestoneOut(BaseModel):
    """What a site's asset must reach, and when it did."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.MILESTONE_OUT))

    id: UUID
    site_id: UUID
    kind: MilestoneKind
    due_on: date | None
    done_on: date | None
    done_by: str | None
    note: str | None


class MilestonePhotoOut(BaseModel):
    """A file of a milestone: its hash, and when and how far from the site a photograph was taken."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PHOTO_OUT))

    id: UUID
    kind: str
    media_type: str
    sha256: str
    taken_at: datetime | None
    latitude_microdegrees: int | None
    longitude_microdegrees: int | None
    distance_metres: int | None = Field(description="From the site's place, where both are known.")
    created_at: datetime

    @classmethod
    def of(cls, file: Attachment, site: Site) -> Self:
        """Return a file of a milestone as JSON shows it."""
        names = ("id", "kind", "media_type", "taken_at", "latitude_microdegrees", "longitude_microdegrees")
        return cls(
            sha256=file.sha256.hex(),
            distance_metres=_distance(file, site),
            created_at=file.created_at,
            **{name: getattr(file, name) for name in names},
        )


def _distance(file: Attachment, site: Site) -> int | None:
    """Return how far apart two places lie on the globe (haversine)."""
    there, here = _place(file), _place(site)
    if there is None or here is None:
        return None
    across = math.sin((there[0] - here[0]) / 2) ** 2
    along = math.cos(there[0]) * math.cos(here[0]) * math.sin((there[1] - here[1]) / 2) ** 2
    return round(2 * _EARTH_METRES * math.asin(math.sqrt(across + along)))


def _place(of: Attachment | Site) -> tuple[float, float] | None:
    if of.latitude_microdegrees is None or of.longitude_microdegrees is None:
        return None
    return math.radians(of.latitude_microdegrees / _MICRO), math.radians(of.longitude_microdegrees / _MICRO)
