"""Pictures as telephones make them: turned, with a place and a time in them."""

import io
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image


def photo(*, kind: str = "JPEG", offset: str | None = "+08:00", turned: bool = True) -> bytes:
    """40 x 20 pixels, its left half red; to be turned a quarter when shown; taken at a bridge in Xi'an."""
    picture = Image.new("RGB", (40, 20), "blue")
    picture.paste("red", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "SecretPhone"
    if turned:
        exif[ExifTags.Base.Orientation] = 6
    taken: dict[int, Any] = {ExifTags.Base.DateTimeOriginal: "2026:04:30 10:12:00"}
    if offset:
        taken[ExifTags.Base.OffsetTimeOriginal] = offset
    exif._ifds[ExifTags.IFD.Exif] = taken
    exif._ifds[ExifTags.IFD.GPSInfo] = {
        ExifTags.GPS.GPSLatitudeRef: "N",
        ExifTags.GPS.GPSLatitude: (34.0, 15.0, 55.7),
        ExifTags.GPS.GPSLongitudeRef: "E",
        ExifTags.GPS.GPSLongitude: (108.0, 57.0, 15.26),
    }
    out = io.BytesIO()
    picture.save(out, kind, exif=exif)
    return out.getvalue()


TAKEN_AT = datetime.fromisoformat("2026-04-30T10:12:00+08:00")
PLACE = (34_265_472, 108_954_239)
