"""Erasures: a beneficiary is forgotten, and what they received stays in totals (PIPL 47)."""

from uuid import UUID

from sqlalchemy import select

from app.kit import outbox, vault
from app.kit.clock import now
from app.kit.database import WriteSession
from app.projects.models import AidCase, Beneficiary, Disbursement
from app.transparency import log


async def erase(session: WriteSession, beneficiary: Beneficiary, *, at: UUID) -> None:
    """Destroy the person's key, and with it all that is sealed under it; a second time it changes nothing.

    What they received stays under their id, which now names nobody: no figure changes.
    """
    if beneficiary.erased_at is not None:
        return
    await vault.erase(session, beneficiary.id)
    # Whom their cases were paid to is sealed under ids of the books' own: the account was theirs, or kin's.
    paid_to = (
        select(Disbursement.counterparty_id)
        .join(AidCase, AidCase.id == Disbursement.aid_case_id)
        .where(AidCase.beneficiary_id == beneficiary.id)
        .distinct()
    )
    for payee_id in sorted(await session.scalars(paid_to)):
        await vault.erase(session, payee_id)
    beneficiary.erased_at = now()
    beneficiary.document_index = beneficiary.region_code = None
    beneficiary.household_id = beneficiary.relation = None
    beneficiary.publish_scopes = []
    beneficiary.version += 1
    await session.flush()
    # The log tells that somebody was erased, and of whom nothing.
    reference = f"erasure:beneficiary:{beneficiary.id}"
    await log.append(session, "erasure", {"of": "beneficiary"}, reference=reference)
    await outbox.tell(
        session,
        "beneficiary.erased",
        organization_id=at,
        subject=f"beneficiary:{beneficiary.id}",
        payload={"beneficiary_id": str(beneficiary.id)},
    )
