"""Aid cases: two who look, one who decides by the standard, days for objections, and nobody else sees."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.kit import vault
from app.kit.clock import today
from app.kit.database import Database, WriteSession
from app.kit.ids import new_id
from app.kit.models import OutboxEvent
from app.organizations.models import Access
from app.projects.aid_cases import cases
from app.projects.models import AidCase, AidEpisodeSum, AidYearSum
from tests.projects.helped import beneficiary, give, given, id_number, money, people
from tests.projects.relief import (
    DECIDED,
    FOUND,
    NOTICE,
    REFUSED,
    STANDARD,
    STORY,
    TODAY,
    Relief,
    grant,
    opened,
    relief,
)


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Relief:
    made = await relief(app, client, session, tmp_path)
    await opened(made)
    return made


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_from_an_application_to_its_release(here: Relief, session: WriteSession) -> None:
    case = await here.applied()
    assert (case["state"], case["asked"]["amount"], case["amount"]) == ("applied", 2_000_000, None)
    assert code(await here.act(case, "verifications", FOUND, here.verifiers[0])) == (409, "documents-missing")
    file = await here.upload()
    await here.done(case, "documents", {"attachment_ids": [file]})
    first = await here.done(case, "verifications", FOUND, here.verifiers[0])
    again = await here.act(case, "verifications", FOUND, here.verifiers[0])
    second = await here.done(case, "verifications", FOUND, here.verifiers[1])
    assert (first["state"], code(again), second["state"]) == (
        "applied",
        (409, "verified-by-you"),
        "verified",
    )
    unchecked = await here.act(case, "approval", grant(12_000), here.deciders[0])
    assert code(unchecked) == (409, "duplicates-unchecked")
    checked = await here.done(case, "duplicate-check", None)
    assert (checked["received"], checked["open_case_count"]) == ([], 0)
    granted = await here.done(case, "approval", grant(12_000), here.deciders[0])
    assert (granted["state"], granted["amount"]["amount"]) == ("approved", 1_200_000)
    pay = {"fund_id": str(new_id())}
    assert code(await here.act(case, "disbursement", pay)) == (409, "aid-case-not-in-state")
    await here.done(case, "notice", NOTICE)
    assert (await here.done(case, "release", None))["state"] == "payable"
    told = await cases.payee(session, await cases.get(session, case["id"]))
    assert (told.name, told.account) == (STORY["payee_name"], STORY["payee_account"])
    fares = {"asked_on": TODAY, "way": "电话", "words": "金丝雀恢复良好"}
    assert code(await here.act(case, "follow-ups", fares)) == (409, "aid-case-not-in-state")

    whole = (await here.read(case)).json()
    assert whole["story"] == STORY
    assert [one["words"] for one in whole["verifications"]] == [FOUND["words"]] * 2
    assert whole["decisions"][0]["words"] == grant(1)["words"]
    assert [one["state"] for one in whole["steps"]] == [
        *("applied", "verified", "approved", "noticed", "payable"),
    ]
    # What is not paid is no help that anybody received.
    assert await people(here.desk) == 0


async def test_only_those_on_the_case_see_it_and_every_look_is_logged(
    here: Relief, session: WriteSession
) -> None:
    case = await here.verified()
    looks = select(Access.caller).where(Access.subject == f"aid-case:{case['id']}")

    for outsider in (here.desk.headers, here.desk.reviewer, here.cashier.headers):
        answer = await here.desk.client.get(f"/v1/projects/aid-cases/{case['id']}", headers=outsider)
        assert code(answer) == (403, "not-on-the-case")
    assert (await session.scalars(looks)).all() == []
    for insider in (here.handler, *here.verifiers, *here.deciders):
        assert (await here.read(case, insider)).json()["story"]["diagnosis"] == STORY["diagnosis"]
    assert list(await session.scalars(looks)) == [
        f"staff:{one.id}" for one in (here.handler, *here.verifiers, *here.deciders)
    ]
    stepped = await here.act(case, "recusal", {"reason": "与申请人有亲属关系"}, here.deciders[0])
    assert stepped.status_code == 204
    assert code(await here.read(case, here.deciders[0])) == (403, "not-on-the-case")
    assert code(await here.act(case, "approval", grant(1), here.deciders[0])) == (403, "not-on-the-case")
    back = {"staff_id": here.deciders[0].id, "task": "decide"}
    assert code(await here.act(case, "people", back)) == (409, "on-the-case-already")


async def test_documents_are_read_by_those_on_the_case(here: Relief) -> None:
    case = await here.applied()
    file = await here.upload()
    await here.done(case, "documents", {"attachment_ids": [file]})
    path = f"/v1/attachments/{file}/content"
    seen = await here.desk.client.get(path, headers=here.verifiers[0].headers)
    assert seen.content.startswith(b"%PDF")
    for outsider in (here.desk.headers, here.cashier.headers):
        assert (await here.desk.client.get(path, headers=outsider)).status_code == 403


async def test_everybody_does_their_own_part(here: Relief) -> None:
    case = await here.applied()
    await here.done(case, "documents", {"attachment_ids": [await here.upload()]})
    assert code(await here.act(case, "verifications", FOUND)) == (403, "not-your-task")
    handing = {"staff_id": here.cashier.id, "task": "verify"}
    assert code(await here.act(case, "people", handing, here.verifiers[0])) == (403, "not-your-task")
    stranger = {"staff_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0101", "task": "verify"}
    assert code(await here.act(case, "people", stranger)) == (422, "aid-person-unfit")
    early = await here.act(case, "approval", grant(1), here.deciders[0])
    assert code(early) == (409, "aid-case-not-in-state")


async def test_a_refusal_has_a_reason_and_an_appeal_is_decided_by_somebody_else(here: Relief) -> None:
    case = await here.verified()
    refused = await here.done(case, "refusal", REFUSED, here.deciders[0])
    assert (refused["state"], refused["amount"]) == ("refused", None)
    appealed = await here.done(case, "appeal", {"words": "金丝雀费用清单有遗漏"})
    assert appealed["state"] == "appealed"
    again = await here.act(case, "approval", grant(5_000), here.deciders[0])
    assert code(again) == (409, "decided-by-you")
    granted = await here.done(case, "approval", grant(5_000), here.deciders[1])
    assert granted["state"] == "approved"
    whole = (await here.read(case)).json()
    assert [one["verdict"] for one in whole["decisions"]] == ["refuse", "approve"]
    assert whole["appeal"] == "金丝雀费用清单有遗漏"


async def test_a_second_refusal_is_the_last(here: Relief) -> None:
    case = await here.verified()
    await here.done(case, "refusal", REFUSED, here.deciders[0])
    await here.done(case, "appeal", {"words": "请求复核"})
    await here.done(case, "refusal", REFUSED, here.deciders[1])
    assert code(await here.act(case, "appeal", {"words": "再次"})) == (409, "aid-case-not-in-state")


async def test_nothing_is_paid_while_the_notice_runs_or_an_objection_is_open(here: Relief) -> None:
    case = await here.approved()
    early = NOTICE | {"starts_on": (today() - timedelta(days=25)).isoformat()}
    assert code(await here.act(case, "notice", early)) == (422, "notice-before-decision")
    await here.done(case, "notice", NOTICE | {"starts_on": TODAY})
    assert code(await here.act(case, "release", None)) == (409, "notice-running")
    listed = (await here.desk.client.get("/v1/projects/aid-cases/notices")).json()["items"]
    [told] = [one for one in listed if one["number"] == case["number"]]
    assert (told["amount"]["amount"], told["project_title"]) == (1_200_000, "大病救助")
    other = await here.noticed(3_000)
    await here.done(other, "objections", {"words": "金丝雀家庭收入不符"})
    assert code(await here.act(other, "release", None)) == (409, "aid-objection-open")
    [row] = (await here.read(other)).json()["objections"]
    settling = f"objections/{row['id']}/settlement"
    kept = await here.done(other, settling, {"upheld": False, "words": "经复核属实"}, here.deciders[0])
    assert kept["state"] == "noticed"
    once_more = await here.act(other, settling, {"upheld": True, "words": "x"}, here.deciders[0])
    assert code(once_more) == (409, "aid-objection-settled")
    assert (await here.done(other, "release", None))["state"] == "payable"


async def test_an_objection_that_is_right_takes_back_what_was_granted(
    here: Relief, session: WriteSession
) -> None:
    case = await here.noticed(20_000)
    await here.done(case, "objections", {"words": "已获他处资助"})
    [row] = (await here.read(case)).json()["objections"]
    answer = await here.done(
        case, f"objections/{row['id']}/settlement", {"upheld": True, "words": "属实"}, here.deciders[0]
    )
    assert (answer["state"], answer["amount"]) == ("refused", None)
    assert list(await session.scalars(select(AidYearSum.amount_minor))) == [0]
    assert list(await session.scalars(select(AidEpisodeSum.amount_minor))) == [0]
    listed = (await here.desk.client.get("/v1/projects/aid-cases/notices")).json()["items"]
    assert case["number"] not in {one["number"] for one in listed}


@pytest.mark.parametrize("reached", ["approved", "noticed", "payable"])
async def test_whoever_no_longer_wants_what_was_granted_frees_its_caps(
    here: Relief, session: WriteSession, reached: str
) -> None:
    who = await beneficiary(here.desk)
    case = await here.approved(20_000, who=who)
    if reached != "approved":
        await here.done(case, "notice", NOTICE | ({"starts_on": TODAY} if reached == "noticed" else {}))
    if reached == "payable":
        await here.done(case, "release", None)
    strange = await here.act(case, "withdrawal", None, here.verifiers[0])

    gone = await here.done(case, "withdrawal", None)

    assert code(strange) == (403, "not-your-task")
    assert (gone["state"], gone["amount"]) == ("withdrawn", None)
    assert list(await session.scalars(select(AidYearSum.amount_minor))) == [0]
    listed = (await here.desk.client.get("/v1/projects/aid-cases/notices")).json()["items"]
    assert case["number"] not in {one["number"] for one in listed}
    whole = (await here.read(case)).json()
    assert [one["state"] for one in whole["steps"]][-1] == "withdrawn"
    assert whole["decisions"][0]["overturned_at"]
    assert code(await here.act(case, "withdrawal", None)) == (409, "aid-case-not-in-state")
    again = await here.approved(20_000, who=who)
    assert again["state"] == "approved"


async def test_help_keeps_within_the_caps_of_illness_and_year_and_within_the_need(here: Relief) -> None:
    who = await beneficiary(here.desk)
    first = await here.verified(who)
    assert code(await here.act(first, "approval", grant(20_001), here.deciders[0])) == (
        422,
        "more-than-needed",
    )
    await here.done(first, "approval", grant(15_000), here.deciders[0])
    same = await here.verified(who, earlier_case_id=first["id"])
    over = await here.act(same, "approval", grant(5_001), here.deciders[0])
    assert code(over) == (409, "aid-cap-exceeded")
    await here.done(same, "approval", grant(5_000), here.deciders[0])
    other = await here.verified(who)
    assert code(await here.act(other, "approval", grant(10_001), here.deciders[0])) == (
        409,
        "aid-cap-exceeded",
    )
    assert (await here.done(other, "approval", grant(10_000), here.deciders[0]))["state"] == "approved"
    need = await here.verified(cost=money(60_000), asked=money(20_000))
    much = await here.act(need, "approval", grant(10_001), here.deciders[0])
    assert code(much) == (422, "more-than-needed")
    strange = {"earlier_case_id": first["id"], "beneficiary_id": (await beneficiary(here.desk))["id"]}
    body = {
        "project_id": here.project["id"],
        "applied_on": TODAY,
        "asked": money(1),
        "cost": money(1),
        "story": STORY,
    }
    refused = await here.desk.post("/aid-cases", body | strange)
    assert code(refused) == (422, "episode-of-another")


async def test_aid_is_given_by_a_standard_that_was_told_before(here: Relief) -> None:
    case = await here.verified()
    path = f"/{here.project['id']}/standards"
    day = (today() - timedelta(days=21)).isoformat()
    newer = await here.desk.made(path, STANDARD | {"valid_from": day})
    untold = await here.act(case, "approval", grant(1_000), here.deciders[0])
    assert code(untold) == (409, "standard-untold")
    told = {"told_on": DECIDED, "way": "公开栏", "audience": "全县"}
    await here.desk.made(f"{path}/{newer['id']}/notices", told)
    assert (await here.done(case, "approval", grant(1_000), here.deciders[0]))["state"] == "approved"


async def test_who_was_helped_elsewhere_is_told_before_anything_is_granted(here: Relief) -> None:
    who = await beneficiary(here.desk)
    await give(here.desk, here.project, given(who, title="临时救助"))
    await here.applied(who)
    case = await here.applied(who)
    told = await here.done(case, "duplicate-check", None)
    assert [one["title"] for one in told["received"]] == ["临时救助"]
    assert told["open_case_count"] == 1


async def test_no_list_event_notice_or_refusal_sings(
    here: Relief, session: WriteSession, caplog: pytest.LogCaptureFixture
) -> None:
    number = id_number()
    who = await beneficiary(here.desk, name="金丝雀患者", document_number=number)
    case = await here.noticed(who=who)
    answers = [
        await here.desk.get("/aid-cases"),
        await here.desk.client.get("/v1/projects/aid-cases/notices"),
        await here.act(case, "approval", grant(10**9), here.deciders[0]),
        await here.act(case, "objections", {"words": "金丝雀异议"}),
        await here.desk.post("/aid-cases", {"story": STORY | {"mother": "金丝雀"}}),
    ]
    events = await session.scalars(select(OutboxEvent))
    texts = [answer.text for answer in answers] + [f"{one.subject}{one.payload}" for one in events]
    texts.append(caplog.text)
    assert not [one for one in texts if "金丝雀" in one or number in one or STORY["payee_account"] in one]
    for table in ("aid_cases", "aid_verifications", "aid_decisions", "aid_objections", "aid_case_people"):
        rows = (await session.execute(text(f"select t::text from {table} t"))).scalars().all()
        assert "金丝雀" not in "".join(rows), table
    erased = await here.desk.post(
        f"/beneficiaries/{who['id']}/erasure", {"organization_id": str(here.desk.organization.id)}
    )
    assert erased.status_code == 204
    whole = (await here.read(case)).json()
    assert (whole["story"], whole["verifications"][0]["words"]) == (None, None)
    assert await vault.read(session, [who["id"]], ["name"]) == {}


async def test_the_database_keeps_what_was_decided(here: Relief, session: WriteSession) -> None:
    await here.approved()
    for statement in (
        "update aid_decisions set amount_minor = 1",
        "delete from aid_verifications",
        "update aid_cases set asked_minor = 1",
        "update aid_cases set amount_minor = 2000001",
        "update aid_cases set state = 'paid'",
        "update aid_year_sums set amount_minor = cap_minor + 1",
        "delete from aid_case_steps",
    ):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(statement))


async def test_of_many_who_grant_at_once_no_more_is_granted_than_the_caps(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await relief(committed_app, committed_client, session, tmp_path)
    await opened(here)
    who = await beneficiary(here.desk)
    found = [await here.verified(who) for _ in range(5)]

    answers = await asyncio.gather(
        *(here.act(case, "approval", grant(10_000), here.deciders[0]) for case in found)
    )

    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"aid-cap-exceeded"}
    async with committed.reading() as session:
        assert await session.scalar(select(AidYearSum.amount_minor)) == 3_000_000
        granted = await session.scalars(select(AidCase.amount_minor).where(AidCase.amount_minor.is_not(None)))
        assert list(granted) == [1_000_000] * 3


async def test_of_two_who_verify_at_once_by_one_name_one_does(
    committed: Database, committed_app: FastAPI, committed_client: AsyncClient, tmp_path: Path
) -> None:
    async with committed.writing() as session:
        here = await relief(committed_app, committed_client, session, tmp_path)
    await opened(here)
    case = await here.applied()
    await here.done(case, "documents", {"attachment_ids": [await here.upload()]})
    answers = await asyncio.gather(
        *(here.act(case, "verifications", FOUND, here.verifiers[0]) for _ in range(4))
    )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
