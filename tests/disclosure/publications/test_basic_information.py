"""Basic information: who decides, by name while they are known, and behind a commitment for ever."""

from uuid import UUID

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit import vault
from app.kit.database import WriteSession
from app.organizations.access import Role
from tests.disclosure.governance.board import board
from tests.disclosure.publications.press import BASE, value
from tests.factories import organizations as members

CANARY = "演示理事甲"


async def test_the_members_of_the_bodies_are_named_until_they_are_erased(
    app: FastAPI, client: AsyncClient, session: WriteSession
) -> None:
    here = await board(app, client, session)
    term = await here.term("2021-03-20", "2026-03-19")
    officer = await here.officer(CANARY)
    assert (await here.appoint(officer, "director", "2021-03-20", term_id=term)).status_code == 201
    reviewer = await members.sign_in(app, session, Role.reviewer, here.member)
    drafted = await client.post(
        f"{BASE}/drafts",
        json={"organization_id": here.at, "kind": "basic_information", "period_to": "2026-03-01"},
        headers=here.headers,
    )
    assert drafted.status_code == 201, drafted.text
    path = f"{BASE}/drafts/{drafted.json()['id']}"
    await client.post(f"{path}/review", json={"approved": True}, headers=reviewer | {"If-Match": '"1"'})
    published = (await client.post(f"{path}/publication", headers=here.headers)).json()
    own = f"{BASE}/{published['id']}"
    before = (await client.get(own)).json()
    snapshot = await client.get(f"{own}/snapshot")
    await vault.erase(session, UUID(officer))
    after = (await client.get(own)).json()

    [[post, title, since, person]] = value(before, "bodies", "members")
    assert (post, title, since, person["name"]) == ("理事", None, "2021-03-20", CANARY)
    assert CANARY not in snapshot.text
    assert value(after, "bodies", "members")[0][3] == person | {"name": None}
    # No charter is recorded: every field of it is said to be missing.
    assert {"section": "charter", "field": "number"} in published["missing"]
    assert {"section": "contact", "field": None} in published["missing"]
