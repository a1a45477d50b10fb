"""What programs that read the web ask for: where they may read, which pages there are, and a picture."""

from xml.sax.saxutils import escape

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from app.disclosure import campaigns, members
from app.disclosure.events import events
from app.disclosure.models import Publication, PublicEvent
from app.disclosure.projects import projects
from app.disclosure.publications import registers
from app.fundraising.models import Campaign
from app.kit.database import Reading, ReadSession
from app.projects.models import Project
from app.site import assets, sheets

router = APIRouter(route_class=sheets.PageRoute)

EACH_MAX = 9_000
"""A sitemap holds at most 50,000 addresses; of each kind the newest stand in ours."""

KEPT = {"Cache-Control": "public, max-age=3600"}
_ALWAYS = (
    *("/", "/projects", "/organizations", "/publications", "/events", "/news"),
    *("/complaints", "/follow", "/certificates", "/data", "/about", "/v1/log"),
)
_RULES = """User-agent: *
Disallow: /v1/
Disallow: /follow/
Disallow: /complaints/
Disallow: /certificates/
Disallow: /events/*/sign-ups/
Allow: /v1/log$
Allow: /v1/attachments/
Allow: /v1/disclosure/open-data
"""


@router.api_route("/robots.txt", methods=sheets.LOOKING)
async def robots(request: Request) -> Response:
    """Say where programs may read: not behind what one person alone was given the key to, nor in a demo."""
    if request.app.state.demo:
        return PlainTextResponse("User-agent: *\nDisallow: /\n", headers=KEPT)
    return PlainTextResponse(f"{_RULES}\nSitemap: {sheets.origin(request)}/sitemap.xml\n", headers=KEPT)


@router.api_route("/sitemap.xml", methods=sheets.LOOKING)
async def sitemap(request: Request, session: Reading) -> Response:
    """Tell the addresses of the pages that everybody may read."""
    origin = sheets.origin(request)
    paths = [*_ALWAYS, *await _of_things(session)]
    lines = "".join(f"<url><loc>{escape(origin + path)}</loc></url>\n" for path in paths)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
    return Response(content, media_type="application/xml", headers=KEPT)


@router.api_route("/favicon.ico", methods=sheets.LOOKING)
async def favicon() -> Response:
    """Return the seal to who asks for it without having read a page."""
    seal = assets.ASSETS["seal.svg"]
    return Response(seal.content, media_type=seal.media_type, headers=KEPT)


async def _of_things(session: ReadSession) -> list[str]:
    newest = (
        ("/campaigns", campaigns.shown().with_only_columns(Campaign.code).order_by(Campaign.id.desc())),
        ("/projects", projects.shown().with_only_columns(Project.code).order_by(Project.id.desc())),
        ("/events", events.shown().with_only_columns(PublicEvent.id).order_by(PublicEvent.id.desc())),
        (
            "/publications",
            registers.matching({"current": True})
            .with_only_columns(Publication.id)
            .order_by(Publication.id.desc()),
        ),
    )
    found = [f"/organizations/{one.code}" for one in await members.everybody(session)]
    for path, query in newest:
        found += [f"{path}/{key}" for key in await session.scalars(query.limit(EACH_MAX))]
    return found
