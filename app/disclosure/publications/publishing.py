"""Publishing: a reviewed draft becomes a snapshot that nothing changes, and a leaf of the public log."""

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from app.accounting.months import closing
from app.disclosure.models import (
    Publication,
    PublicationDraft,
    PublicationDraftState,
    PublicationKind,
    PublicationPerson,
)
from app.disclosure.publications import contents, differences, due, people
from app.disclosure.publications.errors import (
    DraftNotReviewed,
    DraftOutdated,
    DraftOver,
    NothingDiffers,
    PublicationCorrected,
    PublishedAlready,
)
from app.disclosure.publications.forms import FORMS
from app.kit import constraints, outbox
from app.kit.clock import today
from app.kit.database import WriteSession
from app.kit.ids import new_id
from app.organizations.models import Organization
from app.transparency import log

KIND = "publication"
"""Under this name publications stand in the public log."""

OF_A_YEAR = frozenset({PublicationKind.annual_work_report, PublicationKind.annual_financial_report})
"""Whose publication ends the year in the books: none of its months is reopened from then on."""

PUBLISHED, CORRECTED = "publication.published", "publication.corrected"
VERSION = 1

_RACES = {
    "publications_draft_id_key": DraftOver(),
    "publications_corrects_id_key": PublicationCorrected(),
    "publications_first_idx": PublishedAlready(),
}


async def publish(
    session: WriteSession, draft: PublicationDraft, organization: Organization, *, by: str
) -> Publication:
    """Publish a locked draft as it was reviewed. Of two at once one is told that it was done already.

    Raises DraftOver, DraftNotReviewed, DraftOutdated, PublishedAlready; of a correction NothingDiffers and
    PublicationCorrected.
    """
    if draft.state is PublicationDraftState.draft:
        raise DraftNotReviewed
    if draft.state is not PublicationDraftState.reviewed or draft.reviewed_by is None:
        raise DraftOver(state=draft.state)
    if await people.hiding(session, draft.people):
        # A snapshot is for ever: whoever takes back their word before it, is not in it.
        raise DraftOutdated
    wrong = None if draft.corrects_id is None else await session.get_one(Publication, draft.corrects_id)
    name = new_id()
    snapshot = contents.written(_said(name, draft, organization, wrong))
    digest = hashlib.sha256(snapshot).digest()
    leaf = _leaf(name, draft, organization, digest)
    row = Publication(
        organization_id=organization.id,
        kind=draft.kind,
        subject_id=draft.subject_id,
        subject_code=draft.subject_code,
        title=draft.title,
        period_from=draft.period_from,
        period_to=draft.period_to,
        as_of=draft.as_of,
        published_on=today(),
        draft_id=draft.id,
        root_id=name if wrong is None else wrong.root_id,
        corrects_id=draft.corrects_id,
        reason=draft.reason,
        compiled_by=draft.compiled_by,
        reviewed_by=draft.reviewed_by,
        published_by=by,
        snapshot=snapshot,
        snapshot_sha256=digest,
        submission_id=await log.append(session, KIND, leaf, reference=f"{KIND}:{name}"),
    )
    row.id = name
    async with constraints.told(session, _RACES):
        session.add(row)
    draft.state = PublicationDraftState.published
    await _follow(session, row, draft)
    return row


async def _follow(session: WriteSession, row: Publication, draft: PublicationDraft) -> None:
    session.add_all(
        PublicationPerson(
            publication_id=row.id,
            commitment=bytes.fromhex(one["commitment"]),
            kind=one["kind"],
            person_id=UUID(one["id"]),
        )
        for one in draft.people
    )
    await session.flush()
    # What is told of a year that still runs is told until today only, and binds nobody.
    if row.kind in OF_A_YEAR and row.period_to == date(row.period_from.year, 12, 31):
        year = row.period_from.year
        await closing.publish_year(session, row.organization_id, year, publication=str(row.id))
    await due.prepare(session, draft, f"{KIND}:{row.id}")
    await _tell(session, row)


async def _tell(session: WriteSession, row: Publication) -> None:
    payload = {
        "publication_id": str(row.id),
        "kind": row.kind.value,
        "subject_code": row.subject_code,
        "from": row.period_from.isoformat(),
        "to": row.period_to.isoformat(),
        "published_on": row.published_on.isoformat(),
        "sha256": row.snapshot_sha256.hex(),
    }
    # Why it was corrected was written by a person, and is read where the correction is.
    corrects = {} if row.corrects_id is None else {"corrects": str(row.corrects_id)}
    await outbox.tell(
        session,
        CORRECTED if corrects else PUBLISHED,
        organization_id=row.organization_id,
        subject=f"{KIND}:{row.id}",
        payload=payload | corrects,
    )


def _said(
    name: UUID, draft: PublicationDraft, organization: Organization, wrong: Publication | None
) -> dict[str, Any]:
    content, form = contents.read(draft.content), FORMS[draft.kind]
    return {
        "v": VERSION,
        "publication": str(name),
        "organization": {"code": organization.code, "name": organization.name, "uscc": organization.uscc},
        "demo": organization.demo,
        "kind": draft.kind.value,
        "title_zh": form.title_zh,
        "title": form.title,
        "subject": {"kind": form.thing.value, "code": draft.subject_code, "title": draft.title},
        "period": {"from": draft.period_from.isoformat(), "to": draft.period_to.isoformat()},
        "as_of": draft.as_of.isoformat(),
        "published_on": today().isoformat(),
        "corrects": None if wrong is None else _corrects(content, draft, wrong),
        **content,
    }


def _corrects(content: Mapping[str, Any], draft: PublicationDraft, wrong: Publication) -> dict[str, Any]:
    before = contents.read(wrong.snapshot)["sections"]
    changes = differences.between(before, content["sections"])
    if not changes:
        raise NothingDiffers
    return {
        "publication": str(wrong.id),
        "sha256": wrong.snapshot_sha256.hex(),
        "reason": draft.reason,
        "changes": changes,
    }


def _leaf(name: UUID, draft: PublicationDraft, organization: Organization, digest: bytes) -> dict[str, Any]:
    return {
        "publication": str(name),
        "org": organization.code,
        "kind": draft.kind.value,
        "subject": draft.subject_code,
        "on": today().isoformat(),
        "corrects": draft.corrects_id and str(draft.corrects_id),
        "sha256": digest.hex(),
    }
