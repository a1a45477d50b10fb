"""Definitions: every figure of a year with its stable id, its unit, and what it counts, in both languages."""

import enum
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class FigureUnit(enum.StrEnum):
    """In what a figure is counted; a growth in thousandths, so that one decimal of a percent is exact."""

    fen = "fen"
    per_mille = "per_mille"
    projects = "projects"
    persons = "persons"
    person_times = "person_times"
    categories = "categories"
    counties = "counties"
    grams = "grams"
    sites = "sites"
    villages = "villages"
    items = "items"


class FigureId(enum.StrEnum):
    """The figures by names that never change, in the order in which they are told."""

    raised = "raised"
    raised_growth = "raised_growth"
    projects = "projects"
    beneficiary_persons = "beneficiary_persons"
    beneficiary_person_times = "beneficiary_person_times"
    raised_emergency = "raised_emergency"
    raised_online = "raised_online"
    poverty_relief_categories = "poverty_relief_categories"
    poverty_relief_spent = "poverty_relief_spent"
    pilot_counties = "pilot_counties"
    new_volunteers = "new_volunteers"
    clothes_collected = "clothes_collected"
    target_sites = "target_sites"
    honours = "honours"
    commendations = "commendations"


class Missing(enum.StrEnum):
    """Why a figure is not known: what is not known is never told as nothing."""

    no_books = "no_books"
    not_kept_then = "not_kept_then"
    no_emergency = "no_emergency"
    no_target = "no_target"
    only_counted = "only_counted"
    not_apart_from_members = "not_apart_from_members"
    nothing_before = "nothing_before"
    year_running = "year_running"
    not_comparable = "not_comparable"
    no_population = "no_population"


class Said(BaseModel):
    """What a reason says, in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    text_zh: str
    text: str


class Definition(BaseModel):
    """What a figure is: its number in the list of figures, its titles, and what it counts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str
    id: FigureId
    unit: FigureUnit
    title_zh: str
    title: str
    definition_zh: str
    definition: str


class _Texts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    figures: tuple[Definition, ...]
    missing: Mapping[Missing, Said]


_TEXTS = _Texts.model_validate(tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")))

DEFINITIONS = _TEXTS.figures
"""Every figure in the order of its number."""

MISSING = _TEXTS.missing
"""What each reason says."""
