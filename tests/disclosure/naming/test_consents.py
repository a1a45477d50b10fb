"""Who was recorded without a word agrees later, takes it back, and agrees anew: named while they do."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from httpx import AsyncClient, Response
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.kit.attachments import stores
from app.kit.clock import today
from app.kit.database import WriteSession
from tests.disclosure.consent.public_life import BASE, PublicLife, begun
from tests.disclosure.scenes import scene

DAY = today() - timedelta(days=3)
LETTER = {"told_on": DAY.isoformat(), "evidence": "书面同意书2026-017"}
PEOPLE = ("nominee", "ambassador", "speaker")


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> PublicLife:
    app.state.store = stores.opened(f"file://{tmp_path}")
    return await begun(app, client, session, await scene(session))


def path_of(here: PublicLife, who: str) -> str:
    [found] = [one for one in here.silent if f"/{who}s/" in one]
    return found.removesuffix("-withdrawal")


async def said(here: PublicLife, path: str, body: Any = None) -> Response:
    return await here.client.post(f"{BASE}{path}", json=body, headers=here.board.headers)


async def named(here: PublicLife, who: str) -> str | None:
    """What everybody reads somebody is called."""
    [commendation] = here.shown
    address = {
        "speaker": f"/events/{here.event}",
        "ambassador": "/ambassadors",
        "nominee": f"/commendations/{commendation}",
    }[who]
    told = (await here.client.get(f"{BASE}{address}")).json()
    [one] = told[{"speaker": "speakers", "ambassador": "items", "nominee": "nominees"}[who]]
    return one["name"]


@pytest.mark.parametrize("who", PEOPLE)
async def test_everybody_reads_a_name_while_its_bearer_agrees(here: PublicLife, who: str) -> None:
    path = path_of(here, who)
    assert await named(here, who) is None

    agreed = await said(here, path, LETTER)
    assert agreed.status_code == 200, agreed.text
    name = await named(here, who)
    assert name is not None
    twice = await said(here, path, LETTER)
    assert (twice.status_code, twice.json()["code"]) == (409, "named-already")

    gone = await said(here, f"{path}-withdrawal", {"told_on": today().isoformat(), "evidence": "来信"})
    assert (gone.status_code, await named(here, who)) == (200, None)
    # An older word, written down late, does not bring the name back.
    late = await said(here, path, LETTER)
    assert (late.status_code, late.json()["code"], await named(here, who)) == (422, "naming-day-wrong", None)
    assert (await said(here, path, LETTER | {"told_on": today().isoformat()})).status_code == 200
    assert await named(here, who) == name
    assert (await said(here, f"{path}-withdrawal")).status_code == 200
    assert await named(here, who) is None


async def test_each_word_is_kept_with_who_wrote_it_down_and_what_shows_it(here: PublicLife) -> None:
    path = path_of(here, "speaker")
    await said(here, path, LETTER)
    await said(here, f"{path}-withdrawal")
    await here.nominee("publicity", publish_consent=True)

    listed = f"{BASE}/organizations/{here.board.at}/naming-consents"
    found = (await here.client.get(listed, headers=here.board.headers)).json()["items"]
    told = [(one["kind"], one["agreed"], one["told_on"], one["evidence"]) for one in found]

    day = today().isoformat()
    assert told == [
        ("nominee", True, day, None),
        ("speaker", False, day, None),
        ("speaker", True, DAY.isoformat(), LETTER["evidence"]),
    ]
    assert {one["recorded_by"].partition(":")[0] for one in found} == {"staff"}
    speaker = path.split("/")[4]
    own = await here.client.get(listed, params={"subject_id": speaker}, headers=here.board.headers)
    assert [one["subject_id"] for one in own.json()["items"]] == [speaker] * 2


async def test_a_word_lies_in_the_past_is_shown_and_is_nobody_elses(here: PublicLife) -> None:
    path = path_of(here, "ambassador")
    ahead = LETTER | {"told_on": (today() + timedelta(days=1)).isoformat()}
    assert (await said(here, path, ahead)).json()["code"] == "naming-day-wrong"
    assert (await said(here, path, {"told_on": DAY.isoformat()})).status_code == 422
    stranger = await here.client.post(f"{BASE}{path}", json=LETTER, headers=here.press.officer)
    assert stranger.status_code in {403, 404}
    assert await named(here, "ambassador") is None


async def test_what_was_said_stays_as_it_was_written(here: PublicLife, session: WriteSession) -> None:
    await said(here, path_of(here, "speaker"), LETTER)
    for change in ("update naming_consents set agreed = false", "delete from naming_consents"):
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text(change))
