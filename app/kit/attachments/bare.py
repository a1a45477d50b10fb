"""Bare: a document for everybody, without what programs wrote into it about who made and changed it.

Whatever carries an electronic seal or signature is left as it was sealed: a changed byte would break it, and
whom it names has signed.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from app.kit.attachments.errors import DocumentNamesAuthor, FileTypeNotAllowed

UNPACKED_BYTES_MAX = 256 * 1024 * 1024
"""More than that in a document of 20 MB is there to fill the memory of whoever opens it."""

_SEALED = re.compile(r"^(_xmlsignatures/|Doc_\d+/Signs/)")
_PACKAGE = b"http://schemas.openxmlformats.org"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_EMPTY: Mapping[str, bytes] = {
    "docProps/core.xml": b'<x:coreProperties xmlns:x="%s/package/2006/metadata/core-properties"/>' % _PACKAGE,
    "docProps/app.xml": b'<Properties xmlns="%s/officeDocument/2006/extended-properties"/>' % _PACKAGE,
    "docProps/custom.xml": b'<Properties xmlns="%s/officeDocument/2006/custom-properties"/>' % _PACKAGE,
}
# Who commented and changed, under which account, and in whose folder it lay.
_NAMING = re.compile(rb'(\s[\w:]*(?:author|initials|userId|userName|displayName)=")[^"]*(?=")')
_AUTHORS = re.compile(rb"(<(?:\w+:)?(?:author|Author|Creator)>)[^<]*")
_TOLD_BY = re.compile(r"^(word/|xl/(comments|persons|threadedComments|workbook)|OFD\.xml|Doc_\d+/Annots/)")
_PATH = re.compile(rb"<[\w:]*absPath [^>]*>")

_INFO = rb"/(?:Author|Creator|Producer|Company|Manager|SourceModified|LastModifiedBy)\s*"
_TEXT = rb"\((?:\\[\s\S]|[^\\()]|\((?:\\[\s\S]|[^\\()])*\))*\)"
_LITERAL = re.compile(rb"(%s\()((?:\\[\s\S]|[^\\()]|%s)*)(?=\))" % (_INFO, _TEXT))
_DIGITS = re.compile(rb"(%s<)([0-9A-Fa-f\s]+)(?=>)" % _INFO)
_XMP = re.compile(rb"(<x:xmpmeta\b[^>]*>)([\s\S]*?)(?=</x:xmpmeta>)")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_SIGNED = re.compile(rb"/ByteRange\s*\[")
_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_HEAD_BYTES_MAX = 2000


def copy(content: bytes, media_type: str) -> bytes:
    """Return a document as everybody may have it; refuse one whose author can't be taken out of it."""
    if media_type == "application/pdf":
        return _pdf(content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return _package(packed, content)


def _package(packed: zipfile.ZipFile, content: bytes) -> bytes:
    members = packed.infolist()
    if any(_SEALED.match(one.filename) for one in members):
        return content
    if sum(one.file_size for one in members) > UNPACKED_BYTES_MAX:
        raise FileTypeNotAllowed
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bared:
        for one in members:
            try:
                said = packed.read(one)
            except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError):
                raise FileTypeNotAllowed from None
            # Without the moment at which somebody saved it, and without what their system put beside it.
            bared.writestr(zipfile.ZipInfo(one.filename), _member(one.filename, said), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _member(name: str, said: bytes) -> bytes:
    if name in _EMPTY:
        return _HEAD + _EMPTY[name]
    if not (_TOLD_BY.match(name) and name.endswith(".xml")):
        return said
    said = _PATH.sub(b"", said) if name == "xl/workbook.xml" else said
    return _AUTHORS.sub(rb"\1", _NAMING.sub(rb"\1", said))


def _pdf(content: bytes) -> bytes:
    if _SIGNED.search(content):
        return content
    if _ENCRYPTED.search(content):
        # Its words can be read by everybody, and changed by nobody who lacks the key.
        raise DocumentNamesAuthor
    return _streams(_blank(content))


def _blank(said: bytes) -> bytes:
    """Return the same number of bytes with blanks for names: every offset in the file stays right."""
    said = _LITERAL.sub(_filled(b" "), said)
    said = _DIGITS.sub(_filled(b"20"), said)
    return _XMP.sub(_filled(b" "), said)


def _filled(blank: bytes) -> Callable[[re.Match[bytes]], bytes]:
    return lambda found: found[1] + (blank * len(found[2]))[: len(found[2])]


def _streams(content: bytes) -> bytes:
    """Blank what is said in packed objects, each packed again into the room that it had."""
    said, left = bytearray(content), UNPACKED_BYTES_MAX
    for found in _STREAM.finditer(content):
        head = content[max(0, found.start() - _HEAD_BYTES_MAX) : found.start()].rpartition(b" obj")[2]
        if b"/ObjStm" not in head and b"/Metadata" not in head:
            continue
        packed = content[found.end() : content.find(b"endstream", found.end())]
        words = _unpacked(packed, left)
        if words is None:
            # Neither packed nor anything else that we can read: what was plain has been blanked.
            if b"/Filter" in head:
                raise DocumentNamesAuthor
            continue
        left -= len(words)
        fresh = zlib.compress(bared, 9) if (bared := _blank(words)) != words else b""
        if len(fresh) > len(packed):
            raise DocumentNamesAuthor
        if fresh:
            # What stands behind the end of a packed stream is read by nobody.
            room = slice(found.end(), found.end() + len(packed))
            said[room] = fresh + bytes(len(packed) - len(fresh))
    return bytes(said)


def _unpacked(packed: bytes, most: int) -> bytes | None:
    unpacking = zlib.decompressobj()
    try:
        words = unpacking.decompress(packed, most)
    except zlib.error:
        return None
    return words if unpacking.eof else None
