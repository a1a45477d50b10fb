"""Amendments: what a volunteer, or staff on their word, sets right in their data (PIPL 46)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.kit import constraints, vault
from app.kit.database import WriteSession
from app.kit.persons import documents
from app.kit.persons.documents import DocumentKind
from app.organizations.errors import RegionUnknown
from app.organizations.visitors import phones
from app.volunteers import volunteers
from app.volunteers.models import Volunteer
from app.volunteers.registry.errors import (
    IdentityDiffers,
    NationalNumberTaken,
)

SEALED = frozenset({"name", "address", "emergency_name", "emergency_phone"})
CODED = frozenset({"region_code", "skills", "categories", "languages", "national_number"})


async def amend(session: WriteSession, volunteer: Volunteer, changes: Mapping[str, Any]) -> None:
    """Change what is said about a volunteer; what is absent stays, an empty text forgets.

    Another name or document has to be compared with the person anew.
    """
    volunteers.refuse_erased(volunteer)
    known = (await volunteers.people(session, [volunteer.id])).get(volunteer.id, {})
    sealed = {name: str(changes[name] or "") for name in SEALED & changes.keys()}
    cipher = vault.of(session)
    if "phone" in changes:
        sealed["phone"] = phones.telephone(changes["phone"])
        volunteer.phone_index = cipher.index("phone", sealed["phone"])
    if changes.keys() & {"document_kind", "document_number", "born_on"}:
        document = documents.read(
            DocumentKind(changes.get("document_kind", volunteer.document_kind)),
            changes.get("document_number", known.get("document_number", "")),
        )
        stated = changes.get("born_on")
        sealed["document_number"] = document.number
        sealed["born_on"] = documents.birth(document, stated or _kept(document, known)).isoformat()
        volunteer.document_kind = document.kind
        volunteer.document_index = cipher.index("document", document.index_text)
    if changes.keys() & {"name", "document_kind", "document_number"}:
        volunteer.checked_at = volunteer.checked_by = None
    for name in CODED & changes.keys():
        setattr(volunteer, name, changes[name])
    volunteer.version += 1
    refusals = {
        "volunteers_document_index_key": IdentityDiffers(),
        "volunteers_national_number_key": NationalNumberTaken(),
        "volunteers_region_code_fkey": RegionUnknown(),
    }
    async with constraints.told(session, refusals):
        session.add(volunteer)
    await vault.keep(session, volunteer.id, sealed)


def _kept(document: documents.Document, known: Mapping[str, str]) -> date | None:
    # A number that tells the day overrules what was kept.
    kept = known.get("born_on")
    return None if document.kind in documents.NUMBERED or not kept else date.fromisoformat(kept)
