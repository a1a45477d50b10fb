"""The web application: the one place that knows every router."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi_offline import FastAPIOffline
from starlette.routing import Route

import migrations
from app.accounting import routers as accounting
from app.audit import routers as audit
from app.disclosure import routers as disclosure
from app.fundraising import routers as fundraising
from app.kit.attachments.files import SIZE_BYTES_MAX
from app.kit.database import Transactions
from app.kit.http import code_lists, doors, express, health, origins, problems, spreadsheets
from app.kit.http.bodies import StrictBodies
from app.kit.http.documents import describe_refusals
from app.kit.http.requests import BODY_MAX_BYTES, Requests
from app.kit.http.spreadsheets import Spreadsheets
from app.onboarding.router import router as onboarding
from app.opening import open_database, open_sender, open_store
from app.organizations import routers as organizations
from app.organizations.declarations import declare_permissions
from app.organizations.signin import public
from app.organizations.tokens import Issuer
from app.projects import routers as projects
from app.settings import Environment, Settings, secret_bytes
from app.site import routers as site
from app.transparency import lag
from app.volunteers import routers as volunteers
from app.webhooks.description import describe_door
from app.webhooks.door import Door
from app.webhooks.routers import credentials, deliveries, dispatches, partner, platforms, subscriptions
from app.wiring import ATTACHMENT_READERS, LABELS, RECOGNISERS

DESCRIPTION = (
    "The open backend of a federated charity: every gift in a double-entry ledger, followed to its use."
)

WEBHOOKS = "/v1/webhooks/"
UPLOADS: Mapping[str, int] = dict.fromkeys(
    (
        "/v1/attachments",
        "/v1/accounting/bank-accounts/",
        "/v1/accounting/organizations/*/voucher-imports",
        "/v1/fundraising/goods/imports",
        "/v1/fundraising/receipts/results",
        "/v1/fundraising/settlements",
        "/v1/onboarding/organizations/*",
        "/v1/partner/settlements",
        "/v1/projects/payment-orders/*/results",
        "/v1/projects/sheets/",
        "/v1/volunteers/sheets/",
    ),
    SIZE_BYTES_MAX + BODY_MAX_BYTES,
)
"""Addresses whose bodies may be longer: a file, and the form around it; `*` is any one part."""

DOORS = (
    organizations.router,
    accounting.router,
    fundraising.router,
    projects.router,
    volunteers.router,
    platforms.router,
    credentials.router,
    deliveries.router,
    partner.router,
    subscriptions.router,
    dispatches.router,
    audit.router,
    disclosure.router,
    onboarding,
)
"""Every feature's routes, in the order in which the document tells them."""


def create_app(settings: Settings, *, database: Transactions | None = None) -> FastAPI:
    """Assemble the application; a test may hand in its own transactions, otherwise a pool is opened."""
    opened = None if database else open_database(settings)
    transactions = database or opened
    assert transactions is not None  # noqa: S101 - one of the two is there

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        yield
        await app.state.door.close()
        if opened:
            await opened.close()

    demo = settings.environment is Environment.demo
    # FastAPI's own pages fetch their program from a stranger's server; these bring it along.
    app = FastAPIOffline(
        redoc_url=None,
        title="Zhengxinlu 征信录" + (" · 演示数据 demo data" if demo else ""),
        description=DESCRIPTION,
        version="0.1.0",
        lifespan=lifespan,
        # A redirect would lead to the address under which our proxy knows us, and take a password along.
        redirect_slashes=False,
        # It would export the words of errors, in them perhaps a name, and asks on every request whether to.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.database = transactions
    _hand_down(app, settings, transactions)
    app.state.inquiry = health.Inquiry(health.Expected(migrations.head(), {"log": lag.told}))
    problems.install(app)
    said = {"X-Demo-Data": "demo data, not real"} if demo else {}
    app.add_middleware(Spreadsheets, labels=LABELS)
    app.add_middleware(StrictBodies, apart=WEBHOOKS)
    app.add_middleware(Requests, headers=said, by_prefix=UPLOADS)
    origins.admit(app, settings.cors_origins)
    express.admit(app, Requests(app.state.door, quiet=WEBHOOKS, headers=said), WEBHOOKS, "platform")
    app.include_router(health.router)
    # For whoever walks the routes; the express lane is ahead of it.
    app.router.routes.append(Route(f"{WEBHOOKS}{{platform}}", app.state.door, name="webhooks"))
    app.include_router(code_lists.router(LABELS), dependencies=[public])
    doors.install(app, DOORS)
    # The page comes last: its addresses are those that nobody else has.
    site.install(app, demo=demo)
    declare_permissions(app)
    describe_door(app)
    spreadsheets.describe(app)
    describe_refusals(app)
    return app


def _hand_down(app: FastAPI, settings: Settings, transactions: Transactions) -> None:
    """Put what the routes find in the application's state."""
    app.state.settings = settings
    app.state.issuer = Issuer(_secret(settings), settings.token_lifetime_seconds)
    app.state.recognisers = RECOGNISERS
    app.state.store, app.state.attachment_readers = open_store(settings), ATTACHMENT_READERS
    app.state.sender = open_sender(settings)
    app.state.door = Door(
        transactions,
        batch_max=settings.webhook_batch_max,
        queue_max=settings.webhook_queue_max,
        answer_seconds_max=settings.webhook_answer_seconds_max,
        public_url=settings.public_url,
    )


def _secret(settings: Settings) -> bytes:
    return secret_bytes(settings.token_secret.get_secret_value() if settings.token_secret else "")
