"""Consents: what a giver lets the public see of one gift of theirs, changed by nobody but them."""

from dataclasses import dataclass

from app.fundraising.models import Donation
from app.kit import outbox
from app.kit.database import WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What may be shown of a gift."""

    show_name: bool
    show_amount: bool
    show_message: bool
    show_photo: bool = False


async def change(session: WriteSession, donation: Donation, consent: Consent) -> None:
    """Let public answers show what its giver now agrees to; they read the gift itself, so it holds at once.

    Who gave anonymously and now shows the name is not anonymous any more; nothing else ends anonymity.
    """
    await session.refresh(donation, with_for_update=True)
    donation.show_name = consent.show_name
    donation.show_amount = consent.show_amount
    donation.show_message = consent.show_message
    donation.show_photo = consent.show_photo
    donation.anonymous = donation.anonymous and not consent.show_name
    await session.flush()
    await outbox.tell(
        session,
        "donation.consent_changed",
        organization_id=donation.organization_id,
        subject=str(donation.id),
        payload={
            "donation_id": str(donation.id),
            "show_name": consent.show_name,
            "show_amount": consent.show_amount,
            "show_message": consent.show_message,
            "show_photo": consent.show_photo,
        },
    )
