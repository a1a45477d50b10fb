"""A real Chromium, driven by Playwright, before a running service over a database of its own."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import uvicorn
from obstore.store import MemoryStore
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from app.kit.attachments.stores import ObjectStore, Store
from app.kit.database import Database
from app.kit.vault import Vault
from app.main import create_app
from app.settings import Settings
from app.wiring import handed_down
from tests.databases import Cluster
from tests.site import voices
from tests.site.browser import works
from tests.site.lively import certified, lively

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, _NAMES)), None)
PATIENCE_MILLISECONDS = 120_000

# A browser is no Python package: where none is installed there is nothing to drive. What a page is made of
# (headings, labels, languages, safety, weight) is then still tested by tests/site/test_pages.py.
collect_ignore = [] if CHROMIUM else ["test_reading.py", "test_axe.py", "test_forms.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that nothing was tried in a browser."""
    if CHROMIUM is None:
        told = "tests/site/browser: no Chromium on this machine (Debian: apt install chromium), nothing tried"
        terminalreporter.write_line(told)


@dataclass
class Served:
    """A running service with pages of every kind."""

    url: str
    code: str = ""
    campaign: str = ""
    project: str = ""
    event: str = ""
    organization: str = ""
    database: Database | None = None
    paths: list[str] = field(default_factory=list)


@dataclass
class Reader:
    """A page of the browser, and whatever it complained about."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    async def open(self, path: str) -> None:
        await self.page.goto(path, wait_until="load")


@pytest.fixture(scope="package")
async def served(cluster: Cluster, template: str, vault: Vault, settings: Settings) -> AsyncIterator[Served]:
    name = f"zxl_browser_{os.getpid()}"
    cluster.create(name, template=template)
    database = Database(cluster.url(name), pool_size=10, info={"vault": vault} | handed_down())
    app = create_app(settings, database=database)
    app.state.store = ObjectStore(MemoryStore)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, access_log=False))
    running = asyncio.create_task(server.serve())
    while not server.started:
        assert not running.done()
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield await _filled(database, app.state.store, f"http://127.0.0.1:{port}")
    server.should_exit = True
    await running
    await database.close()
    cluster.drop(name)


async def _filled(database: Database, store: Store, url: str) -> Served:
    async with database.writing() as session:
        it, codes = await lively(session)
        certificate, _ = await certified(session, it)
        event = await voices.event(session, it.partner.organization)
        ticket = await voices.seat(session, event)
        await voices.article(session, it.campaign)
        complaint = await voices.complaint(session, it.partner.organization)
        organization = it.partner.organization.code
    project = await works.photographed(database, store, it.partner.organization)
    publication = await works.published(database, it.partner.organization, it.campaign)
    campaign = f"/campaigns/{it.campaign.code}"
    paths = [
        *("/", "/?q=慈", "/follow", "/certificates", "/data", "/about", "/v1/log", "/nowhere"),
        *("/publications", publication),
        *(
            "/projects",
            f"/projects/{project}",
            "/organizations",
            f"/organizations/{organization}",
            campaign,
            f"/follow/{codes[1]}",
            certificate,
        ),
        *(f"/organizations/{organization}/briefs?period={period}" for period in ("month", "year")),
        f"/organizations/{organization}/ratios",
        *("/events", f"/events/{event.id}", "/news", "/complaints", f"/complaints/{complaint}"),
        *(f"/events/{event.id}/sign-ups", f"/events/{event.id}/sign-ups/{ticket}"),
    ]
    return Served(
        url, codes[1], campaign, f"/projects/{project}", f"/events/{event.id}", organization, database, paths
    )


@pytest.fixture(scope="package")
async def browser() -> AsyncIterator[Browser]:
    # Root may not use Chromium's own sandbox, and what it reads here is our own.
    args = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=args, timeout=PATIENCE_MILLISECONDS
        )
        yield browser
        await browser.close()


@pytest.fixture
async def reader(browser: Browser, served: Served) -> AsyncIterator[Reader]:
    """Somebody at a desk who reads Chinese; what the browser complains about is kept."""
    context = await browser.new_context(base_url=served.url, locale="zh-CN")
    yield await opened(context)
    await context.close()


async def opened(context: BrowserContext) -> Reader:
    """A page that waits patiently, and remembers errors, refused resources and broken policies."""
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    reader = Reader(await context.new_page())
    reader.page.on("pageerror", lambda error: reader.complaints.append(str(error)))
    reader.page.on(
        "console",
        lambda told: reader.complaints.append(told.text) if told.type in {"error", "warning"} else None,
    )
    return reader
