"""Related parties: who is told of in public, what is owed for a dealing, and who keeps away."""

from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import text

from app.disclosure.governance import compiled
from app.disclosure.models import SubjectKind
from app.kit.database import WriteSession
from app.ledger import dimensions
from app.ledger.models import DimensionKind
from app.organizations.access import Role
from app.projects.models import PayeeRelation
from tests.disclosure.governance.board import Board, board, refused
from tests.disclosure.obligations.scenes import made
from tests.factories import organizations as members

BASE = "/v1/disclosure/governance"


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def party(here: Board, **over: Any) -> str:
    body = {
        "kind": "organization",
        "relation": "investee",
        "name": "某物业公司",
        "starts_on": "2024-01-01",
        "explanation": "持股40%",
    }
    return str((await here.made("/related-parties", **(body | over)))["id"])


async def deal(here: Board, party_id: str, on: str = "2026-05-06", **over: Any) -> Any:
    body = {
        "party_id": party_id,
        "kind": "transaction",
        "happened_on": on,
        "amount": {"amount": 12_000_000, "currency": "CNY"},
        "matter": "租用办公用房",
    }
    # Whose it is, the party says.
    return await here.client.post(f"{BASE}/related-events", json=body | over, headers=here.headers)


async def public(here: Board, path: str) -> list[dict[str, Any]]:
    answer = await here.client.get(f"{BASE}/organizations/{here.at}/{path}")
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


async def owed(here: Board, session: WriteSession, on: str = "2026-06-30") -> list[tuple[str, ...]]:
    rows = [row for row in await made(session, here.member, on) if row.rule_id == "OB-B12"]
    assert {row.subject_kind for row in rows} <= {SubjectKind.related_party_event}
    return sorted(
        (str(row.trigger_on), row.regulation, row.mark.value, str(row.due_on), row.subject)
        for row in rows
        if row.lapsed_on is None
    )


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        # 81号令 14: thirty days, the first not counted.
        ("2026-01-01", ("XX-81", "A", "2026-01-31")),
        ("2026-05-06", ("XX-81", "A", "2026-06-05")),
        # What happened under the text of 2018 is judged by it, and that is remembered only.
        ("2025-12-31", ("XX-61", "B", "2026-01-30")),
    ],
)
async def test_a_dealing_is_published_within_thirty_days(
    here: Board, session: WriteSession, happened: str, expected: tuple[str, str, str]
) -> None:
    assert (await deal(here, await party(here), happened)).status_code == 201
    assert await owed(here, session) == [(happened, *expected, "交易")]


async def test_only_important_parties_are_told_of(here: Board, session: WriteSession) -> None:
    cousin = await party(here, kind="person", relation="family", name="某亲属")
    await deal(here, cousin)
    assert await owed(here, session) == []
    assert await public(here, "related-parties") == []
    assert await public(here, "related-events") == []
    listed = (await here.get("/related-parties")).json()["items"]
    assert [(one["name"], one["important"]) for one in listed] == [("某亲属", False)]


async def test_a_withdrawn_dealing_owes_nothing_and_stays_on_record(
    here: Board, session: WriteSession
) -> None:
    event = (await deal(here, await party(here))).json()["id"]
    assert len(await owed(here, session)) == 1
    path = f"{BASE}/related-events/{event}/withdrawal"
    first = await here.client.post(path, json={"reason": "重复登记"}, headers=here.headers)
    again = await here.client.post(path, json={"reason": "重复登记"}, headers=here.headers)

    assert (first.status_code, refused(again)) == (200, (409, "related-event-withdrawn"))
    assert await owed(here, session) == []
    assert await public(here, "related-events") == []
    assert (await here.get("/related-events")).json()["items"][0]["withdrawn_reason"] == "重复登记"


async def test_a_dealing_falls_into_the_days_of_the_relation(here: Board) -> None:
    one = await party(here, ends_on="2026-03-31")
    early, late = await deal(here, one, "2023-12-31"), await deal(here, one, "2026-04-01")
    ahead = await deal(here, await party(here), "2999-01-01")
    assert [refused(answer)[1] for answer in (early, late, ahead)] == [
        "not-related-then",
        "not-related-then",
        "happened-ahead",
    ]
    twice = await here.client.post(
        f"{BASE}/related-parties/{one}/end", json={"ends_on": "2026-01-01"}, headers=here.headers
    )
    assert refused(twice) == (409, "appointment-over")


async def test_persons_are_named_by_law_or_by_consent(here: Board, session: WriteSession) -> None:
    term = await here.term("2021-03-20", "2031-03-19")
    seated, honoured = await here.officer("演示理事一"), await here.officer("演示专员")
    await here.appoint(seated, "director", "2021-03-20", term_id=term)
    await here.appoint(honoured, "commissioner", "2021-03-20")
    person = {"kind": "person", "name": None}
    by_law = await party(here, **person, relation="executive", officer_id=seated)
    silent = await party(here, kind="person", relation="main_donor", name="某捐赠人甲")
    agreed = await party(
        here, kind="person", relation="main_donor", name="某捐赠人乙", consented_on="2026-01-01"
    )
    honour = await party(here, **person, relation="promoter", officer_id=honoured)
    firm = await party(here)
    await deal(here, silent, kind="gift_from")

    shown = {one["id"]: one["name"] for one in await public(here, "related-parties")}
    assert shown == {
        by_law: "演示理事一",
        silent: None,
        agreed: "某捐赠人乙",
        honour: None,
        firm: "某物业公司",
    }
    [event] = await public(here, "related-events")
    assert (event["name"], event["relation"], event["kind"]) == (None, "main_donor", "gift_from")
    assert event["amount"] == {"amount": 12_000_000, "currency": "CNY"}
    query = text("select string_agg(p::text, ' ') from related_parties p")
    clear = (await session.execute(query)).scalar_one()
    assert "捐赠人" not in clear
    # Whoever looks after it reads every name; the list of the year holds those alone that are published.
    listed = {one["id"]: one["name"] for one in (await here.get("/related-parties")).json()["items"]}
    assert listed[silent] == "某捐赠人甲"
    year = await compiled.related_parties(session, here.member, 2026)
    assert {str(key) for key in year.names} == {by_law, agreed, firm}
    assert [str(one.party_id) for one in year.events] == [silent]
    before = await compiled.related_parties(session, here.member, 2023)
    assert (before.parties, before.events) == ([], [])


async def test_consent_that_is_taken_back_counts_in_the_next_answer(here: Board) -> None:
    donor = await party(
        here, kind="person", relation="main_donor", name="某捐赠人", consented_on="2026-01-01"
    )
    # A donor is protected whoever it is; an investee is not.
    company = await party(here, relation="main_donor", name="某捐赠企业")
    firm = await party(here)
    officer = await party(
        here, kind="person", name=None, relation="executive", officer_id=await here.officer()
    )

    async def agree(party_id: str, on: str | None) -> Any:
        path = f"{BASE}/related-parties/{party_id}/consent"
        return await here.client.post(path, json={"consented_on": on}, headers=here.headers)

    async def named() -> dict[str, str | None]:
        return {one["id"]: one["name"] for one in await public(here, "related-parties")}

    before, taken, after = await named(), await agree(donor, None), await named()
    assert (before[donor], taken.status_code, after[donor]) == ("某捐赠人", 200, None)
    assert (before[company], before[firm]) == (None, "某物业公司")
    assert (await agree(company, "2026-02-01")).status_code == 200
    assert (await named())[company] == "某捐赠企业"
    # Whoever sits in no body and did not agree as an officer is not named either.
    assert before[officer] is None
    assert refused(await agree(officer, "2026-02-01")) == (409, "consent-of-officer")


@pytest.mark.parametrize(
    "over",
    [
        {"name": None},
        {"kind": "person", "name": None},
        {"kind": "person", "officer": True},
    ],
)
async def test_a_party_has_one_name(here: Board, over: dict[str, Any]) -> None:
    said = {name: value for name, value in over.items() if name != "officer"}
    if "officer" in over:
        said["officer_id"] = await here.officer()
    body = {"kind": "organization", "relation": "investee", "name": "某公司", "starts_on": "2024-01-01"}
    answer = await here.post("/related-parties", **(body | {"explanation": "-"} | said))
    assert refused(answer) == (422, "party-name-missing")


async def test_who_is_dealt_with_keeps_away_and_a_missing_recusal_is_seen(here: Board) -> None:
    officer = await here.officer()
    one = await party(here, kind="person", name=None, relation="executive", officer_id=officer)
    event = (await deal(here, one)).json()
    body = {
        "officer_id": officer,
        "decided_on": "2026-04-28",
        "meeting": "理事会",
        "decision": "租用办公用房",
        "reason": "本人为出租方股东",
        "event_id": event["id"],
    }
    first, again = await here.post("/recusals", **body), await here.post("/recusals", **body)
    [after] = (await here.get("/related-events", party_id=one)).json()["items"]

    assert (event["recusal_missing"], after["recusal_missing"]) == (True, False)
    assert (first.status_code, refused(again)) == (201, (409, "recusal-known"))
    assert (await deal(here, await party(here))).json()["recusal_missing"] is False
    assert len((await here.get("/recusals")).json()["items"]) == 1


async def test_a_recusal_names_the_relation_that_keeps_the_same_person_from_a_payee(
    here: Board, session: WriteSession
) -> None:
    person = await members.staff(session, here.member, Role.viewer)
    payee = await dimensions.declare(
        session, DimensionKind.counterparty, "PAYEE-1", organization_id=here.member.id
    )
    relation = PayeeRelation(
        organization_id=here.member.id,
        counterparty_id=payee.id,
        staff_id=person.id,
        declared_by="test",
    )
    session.add(relation)
    await session.flush()
    theirs, others = await here.officer(staff_id=str(person.id)), await here.officer("演示理事二")
    body = {
        "decided_on": "2026-04-28",
        "meeting": "理事会",
        "decision": "向某机构拨付",
        "reason": "亲属任职",
        "payee_relation_id": str(relation.id),
    }
    assert (await here.post("/recusals", officer_id=theirs, **body)).status_code == 201
    assert refused(await here.post("/recusals", officer_id=others, **body)) == (422, "recusal-unrelated")
    [listed] = (await here.get("/recusals")).json()["items"]
    assert UUID(listed["payee_relation_id"]) == relation.id
