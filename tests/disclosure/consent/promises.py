"""Promises: people who sign, found a trust, promise, are asked along, or bring goods."""

from typing import Any

from fastapi import FastAPI
from httpx import AsyncClient

from app.kit.database import WriteSession
from tests.disclosure.consent import birds
from tests.fundraising.filings.office import Office, iso, office
from tests.fundraising.filings.test_partners import partner
from tests.fundraising.goods.store import store
from tests.fundraising.legal.test_agreements import agreement
from tests.fundraising.legal.test_trusts import trust
from tests.fundraising.ways.test_pledges import wish


async def promised(app: FastAPI, client: AsyncClient, session: WriteSession) -> str:
    """Let everybody promise; return the campaign whose plan was filed, and whose notice stands."""
    here: Office = await office(app, client, session)

    async def post(path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = await here.officer.post(path, body or {})
        assert answer.status_code in {200, 201}, f"{path}: {answer.text}"
        return dict(answer.json())

    path = await here.filed()
    await post(f"{path}/opening")
    signed = {"donor_name": birds.SIGNED, "donor_kind": "individual"}
    await post("/agreements", agreement(here, **signed))
    await post("/trusts", trust(here, settlor=birds.SETTLOR))
    at, campaign = here.officer, path.rpartition("/")[2]
    promise = wish(at, campaign_id=campaign, name=birds.PROMISED, donor_kind="individual")
    await post("/pledges", promise)
    closed = await here.draft(kind="targeted", starts_on=iso())
    await post(f"{closed}/invitations", {"circle": "member", "name": birds.INVITED})
    other = await here.draft(starts_on=iso(), ends_on=iso(200))
    await post(f"{other}/partners", partner(kind="individual", name=birds.PARTNER))
    storing = await store(app, client, session)
    came = await storing.receive(giver={"name": birds.BRINGER})
    assert came.status_code == 201, came.text
    return campaign
