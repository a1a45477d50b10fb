"""Targets and costs of sites as JSON."""

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, MoneyOut, shown
from app.projects.models import Programme, ProgrammeTarget, SiteKind, Structure
from app.projects.schemas.sites import examples
from app.projects.sites.costs import CostGroup, Outlier
from app.projects.sites.targets import Standing


class TargetIn(Body):
    """How many sites of a kind a programme means to finish in a year."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TARGET_IN))

    year: int = Field(ge=1990, le=2999, strict=True)
    site_kind: SiteKind
    site_count: int = Field(ge=1, le=1_000_000, strict=True)

    def as_target(self, programme: Programme, by: str) -> ProgrammeTarget:
        """Return the same as a row."""
        return ProgrammeTarget(programme_id=programme.id, made_by=by, **dict(self))


class ProgrammeTargetOut(BaseModel):
    """A programme's target for a year beside the sites accepted in it."""

    model_config = ConfigDict(json_schema_extra=shown(examples.TARGET_OUT))

    id: UUID
    programme_id: UUID
    year: int
    site_kind: SiteKind
    site_count: int
    accepted_count: int
    percent: int = Field(description="Whole percent, rounded down: 100 is reached, not nearly reached.")

    @classmethod
    def of(cls, standing: Standing) -> Self:
        """Return a target with what came of it."""
        names = ("id", "programme_id", "year", "site_kind", "site_count")
        return cls(
            accepted_count=standing.accepted_count,
            percent=standing.accepted_count * 100 // standing.target.site_count,
            **{name: getattr(standing.target, name) for name in names},
        )


class CostQuery(BaseModel):
    """Which sites to compare."""

    model_config = ConfigDict(extra="forbid")

    kind: SiteKind = SiteKind.bridge
    programme_id: UUID | None = None


class CostGroupOut(BaseModel):
    """What a metre of accepted sites of one structure cost: the quartiles."""

    structure: Structure | None
    site_count: int
    low: MoneyOut
    middle: MoneyOut
    high: MoneyOut


class CostOutlier(BaseModel):
    """A site whose metre cost far more or far less than that of its like."""

    id: UUID
    project_id: UUID
    code: str
    title: str
    structure: Structure | None
    cost: MoneyOut
    per_metre: MoneyOut
    middle: MoneyOut


class SiteCosts(BaseModel):
    """What accepted sites cost per metre, and those that stand far out (over 1.5 quartile distances)."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "kind": "bridge",
                "groups": [
                    {
                        "structure": "slab",
                        "site_count": 156,
                        "low": {"amount": 280000, "currency": "CNY"},
                        "middle": {"amount": 310000, "currency": "CNY"},
                        "high": {"amount": 340000, "currency": "CNY"},
                    }
                ],
                "outliers": [],
            }
        )
    )

    kind: SiteKind
    groups: list[CostGroupOut]
    outliers: list[CostOutlier]

    @classmethod
    def of(cls, kind: SiteKind, groups: Sequence[CostGroup], outliers: Sequence[Outlier]) -> Self:
        """Return costs as JSON shows them."""
        return cls(
            kind=kind,
            groups=[
                CostGroupOut(
                    structure=one.structure,
                    site_count=one.site_count,
                    low=MoneyOut.of(one.low),
                    middle=MoneyOut.of(one.middle),
                    high=MoneyOut.of(one.high),
                )
                for one in groups
            ],
            outliers=[
                CostOutlier(
                    id=one.id,
                    project_id=one.project_id,
                    code=one.code,
                    title=one.title,
                    structure=one.structure,
                    cost=MoneyOut.of(one.cost),
                    per_metre=MoneyOut.of(one.per_metre),
                    middle=MoneyOut.of(one.middle),
                )
                for one in outliers
            ],
        )
