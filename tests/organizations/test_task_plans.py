"""Everybody's list of tasks is asked for at every sign-in: each of its parts is found by an index."""

import re

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from app.kit.database import WriteSession
from app.organizations import callers, grants, logins, tokens
from app.organizations.access import Role
from app.organizations.desk import tasks
from app.wiring import TASK_SOURCES
from tests.factories import organizations as make

# What stays small, however long an organization works with it: read whole for lack of anything better.
SMALL = {
    "activities",
    "teams",
    "platforms",
    "channels",
    "cash_sessions",
    "openings",
    "fund_moves",
    "bank_reconciliations",
}


@pytest.mark.parametrize("kind", sorted(TASK_SOURCES))
async def test_each_source_is_found_by_an_index(app: FastAPI, session: WriteSession, kind: str) -> None:
    organization = await make.organization(session)
    person = await make.staff(session, organization, Role.accountant)
    for role in (Role.reviewer, Role.cashier, Role.volunteer_coordinator, Role.fundraising_officer):
        await grants.give(
            session, person, organization, role=role, given_by="test", exception_reason="小机构"
        )
    stay = await logins.begin(session, person.id)
    caller = await callers.of_claim(session, tokens.Claim(person.id, stay.login_id))
    query = await TASK_SOURCES[kind](session, caller)
    compiled = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    await session.execute(text("set local enable_seqscan = off"))

    plan = "\n".join(await session.scalars(text("explain " + str(compiled).replace(":", r"\:"))))

    read_whole = set(re.findall(r"Seq Scan on (\w+)", plan))
    assert read_whole <= SMALL, plan


def test_no_kind_of_task_hides_another() -> None:
    assert "approval" not in TASK_SOURCES
    assert len(TASK_SOURCES) > 10
    assert tasks.SOURCES == "task_sources"
