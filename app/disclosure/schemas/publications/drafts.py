"""Drafts of publications as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import PublicationDraft, PublicationDraftState, PublicationKind
from app.disclosure.publications.drafts import OPEN, Wish
from app.disclosure.schemas.publications import contents, examples
from app.disclosure.schemas.publications.contents import (
    PublicationChangeOut,
    PublicationFormOut,
    PublicationGapOut,
    PublicationSectionOut,
)
from app.kit.fields import Body, Day, Flag, Words, shown
from app.kit.http.pages import PageQuery
from app.organizations.access import Caller, Permission


class PublicationDraftIn(Body):
    """What is to be published; the figures come from the books."""

    model_config = ConfigDict(json_schema_extra=shown(examples.DRAFT_IN))

    organization_id: UUID
    kind: PublicationKind
    subject_id: UUID | None = Field(
        default=None, description="Campaign, project or voucher that it is about."
    )
    year: int | None = Field(default=None, ge=2000, le=2999, strict=True, description="Of yearly kinds.")
    period_from: Day | None = Field(default=None, description="Else since the beginning, or the last one.")
    period_to: Day | None = Field(default=None, description="Else today, or the end of what has ended.")

    def as_wish(self) -> Wish:
        """Return the same in the words of the rules."""
        told = dict(self)
        del told["organization_id"]
        return Wish(**told)


class PublicationReviewIn(Body):
    """Whether another person approves a draft as it is."""

    model_config = ConfigDict(json_schema_extra=shown({"approved": True, "note": None}))

    approved: Flag
    note: Words | None = None


class PublicationCorrectionIn(Body):
    """Why something published is corrected."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "3月31日到账的一笔捐赠补记"}))

    reason: Words


class PublicationWithdrawalIn(Body):
    """Why a draft is given up."""

    model_config = ConfigDict(json_schema_extra=shown({"reason": "期间选错，重新编制"}))

    reason: Words


class PublicationDraftQuery(PageQuery):
    """Which drafts to list."""

    organization_id: UUID | None = None
    kind: PublicationKind | None = None
    subject_id: UUID | None = None
    state: PublicationDraftState | None = None
    sort: Literal["created_at", "-created_at"] = "-created_at"


class PublicationDraftOut(BaseModel):
    """A draft: what it is about, how far it has come, and how much of it is missing."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.DRAFT))

    id: UUID
    organization_id: UUID
    kind: PublicationKind
    subject_id: UUID
    subject_code: str | None
    title: str
    period_from: date
    period_to: date
    as_of: date
    state: PublicationDraftState
    missing_count: int
    drafted_by: str
    compiled_by: str
    compiled_at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None
    corrects_id: UUID | None
    obligation_id: UUID | None
    created_at: datetime
    version: int


class PublicationDraftDetail(PublicationDraftOut):
    """A draft with everything that it says, what is missing, and what it corrects."""

    model_config = ConfigDict(from_attributes=True, json_schema_extra=shown(examples.DRAFT_IN_FULL))

    form: PublicationFormOut
    sections: list[PublicationSectionOut]
    missing: list[PublicationGapOut]
    changes: list[PublicationChangeOut] = Field(description="Of a correction: what it says differently.")
    reason: str | None
    review_note: str | None
    withdrawn_reason: str | None
    publication_id: UUID | None
    allowed_actions: list[str]

    @classmethod
    def whole(
        cls,
        draft: PublicationDraft,
        said: Mapping[str, Any],
        changes: Sequence[Mapping[str, Any]],
        publication_id: UUID | None,
        caller: Caller,
    ) -> Self:
        """Return a draft in full; `said` is its content with the names that may be shown."""
        plain = dict(PublicationDraftOut.model_validate(draft))
        more = {name: getattr(draft, name) for name in ("reason", "review_note", "withdrawn_reason")}
        return cls.model_validate(
            {
                **plain,
                **more,
                **contents.told(said),
                "changes": changes,
                "publication_id": publication_id,
                "allowed_actions": _actions(draft, caller),
            }
        )


def _actions(draft: PublicationDraft, caller: Caller) -> list[str]:
    admitted: dict[str, Permission] = {}
    if draft.state in OPEN:
        admitted["refresh"] = Permission.publications_change
        if draft.state is PublicationDraftState.reviewed:
            admitted["release"] = Permission.publications_change
        elif caller.label not in (draft.drafted_by, draft.compiled_by):
            admitted["review"] = Permission.publications_review
        admitted["withdraw"] = Permission.publications_change
    return caller.allowed(admitted, at=draft.organization_id)
