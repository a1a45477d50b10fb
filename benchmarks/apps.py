"""Apps: what is measured against what, our service, a bare route, and a naive route."""

from typing import Any

from fastapi import FastAPI, Request
from sqlalchemy import select

from app.accounting.models import Channel
from app.cli.serve import application
from app.fundraising.models import Campaign, Designation
from app.opening import open_database
from app.settings import Settings
from app.webhooks.schemas import EventSaid, GiftSaid
from benchmarks import naive

ANSWER = {"outcome": "posted", "donation_id": None, "entry_id": None, "lookup_code": None, "trace_url": None}


def ours() -> FastAPI:
    """The service as it is served."""
    return application()


def bare() -> FastAPI:
    """A FastAPI route that reads its body and answers as many members as ours.

    The body is declared, which is how FastAPI's guide has a route read one: FastAPI takes and parses it, as
    JSON of any shape, and nothing in it is checked.
    """
    app = FastAPI()

    @app.post("/v1/webhooks/{platform}")
    async def route(platform: str, body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
        return dict(ANSWER)

    return app


def raw() -> FastAPI:
    """A FastAPI route that takes the bytes of its body, without looking at them, and answers a line.

    The least that FastAPI can do with a body. No service could live on it; it tells what the framework takes.
    """
    app = FastAPI()

    @app.post("/v1/webhooks/{platform}")
    async def route(platform: str, request: Request) -> dict[str, str]:  # noqa: ARG001
        await request.body()
        return {"outcome": "posted"}

    return app


def orm() -> FastAPI:
    """What one would write first: the same rows with the ORM, one transaction a request, no signature."""
    app = FastAPI()
    database = open_database(Settings())

    @app.post("/v1/webhooks/{platform}")
    async def route(platform: str, request: Request) -> dict[str, Any]:
        body = await request.body()
        event = EventSaid.model_validate_json(body)
        said = GiftSaid.model_validate(event.data)
        async with database.writing() as session:
            campaigns = select(Campaign).where(Campaign.code == said.campaign)
            campaign = (await session.scalars(campaigns)).one()
            uses = select(Designation).where(Designation.campaign_id == campaign.id)
            use = (await session.scalars(uses)).one()
            ways = select(Channel).where(Channel.organization_id == campaign.organization_id)
            gift = naive.Gift(said, (await session.scalars(ways)).one(), use, body)
            donation = await naive.record(session, gift, platform, request.headers["webhook-id"])
        return {"outcome": "posted", "donation_id": donation.id, "lookup_code": donation.lookup_code}

    return app
