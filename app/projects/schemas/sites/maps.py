"""Sites on a map: GeoJSON (RFC 7946)."""

from collections.abc import Sequence
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import shown
from app.projects.models import Site, SiteKind, SiteState, Structure
from app.projects.schemas.sites import examples

FEATURES_MAX = 5000
"""So many sites are told at once; `complete` says whether there are more."""

_MICRO = 1_000_000
_FEATURE: dict[str, Any] = {
    "type": "Feature",
    "id": examples.SITE,
    "geometry": {"type": "Point", "coordinates": [108.53, 32.52]},
    "properties": {
        "project_id": examples.PROJECT,
        "code": "QAB-2026-001",
        "title": "示例村慈安桥",
        "kind": "bridge",
        "structure": "slab",
        "state": "accepted",
        "region_code": "610924",
        "village": "示例村",
    },
}


class PointOut(BaseModel):
    """A place on the globe: longitude, then latitude, in degrees (WGS 84)."""

    type: Literal["Point"] = "Point"
    coordinates: tuple[float, float]


class SiteProperties(BaseModel):
    """What a map says of a site."""

    model_config = ConfigDict(from_attributes=True)

    project_id: UUID
    code: str
    title: str
    kind: SiteKind
    structure: Structure | None
    state: SiteState
    region_code: str
    village: str


class SiteFeature(BaseModel):
    """A site on a map."""

    type: Literal["Feature"] = "Feature"
    id: UUID
    geometry: PointOut
    properties: SiteProperties


class SiteMap(BaseModel):
    """Sites as a GeoJSON feature collection; those without a known place are not on it."""

    model_config = ConfigDict(
        json_schema_extra=shown({"type": "FeatureCollection", "features": [_FEATURE], "complete": True})
    )

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[SiteFeature]
    complete: bool = Field(description="Whether all sites that were asked for are on it.")

    @classmethod
    def of(cls, sites: Sequence[Site]) -> Self:
        """Return sites whose place is known as a map."""
        features = [
            SiteFeature(
                id=site.id,
                geometry=PointOut(
                    coordinates=(site.longitude_microdegrees / _MICRO, site.latitude_microdegrees / _MICRO)
                ),
                properties=SiteProperties.model_validate(site),
            )
            for site in sites[:FEATURES_MAX]
            if site.longitude_microdegrees is not None and site.latitude_microdegrees is not None
        ]
        return cls(features=features, complete=len(sites) <= FEATURES_MAX)
