"""Consent: nobody who did not agree is named at any address that everybody may read, in any form it has."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from fastapi import APIRouter, FastAPI
from httpx import AsyncClient, Response

from app.kit.database import WriteSession
from app.kit.http import doors
from app.organizations.signin import public
from tests.disclosure.consent import birds, walk
from tests.disclosure.consent.lives import Lived, lived
from tests.disclosure.consent.walk import Walk

UNREACHED = {
    **dict.fromkeys(
        (
            *("/v1/log/checkpoint", "/v1/log/vkey", "/v1/log/proof/{index}"),
            *("/v1/log/tile/entries/{tile}", "/v1/log/tile/{level}/{tile}"),
            "/v1/disclosure/donations/{lookup_code}/receipt-file",
        ),
        "the log begins with a commit: tests/disclosure/consent/test_log.py reads them",
    ),
}
"""Addresses that are not answered here, and why."""

EMPTY = {
    "/v1/fundraising/emergencies": "an emergency is a disaster, and names nobody",
    "/v1/disclosure/organizations/{organization_id}/late": "a duty names nobody, and nothing is late here",
    "/v1/disclosure/governance/organizations/{organization_id}/dissolutions": "an organization ends, nobody",
    "/v1/projects/villages/{village_id}/statements": "the sums of a quarter that is over",
}
"""Lists in which nobody is: no kind of person could be in them."""

OWN = {
    "/certificates/{number}/{code}": {birds.THANKED, birds.SERVED},
    "/v1/fundraising/donation-certificate-checks/{number}/{code}": {birds.THANKED},
    "/v1/volunteers/certificate-checks/{number}/{code}": {birds.SERVED},
}
"""Papers that a person was given and shows to whom they like: number and code stand on them."""


@pytest.fixture
async def here(app: FastAPI, client: AsyncClient, session: WriteSession, tmp_path: Path) -> Lived:
    return await lived(app, client, session, tmp_path)


def wrong(one: walk.Heard) -> list[str]:
    """The canaries that had no business to sing."""
    return [bird for bird in birds.unlawful(list(one.birds)) if bird not in OWN.get(one.template, ())]


async def test_no_canary_sings_at_any_public_address(app: FastAPI, client: AsyncClient, here: Lived) -> None:
    walked = Walk(app=app, client=client, handed=here.keys, headers=here.secrets)
    heard = await walked.everything()

    assert {f"{one.address} {one.form}": found for one in heard if (found := wrong(one))} == {}
    assert walked.silent() == set(UNREACHED)
    assert walked.empty() == set(EMPTY)
    assert {one.status for one in heard} <= {200, 303, 404, 409, 422}
    # Who is named by an article, and by their own paper, was heard: the ears are open.
    sung = walked.singing()
    assert "/v1/disclosure/governance/organizations/{organization_id}/roster" in sung[birds.COUNCILLOR]
    assert {template for template in OWN if any(template in sung[bird] for bird in OWN[template])} == set(OWN)


def test_a_new_public_address_is_walked_or_fails(app: FastAPI, client: AsyncClient) -> None:
    router = APIRouter(prefix="/v1/disclosure", dependencies=[public])
    router.add_api_route("/whoever/{whoever_id}", lambda whoever_id: whoever_id, operation_id="read_whoever")
    before = {*dict(walk.public(app))}
    doors.install(app, [router])
    app.openapi_schema = None
    walked = Walk(app=app, client=client)
    assert {*walked.templates} - before == {"/v1/disclosure/whoever/{whoever_id}"}
    assert walked.silent() == {*walked.templates}


def test_the_canaries_are_heard_however_they_sing() -> None:
    book = openpyxl.Workbook()
    for one in set(birds.CANARIES) - birds.PLAIN:
        assert one in birds.told(f"……{one}……")
        assert one in birds.told(json.dumps({"name": one}))
        assert one in birds.told("\n".join(one))
        book.worksheets[0].append([one])
    out = io.BytesIO()
    book.save(out)
    packed = birds.spelled(Response(200, content=out.getvalue()))
    assert {*birds.told(packed)} == set(birds.CANARIES) - birds.PLAIN
