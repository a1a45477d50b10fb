"""Dissolutions as facts: that an organization ends, and that its liquidation did."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import select

from app.disclosure.models import Dissolution, DissolutionGround, SubjectKind
from app.disclosure.obligations.facts import ANY, Fact, Member
from app.disclosure.rules.law import Trigger
from app.kit.database import ReadSession

_GROUNDS = {
    DissolutionGround.charter: "章程规定的终止情形",
    DissolutionGround.merger_or_division: "分立、合并",
    DissolutionGround.inactive: "连续二年未从事慈善活动",
    DissolutionGround.registration_revoked: "被撤销登记或者吊销登记证书",
    DissolutionGround.other_by_law: "法律、行政法规规定的其他情形",
}


async def facts(session: ReadSession, member: Member) -> list[Fact]:
    """Return what a member's end sets off: a liquidation group, and that it is struck off the register."""
    query = select(Dissolution).where(
        Dissolution.organization_id == member.id, Dissolution.withdrawn_on.is_(None)
    )
    return [fact for one in await session.scalars(query) for fact in _of(one)]


def _of(one: Dissolution) -> Iterator[Fact]:
    # The thirty days run until the group is there; the law gives no day for the announcement.
    yield _about(one, Trigger.dissolution, one.occurred_on, done=one.group_formed_on)
    if one.liquidated_on is not None:
        yield _about(one, Trigger.liquidation_ended, one.liquidated_on, done=one.deregistered_on)


def _about(one: Dissolution, trigger: Trigger, happened_on: date, *, done: date | None) -> Fact:
    return Fact(
        trigger=trigger,
        happened_on=happened_on,
        kind=SubjectKind.dissolution,
        id=one.id,
        title=_GROUNDS[one.ground],
        done={ANY: done},
    )
