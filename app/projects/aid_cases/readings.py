"""Readings: a case as those read it who work on it, with what is kept under its person's seal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from app.kit.database import ReadSession
from app.projects.aid_cases import cases, notices, steps, verifications
from app.projects.models import (
    AidCase,
    AidCasePerson,
    AidCaseState,
    AidCaseStep,
    AidDecision,
    AidFollowUp,
    AidNotice,
    AidObjection,
    AidVerification,
)

OVER = frozenset({AidCaseState.paid, AidCaseState.refused, AidCaseState.withdrawn})


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything that stands in a case."""

    case: AidCase
    people: Sequence[AidCasePerson]
    why_recused: Mapping[UUID, str]
    verifications: Sequence[AidVerification]
    decisions: Sequence[AidDecision]
    notice: AidNotice | None
    objections: Sequence[AidObjection]
    follow_ups: Sequence[AidFollowUp]
    steps: Sequence[AidCaseStep]
    said: dict[str, dict[str, str]]

    def words(self, what: str) -> str | None:
        """Return what was said at one point of the case, unless its person was erased."""
        return self.said.get(what, {}).get("words")


async def whole(session: ReadSession, case: AidCase) -> Whole:
    """Return everything that stands in a case."""
    looked = await verifications.of(session, case)
    decided = (
        await session.scalars(
            select(AidDecision).where(AidDecision.case_id == case.id).order_by(AidDecision.number)
        )
    ).all()
    objections = await notices.objections(session, case)
    asked = (
        await session.scalars(
            select(AidFollowUp).where(AidFollowUp.case_id == case.id).order_by(AidFollowUp.number)
        )
    ).all()
    whats = ["application", "appeal"]
    whats += [f"verification:{one.number}" for one in looked]
    whats += [f"decision:{one.number}" for one in decided]
    whats += [f"{what}:{one.number}" for one in objections for what in ("objection", "settlement")]
    whats += [f"follow_up:{one.number}" for one in asked]
    people = await cases.people(session, case)
    return Whole(
        case=case,
        people=people,
        why_recused=await cases.why_recused(session, case, people),
        verifications=looked,
        decisions=decided,
        notice=await notices.of(session, case),
        objections=objections,
        follow_ups=asked,
        steps=await steps.history(session, case),
        said=await cases.said_in(session, case, whats),
    )


async def others_open(session: ReadSession, case: AidCase) -> int:
    """Return how many other cases of the person are not over, at any member."""
    query = select(func.count()).where(
        AidCase.beneficiary_id == case.beneficiary_id, AidCase.id != case.id, AidCase.state.not_in(OVER)
    )
    return await session.scalar(query) or 0
