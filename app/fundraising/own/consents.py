"""Consents: what a giver lets the public see of one gift of theirs, changed by nobody but them."""

from dataclasses import asdict, dataclass
from typing import Self

from app.fundraising.models import Donation
from app.fundraising.own import sayings
from app.kit import outbox
from app.kit.clock import now
from app.kit.database import WriteSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What may be shown of a gift."""

    show_name: bool
    show_amount: bool
    show_message: bool
    show_photo: bool = False

    @classmethod
    def of(cls, donation: Donation) -> Self:
        """Return what may be shown of a gift as it is."""
        return cls(
            show_name=donation.show_name,
            show_amount=donation.show_amount,
            show_message=donation.show_message,
            show_photo=donation.show_photo,
        )


async def change(session: WriteSession, donation: Donation, consent: Consent) -> None:
    """Let public answers show what its giver agrees to from now on, whatever they said of it before."""
    await session.refresh(donation, with_for_update=True)
    await sayings.note(session, donation, asdict(consent), at=now())
    await show(session, donation, consent)


async def show(session: WriteSession, donation: Donation, consent: Consent) -> None:
    """Let public answers show this of a gift that is locked; they read the gift itself, so it holds at once.

    Who gave anonymously and now shows the name is not anonymous any more; nothing else ends anonymity, and
    while it lasts no photo is shown.
    """
    donation.anonymous = donation.anonymous and not consent.show_name
    donation.show_name = consent.show_name
    donation.show_amount = consent.show_amount
    donation.show_message = consent.show_message
    donation.show_photo = consent.show_photo and not donation.anonymous
    await session.flush()
    await outbox.tell(
        session,
        "donation.consent_changed",
        organization_id=donation.organization_id,
        subject=str(donation.id),
        payload={"donation_id": str(donation.id), **asdict(Consent.of(donation))},
    )
