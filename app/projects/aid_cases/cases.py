"""Cases: applications for help in an illness, who works on them, and what they say under seal."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from app.kit import constraints, vault
from app.kit.clock import now, today
from app.kit.database import ReadSession, WriteSession
from app.kit.ids import new_code, new_id
from app.kit.persons import reasons
from app.kit.persons.reasons import About
from app.organizations.approvals import rights
from app.organizations.errors import OutOfSight
from app.projects.aid_cases import steps
from app.projects.aid_cases.errors import (
    AidCaseNotInState,
    AidDayAhead,
    AidPersonUnfit,
    EpisodeOfAnother,
    NotOnTheCase,
    NotYourTask,
    OnTheCaseAlready,
)
from app.projects.beneficiaries.errors import BeneficiaryUnknown
from app.projects.models import AidCase, AidCasePerson, AidCaseState, AidTask, Project, ProjectState
from app.projects.register.errors import ProjectNotInState

NUMBER_LENGTH = 10
S = AidCaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What is asked for and why. The amounts stand in the case, `story` goes under the person's seal."""

    beneficiary_id: UUID
    applied_on: date
    asked_minor: int
    cost_minor: int
    story: Mapping[str, str]
    insured_minor: int = 0
    other_aid_minor: int = 0
    earlier_case_id: UUID | None = None


async def apply(session: WriteSession, project: Project, said: Application, *, by: str) -> AidCase:
    """Take an application to a running project; whoever takes it handles the case.

    Another application in the same illness names the earlier case, so that both count to one episode.
    """
    if project.state is not ProjectState.running:
        raise ProjectNotInState(project=project.id, state=project.state)
    if said.applied_on > today():
        raise AidDayAhead(day=said.applied_on)
    case = AidCase(
        project_id=project.id,
        organization_id=project.organization_id,
        beneficiary_id=said.beneficiary_id,
        number=f"A{new_code(NUMBER_LENGTH)}",
        episode_id=await _episode(session, project, said),
        applied_on=said.applied_on,
        asked_minor=said.asked_minor,
        cost_minor=said.cost_minor,
        insured_minor=said.insured_minor,
        other_aid_minor=said.other_aid_minor,
    )
    async with constraints.told(session, {"aid_cases_beneficiary_fkey": BeneficiaryUnknown()}):
        session.add(case)
    session.add(AidCasePerson(case_id=case.id, person=by, task=AidTask.handle, added_by=by))
    await steps.begin(session, case, by=by)
    await seal(session, case, "application", dict(said.story))
    return case


async def _episode(session: ReadSession, project: Project, said: Application) -> UUID:
    if said.earlier_case_id is None:
        return new_id()
    earlier = await session.get(AidCase, said.earlier_case_id)
    same = earlier is not None and earlier.project_id == project.id
    if earlier is None or not same or earlier.beneficiary_id != said.beneficiary_id:
        raise EpisodeOfAnother
    return earlier.episode_id


async def get(session: ReadSession, case_id: UUID, *, lock: bool = False) -> AidCase:
    """Return a case, or refuse; with `lock` nobody else changes it until the transaction ends."""
    for_update = {"key_share": True} if lock else None
    found = await session.get(AidCase, case_id, with_for_update=for_update, populate_existing=lock)
    if found is None:
        raise OutOfSight
    return found


async def held(session: WriteSession, case_ids: Collection[UUID]) -> Sequence[AidCase]:
    """Return cases in id order, which nobody else changes until the transaction ends."""
    query = select(AidCase).where(AidCase.id.in_(case_ids)).order_by(AidCase.id)
    locked = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return (await session.scalars(locked)).all()


async def must_work_on(session: ReadSession, case: AidCase, person: str, *tasks: AidTask) -> None:
    """Refuse whoever does not work on a case, has stepped back from it, or has another task in it."""
    theirs = await session.scalar(
        select(AidCasePerson).where(AidCasePerson.case_id == case.id, AidCasePerson.person == person)
    )
    if theirs is None or theirs.recused_at is not None:
        raise NotOnTheCase(case=case.id)
    if tasks and theirs.task not in tasks:
        raise NotYourTask(case=case.id, task=theirs.task)


async def bring_in(
    session: WriteSession, case: AidCase, new: AidCasePerson, *, staff_id: UUID
) -> AidCasePerson:
    """Let somebody who works at the case's organization verify or decide it, and so see it."""
    if case.state in {S.paid, S.withdrawn}:
        raise AidCaseNotInState(case=case.id, state=case.state)
    if not await rights.own(session, staff_id, case.organization_id):
        raise AidPersonUnfit(staff=staff_id)
    async with constraints.told(session, {"aid_case_people_case_id_person_key": OnTheCaseAlready()}):
        session.add(new)
    return new


async def step_back(session: WriteSession, case: AidCase, *, person: str, reason: str) -> None:
    """Let somebody step back who is related to the person (慈善法 14, 59): they neither see nor decide it."""
    theirs = await session.scalar(
        select(AidCasePerson).where(AidCasePerson.case_id == case.id, AidCasePerson.person == person)
    )
    if theirs is None or theirs.recused_at is not None:
        raise NotOnTheCase(case=case.id)
    theirs.recused_at = now()
    await session.flush()
    await reasons.keep(session, _about(case, theirs), reason)


async def people(session: ReadSession, case: AidCase) -> Sequence[AidCasePerson]:
    """Return who works on a case, and who stepped back from it."""
    query = select(AidCasePerson).where(AidCasePerson.case_id == case.id).order_by(AidCasePerson.id)
    return (await session.scalars(query)).all()


async def why_recused(
    session: ReadSession, case: AidCase, people: Sequence[AidCasePerson]
) -> Mapping[UUID, str]:
    """Return why people stepped back, by what they were in the case; nothing once its person is erased."""
    return await reasons.read(session, [_about(case, one) for one in people if one.recused_at is not None])


def _about(case: AidCase, one: AidCasePerson) -> About:
    return About("aid_case_recusal", one.id, case.beneficiary_id)


async def seal(session: WriteSession, case: AidCase, what: str, words: Mapping[str, str]) -> None:
    """Keep what is said in a case under its person's key: who erases the person erases it."""
    told = json.dumps(dict(words), ensure_ascii=False, sort_keys=True)
    await vault.keep(session, case.beneficiary_id, {f"aid_case:{case.id}:{what}": told})


async def said_in(session: ReadSession, case: AidCase, whats: Sequence[str]) -> dict[str, dict[str, str]]:
    """Return what is kept under seal in a case; of whoever was erased, nothing."""
    prefix = f"aid_case:{case.id}:"
    known = await vault.read(session, [case.beneficiary_id], [f"{prefix}{what}" for what in whats])
    values = known.get(case.beneficiary_id, {})
    return {name.removeprefix(prefix): json.loads(text) for name, text in values.items()}


@dataclass(frozen=True, slots=True)
class Payee:
    """To whom and to which account a case is paid, as its application says and two people verified."""

    name: str
    account: str
    bank: str


async def payee(session: ReadSession, case: AidCase) -> Payee:
    """Return to whom a case is paid, in clear: for whoever has it paid. Of the erased it is empty."""
    told = (await said_in(session, case, ["application"])).get("application", {})
    return Payee(told.get("payee_name", ""), told.get("payee_account", ""), told.get("payee_bank", ""))
