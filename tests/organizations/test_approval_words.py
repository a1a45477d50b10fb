"""Why a step was decided as it was: sealed under a key of the request's own, and read where the steps are."""

from sqlalchemy import text

from app.kit.database import Database, WriteSession
from app.organizations import approvals
from app.organizations.access import Role
from app.organizations.approvals import words
from app.organizations.models import Approval, Verdict
from tests.databases import Cluster
from tests.factories import organizations as make
from tests.organizations.approving import LARGE, Ends, Office, caller
from tests.organizations.test_approvals import desk
from tests.sealing import WHY, places_in_clear, seal_again

__all__ = ["desk"]


async def test_why_a_step_was_decided_stands_in_no_table_in_clear(
    desk: Office, session: WriteSession
) -> None:
    asked = await desk.ask(LARGE)
    await desk.approve("reviewer", asked, reason=WHY)
    answer = await desk.reject("admin", asked, reason=f"{WHY}!")

    assert answer.status_code == 200, answer.text
    await session.flush()
    assert await places_in_clear(session) == []
    shown = (await desk.get("cashier", f"/approvals/{asked.id}")).json()
    assert [step["reason"] for step in shown["steps"]] == [WHY, f"{WHY}!"]


async def test_who_says_nothing_has_given_no_reason(desk: Office, session: WriteSession) -> None:
    asked = await desk.ask(LARGE)
    answer = await desk.approve("reviewer", asked)

    assert [step["reason"] for step in answer.json()["steps"]] == [None, None]
    assert await words.read(session, [(asked.id, 1)]) == {}
    assert await words.read(session, []) == {}


async def test_reasons_of_earlier_versions_are_sealed_by_the_worker(
    cluster: Cluster, fresh_database: str, committed: Database
) -> None:
    asked = await _decided(committed)
    column = ("approval_decisions", "reason", "true")

    await seal_again(cluster.url(fresh_database, "owner"), committed, "sealed_verdicts", [column])

    async with committed.reading() as session:
        assert await words.read(session, [(asked.id, 1)]) == {(asked.id, 1): WHY}
        assert await session.scalar(text("select count(*) from unsealed_values")) == 0


async def _decided(database: Database) -> Approval:
    ends = Ends()
    async with database.writing() as session:
        ends.hand_to(session)
        organization = await make.organization(session)
        asker = await make.staff(session, organization, Role.accountant)
        reviewer = await make.staff(session, organization, Role.reviewer)
        matter = approvals.Matter(
            kind="purchase",
            organization_id=organization.id,
            subject_id=organization.id,
            title="办公用品",
            amount_minor=None,
        )
        asked = await approvals.ask(session, matter, asked_by=f"staff:{asker.id}")
        decider = await caller(session, reviewer)
        return await approvals.decide(session, asked.id, decider, Verdict.approve, reason="合同与发票相符")
