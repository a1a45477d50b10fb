"""Pages that explain, the list of downloads, and the files that pages load."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from app.disclosure import campaigns
from app.kit.database import Reading
from app.kit.errors import NotFound
from app.site import downloads, languages, linked_data, sheets
from app.site.assets import ASSETS
from app.site.languages import Writer
from app.transparency import heads

router = APIRouter(route_class=sheets.PageRoute)

FOREVER = "public, max-age=31536000, immutable"


@router.api_route("/about", methods=sheets.LOOKING)
async def about(request: Request, session: Reading) -> Response:
    """Explain how the books are kept and how anybody can check them."""
    return sheets.page(request, "about.html", {}, demo=await campaigns.demo(session))


@router.api_route("/data", methods=sheets.LOOKING)
async def data(request: Request, session: Reading) -> Response:
    """Show everything that can be taken away, with its address and its form."""
    t, origin = Writer(languages.of(request)), sheets.origin(request)
    told = downloads.told(t)
    facts = {"sets": told, "origin": origin, "linked": linked_data.catalog(origin, t("data_title"), told)}
    return sheets.page(request, "data.html", facts, demo=await campaigns.demo(session))


@router.api_route("/v1/log", methods=sheets.LOOKING)
async def log(request: Request, session: Reading) -> Response:
    """Show the public log's latest checkpoint, and how anybody verifies it with programs of others."""
    current = await heads.current(session)
    facts = {
        "log": current,
        "signed": current and await heads.published(session, current.id),
        "keys": current and await heads.known_keys(session, current.id),
        "address": f"{request.url.scheme}://{request.url.netloc}/v1/log",
    }
    return sheets.page(request, "log.html", facts, demo=await campaigns.demo(session))


@router.api_route("/static/{name}", methods=sheets.LOOKING)
async def static(name: str, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """Return a file of the page's own; under the address that names its content it never changes."""
    asset = ASSETS.get(name)
    if asset is None:
        raise NotFound
    keep = FOREVER if v == asset.version else "public, max-age=300"
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": keep})
