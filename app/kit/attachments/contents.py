"""Contents: what a file really is, whatever its name says."""

import io
import zipfile
from typing import Any, cast

from app.kit.attachments import bare
from app.kit.attachments.errors import FileEmpty, FileTypeNotAllowed
from app.kit.attachments.findings import PICTURES, Looked

_OFFICE = "application/vnd.openxmlformats-officedocument"
# What a ZIP archive is, by the member that makes it one.
_ARCHIVES = {
    "xl/workbook.xml": f"{_OFFICE}.spreadsheetml.sheet",
    "word/document.xml": f"{_OFFICE}.wordprocessingml.document",
    "OFD.xml": "application/ofd",
}
ALLOWED = {*PICTURES, "application/pdf", *_ARCHIVES.values()}


def look(content: bytes, *, public: bool) -> Looked:
    """Return what a file is by its content, whatever its name says; refuse what is not taken."""
    if not content:
        raise FileEmpty
    media_type = _type_of(content)
    if media_type not in ALLOWED:
        raise FileTypeNotAllowed(allowed=sorted(ALLOWED))
    if media_type not in PICTURES:
        return Looked(media_type, copy=bare.copy(content, media_type) if public else None)
    # Here and not above: most processes never see a picture.
    from app.kit.attachments import pictures

    return pictures.look(content, media_type, public=public)


def _type_of(content: bytes) -> str:
    # Here and not above, as with pictures.
    import filetype  # pyright: ignore[reportMissingTypeStubs]

    if not content.startswith(b"PK\x03\x04"):
        return str(cast("Any", filetype).guess_mime(content[:8192]))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        raise FileTypeNotAllowed from None
    return next((kind for member, kind in _ARCHIVES.items() if member in names), "application/zip")
