"""A project's sites on a map: GeoJSON (RFC 7946)."""

from collections.abc import Sequence
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.schemas.projects import examples
from app.kit.fields import MoneyOut, shown
from app.projects.models import Site, SiteKind, SiteState, Structure
from app.projects.schemas.sites.maps import FEATURES_MAX, PointOut

_MICRO = 1_000_000


class PublicSiteProperties(BaseModel):
    """What a map says of a site. Who built it is not told: in a village that is a person's name."""

    code: str
    title: str
    kind: SiteKind
    structure: Structure | None
    state: SiteState
    region_code: str
    town: str | None
    village: str
    length_centimetres: int | None
    width_centimetres: int | None
    accepted_on: date | None
    cost: MoneyOut | None = Field(description="The final cost, once the site is accepted.")


class PublicSiteFeature(BaseModel):
    """A site; without a geometry where its place is not known."""

    type: Literal["Feature"] = "Feature"
    geometry: PointOut | None
    properties: PublicSiteProperties

    @classmethod
    def of(cls, site: Site) -> Self:
        """Return a site as GeoJSON."""
        placed = site.longitude_microdegrees is not None and site.latitude_microdegrees is not None
        where = ((site.longitude_microdegrees or 0) / _MICRO, (site.latitude_microdegrees or 0) / _MICRO)
        final = site.cost_minor if site.state is SiteState.accepted else None
        told = {name: getattr(site, name) for name in PublicSiteProperties.model_fields if name != "cost"}
        return cls(
            geometry=PointOut(coordinates=where) if placed else None,
            properties=PublicSiteProperties(cost=None if final is None else MoneyOut.of(final), **told),
        )


class PublicSiteMap(BaseModel):
    """A project's sites as a GeoJSON feature collection, without those that were given up."""

    model_config = ConfigDict(json_schema_extra=shown(examples.MAP))

    type: Literal["FeatureCollection"] = "FeatureCollection"
    features: list[PublicSiteFeature]
    complete: bool = Field(description="Whether all of its sites are told.")

    @classmethod
    def of(cls, sites: Sequence[Site]) -> Self:
        """Return sites as a map."""
        features = [PublicSiteFeature.of(site) for site in sites[:FEATURES_MAX]]
        return cls(features=features, complete=len(sites) <= FEATURES_MAX)
