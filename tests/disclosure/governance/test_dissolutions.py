"""An organization ends: by which steps, what is owed on the way, and what ends with it."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response

from app.disclosure.dissolutions import dissolutions
from app.disclosure.dissolutions.errors import DissolutionKnown
from app.disclosure.models import Dissolution, DissolutionGround, Obligation
from app.disclosure.obligations.checklists import checklist
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.organizations.models import LegalForm
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.obligations.scenes import association, day, made

GROUP = {
    "group_formed_on": "2026-03-20",
    "announced_on": "2026-03-25",
    "announced_in": "陕西日报2026年3月25日第4版",
}
END = {
    "liquidated_on": "2026-09-22",
    "remainder": {"amount": 12_345_600, "currency": "CNY"},
    "remainder_to": "示例市慈善协会",
    "remainder_basis": "charter",
}
STRUCK = {"deregistered_on": "2026-10-12", "deregistration_no": "陕民注〔2026〕12号"}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def ends(here: Board, on: str = "2026-03-02", **over: Any) -> str:
    body = {"ground": "charter", "occurred_on": on, "decision": "会员代表大会决议"} | over
    return str((await here.made("/dissolutions", **body))["id"])


async def step(here: Board, one: str, name: str, body: dict[str, Any]) -> Response:
    return await here.client.post(f"{BASE}/dissolutions/{one}/{name}", json=body, headers=here.headers)


async def owed(here: Board, session: WriteSession, on: str = "2026-11-20") -> dict[str, Obligation]:
    rows = await made(session, here.member, on)
    return {one.rule_id: one for one in rows if one.rule_id.startswith("OB-F24")}


async def checked(session: WriteSession, one: Obligation) -> dict[str, str]:
    return {item.content.code: item.state.value for item in await checklist.of(session, one)}


async def test_a_group_is_owed_in_thirty_days_and_the_register_fifteen_days_after_its_work(
    here: Board, session: WriteSession
) -> None:
    one = await ends(here)

    group = (await owed(here, session))["OB-F24"]
    assert (str(group.due_on), group.mark.value, group.done_on) == ("2026-04-01", "A", None)
    assert await checked(session, group) == {"liquidation_group": "empty", "liquidation_announced": "empty"}

    formed = await step(here, one, "liquidation-group", GROUP)
    assert formed.status_code == 200, formed.text
    found = await owed(here, session)
    # The day of the group counts: for the announcement the law gives none.
    assert (found.keys(), found["OB-F24"].done_on) == ({"OB-F24"}, day("2026-03-20"))
    assert set((await checked(session, found["OB-F24"])).values()) == {"filled"}

    assert (await step(here, one, "liquidation-end", END)).status_code == 200
    register = (await owed(here, session))["OB-F24-association"]
    # 7 October is the last of the National Day's week.
    assert (str(register.due_on), str(register.rolled_on)) == ("2026-10-07", "2026-10-08")
    assert await checked(session, register) == {
        "deregistration_application": "not_kept",
        "liquidation_report": "filled",
    }
    struck = await step(here, one, "deregistration", STRUCK)
    assert (struck.json()["remainder"]["amount"], struck.json()["withdrawn_on"]) == (12_345_600, None)
    assert (await owed(here, session))["OB-F24-association"].done_on == day("2026-10-12")


async def test_a_foundation_is_struck_off_by_its_own_regulations(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await board(app, client, session, LegalForm.foundation)
    one = await ends(here)
    await step(here, one, "liquidation-group", GROUP)
    await step(here, one, "liquidation-end", {"liquidated_on": "2026-09-22"})
    found = await owed(here, session)
    assert (found["OB-F24-foundation"].regulation, "OB-F24-association" in found) == ("JJGL-2004", False)


async def test_whoever_was_struck_off_owes_no_report_of_that_year(here: Board, session: WriteSession) -> None:
    one = await ends(here)
    await step(here, one, "liquidation-group", GROUP)
    await step(here, one, "liquidation-end", END)
    before = await made(session, here.member, "2026-11-20")
    assert [row.lapsed_on for row in before if (row.rule_id, row.number) == ("OB-B4", 2026)] == [None]

    await step(here, one, "deregistration", STRUCK)

    after = await made(session, here.member, "2026-11-21")
    lapsed = {row.number: row.lapsed_on for row in after if row.rule_id == "OB-B4"}
    assert (lapsed[2025], lapsed[2026]) == (None, day("2026-11-21"))


async def test_the_steps_come_in_their_order_and_on_days_that_fit(here: Board) -> None:
    one = await ends(here)
    early = await step(here, one, "liquidation-end", END)
    straight = await step(here, one, "deregistration", STRUCK)
    before = await step(here, one, "liquidation-group", GROUP | {"group_formed_on": "2026-03-01"})
    ahead = {"announced_on": (today() + timedelta(days=1)).isoformat()}
    future = await step(here, one, "liquidation-group", GROUP | ahead)
    assert [refused(answer) for answer in (early, straight)] == [(409, "dissolution-step-other")] * 2
    assert refused(before) == (422, "days-out-of-order")
    assert refused(future) == (422, "happened-ahead")

    await step(here, one, "liquidation-group", GROUP)
    again = await step(here, one, "liquidation-group", GROUP)
    homeless = [
        await step(here, one, "liquidation-end", END | over)
        for over in ({"remainder_to": None}, {"remainder_basis": None}, {"remainder": None})
    ]
    backwards = await step(here, one, "liquidation-end", END | {"liquidated_on": "2026-03-19"})
    assert refused(again) == (409, "dissolution-step-other")
    assert [refused(answer) for answer in homeless] == [(422, "remainder-homeless")] * 3
    assert refused(backwards) == (422, "days-out-of-order")

    await step(here, one, "liquidation-end", END)
    too_soon = await step(here, one, "deregistration", STRUCK | {"deregistered_on": "2026-09-21"})
    assert refused(too_soon) == (422, "days-out-of-order")
    await step(here, one, "deregistration", STRUCK)
    gone = await step(here, one, "withdrawal", {"reason": "误登记"})
    assert refused(gone) == (409, "dissolution-step-other")


async def test_who_does_not_end_after_all_owes_nothing_for_it_and_may_end_later(
    here: Board, session: WriteSession
) -> None:
    one = await ends(here)
    twice = await here.post("/dissolutions", ground="inactive", occurred_on="2026-03-03", decision="x")
    late = await here.post(
        "/dissolutions",
        ground="inactive",
        occurred_on=(today() + timedelta(days=1)).isoformat(),
        decision="x",
    )
    assert refused(twice) == (409, "dissolution-known")
    assert refused(late) == (422, "happened-ahead")
    assert (await owed(here, session))["OB-F24"].lapsed_on is None

    taken_back = await step(here, one, "withdrawal", {"reason": "会员代表大会撤销决议"})
    assert taken_back.json()["withdrawn_on"] == today().isoformat()
    assert (await owed(here, session))["OB-F24"].lapsed_on == day("2026-11-20")
    assert await ends(here, "2026-05-01", ground="inactive") != one
    [_, latest] = (await here.get("/dissolutions", organization_id=here.at)).json()["items"]
    assert (latest["ground"], latest["group_formed_on"]) == ("inactive", None)


async def test_everybody_reads_what_was_announced_and_nothing_before(here: Board) -> None:
    async def public() -> list[dict[str, Any]]:
        answer = await here.client.get(f"{BASE}/organizations/{here.at}/dissolutions")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["items"])

    one = await ends(here)
    assert await public() == []
    await step(here, one, "liquidation-group", GROUP)
    await step(here, one, "liquidation-end", END)
    [told] = await public()
    assert (told["announced_in"], told["remainder_to"]) == (GROUP["announced_in"], "示例市慈善协会")
    assert "recorded_by" not in told
    await step(here, one, "withdrawal", {"reason": "误登记"})
    assert await public() == []


async def test_of_two_who_end_it_at_once_one_is_told(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session)

    async def end() -> str:
        try:
            async with committed.writing() as session:
                row = Dissolution(
                    organization_id=member.id,
                    ground=DissolutionGround.charter,
                    occurred_on=day("2026-03-02"),
                    decision="决议",
                    recorded_by="test",
                )
                await dissolutions.record(session, row)
        except DissolutionKnown:
            return "told"
        return "recorded"

    outcomes = await asyncio.gather(*(end() for _ in range(4)))
    assert sorted(outcomes) == ["recorded", "told", "told", "told"]
