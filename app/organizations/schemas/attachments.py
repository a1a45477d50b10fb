"""Attachments as JSON."""

from datetime import date, datetime
from typing import Self
from uuid import UUID

from pydantic import ConfigDict

from app.kit.models import AccessClass, Attachment
from app.organizations.schemas.words import Told, example

_SHOWN = {
    "id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0031",
    "organization_id": "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0002",
    "kind": "photo",
    "access": "public",
    "file_name": "桥面验收.jpg",
    "media_type": "image/jpeg",
    "size_bytes": 482133,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "public_sha256": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
    "uploaded_by": "staff:019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a0003",
    "created_at": "2026-05-01T00:00:00Z",
    "taken_at": "2026-04-30T02:12:00Z",
    "latitude_microdegrees": 34265472,
    "longitude_microdegrees": 108954239,
    "owner_kind": None,
    "owner_id": None,
    "retain_until": None,
    "deleted_at": None,
}


class AttachmentOut(Told):
    """A file: what it is, whose it is, and what a photograph told of its time and place."""

    model_config = ConfigDict(json_schema_extra=example(_SHOWN))

    id: UUID
    organization_id: UUID
    kind: str
    access: AccessClass
    file_name: str
    media_type: str
    size_bytes: int
    sha256: str
    public_sha256: str | None
    uploaded_by: str
    created_at: datetime
    taken_at: datetime | None
    latitude_microdegrees: int | None
    longitude_microdegrees: int | None
    owner_kind: str | None
    owner_id: UUID | None
    retain_until: date | None
    deleted_at: datetime | None

    @classmethod
    def of(cls, file: Attachment, name: str) -> Self:
        """Return a file as JSON shows it; its name may have been sealed."""
        hashes = {
            "sha256": file.sha256.hex(),
            "public_sha256": file.public_sha256 and file.public_sha256.hex(),
        }
        facts = {one: getattr(file, one) for one in cls.model_fields if one not in {*hashes, "file_name"}}
        return cls.model_validate({**facts, **hashes, "file_name": name})
