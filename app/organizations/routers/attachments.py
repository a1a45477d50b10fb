"""Attachments over HTTP."""

import mimetypes
from typing import Annotated, Any, cast
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response, UploadFile

from app.kit.attachments import files
from app.kit.attachments.errors import (
    AttachmentGone,
    DocumentNamesAuthor,
    FileEmpty,
    FileTooLarge,
    FileTypeNotAllowed,
    StoreAway,
)
from app.kit.attachments.files import SIZE_BYTES_MAX, Upload
from app.kit.attachments.stores import Store
from app.kit.database import Streaming, transactions
from app.kit.fields import Code
from app.kit.http import problems
from app.kit.http.doors import LateRoute
from app.kit.models import AccessClass
from app.organizations import accesses, attachments
from app.organizations.access import Asking, Caller, Permission
from app.organizations.errors import NotAllowed, OutOfSight
from app.organizations.models import AccessKind
from app.organizations.schemas.attachments import AttachmentOut
from app.organizations.signin import may, public, signed_in

router = APIRouter(prefix="/attachments", tags=["attachments"], route_class=LateRoute)
Adding = Annotated[Asking, may(Permission.attachments_add)]
Known = Annotated[Caller, signed_in]
_FORM = {
    "file": "(the file's bytes)",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "kind": "photo",
    "access": "public",
}
_BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/octet-stream": {}}, "description": "The file, of its own type."}
}
_GONE = problems.responses(OutOfSight, NotAllowed, AttachmentGone, StoreAway)


@router.post(
    "",
    operation_id="add_attachment",
    summary="Upload a file",
    status_code=201,
    responses=problems.responses(FileTooLarge, FileEmpty, FileTypeNotAllowed, DocumentNamesAuthor, StoreAway),
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"example": _FORM}}}},
)
async def add_attachment(
    request: Request,
    caller: Adding,
    file: UploadFile,
    organization_id: Annotated[UUID, Form()],
    kind: Annotated[Code, Form(description="What it is: photo, contract, invoice, ...")],
    access: Annotated[AccessClass, Form()],
) -> AttachmentOut:
    """Take a file of at most 20 MB; it is deleted after a day unless something is given it by then."""
    caller.must(at=organization_id)
    content = await file.read(SIZE_BYTES_MAX + 1)
    upload = Upload(
        organization_id=organization_id,
        kind=kind,
        access=access,
        file_name=named(file.filename),
        uploaded_by=caller.label,
    )
    kept = await files.receive(transactions(request), _store(request), upload, content)
    return AttachmentOut.of(kept, upload.file_name)


@router.get("/{attachment_id}", operation_id="read_attachment", summary="Read about a file", responses=_GONE)
async def read_attachment(
    database: Streaming, request: Request, caller: Known, attachment_id: UUID
) -> AttachmentOut:
    """Read what is known of a file, if you may see what it belongs to."""
    async with database.reading() as session:
        file = await files.get(session, attachment_id)
        await attachments.must_read(session, caller, file, _readers(request))
        return AttachmentOut.of(file, await files.name_of(session, file))


@router.get(
    "/{attachment_id}/content",
    operation_id="read_attachment_content",
    summary="Download a file",
    response_class=Response,
    responses=_BYTES | _GONE,
)
async def read_content(database: Streaming, request: Request, caller: Known, attachment_id: UUID) -> Response:
    """Download a file as it came; that you read a personal one is logged."""
    async with database.reading() as session:
        file = await files.get(session, attachment_id)
        await attachments.must_read(session, caller, file, _readers(request))
        name = await files.name_of(session, file)
    if file.access is AccessClass.personal:
        at, kind = file.organization_id, AccessKind.attachment
        await accesses.record(database, caller.label, at=at, kind=kind, subject=file.id)
    content = await files.read(database, _store(request), file)
    return _download(content, file.media_type, name, cache="private, no-store")


@router.get(
    "/{attachment_id}/public-copy",
    operation_id="read_public_copy",
    summary="Download a file's public copy",
    dependencies=[public],
    response_class=Response,
    responses=_BYTES | problems.responses(AttachmentGone, StoreAway),
)
async def read_public_copy(database: Streaming, request: Request, attachment_id: UUID) -> Response:
    """Download the copy that everybody may see: a photograph drawn anew, without its metadata."""
    async with database.reading() as session:
        file = await files.get(session, attachment_id)
    if file.owner_kind is None or file.public_media_type is None:
        raise AttachmentGone
    content = await files.public_copy(_store(request), file)
    # Under a name of ours: people call a file after whom it shows.
    name = f"{file.id}{mimetypes.guess_extension(file.public_media_type) or ''}"
    return _download(content, file.public_media_type, name, cache="public, max-age=3600")


def named(name: str | None) -> str:
    """Return a file's name without folders and without what nobody can read."""
    bare = (name or "").replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in bare if char.isprintable())[:200].strip() or "file"


def _store(request: Request) -> Store:
    return cast("Store", request.app.state.store)


def _readers(request: Request) -> attachments.Readers:
    return cast("attachments.Readers", request.app.state.attachment_readers)


def _download(content: bytes, media_type: str, name: str, *, cache: str) -> Response:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        # Whatever a browser makes of it, nothing in it runs.
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": cache,
    }
    return Response(content, media_type=media_type, headers=headers)
