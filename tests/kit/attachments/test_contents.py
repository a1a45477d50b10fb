"""Contents: a file is what it holds, and a public copy of a photograph tells nothing but the picture."""

import io
import zipfile

import pytest
from PIL import Image

from app.kit.attachments import contents, pictures
from app.kit.attachments.errors import FileEmpty, FileTypeNotAllowed
from app.kit.sheets import workbooks
from app.kit.sheets.cells import Column
from app.kit.typesetting import codes
from tests.kit.attachments.pictures import PLACE, TAKEN_AT, photo


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_public_copy_has_the_pixels_upright_and_nothing_else(kind: str) -> None:
    looked = contents.look(photo(kind=kind), public=True)

    assert looked.copy is not None
    assert b"SecretPhone" not in looked.copy
    with Image.open(io.BytesIO(looked.copy)) as copy:
        assert not copy.getexif()
        assert copy.size == (20, 40)
        red, _, blue = copy.convert("RGB").getpixel((10, 3))
        assert red > 200 > blue


def test_time_and_place_are_kept_as_facts() -> None:
    looked = contents.look(photo(), public=False)

    assert looked.copy is None
    assert looked.taken_at == TAKEN_AT
    assert (looked.latitude_microdegrees, looked.longitude_microdegrees) == PLACE
    # A camera that tells no zone stands in that of the books.
    assert contents.look(photo(offset=None), public=False).taken_at == TAKEN_AT


def archive(member: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(member, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n...", "application/pdf"),
        (codes.png("x"), "image/png"),
        (workbooks.write([workbooks.Sheet("a", [Column("b")])]), workbooks.MEDIA_TYPE),
        (archive("OFD.xml"), "application/ofd"),
    ],
)
def test_the_content_says_what_a_file_is(content: bytes, media_type: str) -> None:
    assert contents.look(content, public=False).media_type == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
        archive("evil.exe"),
        b"PK\x03\x04 broken",
        photo()[:200],
        b"GIF89a" + bytes(50),
    ],
)
def test_what_is_not_taken_is_refused(content: bytes) -> None:
    with pytest.raises(FileTypeNotAllowed):
        contents.look(content, public=True)


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileEmpty):
        contents.look(b"", public=False)


def test_a_picture_that_unfolds_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "PIXELS_MAX", 100)

    with pytest.raises(FileTypeNotAllowed):
        contents.look(photo(), public=False)
