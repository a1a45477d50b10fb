"""Approvals under concurrency: the database decides who came first, on committed data."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text

from app.kit.clock import today
from app.kit.database import Database
from app.kit.errors import Refusal
from app.kit.ids import new_id
from app.organizations import approvals
from app.organizations.access import Caller, Role
from app.organizations.approvals import Matter, deputies
from app.organizations.approvals.deputies import Absence
from app.organizations.errors import ApprovalEnded, AskedAlready, DecidedBefore, NotYourStep
from app.organizations.models import Approval, ApprovalDecision, Deputyship, Organization, Staff, Verdict
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, SMALL, Ends, caller


@dataclass
class Room:
    """A member with reviewers, and what they all decide."""

    database: Database
    ends: Ends
    organization: Organization
    callers: list[Caller]

    async def ask(self, amount: int = SMALL, subject_id: UUID | None = None) -> Approval:
        async with self.database.writing() as session:
            self.ends.hand_to(session)
            matter = Matter(
                kind="purchase",
                organization_id=self.organization.id,
                subject_id=subject_id or new_id(),
                title="办公用品",
                amount_minor=amount,
            )
            return await approvals.ask(session, matter, asked_by="staff:somebody-else")

    async def decide(self, who: Caller, approval: Approval, verdict: Verdict = Verdict.approve) -> str:
        try:
            async with self.database.writing() as session:
                self.ends.hand_to(session)
                made = await approvals.decide(session, approval.id, who, verdict, reason="一致")
                return made.state.value
        except Refusal as refusal:
            return type(refusal).__name__


async def room(database: Database, *roles: Role) -> Room:
    async with database.writing() as session:
        organization = await make.organization(session)
        people = [await make.staff(session, organization, role) for role in roles]
        return Room(database, Ends(), organization, [await caller(session, one) for one in people])


async def test_of_many_deciders_at_once_one_decides(committed: Database) -> None:
    at = await room(committed, *[Role.reviewer] * 8)
    asked = await at.ask()
    verdicts = [Verdict.approve, Verdict.reject] * 4

    outcomes = await asyncio.gather(
        *(at.decide(who, asked, verdict) for who, verdict in zip(at.callers, verdicts, strict=True))
    )

    counted = Counter(outcomes)
    assert counted[ApprovalEnded.__name__] == 7
    assert counted["approved"] + counted["rejected"] == 1
    assert len(at.ends.seen) == 1
    async with committed.reading() as session:
        assert len((await session.scalars(select(ApprovalDecision))).all()) == 1


async def test_one_who_clicks_twice_decides_one_step(committed: Database) -> None:
    at = await room(committed, Role.reviewer)
    async with committed.writing() as session:
        person = await session.get_one(Staff, at.callers[0].id)
        await make.grants.give(session, person, at.organization, role=Role.admin, given_by="test")
    asked = await at.ask(LARGE)

    outcomes = await asyncio.gather(*(at.decide(at.callers[0], asked) for _ in range(6)))

    assert Counter(outcomes) == {"waiting": 1, DecidedBefore.__name__: 5}
    assert at.ends.seen == []


async def test_a_subject_is_asked_about_once_however_many_ask(committed: Database) -> None:
    at = await room(committed, Role.reviewer)
    subject_id = new_id()

    async def ask() -> str:
        try:
            return type(await at.ask(subject_id=subject_id)).__name__
        except AskedAlready as refusal:
            return type(refusal).__name__

    assert Counter(await asyncio.gather(*(ask() for _ in range(10)))) == {"Approval": 1, "AskedAlready": 9}


async def test_a_deputy_revoked_meanwhile_does_not_decide(committed: Database) -> None:
    at = await room(committed, Role.reviewer, Role.project_officer)
    asked = await at.ask()
    absent, deputy = at.callers
    deputyship = await _named(committed, at, absent.id, deputy.id)

    async with committed.writing() as revoking:
        held = await revoking.get_one(Deputyship, deputyship.id)
        await deputies.revoke(revoking, held, by="test")
        await revoking.flush()
        # The deputy's decision has found the row taken, and waits for what becomes of it.
        deciding = asyncio.ensure_future(at.decide(deputy, asked))
        await _someone_waits(committed)
    assert await deciding == NotYourStep.__name__
    assert at.ends.seen == []


async def test_a_revocation_waits_for_the_decision_it_came_after(committed: Database) -> None:
    at = await room(committed, Role.reviewer, Role.project_officer)
    asked = await at.ask()
    absent, deputy = at.callers
    deputyship = await _named(committed, at, absent.id, deputy.id)

    async def revoke() -> None:
        async with committed.writing() as session:
            await deputies.revoke(session, await session.get_one(Deputyship, deputyship.id), by="test")

    async with committed.writing() as deciding:
        at.ends.hand_to(deciding)
        await approvals.decide(deciding, asked.id, deputy, Verdict.approve)
        revoking = asyncio.ensure_future(revoke())
        await _someone_waits(committed)
    await revoking
    assert [state for _, state in at.ends.seen] == ["approved"]


async def _named(database: Database, at: Room, principal_id: UUID, deputy_id: UUID) -> Deputyship:
    async with database.writing() as session:
        absence = Absence(
            principal_id=principal_id,
            deputy_id=deputy_id,
            valid_from=today(),
            valid_to=today() + timedelta(days=1),
            reason="年休假",
        )
        return await deputies.name(session, at.organization.id, absence, by="test")


async def _someone_waits(database: Database) -> None:
    """Return when some transaction of this database waits for another one's lock."""
    while not await _waiting(database):  # noqa: ASYNC110 - PostgreSQL tells it by no event
        await asyncio.sleep(0.01)


async def _waiting(database: Database) -> bool:
    # Each look has a transaction of its own: PostgreSQL shows one the activity as it was at its first look.
    async with database.reading() as session:
        found = await session.scalar(
            text(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and wait_event_type = 'Lock'"
            )
        )
    return bool(found)
