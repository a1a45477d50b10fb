"""Notices to volunteers as JSON."""

from datetime import datetime
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.kit.fields import Body, shown
from app.kit.http.pages import PageQuery
from app.kit.labels import Labels
from app.volunteers.models import NoticeKind, VolunteerNotice
from app.volunteers.schemas import examples
from app.volunteers.schemas.labels import CODES

_NOTICE = "019a0c5e-7b1a-7c3e-9d7e-2f1f6f4a3801"
_WORDS = Labels(CODES, {})
_TOLD: dict[str, Any] = {
    "id": _NOTICE,
    "kind": "sign_up_promoted",
    "title": "您已由候补转为录取",
    "organization_id": examples.ORGANIZATION,
    "sign_up_id": examples.SIGN_UP,
    "certificate_request_id": None,
    "told_at": examples.MOMENT,
    "read_at": None,
}


class VolunteerNoticeOut(BaseModel):
    """Something that was decided about what the volunteer had asked for."""

    model_config = ConfigDict(json_schema_extra=shown(_TOLD))

    id: UUID
    kind: NoticeKind
    title: str = Field(description="In Chinese or English, by `Accept-Language`.")
    organization_id: UUID
    sign_up_id: UUID | None = Field(description="What it is about, if that is a sign-up.")
    certificate_request_id: UUID | None = Field(description="Or a request for a certificate.")
    told_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, notice: VolunteerNotice, language: str) -> Self:
        """Return a notice as JSON shows it, in the reader's language."""
        return cls(
            id=notice.id,
            kind=notice.kind,
            title=_WORDS.code("NoticeKind", notice.kind, language),
            organization_id=notice.organization_id,
            sign_up_id=notice.sign_up_id,
            certificate_request_id=notice.certificate_request_id,
            told_at=notice.created_at,
            read_at=notice.read_at,
        )


class VolunteerNoticeQuery(PageQuery):
    """Which notices."""

    unread: bool | None = Field(default=None, description="Only what was not read yet, or only what was.")


class NoticesReadIn(Body):
    """Which notices the volunteer has read."""

    model_config = ConfigDict(json_schema_extra=shown({"notice_ids": [_NOTICE]}))

    notice_ids: list[UUID] = Field(min_length=1, max_length=200)
