"""Changed basic information: owed to the public within thirty days, once a day on which something changed."""

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.disclosure.models import SubjectKind
from app.kit.database import WriteSession
from tests.disclosure.governance.board import Board, board
from tests.disclosure.governance.test_terms import CHARTER
from tests.disclosure.obligations.scenes import made


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def owed(here: Board, session: WriteSession, on: str) -> list[tuple[str, str, str, str, str]]:
    rows = [row for row in await made(session, here.member, on) if row.rule_id == "OB-B2-change"]
    assert {row.subject_kind for row in rows} <= {SubjectKind.basic_information}
    found = [
        (str(row.trigger_on), row.regulation, row.mark.value, str(row.due_on), row.subject)
        for row in rows
        if row.lapsed_on is None
    ]
    return sorted(found)


async def test_a_new_council_is_published_within_thirty_days(here: Board, session: WriteSession) -> None:
    old = await here.term("2021-03-20", "2026-03-19")
    stays, leaves = await here.officer("演示理事一"), await here.officer("演示理事二")
    for one in (stays, leaves):
        await here.appoint(one, "director", "2021-03-20", term_id=old)
    elected = await here.elect(audit_id=await here.audit())
    new = elected.json()["term_id"]
    await here.appoint(stays, "director", "2026-03-20", term_id=new)
    await here.made("/charters", **(CHARTER | {"effective_from": "2026-03-20"}))
    # An honour is no member of a body.
    await here.appoint(leaves, "commissioner", "2026-05-01")

    bodies = "决策、执行、监督机构成员"
    assert await owed(here, session, "2026-04-01") == [
        # Judged by the text of its day: the one of 2018 is remembered only.
        ("2021-03-20", "XX-61", "B", "2021-04-19", bodies),
        # Everything of one day is one thing to publish; 81号令 4 and 16, thirty days, the first not counted.
        ("2026-03-20", "XX-81", "A", "2026-04-19", f"{bodies}；章程"),
    ]


async def test_who_leaves_is_a_change_on_the_day_after(here: Board, session: WriteSession) -> None:
    term = await here.term("2021-03-20", "2026-12-31")
    one = (await here.appoint(await here.officer(), "vice_president", "2021-03-20", term_id=term)).json()[
        "id"
    ]
    before = await owed(here, session, "2026-07-01")
    end = {"ends_on": "2026-06-30", "reason": "辞任"}
    path = f"/v1/disclosure/governance/appointments/{one}/end"
    assert (await here.client.post(path, json=end, headers=here.headers)).status_code == 200
    after = await owed(here, session, "2026-07-01")
    assert [line[0] for line in after if line not in before] == ["2026-07-01"]
    assert after[-1][3] == "2026-07-31"


async def test_what_was_so_before_the_books_is_no_change(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await board(app, client, session)
    term = await here.term("2016-03-20", "2021-03-19", number=3)
    await here.appoint(await here.officer(), "director", "2016-03-20", term_id=term)
    assert await owed(here, session, "2026-04-01") == []


async def test_the_checklist_of_basic_information_knows_charter_and_bodies(
    here: Board, session: WriteSession
) -> None:
    here.member.founded_on = here.member.books_from
    await session.flush()
    [basic] = [row for row in await made(session, here.member, "2026-04-01") if row.rule_id == "OB-B2"]

    async def states() -> dict[str, str]:
        path = f"/v1/disclosure/obligations/{basic.id}"
        answer = (await here.client.get(path, headers=here.headers)).json()
        return {item["code"]: item["state"] for item in answer["checklist"]}

    empty = await states()
    await here.made("/charters", **CHARTER)
    await here.appoint(await here.officer(), "secretary_general", "2021-03-20")
    filled = await states()
    changed = {code: (empty[code], filled[code]) for code in empty}
    assert changed == {
        "charter": ("empty", "filled"),
        "bodies": ("empty", "filled"),
        "units": ("empty", "empty"),
        "related_parties": ("empty", "empty"),
        "contact": ("empty", "empty"),
        "systems": ("empty", "empty"),
    }


async def test_an_important_related_party_is_basic_information(here: Board, session: WriteSession) -> None:
    body = {"kind": "organization", "starts_on": "2026-04-01", "explanation": "持股40%"}
    party = await here.made("/related-parties", relation="investee", name="某物业公司", **body)
    # A relative of an officer is related, and not published as important.
    await here.made(
        "/related-parties", relation="other", name="某商行", **(body | {"starts_on": "2026-05-01"})
    )
    came = ("2026-04-01", "XX-81", "A", "2026-05-01", "重要关联方")
    assert await owed(here, session, "2026-06-01") == [came]

    path = f"/v1/disclosure/governance/related-parties/{party['id']}/end"
    ended = await here.client.post(path, json={"ends_on": "2026-06-30"}, headers=here.headers)
    assert ended.status_code == 200, ended.text
    went = ("2026-07-01", "XX-81", "A", "2026-07-31", "重要关联方")
    assert await owed(here, session, "2026-07-05") == [came, went]
