"""What donors ask of an organization as JSON, for them and for its staff."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.fundraising.care import requests
from app.fundraising.models import DonorRequestKind, DonorRequestState, DonorWish, RetentionGround
from app.kit.fields import Body, Words, shown
from app.kit.http.pages import PageQuery
from app.kit.models import Attachment
from app.organizations.schemas.attachments import AttachmentOut

_ID = "01997d5d-ac96-774b-bcce-b302099a8017"
_REQUEST: dict[str, Any] = {
    "id": _ID,
    "organization_id": "01997d5d-ac96-774b-bcce-b302099a8001",
    "kind": "documents",
    "state": "answered",
    "donation_id": "01997d5d-ac96-774b-bcce-b302099a8005",
    "due_on": "2026-05-13",
    "late": False,
    "ground": None,
    "created_at": "2026-05-06T02:30:00Z",
    "closed_at": "2026-05-07T02:30:00Z",
    "closed_by": "staff:01997d5d-ac96-774b-bcce-b302099a8013",
}
_WHOLE: dict[str, Any] = _REQUEST | {
    "wish": "请提供该笔捐款的拨付凭证复印件。",
    "answer": "见附件。",
    "attachments": [],
}


class DocumentsWishIn(Body):
    """Which documents on a gift its donor wishes to see, in their own words."""

    model_config = ConfigDict(json_schema_extra=shown({"wish": "请提供该笔捐款的拨付凭证复印件。"}))

    wish: Words


class DonorAnswerIn(Body):
    """The answer to a request, truthful (捐赠法 21), with the documents as uploaded files."""

    model_config = ConfigDict(json_schema_extra=shown({"answer": "见附件。", "attachment_ids": [_ID]}))

    answer: Words
    attachment_ids: list[UUID] = Field(default=[], max_length=20)


class DonorRequestQuery(PageQuery):
    """Which requests to list."""

    organization_id: UUID | None = None
    kind: DonorRequestKind | None = None
    state: DonorRequestState | None = None
    late: bool | None = None


class DonorRequestOut(BaseModel):
    """A request as it stands; what was written is read one by one."""

    model_config = ConfigDict(json_schema_extra=shown(_REQUEST))

    id: UUID
    organization_id: UUID
    kind: DonorRequestKind
    state: DonorRequestState
    donation_id: UUID | None
    due_on: date | None = Field(description="When it is to be answered, or a postponed erasure is due.")
    late: bool
    ground: RetentionGround | None = Field(description="Why an erasure waits, or was refused for now.")
    created_at: datetime
    closed_at: datetime | None
    closed_by: str | None

    @classmethod
    def of(cls, request: DonorWish, **more: Any) -> Self:  # noqa: ANN401
        """Return a request as JSON shows it."""
        copied = {name: getattr(request, name) for name in DonorRequestOut.model_fields if name != "late"}
        return cls(late=requests.is_late(request), **copied, **more)


class DonorRequestDetail(DonorRequestOut):
    """A request with what was asked and answered; empty once the donor is erased."""

    model_config = ConfigDict(json_schema_extra=shown(_WHOLE))

    wish: str | None
    answer: str | None
    attachments: list[AttachmentOut]

    @classmethod
    def whole(
        cls,
        request: DonorWish,
        words: tuple[str | None, str | None],
        files: Sequence[tuple[Attachment, str]],
    ) -> Self:
        """Return a request with everything that belongs to it as JSON shows it."""
        wish, answer = words
        shown_files = [AttachmentOut.of(file, name) for file, name in files]
        return cls.of(request, wish=wish, answer=answer, attachments=shown_files)


class ErasureOut(BaseModel):
    """What became of a wish to be erased, a line for each organization that was given to."""

    model_config = ConfigDict(
        json_schema_extra=shown(
            {
                "requests": [
                    _REQUEST
                    | {"kind": "erasure", "state": "postponed", "donation_id": None, "due_on": "2031-05-04"}
                    | {"ground": "receipt_retention", "closed_at": None, "closed_by": None}
                ]
            }
        )
    )

    requests: list[DonorRequestOut]
