"""Officers and posts: who holds what on which day, and what of it everybody may read."""

import asyncio
from datetime import date
from uuid import UUID

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select, text

from app.disclosure.governance import officers, posts, terms
from app.disclosure.governance.errors import CouncilFull
from app.disclosure.governance.officers import Particulars
from app.disclosure.models import Appointment, CouncilBody, CouncilTerm, Officer, PostKind
from app.kit import vault
from app.kit.database import Database, WriteSession
from app.organizations.access import Role
from app.organizations.models import Access, LegalForm
from tests.disclosure.governance.board import BASE, Board, board, refused
from tests.disclosure.obligations.scenes import association
from tests.factories import organizations as members


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession) -> Board:
    return await board(app, client, session)


async def test_one_person_holds_a_post_once_at_a_time(here: Board) -> None:
    term = await here.term("2021-03-20", "2026-03-19")
    one = await here.officer()
    first = await here.appoint(one, "vice_president", "2021-03-20", ends_on="2022-12-31", term_id=term)
    overlapping = await here.appoint(one, "vice_president", "2022-12-31", term_id=term)
    besides = await here.appoint(one, "director", "2021-03-20", term_id=term)
    after = await here.appoint(one, "vice_president", "2023-01-01", term_id=term)

    assert (first.status_code, besides.status_code, after.status_code) == (201, 201, 201)
    assert refused(overlapping) == (409, "post-held")


async def test_an_organization_has_one_president_at_a_time(here: Board) -> None:
    term = await here.term("2021-03-20", "2026-03-19")
    one, other = await here.officer("演示会长"), await here.officer("演示副会长")
    made = await here.appoint(one, "president", "2021-03-20", term_id=term)
    taken = await here.appoint(other, "president", "2024-01-01", term_id=term)
    path = f"/appointments/{made.json()['id']}/end"
    end = {"ends_on": "2023-12-31", "reason": "辞任"}
    ended = await here.client.post(f"{BASE}{path}", json=end, headers=here.headers)
    again = await here.client.post(f"{BASE}{path}", json=end, headers=here.headers)
    follows = await here.appoint(other, "president", "2024-01-01", term_id=term)

    assert refused(taken) == (409, "post-filled")
    assert (ended.status_code, ended.json()["end_reason"]) == (200, "辞任")
    assert refused(again) == (409, "appointment-over")
    assert follows.status_code == 201
    assert await here.roster(on="2023-12-31") == [("president", "演示会长", 4)]
    assert await here.roster(on="2024-01-01") == [("president", "演示副会长", 4)]
    assert await here.roster(term_id=term) == [("president", "演示会长", 4), ("president", "演示副会长", 4)]


async def test_who_supervises_does_not_sit_in_the_council(here: Board) -> None:
    council = await here.term("2021-03-20", "2026-03-19")
    watching = await here.term("2021-03-20", "2026-03-19", body="supervisory_board", number=1)
    one = await here.officer()
    assert (await here.appoint(one, "supervisor", "2021-03-20", term_id=watching)).status_code == 201
    sits = await here.appoint(one, "director", "2022-01-01", term_id=council)
    elsewhere = await here.appoint(
        await here.officer("演示监事二"), "supervisor", "2021-03-20", term_id=council
    )
    termless = await here.appoint(await here.officer("演示理事二"), "director", "2021-03-20")
    early = await here.appoint(await here.officer("演示理事三"), "director", "2021-03-19", term_id=council)

    assert refused(sits) == (409, "both-bodies")
    assert [refused(answer)[1] for answer in (elsewhere, termless, early)] == ["post-outside-term"] * 3


async def test_another_legal_representative_comes_by_an_audited_election(here: Board) -> None:
    await here.term("2021-03-20", "2031-03-19")
    one, other = await here.officer("演示会长"), await here.officer("演示副会长")
    found = await here.appoint(one, "legal_representative", "2021-03-20", ends_on="2026-03-19")
    bare = await here.appoint(other, "legal_representative", "2026-03-20")
    by = (await here.elect(kind="by_election", term=None)).json()["id"]
    filled = await here.appoint(other, "legal_representative", "2026-03-20", election_id=by)
    change = await here.elect(kind="representative_change", term=None, audit_id=await here.audit())
    elected = await here.appoint(other, "legal_representative", "2026-03-20", election_id=change.json()["id"])

    assert (found.status_code, elected.status_code) == (201, 201)
    assert [refused(answer) for answer in (bare, filled)] == [(409, "election-missing")] * 2


async def test_the_roster_names_by_law_and_a_commissioner_by_consent(here: Board) -> None:
    term = await here.term("2021-03-20", "2031-03-19")
    known = {"phone": "029-00000000", "email": "secret@example.org", "qualities": ["有情怀"]}
    director = await here.officer("演示理事一", **known)
    honoured = await here.officer("演示慈善专员", **known)
    await here.appoint(director, "director", "2021-03-20", term_id=term)
    await here.appoint(honoured, "commissioner", "2021-03-20")

    silent = await here.roster()
    patch = f"{BASE}/officers/{honoured}"
    read = await here.get(f"/officers/{honoured}")
    tag = {"If-Match": read.headers["etag"]}
    agreed = await here.client.patch(patch, json={"consented_on": "2026-01-01"}, headers=here.headers | tag)
    named = await here.roster()
    stale = await here.client.patch(patch, json={"consented_on": None}, headers=here.headers | tag)
    back = {"If-Match": agreed.headers["etag"]}
    await here.client.patch(patch, json={"consented_on": None}, headers=here.headers | back)

    assert silent == [("director", "演示理事一", 4)]
    assert named == [*silent, ("commissioner", "演示慈善专员", None)]
    assert stale.status_code == 412
    # Withdrawn, it counts in the next answer.
    assert await here.roster() == silent
    body = (await here.client.get(f"{BASE}/organizations/{here.at}/roster")).text
    assert not any(word in body for word in ("029-", "example.org", "有情怀", "paid", "officer"))
    assert (agreed.json()["phone"], agreed.json()["qualities"]) == ("029-00000000", ["有情怀"])


async def test_what_is_known_of_an_officer_lies_in_the_vault_and_looks_are_logged(
    here: Board, app: FastAPI, session: WriteSession
) -> None:
    one = await here.officer("演示理事九", phone="029-12345678", qualities=["有能力", "有资源"])
    row = await session.get_one(Officer, UUID(one))
    clear = (
        await session.execute(text("select officers::text from officers where id = :id"), {"id": row.id})
    ).scalar_one()
    assert "演示理事九" not in clear
    assert "029-12345678" not in clear

    read = (await here.get(f"/officers/{one}")).json()
    looked = await session.scalars(select(Access.kind).where(Access.subject == one))
    viewer = await members.sign_in(app, session, Role.viewer, here.member)
    unseen = await here.get(f"/officers/{one}", viewer)
    await vault.erase(session, row.id)
    gone = (await here.get(f"/officers/{one}")).json()

    assert (read["name"], read["phone"], read["qualities"]) == (
        "演示理事九",
        "029-12345678",
        ["有能力", "有资源"],
    )
    assert list(looked) == ["officer"]
    assert unseen.status_code == 403
    assert (gone["name"], gone["phone"], gone["erased"]) == (None, None, True)


async def test_a_foundations_council_has_25_seats_and_one_person_takes_one(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await board(app, client, session, LegalForm.foundation)
    term = await session.get_one(CouncilTerm, UUID(await here.term("2022-01-01", "2026-12-31")))

    async def director(
        number: int, post: PostKind = PostKind.director, starts: str = "2022-01-01"
    ) -> Appointment:
        person = await officers.enter(
            session, here.member.id, Particulars(name=f"演示理事{number}"), by="test"
        )
        return await posts.appoint(session, here.member, appointment(person, term, post, starts))

    seated = [await director(number) for number in range(25)]
    with pytest.raises(CouncilFull) as refusal:
        await director(25)
    assert (refusal.value.facts["seats_max"], refusal.value.facts["mark"]) == (25, "A")
    # The president is one of them, and takes no second seat.
    first = await session.get_one(Officer, seated[0].officer_id)
    await posts.appoint(session, here.member, appointment(first, term, PostKind.president))
    await posts.end(session, seated[1], on=date(2023, 6, 30), reason="辞任", by="test")
    with pytest.raises(CouncilFull):
        await director(26, starts="2023-06-30")
    await director(27, starts="2023-07-01")


def appointment(
    person: Officer, term: CouncilTerm, post: PostKind = PostKind.director, starts: str = "2022-01-01"
) -> Appointment:
    return Appointment(
        organization_id=term.organization_id,
        officer_id=person.id,
        post=post,
        starts_on=date.fromisoformat(starts),
        paid=False,
        recorded_by="test",
        term_id=term.id,
    )


async def test_of_two_who_take_the_last_seat_at_once_one_gets_it(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session, books_from="2020-01-01", legal_form=LegalForm.foundation)
        term = await terms.find(
            session,
            member,
            CouncilTerm(
                organization_id=member.id,
                body=CouncilBody.council,
                number=1,
                starts_on=date(2022, 1, 1),
                ends_on=date(2026, 12, 31),
                recorded_by="test",
            ),
        )
        people = [
            await officers.enter(session, member.id, Particulars(name=f"演示理事{number}"), by="test")
            for number in range(26)
        ]
        for person in people[:24]:
            await posts.appoint(session, member, appointment(person, term))

    async def sit(person: Officer) -> str:
        try:
            async with committed.writing() as session:
                await posts.appoint(session, member, appointment(person, term))
        except CouncilFull:
            return "refused"
        return "seated"

    assert sorted(await asyncio.gather(*(sit(person) for person in people[24:]))) == ["refused", "seated"]


async def test_of_two_presidents_at_once_one_is(committed: Database) -> None:
    async with committed.writing() as session:
        member = await association(session, books_from="2020-01-01")
        people = [
            await officers.enter(session, member.id, Particulars(name=f"演示会长{number}"), by="test")
            for number in range(2)
        ]

    async def head(person: Officer) -> str:
        one = Appointment(
            organization_id=member.id,
            officer_id=person.id,
            post=PostKind.secretary_general,
            starts_on=date(2022, 1, 1),
            paid=True,
            recorded_by="test",
        )
        try:
            async with committed.writing() as session:
                await posts.appoint(session, member, one)
        except posts.PostFilled:
            return "refused"
        return "appointed"

    assert sorted(await asyncio.gather(*map(head, people))) == ["appointed", "refused"]
