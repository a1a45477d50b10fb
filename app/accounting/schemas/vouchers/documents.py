"""Documents of vouchers as JSON."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.accounting.schemas.vouchers import examples
from app.kit.fields import Body
from app.kit.models import AccessClass, Attachment

_FILE = "01997d5d-ac96-774b-bcce-b302099a8071"


class VoucherAttachmentIn(Body):
    """Uploaded files (`POST /v1/attachments`) that support a voucher; only their uploader can give them."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"attachment_ids": [_FILE]}))

    attachment_ids: list[UUID] = Field(min_length=1, max_length=50)


class VoucherAttachmentOut(BaseModel):
    """A file that supports a voucher. A personal one shows no name here: it may tell whom it is about."""

    model_config = ConfigDict(
        json_schema_extra=examples.shown(
            {
                "id": _FILE,
                "kind": "invoice",
                "access": "internal",
                "file_name": "五月房租发票.pdf",
                "media_type": "application/pdf",
                "size_bytes": 48213,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "uploaded_by": f"staff:{examples.PERSON}",
                "created_at": "2026-05-08T02:10:00Z",
            }
        )
    )

    id: UUID
    kind: str
    access: AccessClass
    file_name: str | None
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_by: str
    created_at: datetime

    @classmethod
    def of(cls, file: Attachment) -> Self:
        """Return a file as a voucher shows it."""
        told: dict[str, Any] = {name: getattr(file, name) for name in cls.model_fields if name != "sha256"}
        return cls(**told, sha256=file.sha256.hex())


class VoucherAttachmentsOut(BaseModel):
    """The files that were given to a voucher now, and how many support it."""

    model_config = ConfigDict(json_schema_extra=examples.shown({"file_count": 1, "attachment_ids": [_FILE]}))

    file_count: int
    attachment_ids: list[UUID]
