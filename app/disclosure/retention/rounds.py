"""Rounds: once a day what was kept long enough is erased, each record with the evidence of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Select, cast, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from app.disclosure.models import RetentionAct, RetentionHold, RetentionRound
from app.disclosure.retention import holds
from app.disclosure.retention.hands import HANDS, Hand
from app.disclosure.retention.rules import BY_ID, RULES, RetentionRule
from app.kit.clock import today
from app.kit.database import ReadSession, Transactions

AT_ONCE = 100
"""Records of one transaction: whatever breaks off, they are all erased with their evidence, or none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a rule stands on a day: what is due, what is held though due, what was done, what comes next.

    Empty where something else carries the rule out, or nobody has to.
    """

    rule: RetentionRule
    due_count: int | None = None
    held_count: int | None = None
    done_count: int | None = None
    next_on: date | None = None


async def make_due(database: Transactions) -> int:
    """Do today's round unless that was done; return how many records it ended.

    The day is written down at the end: a round that broke off goes on with the next call.
    """
    day = today()
    async with database.reading() as session:
        if await session.get(RetentionRound, day) is not None:
            return 0
    count = await run(database, day)
    async with database.writing() as session:
        done = insert(RetentionRound).values(done_on=day, act_count=count)
        await session.execute(done.on_conflict_do_nothing())
    return count


async def run(database: Transactions, day: date, *, hands: Mapping[str, Hand] = HANDS) -> int:
    """End every record whose time was over before a day, except what is held; return how many.

    Two that run at once share the work: the key of the evidence says who ends which record.
    """
    count = 0
    for rule_id, hand in hands.items():
        while (seen := await _some(database, BY_ID[rule_id], hand, day))[0]:
            count += seen[1]
    return count


async def _some(database: Transactions, rule: RetentionRule, hand: Hand, day: date) -> tuple[int, int]:
    async with database.writing() as session:
        await holds.steady(session)
        rows = (await session.execute(_due(rule, hand, day).limit(AT_ONCE))).mappings().all()
        ended = 0
        for row in rows:
            said = {"rule_id": rule.id, "fate": rule.fate, **row}
            put = insert(RetentionAct).values(said).on_conflict_do_nothing().returning(RetentionAct.id)
            # The evidence comes first: whoever puts it there ends the record, in the same transaction.
            if await session.scalar(put) is not None:
                await hand.end(session, row["subject_id"])
                ended += 1
        return len(rows), ended


async def standings(
    session: ReadSession, day: date, places: Collection[UUID] | None = None
) -> list[Standing]:
    """Return how every rule stands on a day, at some organizations or at all; nothing is done."""
    return [await _standing(session, rule, day, places) for rule in RULES]


async def _standing(
    session: ReadSession, rule: RetentionRule, day: date, places: Collection[UUID] | None
) -> Standing:
    hand = HANDS.get(rule.id)
    if hand is None:
        return Standing(rule=rule)
    left = _left(rule, hand).subquery()
    over, held = left.c.kept_until < day, _held(rule, left)
    query = select(
        func.count().filter(over, ~held),
        func.count().filter(over, held),
        func.min(left.c.kept_until).filter(~over),
    )
    done = select(func.count()).where(RetentionAct.rule_id == rule.id)
    if places is not None:
        query = query.where(left.c.organization_id.in_(places))
        done = done.where(RetentionAct.organization_id.in_(places))
    due, kept, after = (await session.execute(query)).one()
    return Standing(
        rule=rule,
        due_count=due,
        held_count=kept,
        done_count=await session.scalar(done),
        next_on=after,
    )


async def last(session: ReadSession) -> RetentionRound | None:
    """Return the last day's round."""
    return await session.scalar(select(RetentionRound).order_by(RetentionRound.done_on.desc()).limit(1))


def acts(places: Collection[UUID]) -> Select[RetentionAct]:
    """Return the query for what was done with the records of some organizations."""
    return select(RetentionAct).where(RetentionAct.organization_id.in_(places))


def _left(rule: RetentionRule, hand: Hand) -> Select[Any, Any, Any, date]:
    """Return the query for what is there of a kind, each with the last day on which it is kept.

    The day that sets the clock off is not counted (Civil Code 201); 29 February becomes the 28th (202).
    """
    found = hand.subjects().subquery()
    lasts = found.c.ended_on + func.make_interval(rule.years, 0, 0, rule.days)
    done = exists().where(RetentionAct.rule_id == rule.id, RetentionAct.subject_id == found.c.subject_id)
    columns = (found.c.subject_id, found.c.organization_id, found.c.ended_on)
    return select(*columns, cast(lasts, Date).label("kept_until")).where(~done)


def _held(rule: RetentionRule, left: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a subquery
    return exists().where(
        RetentionHold.rule_id.in_(rule.held_by),
        RetentionHold.organization_id == left.c.organization_id,
        RetentionHold.released_at.is_(None),
        or_(RetentionHold.subject_id.is_(None), RetentionHold.subject_id == left.c.subject_id),
    )


def _due(rule: RetentionRule, hand: Hand, day: date) -> Select[Any, Any, Any, Any]:
    left = _left(rule, hand).subquery()
    columns: Sequence[Any] = (left.c.subject_id, left.c.organization_id, left.c.ended_on, left.c.kept_until)
    return select(*columns).where(left.c.kept_until < day, ~_held(rule, left)).order_by(left.c.subject_id)
