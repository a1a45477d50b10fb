"""Charters, terms and elections: how long, how many, and not without an audit."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy.exc import IntegrityError

from app.disclosure.governance import limits
from app.disclosure.models import Charter, CouncilBody, CouncilElection, ElectionKind
from app.disclosure.rules.law import Mark
from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.organizations.models import LegalForm
from tests.disclosure.governance.board import Board, board, refused

CHARTER: dict[str, Any] = {
    "number": 1,
    "adopted_by": "会员代表大会",
    "adopted_on": "2020-05-01",
    "authority": "省民政厅",
    "approved_on": "2020-06-01",
    "effective_from": "2020-06-01",
}


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


@pytest.fixture
async def foundation(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session, LegalForm.foundation)


async def test_a_charters_versions_and_documents_are_public(here: Board, app: FastAPI, tmp_path: Any) -> None:
    app.state.store = stores.opened(f"file://{tmp_path}")
    uploaded: list[str] = []
    for access in ("public", "internal"):
        form = {"organization_id": here.at, "kind": "charter", "access": access}
        file = {"file": ("章程.pdf", b"%PDF-1.4\n%%EOF\n")}
        answer = await here.client.post("/v1/attachments", data=form, files=file, headers=here.headers)
        uploaded.append(answer.json()["id"])
    await here.made("/charters", **CHARTER, documents=uploaded)
    later = {"number": 2, "adopted_on": "2026-01-05", "approved_on": "2026-02-01"}
    await here.made("/charters", **(CHARTER | later | {"effective_from": "2026-02-01"}))
    same = await here.post("/charters", **(CHARTER | {"effective_from": "2020-07-01"}))
    ahead = {"number": 3, "approved_on": "2999-01-01", "effective_from": "2999-01-01"}
    too_early = await here.post("/charters", **(CHARTER | ahead))

    answer = await here.client.get(f"/v1/disclosure/governance/organizations/{here.at}/charters")
    first, second = answer.json()["items"]
    assert (first["number"], second["number"]) == (1, 2)
    # What was uploaded as internal is nobody else's.
    assert first["documents"] == [f"/v1/attachments/{uploaded[0]}/public-copy"]
    assert (await here.client.get(first["documents"][0])).content.startswith(b"%PDF")
    assert "recorded_by" not in first
    assert refused(same) == (409, "charter-known")
    assert refused(too_early) == (422, "happened-ahead")


@pytest.mark.parametrize(
    ("form", "charter", "expected"),
    [
        # Regulations on Foundations 20 and 21: 5 to 25 directors, five years at most.
        (LegalForm.foundation, None, (5, 25, 5, Mark.a)),
        (LegalForm.foundation, (7, 15, 4), (7, 15, 4, Mark.a)),
        # What a foundation's charter says beyond the law does not count.
        (LegalForm.foundation, (3, 40, 8), (5, 25, 5, Mark.a)),
        # Of associations the charter alone says it.
        (LegalForm.association, None, (None, None, None, None)),
        (LegalForm.association, (None, 45, 4), (None, 45, 4, Mark.b)),
    ],
)
def test_how_many_and_how_long(
    form: LegalForm, charter: tuple[int | None, int, int] | None, expected: tuple[Any, ...]
) -> None:
    day = today()
    said: dict[str, Any] = CHARTER | dict.fromkeys(("adopted_on", "approved_on", "effective_from"), day)
    if charter is not None:
        said |= dict(zip(("seats_min", "seats_max", "term_years"), charter, strict=True))
    own = charter and Charter(organization_id=new_id(), recorded_by="test", **said)
    found = limits.of(form, own)
    assert (found.seats_min, found.seats_max, found.term_years, found.mark) == expected


async def test_a_foundations_term_is_five_years_at_most(foundation: Board) -> None:
    body = {"body": "council", "number": 1, "starts_on": "2021-03-20"}
    long = await foundation.post("/terms", **body, ends_on="2026-03-21")
    fits = await foundation.post("/terms", **body, ends_on="2026-03-20")

    assert refused(long) == (422, "term-too-long")
    assert (long.json()["ends_on_max"], long.json()["mark"]) == ("2026-03-20", "A")
    assert fits.status_code == 201


async def test_an_associations_term_is_what_its_charter_says(here: Board) -> None:
    await here.made("/charters", **CHARTER, term_years=4)
    body = {"body": "council", "number": 4, "starts_on": "2021-03-20"}
    long = await here.post("/terms", **body, ends_on="2025-03-21")

    assert refused(long) == (422, "term-too-long")
    assert (long.json()["article"], long.json()["mark"]) == ("章程", "B")
    # Before that charter was in force, nothing bounds it that we know of.
    assert (
        await here.post("/terms", **(body | {"starts_on": "2019-01-01"}), ends_on="2026-01-01")
    ).is_success


async def test_only_the_first_term_is_recorded_and_every_later_one_elected(here: Board) -> None:
    await here.term("2021-03-20", "2026-03-19")
    again = await here.post("/terms", body="council", number=5, starts_on="2026-03-20", ends_on="2031-03-19")
    board_term = await here.post(
        "/terms", body="supervisory_board", number=1, starts_on="2026-03-20", ends_on="2031-03-19"
    )
    assert refused(again) == (409, "term-found")
    assert board_term.status_code == 201


async def test_without_an_audit_there_is_no_re_election(here: Board, foundation: Board) -> None:
    await here.term("2021-03-20", "2026-03-19")
    without = await here.elect()
    foreign = await here.elect(audit_id=await foundation.audit())
    later = await here.elect(audit_id=await here.audit("2026-03-20"))
    representative = await here.elect(kind="representative_change", term=None)

    for answer in (without, foreign, later, representative):
        assert refused(answer) == (409, "pre-election-audit-missing")
        assert answer.json()["article"] == "社会团体登记管理条例 第二十七条"
        assert answer.json()["mark"] == "A"
    # A seat that somebody left is filled without one.
    assert (await here.elect(kind="by_election", term=None)).status_code == 201


async def test_a_re_election_begins_the_next_term_and_ends_the_posts_of_the_last(here: Board) -> None:
    old = await here.term("2021-03-20", "2026-03-19")
    stays, leaves = await here.officer("演示理事一"), await here.officer("演示理事二")
    for one in (stays, leaves):
        assert (await here.appoint(one, "director", "2021-03-20", term_id=old)).status_code == 201
    audit = await here.audit()

    elected = await here.elect(audit_id=audit)
    new = elected.json()["term_id"]
    again = await here.appoint(stays, "director", "2026-03-20", term_id=new, election_id=elected.json()["id"])
    twice = await here.elect(
        "2026-06-01", audit_id=audit, term={"starts_on": "2026-06-02", "ends_on": "2031-06-01"}
    )

    assert (elected.status_code, again.status_code) == (201, 201)
    # It says nothing of the term that began since.
    assert refused(twice) == (409, "pre-election-audit-missing")
    terms = (await here.get(f"/organizations/{here.at}/terms")).json()["items"]
    assert [(one["number"], one["closed_on"]) for one in terms] == [(4, "2026-03-19"), (5, None)]
    assert await here.roster(on="2026-03-19") == [
        ("director", "演示理事一", 4),
        ("director", "演示理事二", 4),
    ]
    assert await here.roster(on="2026-03-20") == [("director", "演示理事一", 5)]
    listed = (await here.get("/appointments", officer_id=leaves)).json()["items"]
    assert [(one["ends_on"], one["end_reason"]) for one in listed] == [("2026-03-19", "换届")]


@pytest.mark.parametrize(
    ("votes", "status"),
    [
        # Two thirds of 30 come, two thirds of those agree.
        ({"present_count": 20, "in_favour_count": 14}, 201),
        ({"present_count": 19, "in_favour_count": 19}, 422),
        ({"present_count": 20, "in_favour_count": 13}, 422),
        ({"present_count": 31, "in_favour_count": 31}, 422),
    ],
)
async def test_a_foundation_elects_by_two_thirds_of_two_thirds(
    foundation: Board, votes: dict[str, Any], status: int
) -> None:
    await foundation.term("2021-03-20", "2026-03-19")
    assert (await foundation.elect(audit_id=await foundation.audit(), **votes)).status_code == status


async def test_an_election_fits_its_term(here: Board) -> None:
    audit = await here.audit()
    assert refused(await here.elect(audit_id=audit)) == (409, "term-missing")
    await here.term("2021-03-20", "2026-03-19")
    backwards = await here.elect(audit_id=audit, term={"starts_on": "2021-03-20", "ends_on": "2026-03-19"})
    early = await here.elect(audit_id=audit, term={"starts_on": "2026-03-18", "ends_on": "2031-03-17"})
    termless = await here.elect(audit_id=audit, term=None)
    ahead = await here.elect(str(today() + timedelta(days=1)), audit_id=audit)
    # The day before the vote nobody was elected yet.
    assert [refused(one)[1] for one in (backwards, early, termless, ahead)] == [
        "election-invalid",
        "election-invalid",
        "election-invalid",
        "happened-ahead",
    ]


async def test_the_database_too_refuses_an_election_without_an_audit(
    here: Board, session: WriteSession
) -> None:
    term = UUID(await here.term("2021-03-20", "2026-03-19"))
    election = CouncilElection(
        organization_id=here.member.id,
        kind=ElectionKind.representative_change,
        body=CouncilBody.council,
        term_id=term,
        held_on=today(),
        meeting="会议",
        entitled_count=3,
        present_count=3,
        in_favour_count=3,
        recorded_by="test",
    )
    session.add(election)
    with pytest.raises(IntegrityError, match="audited"):
        async with session.begin_nested():
            await session.flush()


async def test_a_term_that_ends_within_half_a_year_is_a_task(here: Board) -> None:
    async def waiting() -> list[str]:
        items = (await here.client.get("/v1/me/tasks", headers=here.headers)).json()["items"]
        return [one["title"] for one in items if one["kind"] == "council_term_ending"]

    near, far = today() + timedelta(days=179), today() + timedelta(days=400)
    await here.term("2022-03-20", str(near))
    await here.term("2022-03-20", str(far), body="supervisory_board")

    assert await waiting() == ["第4届理事会任期将满"]
    elected = await here.elect(
        str(today()),
        audit_id=await here.audit(str(today())),
        term={"starts_on": str(today()), "ends_on": str(far)},
    )
    assert elected.status_code == 201, elected.text
    assert await waiting() == []


@pytest.mark.parametrize(
    ("form", "seats_min", "seated", "told"),
    [
        (LegalForm.foundation, None, 4, "理事会人数不足：现任4人，至少5人"),
        (LegalForm.foundation, None, 5, None),
        (LegalForm.foundation, 7, 6, "理事会人数不足：现任6人，至少7人"),
        # A charter may ask for more than the law, never for less.
        (LegalForm.foundation, 3, 4, "理事会人数不足：现任4人，至少5人"),
        (LegalForm.association, None, 0, None),
        (LegalForm.association, 3, 2, "理事会人数不足：现任2人，至少3人"),
    ],
)
async def test_a_council_of_too_few_is_a_task(
    app: FastAPI,
    client: AsyncClient,
    session: WriteSession,
    form: LegalForm,
    seats_min: int | None,
    seated: int,
    told: str | None,
) -> None:
    here = await board(app, client, session, form)
    if seats_min is not None:
        await here.made("/charters", **CHARTER, seats_min=seats_min)
    term = await here.term("2024-01-01", "2028-12-31")
    for number in range(seated + 1):
        last = {"ends_on": str(today() - timedelta(days=1))} if number == seated else {}
        one = await here.officer(f"演示理事{number}")
        assert (await here.appoint(one, "director", "2024-01-01", term_id=term, **last)).status_code == 201
    items = (await client.get("/v1/me/tasks", headers=here.headers)).json()["items"]
    assert [one["title"] for one in items if one["kind"] == "council_shrunk"] == ([told] if told else [])


async def test_a_change_is_applied_for_and_registered(here: Board) -> None:
    body = {"matter": "legal_representative", "decided_on": "2026-03-19", "authority": "省民政厅"}
    early = await here.post("/registrations", **body, filed_on="2026-03-18")
    made = await here.made("/registrations", **body, filed_on="2026-04-02")
    path = f"/v1/disclosure/governance/registrations/{made['id']}/completion"

    async def complete(on: str) -> Any:
        said = {"registered_on": on, "reference": "陕民社变〔2026〕12号"}
        return await here.client.post(path, json=said, headers=here.headers)

    before, done, twice = (
        await complete("2026-04-01"),
        await complete("2026-04-20"),
        await complete("2026-04-20"),
    )
    assert refused(early) == (409, "change-registered")
    assert refused(before) == (409, "change-registered")
    assert (done.status_code, done.json()["registered_on"]) == (200, "2026-04-20")
    assert refused(twice) == (409, "change-registered")
    listed = (await here.get("/registrations")).json()["items"]
    assert [one["reference"] for one in listed] == ["陕民社变〔2026〕12号"]
