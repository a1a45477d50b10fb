"""Decisions: what is given by the standard that people were told, and never above its caps."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.kit import constraints
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.errors import Refusal
from app.projects.aid_cases import cases, steps, verifications
from app.projects.aid_cases.errors import (
    AidCapExceeded,
    AidCaseNotInState,
    AidDayAhead,
    DecidedByYou,
    DuplicatesUnchecked,
    MoreThanNeeded,
    NotYourTask,
    StandardMissing,
    StandardUntold,
)
from app.projects.models import (
    AidCase,
    AidCaseState,
    AidDecision,
    AidEpisodeSum,
    AidStandard,
    AidVerdict,
    AidYearSum,
)
from app.projects.register import standards

DECISIONS_MAX = 2
"""The decision, and the one about an appeal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What somebody decided, on which day, and why; no amount: it was refused."""

    by: str
    on: date
    words: str
    amount_minor: int | None = None


async def decide(session: WriteSession, case: AidCase, verdict: Verdict) -> AidDecision:
    """Decide a verified case, or one that was appealed, by the standard that held on that day.

    The caps are two rows that every decision adds to and a CHECK that none may pass, whoever decides at the
    same moment. Raises StandardMissing, StandardUntold, DuplicatesUnchecked, MoreThanNeeded, AidCapExceeded,
    DecidedByYou.
    """
    amount = verdict.amount_minor
    to = AidCaseState.refused if amount is None else AidCaseState.approved
    steps.must_lead_to(case, to)
    await _must_be_another(session, case, verdict)
    standard = await _standard(session, case, verdict.on)
    if amount is not None:
        _must_be_needed(case, amount)
    counted = select(func.count()).where(AidDecision.case_id == case.id)
    row = AidDecision(
        case_id=case.id,
        number=(await session.scalar(counted) or 0) + 1,
        verdict=AidVerdict.refuse if amount is None else AidVerdict.approve,
        standard_id=standard.id,
        decided_by=verdict.by,
        decided_on=verdict.on,
        amount_minor=amount,
    )
    async with constraints.told(session, _refusals()):
        session.add(row)
        await session.flush()
        if amount is not None:
            await _add(session, case, standard, verdict.on.year, amount)
    await cases.seal(session, case, f"decision:{row.number}", {"words": verdict.words})
    await steps.move(session, case, to, by=verdict.by, amount_minor=amount)
    return row


async def last(session: ReadSession, case: AidCase) -> AidDecision:
    """Return the decision that holds, or held last."""
    query = select(AidDecision).where(AidDecision.case_id == case.id).order_by(AidDecision.number.desc())
    return (await session.scalars(query.limit(1))).one()


async def overturn(session: WriteSession, case: AidCase, *, to: AidCaseState, by: str) -> None:
    """Take back what was approved (an objection was right, the person withdrew): it frees its caps."""
    decision = await last(session, case)
    amount = decision.amount_minor or 0
    decision.overturned_at = now()
    await session.execute(
        update(AidEpisodeSum)
        .where(AidEpisodeSum.project_id == case.project_id, AidEpisodeSum.episode_id == case.episode_id)
        .values(amount_minor=AidEpisodeSum.amount_minor - amount)
    )
    await session.execute(
        update(AidYearSum)
        .where(
            AidYearSum.project_id == case.project_id,
            AidYearSum.beneficiary_id == case.beneficiary_id,
            AidYearSum.year == decision.decided_on.year,
        )
        .values(amount_minor=AidYearSum.amount_minor - amount)
    )
    await steps.move(session, case, to, by=by, amount_minor=None)


async def appeal(session: WriteSession, case: AidCase, *, words: str, by: str) -> None:
    """Take the person's word against a refusal; somebody else decides then, and that decision is the last."""
    counted = select(func.count()).where(AidDecision.case_id == case.id)
    if await session.scalar(counted) == DECISIONS_MAX:
        raise AidCaseNotInState(case=case.id, state=case.state)
    await cases.seal(session, case, "appeal", {"words": words})
    await steps.move(session, case, AidCaseState.appealed, by=by)


async def _must_be_another(session: ReadSession, case: AidCase, verdict: Verdict) -> None:
    looked = await verifications.of(session, case)
    # Who looked whether it is true does not decide what it is worth.
    if verdict.by in {one.verified_by for one in looked}:
        raise NotYourTask(case=case.id)
    if not max([case.applied_on, *(one.verified_on for one in looked)]) <= verdict.on <= today():
        raise AidDayAhead(day=verdict.on)
    if case.checked_at is None:
        raise DuplicatesUnchecked(case=case.id)


async def _standard(session: ReadSession, case: AidCase, on: date) -> AidStandard:
    standard = await standards.in_force(session, case.project_id, on)
    if standard is None:
        raise StandardMissing(day=on)
    if not await standards.told(session, standard.id, on):
        raise StandardUntold(standard=standard.id)
    return standard


def _must_be_needed(case: AidCase, amount: int) -> None:
    need = case.cost_minor - case.insured_minor - case.other_aid_minor
    if amount > min(case.asked_minor, need):
        raise MoreThanNeeded(need_minor=need)


async def _add(session: WriteSession, case: AidCase, standard: AidStandard, year: int, amount: int) -> None:
    """Add to the sums of the episode and of the year, each in one statement that waits for who came first."""
    episode = insert(AidEpisodeSum).values(
        project_id=case.project_id,
        episode_id=case.episode_id,
        amount_minor=amount,
        cap_minor=standard.cap_episode_minor,
    )
    added = {"amount_minor": AidEpisodeSum.amount_minor + amount, "cap_minor": episode.excluded.cap_minor}
    await session.execute(
        episode.on_conflict_do_update(index_elements=["project_id", "episode_id"], set_=added)
    )
    annual = insert(AidYearSum).values(
        project_id=case.project_id,
        beneficiary_id=case.beneficiary_id,
        year=year,
        amount_minor=amount,
        cap_minor=standard.cap_year_minor,
    )
    added = {"amount_minor": AidYearSum.amount_minor + amount, "cap_minor": annual.excluded.cap_minor}
    keys = ["project_id", "beneficiary_id", "year"]
    await session.execute(annual.on_conflict_do_update(index_elements=keys, set_=added))


def _refusals() -> dict[str, Refusal]:
    exceeded = AidCapExceeded()
    return {
        "aid_episode_sums_cap_check": exceeded,
        "aid_year_sums_cap_check": exceeded,
        "aid_decisions_case_id_decided_by_key": DecidedByYou(),
    }
