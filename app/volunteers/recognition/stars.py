"""Stars: from how many hours on an organization speaks of one to five stars; its own rule, not the law's."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from app.kit import constraints
from app.kit.clock import today
from app.kit.database import ReadSession, WriteSession
from app.volunteers.models import StarRule, VolunteerTotal
from app.volunteers.recognition.errors import (
    StarHoursUnordered,
    StarRuleTaken,
)

DEFAULT_HOURS = (100, 300, 600, 1000, 1500)
"""What the record rules of 2012 proposed; localities differ, and no national duty is claimed."""


async def set_rule(session: WriteSession, rule: StarRule) -> StarRule:
    """Set from how many hours on an organization gives stars, from a day on; earlier rules stay on record."""
    if list(rule.hours) != sorted(set(rule.hours)):
        raise StarHoursUnordered
    refusals = {"star_rules_organization_id_valid_from_key": StarRuleTaken()}
    async with constraints.told(session, refusals):
        session.add(rule)
    return rule


async def hours(session: ReadSession, organization_id: UUID, on: date) -> Sequence[int]:
    """Return the hours for each star by an organization's rule of that day, or the default."""
    rule = await session.scalar(
        select(StarRule)
        .where(StarRule.organization_id == organization_id, StarRule.valid_from <= on)
        .order_by(StarRule.valid_from.desc())
        .limit(1)
    )
    return rule.hours if rule is not None else DEFAULT_HOURS


def level(minutes: int, thresholds: Sequence[int]) -> int:
    """Return how many stars so many minutes are; an hour counts when it is full."""
    return sum(minutes >= hours * 60 for hours in thresholds)


async def of(
    session: ReadSession, volunteer_id: UUID, organization_id: UUID
) -> tuple[int, int, Sequence[int]]:
    """Return a volunteer's confirmed minutes with all organizations, their stars, and the rule of today."""
    given = await session.scalar(
        select(func.coalesce(func.sum(VolunteerTotal.minutes), 0)).where(
            VolunteerTotal.volunteer_id == volunteer_id
        )
    )
    minutes, rule = int(given or 0), await hours(session, organization_id, today())
    return minutes, level(minutes, rule), rule
