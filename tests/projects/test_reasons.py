"""Why something was done about somebody who is helped: sealed with them, and erased with them."""

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import Database, ReadSession, WriteSession
from tests.databases import Cluster
from tests.projects import helped
from tests.projects.helped import beneficiary, give
from tests.projects.office import Office
from tests.projects.relief import Relief, opened, relief
from tests.sealing import WHY, places_in_clear, seal_again

COLUMNS = [
    ("benefits", "void_reason", "voided_at is not null"),
    ("aid_case_people", "recusal_reason", "recused_at is not null"),
]


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Relief:
    made = await relief(app, client, session, tmp_path)
    await opened(made)
    return made


async def erase(desk: Office, who: dict[str, Any]) -> None:
    body = {"organization_id": str(desk.organization.id)}
    answer = await desk.post(f"/beneficiaries/{who['id']}/erasure", body)
    assert answer.status_code == 204, answer.text


async def void(here: Relief, who: dict[str, Any] | None) -> str:
    """Give something to somebody, or to people who are only counted, and take it back; return its id."""
    [line] = await give(here.desk, here.project, helped.given(who))
    told = await here.desk.made(f"/{here.project['id']}/benefits/{line}/voiding", {"reason": WHY})
    assert told["void_reason"] == WHY
    return line


async def why_voided(here: Relief) -> dict[str, str | None]:
    listed = (await here.desk.get(f"/{here.project['id']}/benefits")).json()["items"]
    return {one["id"]: one["void_reason"] for one in listed}


async def leave(here: Relief, case: dict[str, Any]) -> None:
    assert (await here.act(case, "recusal", {"reason": WHY}, here.deciders[0])).status_code == 204


async def why_left(here: Relief, case: dict[str, Any]) -> list[str | None]:
    told = (await here.read(case)).json()["people"]
    return [one["recusal_reason"] for one in told if one["recused_at"]]


async def test_why_help_was_taken_back_is_sealed_with_the_person_and_erased_with_them(
    here: Relief, session: ReadSession
) -> None:
    who = await beneficiary(here.desk)
    named, counted = await void(here, who), await void(here, None)
    assert await places_in_clear(session) == []
    assert await why_voided(here) == {named: WHY, counted: WHY}

    await erase(here.desk, who)

    assert await why_voided(here) == {named: None, counted: WHY}


async def test_why_somebody_left_a_case_is_read_by_those_on_it_until_its_person_is_erased(
    here: Relief, session: ReadSession
) -> None:
    who = await beneficiary(here.desk)
    case = await here.applied(who)
    await leave(here, case)
    assert await places_in_clear(session) == []
    assert await why_left(here, case) == [WHY]

    await erase(here.desk, who)

    assert await why_left(here, case) == [None]
    # Whoever is related to somebody who was erased steps back all the same.
    assert (await here.act(case, "recusal", {"reason": "亲属"}, here.deciders[1])).status_code == 204
    assert await why_left(here, case) == [None, "亲属"]


async def test_words_of_an_earlier_version_are_sealed_and_those_of_the_erased_are_gone(
    cluster: Cluster,
    fresh_database: str,
    committed: Database,
    committed_app: FastAPI,
    committed_client: AsyncClient,
    tmp_path: Path,
) -> None:
    async with committed.writing() as session:
        here = await relief(committed_app, committed_client, session, tmp_path)
    await opened(here)
    kept, gone = await beneficiary(here.desk), await beneficiary(here.desk)
    cases = [await here.applied(who) for who in (kept, gone)]
    lines = [await void(here, who) for who in (kept, gone, None)]
    for case in cases:
        await leave(here, case)
    await erase(here.desk, gone)

    await seal_again(cluster.url(fresh_database, "owner"), committed, "sealed_help", COLUMNS)

    assert await why_voided(here) == dict(zip(lines, (WHY, None, WHY), strict=True))
    assert [await why_left(here, case) for case in cases] == [[WHY], [None]]
