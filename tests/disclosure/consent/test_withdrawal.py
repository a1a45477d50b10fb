"""Consent given and taken back: named where it should be, then gone from every public answer, at once."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.disclosure.consent import birds
from tests.disclosure.consent.lives import Lived, lived
from tests.disclosure.consent.test_walk import OWN, wrong
from tests.disclosure.consent.walk import Walk

_GOVERNANCE = "/v1/disclosure/governance/organizations/{organization_id}"
_PUBLISHED = {
    "/publications/{publication_id}",
    "/v1/disclosure/publications/{publication_id}",
    "/v1/disclosure/publications/{publication_id}/paper",
}
_GIFTS = {
    "/campaigns/{code}",
    "/v1/disclosure/campaigns/{code}/donations",
    "/v1/disclosure/open-data/{dataset}.csv",
    "/v1/disclosure/open-data/{dataset}.jsonl",
}
_DEALINGS = {f"{_GOVERNANCE}/{name}" for name in ("basic-information", "related-parties", "related-events")}
NAMED = {
    birds.DONOR: _GIFTS | _PUBLISHED,
    birds.MESSAGE: _GIFTS,
    birds.SPEAKER: {"/v1/disclosure/events/{event_id}", "/events/{event_id}"},
    "金丝雀教授": {"/v1/disclosure/events/{event_id}", "/events/{event_id}"},
    birds.AMBASSADOR: {"/v1/disclosure/ambassadors"},
    birds.NOMINEE: {"/v1/disclosure/commendations/{commendation_id}"},
    birds.COMMISSIONER: {
        f"{_GOVERNANCE}/roster",
        f"{_GOVERNANCE}/basic-information",
        f"{_GOVERNANCE}/contacts",
        "/organizations/{code}",
        *_PUBLISHED,
    },
    birds.RELATED: _DEALINGS | _PUBLISHED,
    birds.FIRM: _DEALINGS,
}
"""Where each is named who agrees, and nowhere else.

Volunteers and beneficiaries agree too, and no public address names them all the same.
"""


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Lived:
    return await lived(app, client, session, tmp_path)


async def test_everybody_who_agrees_is_named_and_gone_at_once_when_they_do_not_any_more(
    app: FastAPI, client: AsyncClient, here: Lived
) -> None:
    await here.agree()
    named = Walk(app=app, client=client, handed=here.keys, headers=here.secrets)
    await named.everything()

    sung = {bird: templates for bird, templates in named.singing().items() if bird not in birds.BY_LAW}
    assert {bird: templates - set(OWN) for bird, templates in sung.items() if templates - set(OWN)} == NAMED
    # Whoever keeps a name asks before showing it again.
    agreed = [one for one in named.heard if set(one.birds) & set(NAMED)]
    assert {one.keeping for one in agreed} <= {"public, no-cache", "private, no-cache", "no-store"}

    await here.withdraw()
    after = Walk(app=app, client=client, handed=here.keys, headers=here.secrets, known=named.tags())
    await after.everything()

    assert {f"{one.address} {one.form}": found for one in after.heard if (found := wrong(one))} == {}
    # Who asks with the tag of an answer that named somebody is sent a new one.
    tagged = {(one.address, one.form) for one in agreed if one.etag}
    again = {one.status for one in after.heard if (one.address, one.form) in tagged}
    assert len(tagged) > len(NAMED)
    assert again == {200}
    assert 304 in {one.status for one in after.heard}
