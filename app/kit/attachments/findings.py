"""Findings: what a file turns out to be."""

from dataclasses import dataclass
from datetime import datetime

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
"""Media types of pictures, with the names of their formats."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file; `copy` is the public one, without metadata."""

    media_type: str
    copy: bytes | None = None
    taken_at: datetime | None = None
    latitude_microdegrees: int | None = None
    longitude_microdegrees: int | None = None
