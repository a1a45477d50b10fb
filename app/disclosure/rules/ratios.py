"""Ratios: what must be spent of what, and what costs may be at most, in each version of the provisions."""

import enum
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.rules.law import TEXTS, Mark, Regulation

FOLDER = TEXTS / "ratios"
PER_MILLE = 1000


class RatioMeasure(enum.StrEnum):
    """Of what a share is taken (2.D): R₋₁, N₋₁, S and D̄₃."""

    income_before = "income_before"
    net_assets_before = "net_assets_before"
    total_spending = "total_spending"
    donations_average = "donations_average"


class _Told(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Share(_Told):
    """So many thousandths of something."""

    measure: RatioMeasure
    per_mille: Annotated[int, Field(ge=1, le=PER_MILLE)]


class OrganizationClass(_Told):
    """A class of organizations with what binds it; by size from `net_assets_from_minor` on, if it has any."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    article: str
    mark: Mark
    title: str
    title_zh: str
    qualified: bool
    foundation: bool
    net_assets_from_minor: int = 0
    spending: tuple[Share, ...]
    administration_per_mille: Annotated[int, Field(ge=1, le=PER_MILLE)]


class Sourced(_Told):
    """Where in the text something stands, and how sure we are of it."""

    article: str
    mark: Mark


class Exemption(Sourced):
    """Below which cost its cap does not apply (低于: strictly)."""

    below_minor: int


class Cap(Sourced):
    """So many thousandths at most."""

    per_mille: int


class Averaging(Sourced):
    """Over how many years a base may be averaged instead."""

    years: int


class CostException(Sourced):
    """A ground on which costs may be above their cap; it is reported to the authority, and published."""

    id: str
    title: str
    title_zh: str


class RatioLaw(_Told):
    """One version of the provisions, for the fiscal years that it is about."""

    regulation: Regulation
    first_year: int
    last_year: int | None = None
    last_mile: bool
    """Whether money that is passed on counts when it reaches the beneficiary, and not when it is paid."""
    administration_exemption: Exemption
    average: Averaging
    fundraising_cap: Cap | None = None
    classes: tuple[OrganizationClass, ...]
    exceptions: tuple[CostException, ...]

    def class_of(
        self, *, qualified: bool, foundation: bool, net_assets_minor: int | None
    ) -> OrganizationClass | None:
        """Return the class of an organization; None if it goes by a size that nobody knows."""
        fitting = [one for one in self.classes if (one.qualified, one.foundation) == (qualified, foundation)]
        if net_assets_minor is None:
            return fitting[0] if len(fitting) == 1 else None
        sized = sorted(fitting, key=lambda one: -one.net_assets_from_minor)
        return next((one for one in sized if net_assets_minor >= one.net_assets_from_minor), sized[-1])


def read(folder: Path = FOLDER) -> tuple[RatioLaw, ...]:
    """Return every version in a folder, in the order of their years."""
    texts = [RatioLaw.model_validate(tomllib.loads(one.read_text("utf-8"))) for one in folder.glob("*.toml")]
    return tuple(sorted(texts, key=lambda one: one.first_year))


LAWS = read()


def of(year: int) -> RatioLaw | None:
    """Return the version by which a fiscal year is judged; None before the first."""
    return next(
        (one for one in LAWS if one.first_year <= year and (one.last_year is None or year <= one.last_year)),
        None,
    )
