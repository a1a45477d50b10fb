"""Charters: the versions of an organization's charter, each with the document that was approved."""

from collections.abc import Sequence
from uuid import UUID

from app.disclosure import rounds
from app.disclosure.governance.errors import CharterKnown, DaysOutOfOrder, HappenedAhead, SeatsUnfit
from app.disclosure.models import Charter
from app.kit import constraints
from app.kit.attachments import files
from app.kit.attachments.files import Owner
from app.kit.clock import today
from app.kit.database import WriteSession

KIND = "charter"
"""Under this name the documents of charters lie; `app/wiring.py` says who reads them."""


async def record(session: WriteSession, charter: Charter, *, documents: Sequence[UUID]) -> Charter:
    """Record a version that the authority approved, with its document; what was in force before stays."""
    if charter.approved_on > today():
        raise HappenedAhead(day=charter.approved_on)
    known = {
        "charters_organization_id_number_key": CharterKnown(),
        "charters_organization_id_effective_from_key": CharterKnown(),
        "charters_dates_check": DaysOutOfOrder(),
        "charters_seats_check": SeatsUnfit(),
    }
    async with constraints.told(session, known):
        session.add(charter)
    if documents:
        owner = Owner(KIND, charter.id, charter.organization_id)
        await files.attach(session, documents, owner, by=charter.recorded_by)
    await rounds.anew(session, charter.organization_id)
    return charter
