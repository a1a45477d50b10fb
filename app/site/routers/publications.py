"""The page of everything published, and each publication's with its history."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.disclosure import campaigns
from app.disclosure.models import Publication, PublicationKind
from app.disclosure.publications import contents, people, registers
from app.disclosure.schemas.publications.publications import (
    PublicationDetail,
    PublicationHistoryOut,
    PublicationOut,
)
from app.kit.database import Reading, ReadSession
from app.kit.http import pages
from app.kit.http.caching import ASK_AGAIN
from app.kit.http.pages import PageQuery
from app.organizations.models import Organization
from app.site import linked_data, measures, sheets

router = APIRouter(route_class=sheets.PageRoute)

LATEST = 5
"""So many are told on other pages; their own has them all."""


@router.api_route("/publications", methods=sheets.LOOKING)
async def everything(
    request: Request,
    session: Reading,
    kind: Annotated[str, Query(max_length=40)] = "",
    organization: Annotated[str, Query(max_length=64)] = "",
    cursor: sheets.Cursor = None,
) -> Response:
    """Show what was published, the latest first, without what has been corrected since."""
    asked = {"kind": kind if kind in set(PublicationKind) else "", "organization": organization}
    query = registers.matching({name: value or None for name, value in asked.items()} | {"current": True})
    paging = PageQuery(cursor=cursor, limit=sheets.PAGE_SIZE)
    keys = [Publication.published_on, Publication.id]
    found = await pages.page(session, query, keys, paging, newest_first=True)
    facts = {
        "publications": [PublicationOut.of(one) for one in await registers.listed(session, found.items)],
        "next_cursor": found.next_cursor,
        "cursor": cursor,
        "wanted": asked,
        "kinds": list(PublicationKind),
    }
    return sheets.page(request, "publications.html", facts, demo=await campaigns.demo(session))


@router.api_route("/publications/{publication_id}", methods=sheets.LOOKING)
async def publication(request: Request, session: Reading, publication_id: UUID) -> Response:
    """Show a publication: what it says, what it corrected or was corrected to, and how it is verified."""
    one = await registers.get(session, publication_id)
    line = await registers.listed(session, await registers.history(session, one))
    it = await _whole(session, one, line)
    versions = PublicationHistoryOut.of([(row, contents.read(row.publication.snapshot)) for row in line])
    facts = {
        "it": it,
        "versions": versions.publications,
        "written": measures.written,
        "changed": measures.changed,
        "linked": linked_data.report(sheets.origin(request), it),
    }
    response = sheets.page(request, "publication.html", facts, demo=it.demo)
    response.headers.update(ASK_AGAIN)
    return response


async def lately(session: ReadSession, of: Organization | None = None) -> list[PublicationOut]:
    """Return what was published last, by everybody or by one organization."""
    query = registers.matching({"organization": of.code if of else None, "current": True})
    latest = query.order_by(Publication.published_on.desc(), Publication.id.desc()).limit(LATEST)
    listed = await registers.listed(session, (await session.scalars(latest)).all())
    return [PublicationOut.of(one) for one in listed]


async def _whole(session: ReadSession, one: Publication, line: list[registers.Listed]) -> PublicationDetail:
    [listed] = [row for row in line if row.publication.id == one.id]
    said = people.joined(contents.read(one.snapshot), await people.of(session, one.id))
    return PublicationDetail.whole(listed, said, await registers.place(session, one))
