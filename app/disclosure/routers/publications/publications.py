"""Publications over HTTP, for everybody."""

from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.disclosure.models import Publication
from app.disclosure.publications import contents, feeds, papers, people, registers
from app.disclosure.publications.errors import PublicationNotFound
from app.disclosure.schemas.publications.publications import (
    PublicationDetail,
    PublicationHistoryOut,
    PublicationOut,
    PublicationQuery,
)
from app.kit.database import Reading, ReadSession
from app.kit.fields import Code
from app.kit.http import pages, problems
from app.kit.http.caching import ASK_AGAIN, CacheableRoute
from app.kit.http.pages import CursorUnreadable, Page
from app.organizations.signin import public

router = APIRouter(route_class=CacheableRoute, dependencies=[public])

_ONE = "/publications/{publication_id}"
_ORDER = [Publication.published_on, Publication.id]
_UNKNOWN = problems.responses(PublicationNotFound)
_SNAPSHOT: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": {"v": 1, "sections": []}},
        },
        "description": "The bytes whose SHA-256 stands in the public log.",
    }
}
_PAPER: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {"text/html": {}, "application/pdf": {}},
        "description": "The publication for people to read, in Chinese.",
    }
}
_FEED: dict[int | str, dict[str, Any]] = {
    200: {"content": {feeds.MEDIA_TYPE: {}}, "description": "The latest publications as Atom."}
}


@router.get("/publications", operation_id="list_publications", responses=problems.responses(CursorUnreadable))
async def list_publications(
    session: Reading, asked: Annotated[PublicationQuery, Query()]
) -> Page[PublicationOut]:
    """List what has been published, the latest first."""
    query = registers.matching(asked.model_dump())
    found = await pages.page(session, query, _ORDER, asked, newest_first=asked.sort.startswith("-"))
    items = [PublicationOut.of(one) for one in await registers.listed(session, found.items)]
    return found.told(items)


@router.get(
    "/publications.atom",
    operation_id="follow_publications",
    summary="Follow what is published",
    response_class=Response,
    responses=_FEED,
)
async def follow_publications(
    request: Request, session: Reading, organization: Annotated[Code | None, Query()] = None
) -> Response:
    """Follow what is published, of all or of one organization, with a feed reader."""
    query = registers.matching({"organization": organization})
    latest = query.order_by(*(key.desc() for key in _ORDER)).limit(feeds.LENGTH)
    listed = await registers.listed(session, (await session.scalars(latest)).all())
    public_url = str(request.app.state.settings.public_url)
    content = feeds.atom(listed, public_url=public_url, organization=organization)
    return Response(content, media_type=feeds.MEDIA_TYPE)


@router.get(_ONE, operation_id="read_publication", summary="Read a publication", responses=_UNKNOWN)
async def read_publication(session: Reading, publication_id: UUID, response: Response) -> PublicationDetail:
    """Read a publication: names only of those who agree to be named now."""
    one = await registers.get(session, publication_id)
    [listed] = await registers.listed(session, [one])
    response.headers.update(ASK_AGAIN)
    return PublicationDetail.whole(listed, await _said(session, one), await registers.place(session, one))


@router.get(
    f"{_ONE}/snapshot",
    operation_id="read_publication_snapshot",
    summary="Read the snapshot",
    response_class=Response,
    responses=_SNAPSHOT | _UNKNOWN,
)
async def read_publication_snapshot(session: Reading, publication_id: UUID) -> Response:
    """Read the very bytes that were published; their SHA-256 is in the header, and in the public log."""
    one = await registers.get(session, publication_id)
    headers = {"X-Snapshot-SHA256": one.snapshot_sha256.hex(), "Cache-Control": "public, max-age=31536000"}
    return Response(one.snapshot, media_type="application/json", headers=headers)


@router.get(
    f"{_ONE}/paper",
    operation_id="read_publication_paper",
    summary="Read it on paper",
    response_class=Response,
    responses=_PAPER | _UNKNOWN,
)
async def read_publication_paper(
    session: Reading,
    publication_id: UUID,
    form: Annotated[Literal["html", "pdf"], Query(alias="format")] = "html",
) -> Response:
    """Read a publication in Chinese, as a page or as a document to keep."""
    one = await registers.get(session, publication_id)
    said, sha256 = await _said(session, one), one.snapshot_sha256.hex()
    headers = dict(ASK_AGAIN)
    if form == "pdf":
        content = await papers.pdf(said, sha256, one.created_at)
        return Response(content, media_type="application/pdf", headers=headers)
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return Response(papers.html(said, sha256), media_type="text/html; charset=utf-8", headers=headers)


@router.get(
    f"{_ONE}/history",
    operation_id="read_publication_history",
    summary="Read its history",
    responses=_UNKNOWN,
)
async def read_publication_history(session: Reading, publication_id: UUID) -> PublicationHistoryOut:
    """Read a publication with all its corrections: what each changed, and why."""
    line = await registers.history(session, await registers.get(session, publication_id))
    listed = await registers.listed(session, line)
    return PublicationHistoryOut.of([(one, contents.read(one.publication.snapshot)) for one in listed])


async def _said(session: ReadSession, one: Publication) -> dict[str, Any]:
    """Return what a publication says, with the names that may be shown at this moment."""
    return people.joined(contents.read(one.snapshot), await people.of(session, one.id))
