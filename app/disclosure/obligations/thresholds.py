"""Thresholds: what is major to an organization, where the law leaves it to its own charter or rules."""

from app.disclosure import rounds
from app.disclosure.models import DisclosureThreshold
from app.disclosure.obligations.errors import RuleWithoutThreshold, ThresholdDayTaken
from app.disclosure.rules import law
from app.kit import constraints
from app.kit.database import WriteSession

RULES = frozenset(rule.id for rule in law.RULES if rule.needs_threshold)
"""The rules that leave their threshold to the organization."""


async def set_from(session: WriteSession, threshold: DisclosureThreshold) -> DisclosureThreshold:
    """Set a threshold from a day on; what was judged by an earlier one before that day stays judged by it.

    Raises RuleWithoutThreshold, ThresholdDayTaken: of two at once one is told so.
    """
    if threshold.rule_id not in RULES:
        raise RuleWithoutThreshold(rule=threshold.rule_id)
    taken = "disclosure_thresholds_organization_id_rule_id_valid_from_key"
    async with constraints.told(session, {taken: ThresholdDayTaken()}):
        session.add(threshold)
    await rounds.anew(session, threshold.organization_id)
    return threshold
