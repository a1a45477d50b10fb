"""Publications as everybody reads them, as JSON."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.disclosure.models import Publication, PublicationKind
from app.disclosure.publications.forms import FORMS
from app.disclosure.publications.registers import LeafPlace, Listed
from app.disclosure.schemas.campaigns import OrganizationSaid
from app.disclosure.schemas.publications import contents, examples
from app.disclosure.schemas.publications.contents import (
    PublicationChangeOut,
    PublicationFormOut,
    PublicationGapOut,
    PublicationSectionOut,
)
from app.kit.fields import Code, Day, shown
from app.kit.http.pages import PageQuery

_PATH = "/v1/disclosure/publications"


class PublicationQuery(PageQuery):
    """Which publications to list."""

    organization: Code | None = Field(default=None, description="The organization's code.")
    kind: PublicationKind | None = None
    subject_code: Code | None = Field(default=None, description="Code of the campaign or project.")
    subject_id: UUID | None = None
    covers: Day | None = Field(default=None, description="A day that lies within the period.")
    published_on_from: Day | None = None
    published_on_to: Day | None = None
    current: bool = Field(default=False, description="Without those that have been corrected since.")
    sort: Literal["published_on", "-published_on"] = "-published_on"


class PublicationOut(BaseModel):
    """What was published, when, and the hash by which it is found in the public log."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLICATION))

    id: UUID
    organization: OrganizationSaid
    kind: PublicationKind
    kind_title_zh: str
    subject_id: UUID
    subject_code: str | None
    title: str
    period_from: date
    period_to: date
    as_of: date
    published_on: date
    published_at: datetime
    sha256: str = Field(description="Of the snapshot's bytes, as its leaf in the public log says it.")
    corrects_id: UUID | None
    corrected_by_id: UUID | None
    demo: bool

    @classmethod
    def of(cls, entry: Listed) -> Self:
        """Return a publication as JSON shows it in a list."""
        return cls(**_line(entry))


class PublicationLeafOut(BaseModel):
    """Where the public log has the snapshot's hash, and the proof of it once it is signed."""

    index: int
    proof: str
    signed: bool

    @classmethod
    def of(cls, place: LeafPlace) -> Self:
        """Return a place in the log as JSON shows it."""
        return cls(index=place.index, proof=f"/v1/log/proof/{place.index}", signed=place.signed)


class PublicationCorrectionOut(BaseModel):
    """What a correction corrects: which publication, field by field from what to what, and why."""

    publication_id: UUID
    sha256: str
    reason: str
    changes: list[PublicationChangeOut]

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self | None:
        """Return what a snapshot says of it; None if it corrects nothing."""
        told = said["corrects"]
        if told is None:
            return None
        named = {"publication_id": told["publication"], "sha256": told["sha256"], "reason": told["reason"]}
        return cls.model_validate(named | {"changes": told["changes"]})


class PublicationDetail(PublicationOut):
    """A publication with everything that it says, and where a stranger verifies that it was never changed."""

    model_config = ConfigDict(json_schema_extra=shown(examples.PUBLICATION_IN_FULL))

    form: PublicationFormOut
    sections: list[PublicationSectionOut]
    missing: list[PublicationGapOut]
    correction: PublicationCorrectionOut | None
    leaf: PublicationLeafOut | None = Field(description="Null for the second until it is sealed.")
    snapshot: str
    paper: str
    history: str

    @classmethod
    def whole(cls, entry: Listed, said: Mapping[str, Any], place: LeafPlace | None) -> Self:
        """Return a publication in full; `said` is its snapshot with the names that may be shown now."""
        own = f"{_PATH}/{entry.publication.id}"
        return cls.model_validate(
            {
                **_line(entry),
                **contents.told(said),
                "correction": PublicationCorrectionOut.read(said),
                "leaf": None if place is None else PublicationLeafOut.of(place),
                **{name: f"{own}/{name}" for name in ("snapshot", "paper", "history")},
            }
        )


class PublicationVersionOut(PublicationOut):
    """One of a line of corrections, with what it corrected."""

    correction: PublicationCorrectionOut | None


class PublicationHistoryOut(BaseModel):
    """A publication and its corrections, the first one first."""

    model_config = ConfigDict(json_schema_extra=shown(examples.HISTORY))

    publications: list[PublicationVersionOut]

    @classmethod
    def of(cls, entries: Sequence[tuple[Listed, Mapping[str, Any]]]) -> Self:
        """Return a history as JSON shows it, from entries with their snapshots."""
        return cls(
            publications=[
                PublicationVersionOut(**_line(entry), correction=PublicationCorrectionOut.read(said))
                for entry, said in entries
            ]
        )


def _line(entry: Listed) -> dict[str, Any]:
    row: Publication = entry.publication
    names = ("id", "kind", "subject_id", "subject_code", "title", "period_from", "period_to", "as_of")
    return {
        **{name: getattr(row, name) for name in (*names, "published_on", "corrects_id")},
        "organization": OrganizationSaid(code=entry.organization.code, name=entry.organization.name),
        "kind_title_zh": FORMS[row.kind].title_zh,
        "published_at": row.created_at,
        "sha256": row.snapshot_sha256.hex(),
        "corrected_by_id": entry.corrected_by_id,
        "demo": entry.organization.demo,
    }
