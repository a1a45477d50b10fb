"""Items: what stands on a month's checklist, how much each weighs, and why."""

import enum
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.kit.database import ReadSession

Facts = Mapping[str, int | str]


class CheckWeight(enum.StrEnum):
    """What an open item does to a closing: stops it, stops it until the approver waives it, or warns."""

    required = "required"
    blocking = "blocking"
    warning = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Whether an item is done, and the facts behind it: counts, and amounts in fen (`..._minor`)."""

    done: bool
    facts: Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to look at, as it stands; `why` says why it weighs what it weighs."""

    key: str
    title_zh: str
    title: str
    weight: CheckWeight
    why_zh: str
    why: str
    done: bool
    facts: Facts


Look = Callable[[ReadSession, UUID, date], Awaitable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An item of the checklist: its name and weight, and what looks at one organization's month."""

    title_zh: str
    title: str
    weight: CheckWeight
    why_zh: str
    why: str
    look: Look
