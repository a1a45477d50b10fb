"""Pictures: what a photograph tells of itself, and a copy that tells nothing."""

import io
from datetime import UTC, datetime
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from app.kit.attachments.errors import FileTypeNotAllowed
from app.kit.attachments.findings import PICTURES, Looked
from app.kit.clock import LEGAL_ZONE

PIXELS_MAX = 80_000_000


def look(content: bytes, media_type: str, *, public: bool) -> Looked:
    """Return what a picture tells, with a copy if it is for the public; FileTypeNotAllowed if it is none."""
    try:
        with Image.open(io.BytesIO(content), formats=[PICTURES[media_type]]) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise FileTypeNotAllowed(pixels_max=PIXELS_MAX)
            picture.load()
            return _pictured(picture, media_type, public=public)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise FileTypeNotAllowed from None


def _pictured(picture: Image.Image, media_type: str, *, public: bool) -> Looked:
    exif = picture.getexif()
    latitude, longitude = _place(exif.get_ifd(ExifTags.IFD.GPSInfo))
    return Looked(
        media_type,
        copy=_bare(picture, media_type) if public else None,
        taken_at=_moment(exif.get_ifd(ExifTags.IFD.Exif)),
        latitude_microdegrees=latitude,
        longitude_microdegrees=longitude,
    )


def _bare(picture: Image.Image, media_type: str) -> bytes:
    """Return the picture drawn anew, the right way up: only its pixels come along."""
    upright = ImageOps.exif_transpose(picture)
    mode = "RGB" if media_type == "image/jpeg" or upright.mode not in {"RGBA", "LA", "P"} else "RGBA"
    drawn = upright.convert(mode)
    fresh = Image.frombytes(mode, drawn.size, drawn.tobytes())
    out = io.BytesIO()
    fresh.save(out, PICTURES[media_type], quality=88)
    return out.getvalue()


def _moment(exif: dict[int, Any]) -> datetime | None:
    try:
        said = datetime.strptime(str(exif[ExifTags.Base.DateTimeOriginal]).strip(), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007
    except (KeyError, ValueError):
        return None
    try:
        offset = datetime.strptime(str(exif[ExifTags.Base.OffsetTimeOriginal]).strip(), "%z").tzinfo
    except (KeyError, ValueError):
        # Most cameras tell no zone; those of the federation stand in that of the books.
        offset = LEGAL_ZONE
    return said.replace(tzinfo=offset).astimezone(UTC)


def _place(gps: dict[int, Any]) -> tuple[int | None, int | None]:
    tags = ExifTags.GPS
    try:
        latitude = _degrees(gps[tags.GPSLatitude], gps[tags.GPSLatitudeRef], "S")
        longitude = _degrees(gps[tags.GPSLongitude], gps[tags.GPSLongitudeRef], "W")
    except (KeyError, ValueError, TypeError, ZeroDivisionError, OverflowError):
        return None, None
    within = abs(latitude) <= 90_000_000 and abs(longitude) <= 180_000_000
    return (latitude, longitude) if within else (None, None)


def _degrees(parts: Any, reference: Any, negative: str) -> int:  # noqa: ANN401 - rationals
    degrees, minutes, seconds = (float(part) for part in parts)
    value = round((degrees + minutes / 60 + seconds / 3600) * 1_000_000)
    return -value if str(reference).upper().startswith(negative) else value
