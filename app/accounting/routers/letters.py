"""Letters over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy import select

from app.accounting.letters import errors, merging, texts
from app.accounting.models import LetterText
from app.accounting.schemas.letters import (
    FieldOut,
    LetterIn,
    LetterOut,
    LetterQuery,
    MergeIn,
    NumberedQuery,
)
from app.kit.database import Reading, Writing
from app.kit.http import pages, problems
from app.kit.http.doors import LateRoute
from app.kit.http.pages import Page, PageQuery
from app.organizations import organizations
from app.organizations.access import Asking, Permission
from app.organizations.signin import may

router = APIRouter(prefix="/v1/accounting", tags=["letters"], route_class=LateRoute)

Reader = Annotated[Asking, may(Permission.books_read)]
Recorder = Annotated[Asking, may(Permission.vouchers_record)]
PDF = {200: {"content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}}


@router.get("/letter-fields", operation_id="list_letter_fields")
async def list_letter_fields(caller: Reader, asked: Annotated[PageQuery, Query()]) -> Page[FieldOut]:
    """List the fields that a letter's text may ask for; any other is refused."""
    caller.visible()
    found = pages.cut(merging.FIELDS, str, asked)
    items = [
        FieldOut(
            name=name,
            title_zh=merging.FIELDS[name][0],
            title=merging.FIELDS[name][1],
            filled_in=name in merging.OWN,
        )
        for name in found.items
    ]
    return found.told(items)


@router.post(
    "/organizations/{organization_id}/letters",
    operation_id="create_letter",
    status_code=201,
    responses=problems.responses(errors.MergeFieldUnknown, errors.LetterWrittenMeanwhile),
)
async def create_letter(
    session: Writing, caller: Recorder, organization_id: UUID, body: LetterIn
) -> LetterOut:
    """Write the next version of a letter; the versions before it stay."""
    caller.must(at=organization_id)
    text = LetterText(organization_id=organization_id, number=1, made_by=caller.label, **dict(body))
    return LetterOut.of(await texts.write(session, text))


@router.get("/organizations/{organization_id}/letters", operation_id="list_letters")
async def list_letters(
    session: Reading, caller: Reader, organization_id: UUID, asked: Annotated[LetterQuery, Query()]
) -> Page[LetterOut]:
    """List the versions of an organization's letters."""
    caller.must(at=organization_id)
    query = select(LetterText).where(LetterText.organization_id == organization_id)
    if asked.code is not None:
        query = query.where(LetterText.code == asked.code)
    keys = [LetterText.code, LetterText.number, LetterText.id]
    found = await pages.page(session, query, keys, asked)
    return found.told([LetterOut.of(one) for one in found.items])


@router.get(
    "/organizations/{organization_id}/letters/{code}",
    operation_id="read_letter",
    responses=problems.responses(errors.LetterNotFound),
)
async def read_letter(
    session: Reading,
    caller: Reader,
    organization_id: UUID,
    code: str,
    asked: Annotated[NumberedQuery, Query()],
) -> LetterOut:
    """Read a letter; before an organization wrote its own, the text to begin with."""
    caller.must(at=organization_id)
    return LetterOut.of(await texts.find(session, organization_id, code, asked.number))


@router.post(
    "/organizations/{organization_id}/letters/{code}/pdf",
    operation_id="render_letter",
    response_class=Response,
    responses={**PDF, **problems.responses(errors.LetterNotFound, errors.MergeFieldsUnequal)},
)
async def render_letter(
    session: Reading, caller: Recorder, organization_id: UUID, code: str, body: MergeIn
) -> Response:
    """Set a letter as PDF with the values given; they are printed and not kept."""
    caller.must(at=organization_id)
    organization = await organizations.get(session, organization_id)
    text = await texts.find(session, organization_id, code, body.number)
    content = await texts.pdf(organization, text, body.values)
    return Response(content, media_type="application/pdf")
