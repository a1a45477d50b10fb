"""Consent: nobody who did not agree is named anywhere in public, and who takes it back is gone at once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient
from sqlalchemy import select

from app.kit.database import WriteSession
from app.kit.http import spreadsheets
from app.kit.models import OutboxEvent
from app.kit.sheets.workbooks import MEDIA_TYPE
from app.site.assets import ASSETS
from tests.access.words import PAGES
from tests.disclosure.canaries import CANARIES, DONOR, MESSAGE, PLAIN, Lived, lived, spelled, told

# What must be there to be read, or the walk would hear nothing. All else is walked as it is: the log has not
# begun in a test's own transaction, and of some papers nobody here holds one.
REACHED = {
    *("/", "/campaigns/{code}", "/organizations/{code}", "/follow/{lookup_code}", "/about", "/v1/log"),
    *("/v1/regions", "/v1/code-lists", "/v1/attachments/{attachment_id}/public-copy"),
    *("/v1/fundraising/emergencies", "/v1/projects/aid-cases/notices"),
    *(f"/v1/projects/villages/{{village_id}}/{name}" for name in ("book", "statements")),
    *("/v1/volunteers/directory", "/v1/volunteers/calendar", "/v1/volunteers/calendar/{activity_id}"),
    "/v1/volunteers/statistics/{organization_id}",
    *(f"/v1/disclosure/campaigns{more}" for more in ("", "/{code}", "/{code}/donations")),
    *(f"/v1/disclosure/projects{more}" for more in ("", "/{code}", "/{code}/funding", "/{code}/sites")),
    *("/v1/disclosure/donations/{lookup_code}/trace", "/v1/disclosure/complaints/{lookup_code}/progress"),
    *(f"/v1/disclosure/open-data{more}" for more in ("", "/{dataset}.csv", "/{dataset}.jsonl")),
    *("/v1/disclosure/events", "/v1/disclosure/events/{event_id}"),
    *("/v1/disclosure/initiatives", "/v1/disclosure/initiatives/{initiative_id}"),
    "/v1/disclosure/organizations/{organization_id}/late",
    "/v1/disclosure/organizations/{organization_id}/annual-figures/{year}",
    "/v1/disclosure/governance/organizations/{organization_id}/roster",
}
LANGUAGES = ("zh", "en")


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Lived:
    return await lived(app, client, session, tmp_path)


def templates(app: FastAPI) -> Iterator[str]:
    """Every address that everybody may read: those of the document that are public, and the pages."""
    for path, item in app.openapi()["paths"].items():
        if item.get("get", {}).get("x-permission") == "public":
            yield path
    yield from PAGES


async def test_no_canary_sings_at_any_public_address(app: FastAPI, client: AsyncClient, here: Lived) -> None:
    lists, missed, heard = spreadsheets.leaves_of(app), set[str](), dict[str, list[str]]()
    here.known["/"]["name"] = [next(iter(ASSETS))]
    walked = 0
    for template in templates(app):
        for address in here.addresses(template):
            forms = [{"Accept-Language": one} for one in LANGUAGES]
            forms += [{"Accept": MEDIA_TYPE}] if template in lists else []
            for headers in forms:
                answer = await client.get(address, headers=headers)
                walked += 1
                if answer.status_code != 200:
                    missed.add(template)
                if birds := told(spelled(answer)):
                    heard[f"{address} {headers}"] = birds

    assert heard == {}
    assert missed & REACHED == set()
    assert set(templates(app)) >= REACHED
    assert walked > 2 * 60


async def test_no_canary_sings_in_an_event_or_in_the_document(
    app: FastAPI, client: AsyncClient, session: WriteSession, here: Lived
) -> None:
    rows = (await session.scalars(select(OutboxEvent))).all()
    assert len({row.topic for row in rows}) > 15
    heard = {
        row.topic: birds
        for row in rows
        if (birds := told(json.dumps(row.payload, ensure_ascii=False) + row.subject))
    }
    assert heard == {}
    for path in ("/openapi.json", "/metrics", "/healthz"):
        assert told(spelled(await client.get(path))) == []


async def test_a_donor_is_named_while_they_agree_and_gone_at_once(client: AsyncClient, here: Lived) -> None:
    code = here.it.campaign.code
    named = (
        f"/v1/disclosure/campaigns/{code}/donations",
        f"/campaigns/{code}",
        "/v1/disclosure/open-data/donations.csv",
        "/v1/disclosure/open-data/donations.jsonl",
    )

    async def sung() -> list[list[str]]:
        return [told(spelled(await client.get(path))) for path in named]

    assert await sung() == [[], [], [], []]
    await here.update(client, name=True)
    assert await sung() == [[DONOR]] * 4
    await here.update(client, name=True, message=True)
    # The telephone in the message is not what they agreed to.
    assert await sung() == [[DONOR, MESSAGE]] * 4
    await here.update(client, name=False, message=False)
    assert await sung() == [[], [], [], []]


def test_the_canaries_are_heard_when_they_sing() -> None:
    for one in set(CANARIES) - PLAIN:
        assert told(f"……{one}……") == [one] or one in told(f"……{one}……")
        assert one in told(json.dumps({"name": one}))
