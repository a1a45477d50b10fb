"""Months: what a monthly plan should have brought, what it did, and what it missed."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.fundraising.models import Donation, DonationState, GivingPlan, GivingPlanState
from app.fundraising.ways import giving_plans
from app.fundraising.ways.giving_plans import Terms
from app.kit.clock import legal_day
from app.kit.database import ReadSession
from app.kit.facts import fact

Given = tuple[datetime, int]
"""When something was given on a plan, and what is left of it in fen."""


@fact(kw_only=True)
class PlanMonth:
    """A month of Asia/Shanghai: expected and received in fen, and how many gifts came out of turn."""

    month: date
    expected: int
    received: int
    gift_count: int
    missed: bool
    unexpected_count: int


async def of(session: ReadSession, plan: GivingPlan, *, until: date) -> list[PlanMonth]:
    """Return a plan's months from its first step to that of a day.

    A month is expected to bring what the plan stood at on its day. It is missed when that day is past and
    nothing came; what came while the plan was paused or cancelled is unexpected.
    """
    terms = giving_plans.terms(await giving_plans.history(session, plan))
    query = select(Donation.donated_at, Donation.amount - Donation.refunded).where(
        Donation.source_id == plan.platform_id,
        Donation.their_plan_id == plan.their_id,
        Donation.state != DonationState.voided,
    )
    given: defaultdict[date, list[Given]] = defaultdict(list)
    for moment, amount in await session.execute(query):
        given[_first(legal_day(moment))].append((moment, amount))
    begins = min([_first(legal_day(terms[0][0])), *given])
    return [_month(one, terms, given[one], until) for one in _months(begins, until)]


def _month(first: date, terms: Sequence[Terms], given: Sequence[Given], until: date) -> PlanMonth:
    begun = [term for term in terms if legal_day(term[0]) <= _on(first, term[3])]
    expected, due_on = 0, first
    if begun:
        _, state, amount, day = begun[-1]
        expected, due_on = (amount if state is GivingPlanState.active else 0), _on(first, day)
    return PlanMonth(
        month=first,
        expected=expected,
        received=sum(amount for _, amount in given),
        gift_count=len(given),
        missed=bool(expected) and not given and due_on < until,
        unexpected_count=sum(not _active(terms, moment) for moment, _ in given),
    )


def _active(terms: Sequence[Terms], moment: datetime) -> bool:
    states = [state for since, state, _, _ in terms if since <= moment]
    # What was charged before we heard of the plan was no step too late.
    return not states or states[-1] is GivingPlanState.active


def _first(day: date) -> date:
    return day.replace(day=1)


def _next(first: date) -> date:
    return _first(first + timedelta(days=31))


def _on(first: date, day: int) -> date:
    # A plan for the 31st is charged on the last day of a shorter month.
    last = (_next(first) - first).days
    return first.replace(day=min(day, last))


def _months(first: date, until: date) -> list[date]:
    found = [first]
    while found[-1] < _first(until):
        found.append(_next(found[-1]))
    return found
